"""Takedowns: updates whose text leaves the site and the archive for good, and is not taken in again.

A takedown names an update or a page, and holds by everything that the archive knew of it when it was first carried
out: its id, page and guid, and a digest of its title and text, which holds in any source. What arrives later under the
page is kept out and teaches nothing: whoever sends another's text under a page that was taken down must not have it
taken down as well (docs/decisions/0035).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Protocol
from unicodedata import normalize

from plugins.core.text.plain_text import plain
from plugins.core.text.same_page import Pages
from plugins.core.text.urls import canonical, is_web
from plugins.updates.desk.order import Order
from plugins.updates.model import SafeHtml, Update
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
        return bool(self.why(update, update.source, update.id, digest_of(update) if self.digests else ""))

    def without_text(
        self, updates: Mapping[str, Update], stood_with: Mapping[str, str] = MappingProxyType({})
    ) -> Mapping[str, Update]:
        """Return the archive's updates, without the text of those taken down. Doing it twice changes nothing.

        `stood_with` is, by an update's id, another of its story.
        """
        return {id: redacted(one, stood_with.get(id, "")) if self.has(one) else one for id, one in updates.items()}


def takedowns(
    orders: Iterable[Order], updates: Iterable[Update] = (), sites: Mapping[str, str] = MappingProxyType({})
) -> Takedowns:
    """Return what the orders take down; `updates` are those known, `sites` their sources' sites by id.

    Where an order names a page, it is the text of the page's own source that is held, and where none is known, that of
    who told first: what others sent under the page is kept out with it, and is not held elsewhere.
    """
    names = [name for order in orders if order.verb == "takedown" for name in order.names]
    if not names:
        return Takedowns()
    ids = frozenset(name for name in names if not is_web(name))
    urls = [name for name in names if is_web(name)]
    updates = list(updates)
    pages = Pages(urls)
    named = {update.id: update for update in updates if update.id in ids}
    there = [update for update in updates if pages.has(update.url)] if urls else []
    named |= {update.id: update for url in urls for update in _speaking(url, there, sites)}
    own = _own_marks(named, updates)
    return Takedowns(
        ids | named.keys(),
        Pages([*urls, *(update.url for update in named.values() if (update.source, canonical(update.url)) in own)]),
        frozenset(
            (update.source, update.guid) for update in named.values() if (update.source, f"\x1f{update.guid}") in own
        ),
        frozenset(filter(None, (digest_of(update) for update in named.values()))),
    )


def _speaking(url: str, there: Iterable[Update], sites: Mapping[str, str]) -> Iterator[Update]:
    """Yield those of the updates with a page whose text is the page's: its own source's, else of who told first."""
    page = Pages([url])
    found = sorted((one for one in there if page.has(one.url)), key=lambda one: (one.first_seen, one.id))
    owners = PageOwners(sites).of(url)
    own = [one for one in found if one.source in owners]
    yield from own or [one for one in found if one.source == found[0].source]


def _own_marks(named: Mapping[str, Update], updates: Iterable[Update]) -> set[tuple[str, str]]:
    """Return the pages and guids of the named updates, by source, that no other update of the source has.

    Some feeds link all their items to one page, or give them one guid: that is no mark of one of them.
    """
    wanted = {mark for update in named.values() for mark in _marks(update)}
    sources = {update.source for update in named.values()}
    others = Counter(
        mark for update in updates if update.source in sources and update.id not in named for mark in _marks(update)
    )
    return {mark for mark in wanted if not others[mark]}


def _marks(update: Update) -> Iterator[tuple[str, str]]:
    if update.url and "/" in canonical(update.url):
        yield update.source, canonical(update.url)
    if update.guid:
        yield update.source, f"\x1f{update.guid}"


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
    return known if known is not None else update.digest or text_digest(update.title, update.summary)


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
