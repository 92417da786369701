"""Split a Markdown file into its front matter and its body, and parse the front matter.

Front matter is YAML between `---` lines, or Pelican's `Key: value` lines. What the keys mean is checked elsewhere.
Source: https://docs.getpelican.com/en/stable/content.html#file-metadata
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plugins.core.config import yaml_frontmatter
from plugins.core.errors import Problem
from plugins.core.text import merge_conflicts
from plugins.core.text.markdown_code import without_code

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_HEADER = re.compile(r"^([A-Za-z][\w -]*):(?:[ \t]+(.*)|[ \t]*)$")
_LANGUAGE = re.compile(r"^lang[ \t]*:[ \t]*[\"']?([\w-]+)", re.MULTILINE | re.IGNORECASE)
_SUMMARY = re.compile(r"^summary[ \t]*:", re.MULTILINE | re.IGNORECASE)
_UNREADABLE = frozenset({("*",)})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A file's front matter, unchecked, and its body.

    `lines` maps a key's path such as ("pay", "low") to its line; `body_line` is the body's first line; both count from
    1. `loose` is true of `Key: value` headers, where every value is text. `unparsable` has the paths of the keys that
    are in the file and could not be parsed, "*" for one whose name is not known.
    """

    data: dict[str, Any]
    body: str
    lines: dict[tuple[str | int, ...], int]
    body_line: int
    loose: bool
    unparsable: frozenset[tuple[str | int, ...]] = frozenset()

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of the value at `path`, else of the nearest one around it, else 1."""
        for end in range(len(path), 0, -1):
            if line := self.lines.get(tuple(path[:end])):
                return line
        return 1


NOTHING = FrontMatter({}, "", {}, 1, loose=False, unparsable=_UNREADABLE)
"""The front matter of a file that cannot be parsed at all."""


def split(text: str, where: str) -> tuple[FrontMatter, list[Problem]]:
    """Return a file's front matter and body as far as they can be parsed, and a problem for each fault."""
    text = text.replace("\r\n", "\n")
    if not text.strip():
        return NOTHING, [Problem(where, 1, "the file is empty", "begin it with a line of three hyphens, ---")]
    if not text.split("\n", 1)[0].strip():
        return NOTHING, [Problem(where, 1, "the first line is blank", "begin the file with its front matter")]
    unfinished = merge_conflicts.find(text)
    if unfinished and unfinished[0].start <= _end_of_head(text):
        return NOTHING, [conflict.problem(where) for conflict in unfinished]
    if _FENCE.match(text):
        front, problems = _split_yaml(text, where)
    else:
        front, problems = _split_headers(text, where)
    if unfinished:  # in a block of code, as in a text about git, the markers are meant
        problems += [one.problem(where) for one in merge_conflicts.find(without_code(text))]
    return front, problems


def body(text: str) -> str:
    """Return a file's body alone, as `split` does of a sound file; to parse its front matter takes 30 times as long."""
    text = text.replace("\r\n", "\n")
    if not _FENCE.match(text):
        return text.partition("\n\n")[2]
    closing = _closing_fence(text)
    return text[closing.end() :].removeprefix("\n") if closing else ""


def language(text: str) -> str:
    """Return what a file's front matter most likely gives as its `lang`, "" where it gives none; nothing is checked."""
    found = _LANGUAGE.search(text, 0, _end_of_head(text))
    return found[1] if found else ""


def has_summary(text: str) -> bool:
    """Say whether a file's front matter most likely gives a `summary`; nothing is checked."""
    return bool(_SUMMARY.search(text, 0, _end_of_head(text)))


def _end_of_head(text: str) -> int:
    """Return where the front matter ends; at the text's end where it is not closed."""
    if not _FENCE.match(text):
        return len(text.partition("\n\n")[0])
    closing = _closing_fence(text)
    if closing is None:
        return len(text)
    return closing.start()


def _closing_fence(text: str) -> re.Match[str] | None:
    """Return the line of hyphens that ends YAML front matter, in a text that begins with one."""
    first_line, _, _ = text.partition("\n")
    return _FENCE.search(text, len(first_line) + 1)


def _split_yaml(text: str, where: str) -> tuple[FrontMatter, list[Problem]]:
    closing = _closing_fence(text)
    if closing is None:
        return NOTHING, [Problem(where, 1, "front matter is not closed", "end it with a line of three hyphens, ---")]
    body = text[closing.end() :].removeprefix("\n")
    body_line = text.count("\n", 0, closing.end()) + 2
    _, _, yaml = text[: closing.start()].partition("\n")  # without the first line of hyphens
    head = yaml_frontmatter.read(yaml, where)
    front = FrontMatter(head.data, body, head.lines, body_line, loose=False, unparsable=frozenset(head.unparsable))
    return front, head.problems


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
            remedy = "write `Key: value` lines, then a blank line, then the text; or put them between two lines of ---"
            problems.append(Problem(where, number, what, remedy))
            break
        key = header[1].strip().lower()
        if (key,) in lines:
            problems.append(yaml_frontmatter.repeated(where, (key,), number))
        data[key], lines[(key,)] = (header[2] or "").strip(), number
    body = "\n".join(rows[number:])
    unparsable: frozenset[tuple[str | int, ...]] = frozenset()
    if problems:
        unparsable = _UNREADABLE
    return FrontMatter(data, body, lines, number + 1, loose=True, unparsable=unparsable), problems
