"""Takedowns: updates whose text leaves the site and the archive for good, and is not taken in again.

A takedown names an update or a page, and holds by everything that the archive knew of it when it was first carried
out: its id, page and guid, and a digest of its title and text, which holds in any source. What arrives later under the
page is kept out and teaches nothing: whoever sends another's text under a page that was taken down must not have it
taken down as well (docs/decisions/0035).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol
from unicodedata import normalize

from plugins.core.text.plain_text import plain
from plugins.core.text.same_page import Pages
from plugins.core.text.urls import canonical, is_web
from plugins.updates.desk.order import Order
from plugins.updates.model import SafeHtml, Update, by_id, of_sources
from plugins.updates.page_owners import PageOwners

_NO_LETTERS = re.compile(r"[\W_]+")
_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())
_LETTERS = 200
"""Letters of a text that are digested: an excerpt has them, and a source whose full text is kept begins with them."""
_FEWEST = 24
"""Bytes of title and text below which they say too little: "Strike update" is many updates'."""


class Told(Protocol):
    """What may be kept out: an item as it comes in, or an update."""

    @property
    def url(self) -> str:
        """Return the address, or ""."""

    @property
    def guid(self) -> str:
        """Return the feed's own id of the item, or ""."""

    @property
    def title(self) -> str:
        """Return the headline."""

    @property
    def summary(self) -> SafeHtml:
        """Return the text."""


@dataclass(frozen=True, slots=True)
class Takedowns:
    """What was taken down: ids of updates, pages, guids by source, and digests of title and text."""

    ids: frozenset[str] = frozenset()
    pages: Pages = field(default_factory=lambda: Pages(()))
    guids: frozenset[tuple[str, str]] = frozenset()
    digests: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.ids or self.pages)

    def cover(self, id: str, url: str) -> bool:
        """Say whether an id, or the page of an address, was taken down."""
        return id in self.ids or bool(url and self.pages.has(url))

    def why(self, told: Told, source: str, id: str = "", digest: str = "") -> str:
        """Return by what an item or update of a source was taken down, "" where it was not.

        `digest` is that of its title and text, where it has these no more.
        """
        if not self:
            return ""
        if id in self.ids:
            return "its id"
        if told.url and self.pages.has(told.url):
            return "its page"
        if told.guid and (source, told.guid) in self.guids:
            return "its guid"
        if self.digests and (digest or text_digest(told.title, told.summary)) in self.digests:
            return "its title and text"
        return ""

    def has(self, update: Update) -> bool:
        """Say whether an update was taken down."""
        digest = digest_of(update) if self.digests else ""
        return bool(self.why(update, update.source, update.id, digest))

    def among(self, updates: Iterable[Update]) -> frozenset[str]:
        """Return the ids of those of the updates that were taken down."""
        return frozenset(update.id for update in updates if self.has(update))

    def without_text(
        self, updates: Mapping[str, Update], stood_with: Mapping[str, str] = MappingProxyType({})
    ) -> Mapping[str, Update]:
        """Return the archive's updates, without the text of those taken down. Doing it twice changes nothing.

        `stood_with` is, by an update's id, another of its story.
        """
        kept: dict[str, Update] = {}
        for id, update in updates.items():
            kept[id] = update
            if self.has(update):
                kept[id] = redacted(update, stood_with.get(id, ""))
        return kept


