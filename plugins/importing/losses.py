"""What of a text did not come along, marked at the place where it was, so that the report can name the line. Pure."""

import re
from collections.abc import Mapping

from bs4 import Tag

from plugins.importing import text
from plugins.importing.models import Loss

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around a mark's number in the Markdown; no text that was cleaned has such letters."""

_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_DETAIL = 200
_QUOTED_BLANK = re.compile(r"\s*>[\s>]*")
_BARE = re.compile(r"[\s>]*(?:[-]|\d+\.)?\s*")


class Losses:
    """Collects what is lost of one text."""

    def __init__(self) -> None:
        self.found: list[Loss] = []

    def note(self, kind: str, detail: str = "", times: int = 1) -> None:
        """Note a loss that has no place in the new text."""
        self.found += [Loss(kind, text.line(detail, _DETAIL))] * times

    def mark(self, kind: str, detail: str = "") -> Tag:
        """Note a loss, and return an element to stand in its place."""
        self.found.append(Loss(kind, text.line(detail, _DETAIL)))
        return new("x-loss", {"n": str(len(self.found) - 1)})

    def replace(self, element: Tag, kind: str, detail: str = "") -> None:
        """Take an element out, and mark its place."""
        element.replace_with(self.mark(kind, detail))
        element.decompose()

    def beside(self, element: Tag, kind: str, detail: str = "") -> None:
        """Mark the place of an element that stays, though not as it was."""
        element.insert_after(self.mark(kind, detail))


def new(name: str, attributes: Mapping[str, str] | None = None, words: str = "") -> Tag:
    """Return a new element, with words in it."""
    made = Tag(name=name, attrs=dict(attributes or {}))
    if words:
        made.append(words)
    return made


def placed(markdown: str, found: list[Loss], first_line: int) -> tuple[str, tuple[Loss, ...]]:
    """Return a text without its marks, and the losses with their lines; the text's first has the number `first_line`.

    A line on which nothing but marks stood goes too.
    """
    lines: list[str] = []
    lost = dict(enumerate(found))
    for line in markdown.split("\n"):
        bare = _MARK.sub("", line)
        marks = [int(mark[1]) for mark in _MARK.finditer(line)]
        gone = bool(marks) and _BARE.fullmatch(bare) is not None
        if gone and lines and _QUOTED_BLANK.fullmatch(lines[-1]):
            lines.pop()  # at a quotation's end it would keep a table above it from being one
        for number in marks:
            at = first_line + len(lines)
            lost[number] = Loss(lost[number].kind, lost[number].detail, at)
        if gone or (not bare.strip() and not (lines and lines[-1].strip())):
            continue
        lines.append(bare)
    while lines and not lines[-1].strip():
        lines.pop()
    last = max(first_line, first_line + len(lines) - 1)
    following = [*lines[1:], ""]
    lines = [line if after.strip() else line.rstrip() for line, after in zip(lines, following, strict=False)]
    in_order = sorted(lost.values(), key=lambda one: one.line)
    return "\n".join(lines), tuple(Loss(one.kind, one.detail, min(one.line, last)) for one in in_order)
