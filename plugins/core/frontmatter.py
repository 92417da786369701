"""A Markdown file's front matter: YAML between `---` lines, or Pelican's `Key: value` lines.

Splits and reads; what the keys mean is checked elsewhere. Sources: YAML 1.1 as PyYAML reads it,
https://docs.getpelican.com/en/stable/content.html#file-metadata
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from plugins.core.errors import Problem

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"^([A-Za-z][\w -]*):(?:[ \t]+(.*)|[ \t]*)$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself, and its body.

    `lines` maps a key path such as ("pay", "low") to its line; `body_line` is the body's first line, from 1.
    `loose` is true of `Key: value` headers, where every value is text.
    """

    data: dict[str, Any]
    body: str
    lines: dict[tuple[str | int, ...], int]
    body_line: int
    loose: bool

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of the value at `path`, else of the nearest one around it, else 1."""
        for end in range(len(path), 0, -1):
            if line := self.lines.get(tuple(path[:end])):
                return line
        return 1


def split(text: str, where: str) -> tuple[FrontMatter, list[Problem]]:
    """Return a file's front matter and body, with what is wrong in its form."""
    text = text.replace("\r\n", "\n")
    if _FENCE.match(text):
        return _split_yaml(text, where)
    return _split_headers(text, where)


def _split_yaml(text: str, where: str) -> tuple[FrontMatter, list[Problem]]:
    opening = text.index("\n") + 1 if "\n" in text else len(text)
    closing = _FENCE.search(text, opening)
    if closing is None:
        nothing = FrontMatter({}, "", {}, 1, loose=False)
        return nothing, [Problem(where, 1, "front matter is not closed", "end it with a line of three hyphens, ---")]
    head, body = text[opening : closing.start()], text[closing.end() :].removeprefix("\n")
    body_line = text.count("\n", 0, closing.end()) + 2
    problems: list[Problem] = []
    data: dict[str, Any] = {}
    lines: dict[tuple[str | int, ...], int] = {}
    try:
        node = yaml.compose(head, Loader=_Loader)
        value = yaml.load(head, Loader=_Loader)  # noqa: S506 - a SafeLoader, see below
        _note_lines(node, (), lines, lambda path, line: problems.append(_repeated(where, path, line)))
        if value is None:
            data = {}
        elif isinstance(value, dict):
            data = {str(key): item for key, item in value.items()}
        else:
            what = f"front matter is a {type(value).__name__}, not keys and values"
            problems.append(Problem(where, 2, what, "write it as `key: value` lines"))
    except yaml.YAMLError as error:
        problems.append(_yaml_problem(error, where))
    return FrontMatter(data, body, lines, body_line, loose=False), problems


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # ten times as fast where it is
    """YAML without the automatic dates: they are read, with a clear error, by the one who knows the key."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _note_lines(
    node: yaml.Node | None,
    path: tuple[str | int, ...],
    lines: dict[tuple[str | int, ...], int],
    repeated: Callable[[tuple[str | int, ...], int], None],
) -> None:
    """Record each value's line; front matter starts on the file's second line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            line = key.start_mark.line + 2
            if here in lines:
                repeated(here, line)
            lines[here] = line
            _note_lines(value, here, lines, repeated)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            lines[(*path, number)] = value.start_mark.line + 2
            _note_lines(value, (*path, number), lines, repeated)


def _repeated(where: str, path: tuple[str | int, ...], line: int) -> Problem:
    return Problem(where, line, f"{path[-1]} stands here a second time", "keep one of the two")


def _yaml_problem(error: yaml.YAMLError, where: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 2 if mark else 1
    what = getattr(error, "problem", None) or str(error).split("\n", 1)[0]
    remedy = "put values with a colon, quote or bracket between quotation marks, and close what is open"
    return Problem(where, line, f"front matter is not YAML: {what}", remedy)


def _split_headers(text: str, where: str) -> tuple[FrontMatter, list[Problem]]:
    """Read headers up to the first blank line; an indented line continues the value above it."""
    data: dict[str, Any] = {}
    lines: dict[tuple[str | int, ...], int] = {}
    problems: list[Problem] = []
    rows = text.split("\n")
    number, key = 0, ""
    for number, row in enumerate(rows, 1):
        if not row.strip():
            break
        if key and row[0] in " \t":
            data[key] = f"{data[key]}\n{row.strip()}"
            continue
        header = _HEADER.match(row)
        if header is None:
            what = f"a header or a blank line is missing (got {row[:40]!r})"
            problems.append(Problem(where, number, what, "write `Key: value` lines, then a blank line, then the text"))
            break
        key = header[1].strip().lower()
        if (key,) in lines:
            problems.append(_repeated(where, (key,), number))
        data[key], lines[(key,)] = (header[2] or "").strip(), number
    body = "\n".join(rows[number:])
    return FrontMatter(data, body, lines, number + 1, loose=True), problems
