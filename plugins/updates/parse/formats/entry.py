"""What a feed says, before anything is cleaned: the shapes every reader of a format hands on.

Shapes only. All text in them is hostile, and no address in them is checked.
"""

import re
from dataclasses import dataclass
from typing import NewType

MOST_ITEMS = 2_000
"""No feed's window is longer; what lies beyond is left unread."""

LONGEST_FIELD = 200_000
"""Characters of one field that are read, before it is cleaned."""

Markup = NewType("Markup", str)
"""The text of a feed's document, without what stands before its outermost element."""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text; by the feed's word it is not HTML (`literal`), or it is (`markup`).

    `base` is the address its links are relative to, "" where the feed does not say.
    """

    value: str
    base: str = ""
    literal: bool = False
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One item as the feed has it; `links` are candidates for its address, the best first.

    `ended` is False for an item in whose middle the document breaks off.
    """

    guid: str = ""
    links: tuple[str, ...] = ()
    title: Text = Text("")
    summary: Text = Text("")
    content: Text = Text("")
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    language: str = ""
    via: tuple[str, ...] = ()
    ended: bool = True


def as_link(guid: str, *, of_rss: bool = False) -> tuple[str, ...]:
    """Return a guid as a candidate for the address, if it is one: "42" names no page.

    In RSS a guid is a link unless it says that it is none, and some are written from the site's root. Only what begins
    as an address does is taken for one: an item without a link is better off than one with a wrong one.
    """
    begins = ("https://", "http://", *(("/", "./", "../") if of_rss else ()))
    return (guid,) if guid.lower().startswith(begins) and not re.search(r"\s", guid) else ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is: its entries in order, and what had to be mended to read them."""

    title: str
    language: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