def takedowns(
    orders: Iterable[Order], updates: Iterable[Update] = (), sites: Mapping[str, str] = MappingProxyType({})
) -> Takedowns:
    """Return what the orders take down; `updates` are those known, `sites` their sources' sites by id.

    Where an order names a page, it is the text of the page's own source that is held, and where none is known, that of
    who told first: what others sent under the page is kept out with it, and is not held elsewhere.
    """
    ids: set[str] = set()
    urls: list[str] = []
    for order in orders:
        if order.verb != "takedown":
            continue
        for name in order.names:
            if is_web(name):
                urls.append(name)
            else:
                ids.add(name)
    if not ids and not urls:
        return Takedowns()
    updates = list(updates)
    named = {update.id: update for update in updates if update.id in ids}
    named |= _speaking(urls, updates, sites)
    own = _own_marks(named, updates)
    guids, digests = set[tuple[str, str]](), set[str]()
    for update in named.values():
        digests.add(digest_of(update))
        for mark in own.intersection(_marks(update)):
            if mark.kind == "page":
                urls.append(update.url)
            else:
                guids.add((update.source, update.guid))
    return Takedowns(frozenset(ids | named.keys()), Pages(urls), frozenset(guids), frozenset(digests - {""}))


def _speaking(urls: Sequence[str], updates: Iterable[Update], sites: Mapping[str, str]) -> dict[str, Update]:
    """Return, by id, the updates whose text is that of one of the pages: its own source's, else of who told first."""
    speaking: dict[str, Update] = {}
    if not urls:
        return speaking
    pages, owners = Pages(urls), PageOwners(sites)
    there = [update for update in updates if pages.has(update.url)]
    for url in urls:
        page = Pages([url])
        found = [update for update in there if page.has(update.url)]
        speakers = owners.of(url)
        if found and not of_sources(found, speakers):
            first = min(found, key=lambda update: (update.first_seen, update.id))
            speakers = frozenset({first.source})
        speaking |= by_id(of_sources(found, speakers))
    return speaking


class _Mark(NamedTuple):
    """What an update may be known again by, in its source: its page's canonical address, or its guid."""

    source: str
    kind: Literal["page", "guid"]
    value: str


def _marks(update: Update) -> Iterator[_Mark]:
    page = canonical(update.url)
    if "/" in page:  # else it is a site's front, or none
        yield _Mark(update.source, "page", page)
    if update.guid:
        yield _Mark(update.source, "guid", update.guid)


def _own_marks(named: Mapping[str, Update], updates: Iterable[Update]) -> set[_Mark]:
    """Return the marks of the named updates that no other update of their source has.

    Some feeds link all their items to one page, or give them one guid: that is no mark of one of them.
    """
    own: set[_Mark] = set()
    sources: set[str] = set()
    for update in named.values():
        sources.add(update.source)
        own.update(_marks(update))
    for update in updates:
        if update.source in sources and update.id not in named:
            own.difference_update(_marks(update))
    return own


def text_digest(title: str, summary: str) -> str:
    """Return a digest of a title and the beginning of a text, "" where they say too little.

    It is of the letters and digits alone: markup, capitals, spaces and accents make no other text, nor where the title
    ends.
    """
    said = (_letters(title) + _letters(plain(summary))[:_LETTERS]).encode()
    return sha256(said).hexdigest()[:32] if len(said) >= _FEWEST else ""


def digest_of(update: Update) -> str:
    """Return the digest of an update's title and text, also where it has them no more, or has yet to read them."""
    known: str | None = getattr(update, "known_text_digest", None)
    if known is not None:
        return known
    return update.digest or text_digest(update.title, update.summary)


def _letters(text: str) -> str:
    if text.isascii():  # a tenth of the time of the general way, which is half of a digest's
        return text.lower().encode().translate(None, _SIGNS).decode()
    return _NO_LETTERS.sub("", normalize("NFKD", text).casefold())


def redacted(update: Update, stood_with: str = "") -> Update:
    """Return an update as the archive keeps it after a takedown: with what it is recognised by, and no text.

    `stood_with` is another update of its story. Doing it twice changes nothing.
    """
    return replace(
        update,
        title="",
        summary=SafeHtml(""),
        authors=(),
        tags=(),
        topics=(),
        earlier_titles=(),
        via=(),
        language="",
        outlet="",
        digest=digest_of(update),
        stood_with=update.stood_with or stood_with,
    )
