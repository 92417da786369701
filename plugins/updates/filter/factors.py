"""What a regular expression cannot do without: letters of which a text has to have some, or nothing is found in it.

Looking for a few letters is many times as fast as trying a pattern at every place of a text, and most texts have none
of them. Pure: works on patterns alone, and decides only what is not worth a look.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

_PARSER: Any = import_module("re._parser")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_SHORTEST = 2

Factors = frozenset[str]
_NONE: Factors = frozenset()


def factors(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of plain letters and digits: of each group one is in every folded text that has the pattern.

    None where nothing is certain. Sound for a search that ignores case, in a text or in its `fold`, and for an
    expression that `patterns` has accepted: only ASCII is counted on, which every folding leaves as it is.
    """
    return tuple(tuple(sorted(group)) for group in _needed(_PARSER.parse(pattern)) if _worth(group))


def _in_sequence(items: Iterable[tuple[Any, Any]]) -> Factors:
    """Return the best group of a sequence: all of its parts are needed, so any of them will do."""
    best = max(_needed(items), key=_worth)
    return best if _worth(best) else _NONE


def _needed(items: Iterable[tuple[Any, Any]]) -> list[Factors]:
    """Return a group for each part of a sequence, some of them worth nothing."""
    found: list[Factors] = []
    run = ""
    for operation, argument in items:
        letter = chr(argument).lower() if str(operation) == "LITERAL" else ""
        if letter in _LETTERS:
            run += letter
            continue
        found += [frozenset({run}), _in_part(str(operation), argument)]
        run = ""
    return [*found, frozenset({run})]


def _in_part(operation: str, argument: Any) -> Factors:
    match operation:
        case "SUBPATTERN":
            return _in_sequence(argument[-1])
        case "BRANCH":
            branches = [_in_sequence(branch) for branch in argument[1]]
            return frozenset().union(*branches) if all(map(_worth, branches)) else _NONE
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _in_sequence(argument[2]) if argument[0] else _NONE
    return _NONE


def _worth(found: Factors) -> tuple[int, ...]:
    """Return how much factors are worth: long ones first, then few; nothing where they are too short to tell much."""
    shortest = min(map(len, found), default=0)
    return (shortest, -len(found)) if shortest >= _SHORTEST else ()
