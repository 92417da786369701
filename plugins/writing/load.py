"""Read the bodies of all posts, pages and listings, drafts too, with the lines they begin on.

A file that cannot be read is left out: the section it belongs to tells what is wrong with it, and with front matter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.core.config import frontmatter
from plugins.core.text_files import TextFile, TextFiles

FOLDERS = ("posts", "pages", "listings")
_HEAD = re.compile(r"---[ \t]*\n.*?^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SAYS_OLD = re.compile(r"^aliases\b", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextBody:
    """A text's body, and the line it begins on. `old` are the addresses it had before, each with its line."""

    body: str
    body_line: int
    old: tuple[tuple[int, str], ...] = ()


def files_in(content: Path, files: TextFiles) -> Iterator[TextFile]:
    """Yield every text in order of folder and path."""
    for folder in FOLDERS:
        yield from files.of(content, folder)


def parted(text: str, where: str) -> TextBody:
    """Find the body without reading the YAML above it, which takes its time and is checked elsewhere."""
    head = _HEAD.match(text)
    if head:
        end = head.end()
    else:  # `Key: value` lines end at a blank one
        blank = text.find("\n\n")
        end = blank + 2 if blank >= 0 else 0
    old: tuple[tuple[int, str], ...] = ()
    if _SAYS_OLD.search(text, 0, end):
        old = _old(text, where)
    return TextBody(text[end:], text.count("\n", 0, end) + 1, old)


def _old(text: str, where: str) -> tuple[tuple[int, str], ...]:
    front, problems = frontmatter.split(text, where)
    given: Any = front.data.get("aliases")
    if problems or not given:
        return ()
    if isinstance(given, list):
        return tuple((front.line_of(["aliases", number]), str(one)) for number, one in enumerate(given))
    return tuple((front.line_of(["aliases"]), one.strip()) for one in str(given).split(",") if one.strip())
