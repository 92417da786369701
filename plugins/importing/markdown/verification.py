"""A written text printed as the site prints it, and held against the old one: its words, and what it may hold.

This is the last word on what was foreign: whatever got through all steps before must not run, load or lead astray.
"""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup
from markdown import Markdown

from plugins.importing.html_tree import attribute, words_of

_TAGS = (
    "p br hr a em strong del ins mark sub sup code pre ul ol li dl dt dd blockquote aside footer figure figcaption img "
    "table thead tbody tr th td h2 h3 h4 h5 h6 div span"
)
_ATTRIBUTES = "href src alt title class id cite start role tabindex aria-label aria-hidden datetime"
_ADDRESSES = {"href", "src", "cite"}
_MAY_LEAD_TO = re.compile(r"https?://|mailto:|#fn(?:ref)?\d*:|\{(?:static|filename)\}")
_MADE_BY_SITE = ".footnote-ref, .footnote-backref, .host, [aria-hidden]"
_BLOCKS = (
    "p br hr li dt dd td th h1 h2 h3 h4 h5 h6 pre figcaption caption blockquote div figure table tr x-note x-video "
    "x-pull section article aside header footer main nav center address details summary hgroup"
)


def printed(markdown: str, settings: Mapping[str, Any]) -> BeautifulSoup:
    """Return a text's HTML as the site's own Markdown makes it; `settings` are Pelican's."""
    html = str(Markdown(**settings["MARKDOWN"]).convert(markdown))
    # Of an attribute that is there twice a browser takes the first.
    return BeautifulSoup(html, "html.parser", on_duplicate_attribute="ignore", multi_valued_attributes=None)


def violations(page: BeautifulSoup) -> list[str]:
    """Return everything in a printed text that no foreign text may have."""
    found = []
    tags, attributes = _TAGS.split(), _ATTRIBUTES.split()
    for element in page.find_all(True):
        if element.name not in tags:
            found.append(f"an element <{element.name}>")
        for name, value in element.attrs.items():
            if name not in attributes:
                found.append(f"an attribute {name} of <{element.name}>")
            elif name in _ADDRESSES and not _MAY_LEAD_TO.match(str(value or "")):
                found.append(f"an address {str(value or '')[:60]!r}")
    return found


def words(soup: BeautifulSoup) -> Counter[str]:
    """Return the words of a tree, what a reader sees or hears; signs, case and forms of letters make no difference.

    The tree is used up.
    """
    for own in soup.select(_MADE_BY_SITE):
        own.decompose()
    for block in soup.find_all(_BLOCKS.split()):
        block.insert_before(" ")
        block.insert_after(" ")
    said = [soup.get_text(), *(attribute(one, "alt") for one in soup.find_all("img"))]
    said += [attribute(one, "title") for one in soup.find_all("x-video")]
    return Counter(words_of(" ".join(said)))


def missing(old: Counter[str], now: Counter[str], most: int = 40) -> tuple[str, ...]:
    """Return the words, at most `most`, that are in one text and not in another."""
    return tuple(list((old - now).elements())[:most])
