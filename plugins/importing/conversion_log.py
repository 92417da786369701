"""What of a document did not come along, marked at the place where it was, so that the report can name the line."""

import re

from bs4 import Tag

from plugins.importing.html_tree import new_element, one_line
from plugins.importing.model import Loss

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Around a mark's number in the Markdown; no text that was cleaned has such letters."""

_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_LONGEST_DETAIL = 200
_QUOTED_BLANK = re.compile(r"\s*>[\s>]*")
_BULLET_ALONE = re.compile(r"[\s>]*(?:[-]|\d+\.)?\s*")


class ConversionLog:
    """What is lost of one document, in `found`; a mark in its tree, `<x-loss n="2">`, has the number of a loss."""

    def __init__(self) -> None:
        self.found: list[Loss] = []

    def note(self, kind: str, detail: str = "", times: int = 1) -> None:
        """Note a loss that has no place in the new text."""
        self.found += [Loss(kind, one_line(detail, _LONGEST_DETAIL))] * times

    def mark(self, kind: str, detail: str = "") -> Tag:
        """Note a loss, and return an element to stand in its place."""
        self.note(kind, detail)
        return new_element("x-loss", {"n": str(len(self.found) - 1)})

    def replace(self, element: Tag, kind: str, detail: str = "") -> None:
        """Take an element out, and mark its place."""
        element.replace_with(self.mark(kind, detail))
        element.decompose()

    def beside(self, element: Tag, kind: str, detail: str = "") -> None:
        """Mark the place of an element that stays, though not as it was."""
        element.insert_after(self.mark(kind, detail))


def take_marks(markdown: str, found: list[Loss], first_line: int) -> tuple[str, tuple[Loss, ...]]:
    """Return a text without its marks, and the losses with their lines; the text's first has the number `first_line`.

    A line on which nothing but marks stood goes too.
    """
    lines: list[str] = []
    lost = dict(enumerate(found))
    for line in markdown.split("\n"):
        bare = _MARK.sub("", line)
        marks = [int(mark[1]) for mark in _MARK.finditer(line)]
        held_marks_alone = bool(marks) and _BULLET_ALONE.fullmatch(bare) is not None
        if held_marks_alone and lines and _QUOTED_BLANK.fullmatch(lines[-1]):
            lines.pop()  # at a quotation's end it would keep a table above it from being one
        for number in marks:
            lost[number] = Loss(lost[number].kind, lost[number].detail, first_line + len(lines))
        is_second_blank = not bare.strip() and not (lines and lines[-1].strip())
        if not held_marks_alone and not is_second_blank:
            lines.append(bare)
    while lines and not lines[-1].strip():
        lines.pop()
    for number, line in enumerate(lines):
        if not "".join(lines[number + 1 : number + 2]).strip():
            lines[number] = line.rstrip()  # two spaces at a paragraph's end would break a line that does not come
    last = max(first_line, first_line + len(lines) - 1)
    in_order = sorted(lost.values(), key=lambda one: one.line)
    return "\n".join(lines), tuple(Loss(one.kind, one.detail, min(one.line, last)) for one in in_order)
