"""A feed as it says itself: the values that every reader of a format gives, before anything is cleaned.

All text in them is hostile, and no address in them is checked. The first shape of a feed's item is the RawEntry;
`updates.parse.item` makes an Item of it, the import a text of the old site.
"""

import re
from dataclasses import dataclass, replace
from typing import NewType

Markup = NewType("Markup", str)
"""The text of a feed's document, without what stands before its outermost element."""

_MAIL = re.compile(r"<?\b(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?")
_LONGEST_AUTHOR = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one feed is read: `entries` at most, and of each text so many `characters`.

    `tags` are those of a feed that is not well-formed, which is read by feedparser: 26 µs a tag, so that 4 kB of gzip
    with nothing but `<a>` took 30 s.
    """

    entries: int = 2_000
    characters: int = 200_000
    tags: int = 60_000


@dataclass(frozen=True, slots=True)
class RawText:
    """A piece of text; by the feed's word it is plain text (`literal`), or HTML (`markup`), or the feed does not say.

    `base` is the address its links are relative to, "" where the feed does not say.
    """

    value: str
    base: str = ""
    literal: bool = False
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry, such as a podcast's sound; `type` is a media type, "" where it is not given."""

    url: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item of a feed.

    `links` are candidates for its address, the best first; `via` are addresses the feed names as the item's own source
    (Atom's rel=via or related, RSS's `source`), and `outlet` is what it calls the feed the item was taken from (the
    text of RSS's `source`, the title in Atom's). `published` and `updated` are as they are written: `dates.read_date`
    reads them. `is_draft`: AtomPub's `app:draft` says that it is not published. `ended` is False for an item in whose
    middle the document breaks off.
    """

    guid: str = ""
    links: tuple[str, ...] = ()
    title: RawText = RawText("")
    summary: RawText = RawText("")
    content: RawText = RawText("")
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    language: str = ""
    via: tuple[str, ...] = ()
    outlet: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    image: str = ""
    is_draft: bool = False
    ended: bool = True


@dataclass(frozen=True, slots=True)
class RawFeed:
    """A feed: its entries in order, and what had to be repaired or left out to read them. `site` is its home page."""

    title: str
    language: str
    entries: tuple[RawEntry, ...]
    problems: tuple[str, ...] = ()
    site: str = ""

    def with_problem(self, problem: str) -> "RawFeed":
        """Return the feed with one more problem."""
        return replace(self, problems=(*self.problems, problem))


def links_of_guid(guid: str, *, of_rss: bool = False) -> tuple[str, ...]:
    """Return a guid as a candidate for the address, if it is one: "42" names no page.

    In RSS a guid is a link unless it says that it is none, and some are written from the site's root. Only what begins
    as an address does is taken for one: an item without a link is better off than one with a wrong one.
    """
    begins: tuple[str, ...] = ("https://", "http://")
    if of_rss:
        begins = ("https://", "http://", "/", "./", "../")
    if guid.lower().startswith(begins) and not re.search(r"\s", guid):
        return (guid,)
    return ()


def author_name(author: str) -> str:
    """Return a person's name from "mail (Name)" (RSS 2.0), "Name <mail>" or a bare name; mail addresses are dropped."""
    if "@" not in author:
        return author
    return _MAIL.sub(" ", author[:_LONGEST_AUTHOR]).strip(" ()<>,;\t\n")


def too_many_tags(found: int, limits: Limits) -> str:
    """Return the problem of a feed that is not well-formed and has more tags than are read."""
    return f"is not well-formed and has {found} tags, of which the first {limits.tags} are read"


def too_many(limits: Limits) -> str:
    """Return the problem of a feed that has more entries than are read."""
    return f"more than {limits.entries} items; the others are left unread"
