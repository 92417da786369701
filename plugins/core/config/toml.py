"""TOML text to plain values; where something is wrong, the rest is read all the same, so that one fault hides no other.

tomllib reads and says what is wrong; this room finds the line where the faulty statement begins, takes the statement
out, and asks again. It reads no files.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plugins.core.config import toml_errors, toml_lines
from plugins.core.errors import Problem
from plugins.core.text import merge_conflicts

_AT = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)
_HEADER = re.compile(r"\s*\[+\s*([^\s\[\].]*)")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
_BEGINS = re.compile(r"\s*(\[\[?[\w\s.\"'-]+\]\]?\s*(#.*)?$|[\w.\"'-]+\s*=)")


@dataclass(frozen=True, slots=True)
class Document:
    """What could be read of a document, and what is wrong with the rest.

    `gaps` are the keys that could not be read, as paths; "*" ends one whose key is not known, and ("*",) alone says
    that whole tables are missing. Paths number the tables that could be read.
    """

    data: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    gaps: frozenset[toml_lines.Path] = frozenset()
    text: str = ""

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line (from 1) of the value at `path`, else of the nearest table around it, else 1."""
        return toml_lines.layout(self.text).line_of(path)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong, and where the statement begins and the next one does, from 0; `lost` is [""] if tables go too."""

    problem: Problem
    first: int
    last: int
    lost: Sequence[str] = ()


def read(text: str, where: str) -> Document:
    """Return the document's values and everything that is not TOML in it, each fault at its line."""
    text = text.replace("\r\n", "\n")
    if unfinished := merge_conflicts.find(text):  # two files in one: whatever else is wrong with it is not its writer's
        return Document({}, tuple(one.problem(where) for one in unfinished), frozenset({("*",)}))
    lines = text.split("\n")
    problems: list[Problem] = []
    torn: list[tuple[int, str]] = []  # line, and what `_name` says of it
    while True:
        try:
            data = tomllib.loads("\n".join(lines))
            break
        except tomllib.TOMLDecodeError as error:
            fault = _fault(lines, error, where)
            problems.append(fault.problem)
            torn += [(fault.first, name) for name in {_name(lines[fault.first]), *fault.lost}]
            if not any(line.strip() for line in lines[fault.first : fault.last]):
                return Document({}, tuple(problems), frozenset({("*",)}))
            lines[fault.first : fault.last] = [""] * (fault.last - fault.first)
    rest = "\n".join(lines)
    gaps = {(*toml_lines.layout(rest).table_at(line), name) if name else ("*",) for line, name in torn}
    return Document(data, tuple(problems), frozenset(gaps), rest)


def _name(line: str) -> str:
    """Return the key a statement sets, "*" where that cannot be told, "" where it is a table's header."""
    key = _KEY.match(line)
    return "" if line.lstrip().startswith("[") else key[1] if key else "*"


def _fault(lines: list[str], error: tomllib.TOMLDecodeError, where: str) -> _Fault:
    at = _AT.match(str(error))
    noticed = int(at[2]) - 1 if at and at[2] else len(lines) - 1
    first = toml_lines.statement_at("\n".join(lines), noticed)
    rest = lines[noticed][int(at[3]) - 1 :] if at and at[3] else ""
    words = toml_errors.saying(at[1] if at else str(error), lines[first], rest)
    if words.reach == "line" and first < noticed and (not (at and at[2]) or _BEGINS.match(lines[noticed])):
        words = toml_errors.UNCLOSED  # what is no value here is where the next statement would begin
    told = noticed if words.reach == "line" else first
    problem = Problem(where, told + 1, f"not TOML: {words.what}", words.remedy)
    if words.reach == "rest":
        return _Fault(problem, first, len(lines), [""])
    return _Fault(problem, first, _next(lines, first, told))


def _next(lines: list[str], first: int, told: int) -> int:
    """Return where the statement after a faulty one begins; below a header, where the next table of its rank does."""
    header = _HEADER.match(lines[first])
    below = re.compile(rf"\s*\[\[?\s*{re.escape(header[1])}\s*\.") if header else None
    for number in range(max(first, told) + 1, len(lines)):
        line = lines[number]
        if below and line.lstrip().startswith("[") and not below.match(line):
            return number
        if not below and _BEGINS.match(line):
            return number
    return len(lines)
