"""Find the line of each value in a TOML text.

tomllib reads the values and keeps no positions. tomlkit cannot tell them either: it puts the tables of a list together,
so that where two lists take turns ([[pin]], [[hide]], [[pin]], as in desk.toml) its lines are not the file's. So the
text is divided into tokens (https://toml.io/en/v1.0.0), once and from front to back; what a key means is asked of
tomllib. The time grows with the length of the text and no faster.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""
      "{3}(?:\\.|[^\\])*?"{3,5}    # a text of several lines, which may end in quotation marks of its own
    | '{3}.*?'{3,5}
    | "(?:\\.|[^"\\\n])*"(?!")
    | '[^'\n]*'(?!')
    | ["'].*                     # one that is not closed: what comes after it is no statement of its own
    | \#[^\n]*
    | [\[\]{},=\n]
    | [^\s\[\]{},=\#"']+          # a bare key, a number, a day; or a part of what is no TOML
    """,
    re.VERBOSE | re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class _TomlToken(NamedTuple):
    """A part of a statement; `line` counts from 1, `start` and `end` are offsets in the whole text."""

    text: str
    line: int
    start: int
    end: int


@dataclass(slots=True)
class Layout:
    """Where the values and tables of a document are; lines count from 1."""

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
    """Return where everything is in a text that is TOML."""
    found = Layout()
    numbers: dict[Path, int] = {}
    table: Path = ()
    for statement in _statements(text):
        if statement[0].text == "[":
            table = _table(text, statement, numbers, found.lines)
            found.tables.append((statement[0].line, table))
        else:
            _note_values(text, statement, table, found.lines)
    return found


def statement_at(text: str, line: int) -> int:
    """Return the first line of the statement that reaches over `line`, both from 0; the statement may be no TOML."""
    first = 0
    for statement in _statements(text):
        if statement[0].line > line + 1:
            break
        first = statement[0].line - 1
    return first


def _statements(text: str) -> Iterator[list[_TomlToken]]:
    """Return the tokens of each statement: it ends with its line, or with the line of its last bracket."""
    line, depth = 1, 0
    tokens: list[_TomlToken] = []
    for found in _TOKEN.finditer(text):
        part = found[0]
        if part == "\n":
            line += 1
            if tokens and depth <= 0:
                yield tokens
                tokens, depth = [], 0
        elif not part.startswith("#"):
            tokens.append(_TomlToken(part, line, found.start(), found.end()))
            line += part.count("\n")
            depth += (part in "[{") - (part in "]}")
    if tokens:
        yield tokens


def _table(text: str, header: list[_TomlToken], numbers: dict[Path, int], lines: dict[Path, int]) -> Path:
    """Return the path of the table that a header begins, and note it; `numbers` counts the tables of each list."""
    line = header[0].line
    is_listed = len(header) > 1 and header[1].text == "["
    names = [token for token in header if token.text not in {"[", "]"}]
    path: Path = ()
    keys: list[str] = []
    if names:
        keys = _keys(text[names[0].start : names[-1].end])
    for depth, key in enumerate(keys, 1):
        path = (*path, key)
        lines.setdefault(path, line)
        if is_listed and depth == len(keys):
            numbers[path] = numbers.get(path, -1) + 1
        if path in numbers:  # a table below a list belongs to the list's last table
            path = (*path, numbers[path])
    lines[path] = line
    return path


class _OpenValue(NamedTuple):
    """A list or a group in braces that is not closed yet: its path, and the number of its value, None in a group."""

    path: Path
    number: int | None

    @property
    def value_path(self) -> Path:
        """Return the path of the value that is read in it; that of a group, until its key is read."""
        if self.number is None:
            return self.path
        return (*self.path, self.number)


_FIRST_NUMBERS: dict[str, int | None] = {"[": 0, "{": None}


def _note_values(text: str, statement: list[_TomlToken], table: Path, lines: dict[Path, int]) -> None:
    """Note the line of each key and each value of a statement `key = value`; a value's line is where it begins."""
    opened = [_OpenValue(table, None)]
    path = table
    key = before = statement[0]  # the first token of the last key, and the token before this one
    is_value = is_key = False  # whether the next token begins a value, and whether a key is being read
    for token in statement:
        inside = opened[-1]
        if token.text == "=":
            path = inside.path
            for name in _keys(text[key.start : before.end]):
                path = (*path, name)
                lines.setdefault(path, key.line)
            is_value, is_key = True, False
        elif token.text == ",":
            is_value, is_key = inside.number is not None, False
            if inside.number is not None:
                opened[-1] = _OpenValue(inside.path, inside.number + 1)
                path = opened[-1].value_path
        elif token.text in _FIRST_NUMBERS:
            lines.setdefault(path, token.line)
            opened.append(_OpenValue(path, _FIRST_NUMBERS[token.text]))
            path = opened[-1].value_path
            is_value, is_key = token.text == "[", False
        elif token.text in {"]", "}"}:
            opened.pop()
            is_value = False
        elif is_value:
            lines.setdefault(path, token.line)
            is_value = False
        elif not is_key:
            key, is_key = token, True
        before = token


def _keys(text: str) -> list[str]:
    """Return the parts of a key that may be dotted and quoted, such as topic."pay day"."""
    if _BARE_KEY.fullmatch(text):  # almost every key: 1 µs, and by tomllib 19
        return [text]
    keys: list[str] = []
    node: Any = tomllib.loads(f"{text} = 0")
    while isinstance(node, dict):
        ((key, node),) = node.items()
        keys.append(key)
    return keys
