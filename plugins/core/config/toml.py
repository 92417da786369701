"""Read a TOML text to plain values, and on after a fault, so that one fault hides no other.

tomllib ends at the first fault. So the faulty statement is taken out, from the line it begins on, and the rest is read
again, until tomllib has nothing to say.
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
class ParsedToml:
    """The values of a document as far as it could be parsed, and a problem for each fault in it.

    `unparsable` has the paths of the keys that could not be parsed; "*" stands for a key whose name is not known, and
    ("*",) alone says that whole tables are missing. Numbers in paths count the tables that were parsed. `text` is the
    document without its faulty statements, each of its lines where it was.
    """

    data: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    unparsable: frozenset[toml_lines.Path] = frozenset()
    text: str = ""

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line (from 1) of the value at `path`, else of the nearest table around it, else 1."""
        return toml_lines.layout(self.text).line_of(path)


@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong, and the faulty statement's lines: from `first` up to, and without, `last`, both from 0.

    `hides_tables` says that headers of tables may be among those lines.
    """

    problem: Problem
    first: int
    last: int
    hides_tables: bool = False


def read(text: str, where: str) -> ParsedToml:
    """Return the document's values, and a problem at its line for each statement that is not TOML."""
    text = text.replace("\r\n", "\n")
    if unfinished := merge_conflicts.find(text):  # two versions in one file: whatever else is wrong follows from that
        return ParsedToml({}, tuple(one.problem(where) for one in unfinished), frozenset({("*",)}))
    lines = text.split("\n")
    problems: list[Problem] = []
    removed: list[tuple[int, str]] = []  # the line of a removed statement, and its `_key`
    while True:
        try:
            data = tomllib.loads("\n".join(lines))
            break
        except tomllib.TOMLDecodeError as error:
            fault = _fault(lines, error, where)
            problems.append(fault.problem)
            removed.append((fault.first, _key(lines[fault.first])))
            if fault.hides_tables:
                removed.append((fault.first, ""))
            if not any(line.strip() for line in lines[fault.first : fault.last]):
                return ParsedToml({}, tuple(problems), frozenset({("*",)}))
            lines[fault.first : fault.last] = [""] * (fault.last - fault.first)
    rest = "\n".join(lines)
    unparsable: set[toml_lines.Path] = set()
    for line, key in removed:
        if key:
            unparsable.add((*toml_lines.layout(rest).table_at(line), key))
        else:
            unparsable.add(("*",))
    return ParsedToml(data, tuple(problems), frozenset(unparsable), rest)


def _key(line: str) -> str:
    """Return the key that a statement sets, by its first line; "*" if that cannot be told, "" for a table's header."""
    if line.lstrip().startswith("["):
        return ""
    key = _KEY.match(line)
    return key[1] if key else "*"


def _fault(lines: list[str], error: tomllib.TOMLDecodeError, where: str) -> _Fault:
    """Return what tomllib says as a problem at the line to correct, and which lines have to go; lines are from 0."""
    message, noticed, rest = str(error), len(lines) - 1, ""
    is_at_end = True  # tomllib says "at end of document", or "at line 3, column 5"
    if at := _AT.match(message):
        message = at[1]
        if at[2]:
            is_at_end, noticed = False, int(at[2]) - 1
            rest = lines[noticed][int(at[3]) - 1 :]
    first = toml_lines.statement_at("\n".join(lines), noticed)
    explained = toml_errors.explain(message, lines[first], rest)
    if explained.reach == "line" and first < noticed and (is_at_end or _BEGINS.match(lines[noticed])):
        explained = toml_errors.UNCLOSED  # what is no value here is where the next statement would begin
    line = noticed if explained.reach == "line" else first
    problem = Problem(where, line + 1, f"not TOML: {explained.what}", explained.remedy)
    if explained.reach == "rest":
        return _Fault(problem, first, len(lines), hides_tables=True)
    return _Fault(problem, first, _next_statement(lines, first, line))


def _next_statement(lines: list[str], first: int, noticed: int) -> int:
    """Return the line, from 0, on which reading can go on after a faulty statement.

    After a faulty header that is where the next table begins that is not below it: what is between belongs to no table.
    """
    begins = _BEGINS
    if header := _HEADER.match(lines[first]):  # the next header but for those below this one
        begins = re.compile(rf"(?!\s*\[\[?\s*{re.escape(header[1])}\s*\.)\s*\[")
    for number in range(max(first, noticed) + 1, len(lines)):
        if begins.match(lines[number]):
            return number
    return len(lines)
