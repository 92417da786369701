"""What a section is told, and what it hands back to be printed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins.core.config.markdown_file import Text
from plugins.core.errors import Problem
from plugins.core.syndication.feed_model import Channel, FeedLink
from plugins.core.text import file_links
from plugins.sections.findable import Findable
from plugins.sections.news import NewsItem, Period
from plugins.sections.printed import Printed


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Where the site's content is, when it is built, and how it speaks. `now` is aware and in the site's zone."""

    content: Path
    now: datetime
    zone: ZoneInfo
    language: str
    siteurl: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def preview(self) -> Path | None:
        """Return the folder a preview keeps to itself, beside the content; none where the site is to be published."""
        name = self.settings.get("PREVIEW")
        return self.content.resolve().parent / ".cache" / "preview" / name if name else None

    @property
    def shows_drafts(self) -> bool:
        """Say whether texts that are not public are shown too, each with its standing: in that preview alone."""
        return bool(self.settings.get("PREVIEW") == "drafts")

    @property
    def channel(self) -> Channel:
        """Return what all feeds say alike."""
        hub, first = self.settings["WEBSUB_HUB"], self.settings["FEED_FIRST_SITEURL"].rstrip("/")
        return Channel(self.siteurl, self.settings["SITENAME"], self.language, hub, first)

    @property
    def cache(self) -> Path:
        """Return the disposable folder for what follows from the pages of a build: a preview has its own."""
        return self.preview / "cache" if self.preview else self.content.resolve().parent / ".cache"


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place in the site's navigation; lower `rank` comes first."""

    key: str
    url: str
    rank: int


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown text that belongs to a section: `body` of the file `path`, published at `url`."""

    path: Path
    body: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in the content that names something of another section, such as a fund by its id."""

    where: str
    line: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A place in the content that leads to a file of it, as it is written there; `file` is below the content folder."""

    where: str
    line: int
    link: str
    file: str


def leads(text: Text[Any], content: Path) -> tuple[Lead, ...]:
    """Return every link of a text to a file of the content, whether it is there or not."""
    source = text.path.relative_to(content).as_posix()
    return tuple(
        Lead(text.where, text.front.body_line + line, link, file)
        for line, link, file in file_links.targets(text.front.body, source)
    )


@dataclass(frozen=True, slots=True)
class SiteLink:
    """A place in a text, the file `source`, that leads to a page of the site by its address, as it is written there."""

    where: str
    line: int
    link: str
    source: Path


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text, the file `source`, that is printed as a page of its own: `save_as` below the site's root.

    `where` and `line` are where the content says what the page's address is.
    """

    where: str
    line: int
    source: Path
    save_as: str


@dataclass(frozen=True, slots=True)
class Alias:
    """An address, as it is written, that a text, the file `source`, had before, and where the text says so."""

    where: str
    line: int
    address: str
    source: Path


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A place in the content that leads to another site; its word rests on what stands there."""

    where: str
    line: int
    url: str


class Printer(Protocol):
    """What a section can ask for while it is printed."""

    @property
    def context(self) -> Mapping[str, Any]:
        """Return what every template sees."""

    def html(self, document: Document, *, absolute: bool = False) -> Markup:
        """Return a document as HTML; links below the site's base, or absolute for feeds."""

    def say(self, what: str, **values: object) -> Markup:
        """Return what a feed says in the site's own words: a macro of templates/parts/feed.html, by its name."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A section ready to be printed, and what was wrong with its content.

    `reads` are the texts and tables of the content it reads, as patterns: posts/**/*.md. `context` is seen by every
    template. `offers` are the ids others may name, by kind, of records with problems too; of the kinds in `unsure`
    there are more, which could not be read. `cites` are the ids it names itself. `leads` go to files of the content;
    those in `withheld` are not published, and only texts among them may name what is in `awaited`. `links` lead to
    other sites, `site_links` to pages of this one. `texts` are printed as pages of their own, drafts some day, and
    `aliases` lead on to them. `prints` are files that somebody else prints because of the section's content, as Pelican
    does the page of a tag; `publish` tells of all others. `feeds` are announced on every page, and printed by `publish`
    like the pages. `news` tells what happened in a period, and `findables` what the search finds besides the pages that
    say so themselves; both of what is public and of nothing else. `notices` are worth a word to whoever checks, and
    stop nothing.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    reads: tuple[str, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)
    offers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    cites: tuple[Citation, ...] = ()
    leads: tuple[Lead, ...] = ()
    withheld: frozenset[Path] = frozenset()
    awaited: Mapping[str, frozenset[str]] = field(default_factory=dict)
    links: tuple[ExternalLink, ...] = ()
    site_links: tuple[SiteLink, ...] = ()
    texts: tuple[PlacedText, ...] = ()
    aliases: tuple[Alias, ...] = ()
    prints: frozenset[str] = frozenset()
    documents: tuple[Document, ...] = ()
    publish: Callable[[Printer], Iterable[Printed]] = lambda _: ()
    news: Callable[[Period], Iterable[NewsItem]] = lambda _: ()
    notices: tuple[Problem, ...] = ()
    findables: Callable[[], Iterable[Findable]] = lambda: ()
