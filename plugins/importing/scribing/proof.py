"""A written text printed as the site prints it, and held against the old one: its words, and what it may hold. Pure.

This is the last word on what was foreign: whatever got through all rooms before it must not run, load or lead astray.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString
from markdown import Markdown

from plugins.importing.clean import attribute

_MAY = {
    *("p", "br", "hr", "a", "em", "strong", "del", "ins", "mark", "sub", "sup", "code", "pre", "ul", "ol", "li", "dl"),
    *(
        "dt",
        "dd",
        "blockquote",
        "aside",
        "footer",
        "figure",
        "figcaption",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
    ),
    *("td", "h2", "h3", "h4", "h5", "h6", "div", "span"),
}
_ATTRIBUTES = {"href", "src", "alt", "title", "class", "id", "cite", "start", "role", "tabindex", "aria-label"}
_ATTRIBUTES |= {"aria-hidden", "datetime"}
_LEADS = re.compile(r"https?://|mailto:|#fn(?:ref)?\d*:|\{(?:static|filename)\}")
_WORD = re.compile(r"\w+")
_OWN = ".footnote-ref, .footnote-backref, .host, [aria-hidden]"
_NAMES = (
    "p br hr li dt dd td th h1 h2 h3 h4 h5 h6 pre figcaption caption blockquote div figure table tr x-note x-video"
    " x-pull x-quote section article aside header footer main nav center address details summary hgroup"
)
_BLOCKS = frozenset(_NAMES.split())


def printed(markdown: str, settings: Mapping[str, Any]) -> str:
    """Return a text's HTML as the site's own Markdown makes it."""
    return str(Markdown(**settings["MARKDOWN"]).convert(markdown))


def faults(html: str) -> list[str]:
    """Return everything in a printed text that no foreign text may have."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


def words(soup: BeautifulSoup) -> Counter[str]:
    """Return the words of a tree, what a reader sees or hears; signs, case and forms of letters make no difference."""
    for own in soup.select(_OWN):
        own.decompose()
    said = ["".join(_strings(soup)), *(attribute(one, "alt") for one in soup.find_all("img"))]
    said += [attribute(one, key) for one in soup.find_all(["x-video", "x-quote"]) for key in ("title", "who")]
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", " ".join(said)).casefold().replace("_", " ")))


def _strings(soup: BeautifulSoup) -> Iterator[str]:
    """Return a tree's text, piece by piece; what stands in two blocks is kept apart."""
    at = list(reversed(soup.contents))
    while at:
        node = at.pop()
        if not isinstance(node, Tag):
            yield "" if isinstance(node, Comment) else str(node)
            continue
        if node.name in _BLOCKS:
            yield " "
            at.append(NavigableString(" "))
        at += reversed(node.contents)


def words_of(html: str) -> Counter[str]:
    """Return the words of printed HTML."""
    return words(BeautifulSoup(html, "html.parser"))


def missing(old: Counter[str], now: Counter[str], most: int = 40) -> tuple[str, ...]:
    """Return the words, at most `most`, that are in one text and not in another."""
    return tuple(list((old - now).elements())[:most])


class _Reader(HTMLParser):
    """Looks at every tag of a printed text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag not in _MAY:
            self.faults.append(f"an element <{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES:
                self.faults.append(f"an attribute {name} of <{tag}>")
            elif name in {"href", "src", "cite"} and not _LEADS.match(value or ""):
                self.faults.append(f"an address {(value or '')[:60]!r}")
