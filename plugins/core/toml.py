"""TOML text to plain values, and the line on which a value stands.

tomllib reads; tomlkit, which keeps a document's layout, is asked for lines only once something is wrong.
"""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from plugins.core.errors import Problem

Path = Sequence[str | int]

_MARK = "here-e4c7b1"
_AT = re.compile(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)


def read(text: str, where: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the document's values, or none and the reason it is not TOML."""
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        said = _AT.match(str(error))
        line = int(said[2]) if said and said[2] else text.count("\n") + 1
        what = said[1] if said else str(error)
        return {}, [Problem(where, line, f"not TOML: {what[:1].lower()}{what[1:]}", "correct this line")]


def line_of(text: str, path: Path) -> int:
    """Return the line (from 1) of the value at `path`, else of the nearest table around it; 0 if unknown.

    The value is replaced by a mark in a layout-keeping copy, and the mark is looked for.
    """
    for end in range(len(path), 0, -1):
        try:
            line = _line_of_value(text, path[:end])
        except (KeyError, IndexError, TypeError, AttributeError, TOMLKitError):
            continue
        if line:
            return line
    return 1


def _line_of_value(text: str, path: Path) -> int:
    document = tomlkit.parse(text)
    holder: Any = document
    for key in path[:-1]:
        holder = holder[key]
    value = holder[path[-1]]
    if isinstance(value, dict):
        first = next(iter(value), None)
        if first is None:
            return 0
        line = _line_of_value(text, [*path, first])
        return _header_above(text, line)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _line_of_value(text, [*path, 0])
    holder[path[-1]] = _MARK
    before, found, _ = tomlkit.dumps(document).partition(_MARK)
    return before.count("\n") + 1 if found else 0


def _header_above(text: str, line: int) -> int:
    lines = text.split("\n")
    for number in range(line, 0, -1):
        if lines[number - 1].lstrip().startswith("["):
            return number
    return line
