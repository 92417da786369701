"""Quotations from a job listing: what is quoted, with its line, and the link below it to the text that says so.

A block that names a listing leaves a place below each quotation (`add_place`). The place becomes a link when its page
is made, for only then is it known which of the listing's texts has the words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from plugins.core.text.markdown_model import QuotedWords
from plugins.core.text.markdown_tree import QUOTES
from plugins.core.text.plain_text import plain
from plugins.writing.model import BlockSource, ListingQuotation

_QUOTATION = re.compile(
    rf'<blockquote\b[^>]*\b{QUOTES}="(?P<id>[a-z0-9/_-]+)"[^>]*>(?P<words>.*?)'
    r'<footer class="quoted-from(?P<is_line> quoted-line)?"><a href="(?P<address>[^"]*)">.*?</a></footer>',
    re.DOTALL,
)
BLOCKS = ("quote", "annotate")
"""The blocks that may name a listing, by their option `listing`."""


class QuotationLink(NamedTuple):
    """Where a quotation leads: what is added to the listing's address, and the listing's title and a day in words."""

    anchor: str
    title: str
    day: str


def add_place(quotation: Element, listing: str, *, is_line: bool = False) -> None:
    """Mark an element as a quotation from a listing, and leave a place for the link to the text that says so.

    One that `is_line` stands among others from the same listing, so that its link need not name it again.
    """
    quotation.set(QUOTES, listing)
    foot = SubElement(quotation, "footer", {"class": "quoted-from quoted-line" if is_line else "quoted-from"})
    SubElement(foot, "a", {"href": f"{{listing}}{listing}"}).text = listing


def linked(html: str, link: Callable[[str, str], QuotationLink]) -> str:
    """Return a text's HTML in which each place leads to the text that has the words.

    `link` takes a listing's id and the quoted words.
    """

    def with_link(place: re.Match[str]) -> str:
        words, _, _ = place["words"].partition("<footer")  # whose words they are is none of them
        found = link(place["id"], plain(words))
        says = ", ".join(filter(None, [found.title, found.day]))
        if place["is_line"] and found.day:
            says = found.day
        head = place[0][: place.start("address") - place.start()]
        return f'{head}{place["address"]}{escape(found.anchor)}">{escape(says, quote=False)}</a></footer>'

    return _QUOTATION.sub(with_link, html)


def with_lines(quotations: Iterable[QuotedWords], blocks: Iterable[BlockSource]) -> list[ListingQuotation]:
    """Return a text's quotations from listings with their lines; `blocks` are those of its blocks that name one.

    The words are read from the tree, which keeps no lines of its own for them. Both are in the order of the text.
    """
    lines = chain.from_iterable(map(_first_lines, blocks))
    line = 0
    found: list[ListingQuotation] = []
    for quotation in quotations:
        line = next(
            lines, line
        )  # too few where a block has a form that the scan does not know: then the last has to do
        found.append(ListingQuotation(line, quotation.of, quotation.words))
    return found


def _first_lines(block: BlockSource) -> Iterator[int]:
    """Yield the first line of each quotation in a block; empty lines alone do not part two of them."""
    open_quotation, after_empty_line = False, True
    for number, line in enumerate(block.body, block.body_line):
        if not line.strip():
            after_empty_line = True
            continue
        begins = block.name == "quote" or line.lstrip().startswith(">")
        if begins and not open_quotation:
            yield number
        # Words right below a quoted line belong to it (Markdown, "lazy" quotations).
        open_quotation = begins or (open_quotation and not after_empty_line)
        after_empty_line = False
