"""Feeds as values: what a feed of ours says, and where its three forms are written. `render` writes them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EntrySource:
    """Where an entry was first published: another site's feed."""

    title: str
    site: str
    feed: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `title` is plain text, `html` and `summary` are safe HTML with absolute addresses; times are aware.

    `id` never changes; `link` is where a reader goes. `language` is set where it differs from the feed's.
    `languages` are all languages a translated text is there in, a code and an absolute address for each, its own last.
    """

    id: str
    link: str
    title: str
    html: str
    published: datetime
    updated: datetime
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    source: EntrySource | None = None
    language: str = ""
    image: str = ""
    languages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ArchiveLinks:
    """A document's place in its feed's whole history, by the keys of the others; "" where there is none.

    An archived document names its `current` one, which people subscribe to; its own entries never change places.
    """

    previous: str = ""
    next: str = ""
    current: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to be written as `feeds/KEY.atom.xml`, `.rss.xml` and `.json`; `page` is its page on the site.

    An archived document is written as Atom alone. Whoever prints it words `title` and `description`; a title given
    before is its editor's. One that is `apart` is no part of the feed of everything.
    """

    key: str
    page: str
    entries: tuple[Entry, ...]
    title: str = ""
    description: str = ""
    archives: ArchiveLinks = ArchiveLinks()
    apart: bool = False


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed as readers are told of it: its three addresses below the root; `title` where it is not the site's own."""

    key: str
    title: str
    atom: str
    rss: str
    json: str


@dataclass(frozen=True, slots=True)
class Channel:
    """What all feeds of a site say alike: absolute `site` address, its name and language, and a WebSub hub.

    `first` is the address the site had when it began, where it has moved since.
    """

    site: str
    name: str
    language: str
    hub: str = ""
    first: str = ""

    def address(self, path: str) -> str:
        """Return the absolute address of a path of the site."""
        return f"{self.site}/{path}"

    def identity(self, address: str) -> str:
        """Return an id that is an address of the site as it was when the site began: moving changes no id.

        RFC 4287, 4.2.6: an id must not change when what it names is moved.
        """
        ours = self.first and address.startswith(f"{self.site}/")
        if ours:
            return f"{self.first}{address.removeprefix(self.site)}"
        return address


def paths(key: str) -> dict[str, str]:
    """Return where a feed's three forms are written, below the site's root."""
    return {"atom": f"feeds/{key}.atom.xml", "rss": f"feeds/{key}.rss.xml", "json": f"feeds/{key}.json"}


def link(key: str, title: str = "") -> FeedLink:
    """Return what readers are told of a feed; the site's own feeds are known by their key, others by a title."""
    return FeedLink(key, title, **paths(key))
