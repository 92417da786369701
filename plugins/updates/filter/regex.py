"""Regular expressions a topic may use: only those whose running time is bounded by their shape.

Python's `re` cannot be given a time limit, and some patterns take for ever on some texts. The text is not ours, so the
pattern has to be harmless: its tree is read (`re._parser`, the tree `re` itself compiles from) and the steps a search
can take from one starting point are counted as if every choice in it had to be tried. Nothing here matches anything.
"""

import importlib
import re
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple

from plugins.updates.filter.regex_letters import Node, Nodes, apart, firsts

LONGEST_TEXT = 2_000
"""Characters of a field that a pattern is run on; white space in it comes as single characters."""
MOST_STEPS = 100_000
"""Steps from one starting point; from LONGEST_TEXT of them, the worst text takes a second or two."""
_LONGEST_PATTERN = 500

# Private to `re`, but the one reading of a pattern that cannot differ from what `re` runs; the name is the same in
# Python 3.11 to 3.14, and a test of this room fails where it is not.
_PARSER: Any = importlib.import_module("re._parser")


class Cost(NamedTuple):
    """What a part of a pattern takes from one starting point: the ways it can end, and the steps to try them all."""

    ways: int
    steps: int


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled to ignore case.

    Raises ValueError, saying what is wrong and what to write instead, where the pattern is not a valid regular
    expression, matches everything, or could take long.
    """
    if len(pattern) > _LONGEST_PATTERN:
        raise ValueError(f"is longer than {_LONGEST_PATTERN} characters; split it into several terms")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            cost = _sequence(_needed(tuple(_PARSER.parse(pattern))), ())
            compiled = re.compile(pattern, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError, Warning) as error:
            remedy = "correct it, or write \\ before a bracket that is meant as it stands"
            raise ValueError(f"is not a regular expression ({error}); {remedy}") from error
    if cost.steps > MOST_STEPS:
        raise ValueError(
            "could take too long on some texts; give * and + a bound, as in \\w{0,20} or .{0,80}, and repeat no "
            "group that itself repeats or has alternatives"
        )
    if compiled.search(""):
        raise ValueError("matches everything, even an empty text; make it ask for something")
    return compiled


def _needed(items: Nodes) -> Nodes:
    """Return a whole pattern with its last repeat cut to the rounds it has to have: with those, the text is found."""
    if items and str(items[-1][0]).endswith("_REPEAT"):
        operation, (low, _, body) = items[-1]
        return (*items[:-1], (operation, (low, low, body)))
    return items


def _sequence(items: Nodes, rest: Nodes) -> Cost:
    """Return what a sequence takes that `rest` follows: each part is tried in every way of the parts before it."""
    ways, steps = 1, 0
    for place, item in enumerate(items):
        part = _node(item, (*items[place + 1 :], *rest))
        steps = min(steps + ways * part.steps, MOST_STEPS + 1)
        ways = min(ways * part.ways, MOST_STEPS + 1)
    return Cost(ways, steps)


def _node(item: Node, rest: Nodes) -> Cost:
    operation, argument = str(item[0]), item[1]
    if operation.startswith("GROUPREF"):
        raise ValueError("refers back to a group, which can take very long; write the words out")
    if operation.endswith("_REPEAT"):
        return _repeat(int(argument[0]), int(argument[1]), tuple(argument[2]), rest)
    if operation == "BRANCH":
        return _branch([tuple(branch) for branch in argument[1]], rest)
    if operation == "SUBPATTERN":
        return _sequence(tuple(argument[-1]), rest)
    if operation in ("ASSERT", "ASSERT_NOT"):
        return _sequence(tuple(argument[1]), ())
    return _sequence(tuple(argument), ()) if operation == "ATOMIC_GROUP" else Cost(1, 1)


def _repeat(low: int, high: int, body: Nodes, rest: Nodes) -> Cost:
    r"""Return what a repeat takes: a way for each number of rounds, but one way where only one number can go on.

    That is so where nothing follows, or nothing that could itself begin with the repeat's body, as in `\w+ at`.
    """
    longest = 1 if _only_space(body) else LONGEST_TEXT
    low, high = min(low, longest), min(high, longest)
    decided = not rest or apart(firsts(body, ()), firsts(rest, ()))
    again: Nodes = (("BRANCH", (None, [(*body, *rest), rest])),) if high > 1 else rest
    once = Cost(1, 1) if _is_letter(body) else _sequence(body, again)
    if once.ways == 1:
        return Cost(1 if decided else high - low + 1, max(high, 1) * once.steps)
    ways = steps = 0
    for rounds in range(high + 1):
        tried = min(once.ways**rounds, MOST_STEPS + 1)
        steps += tried * once.steps
        ways += tried if rounds >= low else 0
        if steps > MOST_STEPS:
            break
    return Cost(ways, steps)


def _branch(branches: list[Nodes], rest: Nodes) -> Cost:
    """Return what alternatives take: those that begin with one letter are all tried, others rule each other out."""
    groups: dict[str, list[Cost]] = {"": []}
    for branch in branches:
        first = branch[0] if branch else ("", 0)
        letter = chr(first[1]).casefold() if str(first[0]) == "LITERAL" else ""
        groups.setdefault(letter, []).append(_sequence(branch, rest))
    anywhere = groups.pop("")
    sums = [_sum([*group, *anywhere]) for group in groups.values()] or [_sum(anywhere)]
    return Cost(max(one.ways for one in sums), 1 + max(one.steps for one in sums))


def _sum(costs: Sequence[Cost]) -> Cost:
    return Cost(sum(cost.ways for cost in costs), sum(cost.steps for cost in costs))


def _is_letter(body: Nodes) -> bool:
    return len(body) == 1 and str(body[0][0]) in ("LITERAL", "NOT_LITERAL", "IN", "ANY")


def _only_space(body: Nodes) -> bool:
    return len(body) == 1 and str(body[0][0]) == "IN" and [str(one) for _, one in body[0][1]] == ["CATEGORY_SPACE"]
