"""What of a document did not come along as it was, and the line of the new text at which the old page had it.

A loss remembers the last words before its place in the old page. The same words are looked for in the new text, or the
address that it is about, so that nothing has to be carried through the steps between.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from itertools import accumulate, islice

from bs4 import Tag
from bs4.element import PageElement

from plugins.importing.html_tree import attribute, group, one_line, words_of
from plugins.importing.model import Loss

_LONGEST_DETAIL = 200
_WORDS_BEFORE = 8
_MOST_ELEMENTS = 100
"""Elements and pieces of text before a place among which its words are looked for."""
_MOST_PLACED = 1_000
"""Losses of a document that get a line: each is looked for in the whole text."""
# What Markdown has besides the words of a page: where a link leads, the number of a footnote.
_NO_WORDS = re.compile(r"\]\([^()\s]*(?: \"[^\"]*\")?\)|\[\^\d+\]|^\s*\d+\. |^/// .*|^\s+url: .*")
_ADDRESS = re.compile(r"(?:https?://|images/)\S+?(?=:?(?:\s|$))")


class ConversionLog:
    """What is lost of one document, in `found`."""

    def __init__(self, found: Iterable[Loss] = ()) -> None:
        self.found = list(found)

    def note(self, kind: str, detail: str = "", place: PageElement | None = None) -> None:
        """Note a loss; `place` is the element at which it is, none where it has no place in the text."""
        before = None
        if place is not None:
            before = _words_before(place)
        self.found.append(Loss(kind, one_line(detail, _LONGEST_DETAIL), before))

    def remove(self, element: Tag, kind: str, detail: str = "") -> None:
        """Take an element out of the tree, and note what it was."""
        self.note(kind, detail, element)
        element.decompose()


def with_lines(found: Iterable[Loss], markdown: str, first_line: int) -> tuple[Loss, ...]:
    """Return losses with their lines, in the text's order; the text's first line has the number `first_line`."""
    lines: list[int] = []
    words: list[str] = []
    for number, written in enumerate(markdown.split("\n"), first_line):
        for word in words_of(html.unescape(_NO_WORDS.sub(" ", written))):
            words.append(word)
            lines.append(number)
    text = f" {' '.join(words)} "
    ends = list(accumulate(len(word) + 1 for word in words))  # where in `text` each word ends
    next_after: dict[tuple[str, str], int] = {}  # a kind and an address → where in `markdown` to look for the next
    placed: list[Loss] = []
    for index, loss in enumerate(found):
        address = _address(loss)
        at = markdown.find(address, next_after.get((loss.kind, address), 0))
        if loss.before is None or index >= _MOST_PLACED:
            line = 0
        elif address and at >= 0:
            line = first_line + markdown.count("\n", 0, at)
            next_after[loss.kind, address] = at + 1
        elif end := _end_of(loss.before, text):
            line = lines[bisect_left(ends, end)]
        else:
            line = first_line
        placed.append(replace(loss, line=line))
    return tuple(sorted(placed, key=lambda loss: loss.line))


def _address(loss: Loss) -> str:
    """Return what a loss's detail says that stands in the new text, too: where a link leads, or a picture's file."""
    return group(_ADDRESS.search(loss.detail))


def _words_before(place: PageElement) -> tuple[str, ...]:
    """Return the last words that a reader of the page meets before a place, in their order."""
    found: list[str] = []
    for element in islice(place.previous_elements, _MOST_ELEMENTS):
        if len(found) >= _WORDS_BEFORE:
            break
        if not isinstance(element, Tag):
            found = words_of(str(element)) + found
        elif element.name == "img":
            found = words_of(attribute(element, "alt")) + found
    return tuple(found[-_WORDS_BEFORE:])


def _end_of(words: tuple[str, ...], text: str) -> int:
    """Return where words end in a text, or the last of them that are in it one after the other; 0 where none are."""
    for number in range(len(words)):
        sought = f" {' '.join(words[number:])} "
        at = text.find(sought)
        if at >= 0:
            return at + len(sought) - 1
    return 0
