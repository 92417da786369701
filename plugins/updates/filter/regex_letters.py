"""The letters a part of a regular expression can begin with, and whether two parts have any in common. Pure."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

Node = tuple[Any, Any]
Nodes = tuple[Node, ...]
"""What `re` makes of a pattern: operations, each with its argument."""

_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "WORD": lambda letter: letter.isalnum() or letter == "_",
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
}
# Where two classes have a letter in common they have one of these, or one that either of them names.
_SAMPLE = frozenset(map(chr, range(0x250)))


def firsts(items: Nodes, rest: Nodes) -> list[Nodes] | None:
    """Return the classes of letters a sequence can begin with; None where that is not known, as where it can be empty.

    Known too little is safe, a choice then counts in full; looking further could take long itself.
    """
    for place, (operation, argument) in enumerate(items):
        after = (*items[place + 1 :], *rest)
        match str(operation):
            case "LITERAL" | "IN":
                return [tuple(argument) if str(operation) == "IN" else ((operation, argument),)]
            case "SUBPATTERN":
                return firsts(tuple(argument[-1]), after)
            case "BRANCH":
                return _any_of(firsts(tuple(branch), ()) for branch in argument[1])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                inside = firsts(tuple(argument[2]), ())
                return inside if argument[0] else _any_of([inside, firsts(after, ())])
            case "AT":
                continue
            case _:
                return None
    return firsts(rest, ()) if rest else None


def _any_of(found: Iterable[list[Nodes] | None]) -> list[Nodes] | None:
    classes: list[Nodes] = []
    for one in found:
        if one is None:
            return None
        classes += one
    return classes


def apart(some: list[Nodes] | None, others: list[Nodes] | None) -> bool:
    """Tell whether no letter is in a class of either side."""
    if some is None or others is None:
        return False
    here, there = ({letter for members in side for letter in _held(members)} for side in (some, others))
    named = {letter for members in (*some, *others) for letter in _named(members)} - _SAMPLE
    return here.isdisjoint(there) and not any(
        any(_holds(members, letter) for members in some) and any(_holds(members, letter) for members in others)
        for letter in named
    )


@lru_cache(maxsize=1024)
def _held(members: Nodes) -> frozenset[str]:
    return frozenset(letter for letter in _SAMPLE if _holds(members, letter))


def _named(members: Nodes) -> set[str]:
    """Return the letters a class names, and their other cases, since case is ignored."""
    codes = [code for _, argument in members for code in (argument if isinstance(argument, tuple) else (argument,))]
    letters = {chr(code) for code in codes if isinstance(code, int) and type(code) is int}
    return {case for letter in letters for case in (letter, letter.lower(), letter.upper()) if len(case) == 1}


def _holds(members: Nodes, letter: str) -> bool:
    """Tell whether a class such as `[^a-z_]` holds a letter, in either case."""
    cases = {case for case in (letter, letter.lower(), letter.upper()) if len(case) == 1}
    held = any(_is(str(operation), argument, case) for operation, argument in members for case in cases)
    return held != (str(members[0][0]) == "NEGATE")


def _is(operation: str, argument: Any, letter: str) -> bool:
    match operation:
        case "LITERAL":
            return bool(ord(letter) == argument)
        case "RANGE":
            return bool(argument[0] <= ord(letter) <= argument[1])
        case "CATEGORY":
            name = str(argument).removeprefix("CATEGORY_")
            return _CATEGORIES[name.removeprefix("NOT_")](letter) != name.startswith("NOT_")
    return False
