"""On which line each value of a TOML text stands. Pure.

TOML is a row of statements, each of which is TOML on its own (https://toml.io/en/v1.0.0): tomllib reads them one by
one, and its own reading says how long each is. Strings, comments and quoted keys are nobody's business but tomllib's.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Any

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Layout:
    """Where the values and tables of a document stand; lines count from 1."""

    lines: dict[Path, int] = field(default_factory=dict)
    tables: list[tuple[int, Path]] = field(default_factory=list)

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of the value at `path`, else of the nearest table around it, else 1."""
        for end in range(len(path), 0, -1):
            if line := self.lines.get(tuple(path[:end])):
                return line
        return 1

    def table_at(self, line: int) -> Path:
        """Return the table to which a statement on a line (from 0) belongs."""
        return next((path for first, path in reversed(self.tables) if first <= line + 1), ())


@lru_cache(maxsize=16)
def layout(text: str) -> Layout:
    """Return where everything stands in a text that is TOML."""
    found = Layout()
    numbers: dict[Path, int] = {}
    table: Path = ()
    for first, statement in _statements(text.split("\n")):
        if statement.lstrip().startswith("["):
            table = _enter(statement, first, numbers, found.lines)
            found.tables.append((first, table))
        else:
            _note(statement, first, table, found.lines)
    return found


def beginning(lines: list[str], line: int) -> int:
    """Return the line on which the statement begins that reaches over `line` (both from 0); it may be no TOML."""
    first = line
    for begins, statement in _statements(lines):
        first = begins - 1
        if line <= first + statement.count("\n"):
            break
    return first


def _statements(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Return each statement's first line (from 1) and text; one that is no TOML reaches to the end."""
    first = 0
    while first < len(lines):
        if not lines[first].strip() or lines[first].lstrip().startswith("#"):
            first += 1
            continue
        last = first + 1
        while last < len(lines) and _read("\n".join(lines[first:last])) is None:
            last += 1
        yield first + 1, "\n".join(lines[first:last])
        first = last


def _enter(header: str, line: int, numbers: dict[Path, int], lines: dict[Path, int]) -> Path:
    """Return the path of the table that a header begins, and note it; `numbers` counts the tables of each list."""
    keys: list[str] = []
    node: Any = _read(header)
    listed = False
    while node:
        ((key, node),) = node.items()
        keys.append(key)
        listed = isinstance(node, list)
        node = node[0] if listed else node
    path: Path = ()
    for depth, key in enumerate(keys, 1):
        path = (*path, key)
        lines.setdefault(path, line)
        if listed and depth == len(keys):
            numbers[path] = numbers.get(path, -1) + 1
        if path in numbers:
            path = (*path, numbers[path])
    lines[path] = line
    return path


def _note(statement: str, line: int, table: Path, lines: dict[Path, int]) -> None:
    """Note where the values of a statement stand: each on the first line with which, all lists closed, it is there."""
    rows = statement.split("\n")
    before = 0
    for number in range(1, len(rows) + 1):
        part = "\n".join(rows[:number])
        closed = (_read(f"{part}\n{']' * depth}") for depth in range(part.count("[") + 1))
        values = next((one for one in closed if one is not None), None)
        if values is None:  # in the middle of a long text
            continue
        for path in _paths(values):
            lines.setdefault((*table, *path), line + before)
        before = number


def _paths(value: Any) -> Iterator[Path]:
    pairs = value.items() if isinstance(value, dict) else zip(count(), value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield (step,)
        yield from ((step, *path) for path in _paths(inner))


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
