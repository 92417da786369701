"""The contract between a feature and the site: it is given a Newsroom and answers with an Edition."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins.core.config.markdown_file import Text
from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem
from plugins.core.syndication.write.feed_model import Channel, FeedLink
from plugins.core.text import file_links
from plugins.core.text.markdown_model import Markup as TextMarkup
from plugins.sections.findable import Findable, LaterFindable
from plugins.sections.markup import MarkupCache
from plugins.sections.news import NewsItem, Period
from plugins.sections.printed import Printed, Unit
from plugins.sections.settings import SiteSettings
from plugins.sections.text_facts import FactsOfRun, Take, TextFacts

Note = TypeVar("Note")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What every section is told of a run: where the content is, and when, in which language and for which address.

    `now` is aware and in the site's zone: by it a scheduled text comes out, and a fund's check grows old. `as_of` is
    the day at which an archive's clock was stopped, none where the site goes with the days. `preview_kind` is "" where
    the site is to be published.
    `parsed` are the texts that this run has parsed; without it, each is parsed whenever it is asked for.
    """

    content: Path
    now: datetime
    zone: ZoneInfo
    language: str
    siteurl: str
    settings: Settings = field(default_factory=lambda: Settings({}, ()))
    preview_kind: Literal["", "site", "drafts"] = ""
    parsed: MarkupCache | None = None
    as_of: date | None = None
    _notes: dict[type, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def notes(self, kind: type[Note]) -> Note:
        """Return a plugin's notes on this run: the one value of its class, empty when it is first asked for."""
        return self._notes.setdefault(kind, kind())  # type: ignore[no-any-return]  # each class has its own value

    def forget(self, kind: type[Any]) -> None:
        """Let a plugin's notes go."""
        self._notes.pop(kind, None)

    def markup(self, text: str) -> TextMarkup:
        """Return what python-markdown makes of a Markdown text, as the site renders it."""
        return self._markups.markup(text)

    def facts(self, section: str, take: Take, given: str = "") -> TextFacts:
        """Return what gives what a section takes from a text, where the last run has not left it; see `TextFacts`."""
        found = TextFacts(section, take, given, self._markups)
        self.notes(FactsOfRun).append(found)
        return found

    @property
    def _markups(self) -> MarkupCache:
        return self.parsed or MarkupCache(self.site.markdown or {})

    @property
    def site(self) -> SiteSettings:
        """Return the site's own settings."""
        return self.settings.of(SiteSettings)

    @property
    def preview(self) -> Path | None:
        """Return the folder a preview keeps to itself, beside the content; none where the site is to be published."""
        if not self.preview_kind:
            return None
        return self.content.resolve().parent / ".cache" / "preview" / self.preview_kind

    @property
    def shows_drafts(self) -> bool:
        """Say whether texts that are not public are shown too, each with its standing: in that preview alone."""
        return self.preview_kind == "drafts"

    @property
    def channel(self) -> Channel:
        """Return what all feeds say alike."""
        site = self.site
        first = site.feed_first_siteurl.rstrip("/")
        return Channel(self.siteurl, site.sitename, self.language, site.websub_hub, first)

    @property
    def cache(self) -> Path:
        """Return the disposable folder for what follows from the pages of a build: a preview has its own."""
        if self.preview:
            return self.preview / "cache"
        return self.content.resolve().parent / ".cache"


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
class CrossReference:
    """A place in the content that names a thing of another section by its kind and id, such as the fund `relief`."""

    where: str
    line: int
    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A place in the content that quotes, word for word, from a thing of another section, named by its kind and id."""

    where: str
    line: int
    kind: str
    id: str
    words: str


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Where quoted words stand: an address below the site's root, the title of what says them, and since when."""

    url: str
    title: str
    day: date


class Quotable(Protocol):
    """A thing with a text of its own, of which every word that is quoted from it must be found."""

    def find(self, words: str) -> QuotedPlace | None:
        """Return where the words stand; None where they do not."""

    def nearest(self, words: str) -> str:
        """Return the wording of the text that comes nearest; "" where nothing does, or where no text is kept."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A link of the content to a file of it: `link` as it is written, `file` as a path below the content folder."""

    where: str
    line: int
    link: str
    file: str


def links_to_files(text: Text[Any], newsroom: Newsroom) -> tuple[FileLink, ...]:
    """Return every link of a text to a file of the content, whether it is there or not."""
    source = text.path.relative_to(newsroom.content).as_posix()
    found: list[FileLink] = []
    for line, link, file in file_links.targets(newsroom.markup(text.front.body).addresses, source):
        found.append(FileLink(text.where, text.front.body_line + line, link, file))
    return tuple(found)


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
    """A section ready to be printed, and what is wrong with its content.

    What it reads and shows:

    - `problems`: each stops the build. `notices` are shown to whoever checks, and stop nothing.
    - `reads`: patterns of the texts and tables it reads, below the content folder: posts/**/*.md.
    - `navigation`: its places in the site's navigation. `context`: values that every template sees.
    - `feeds`: announced on every page; printed by `publish`, like the pages.
    - `documents`: its Markdown texts, which links can lead to.
    - `publish`: yields its pages, files and feeds. `prints`: files that somebody else prints because of the section's
      content, as Pelican prints the page of a tag.
    - `news`: what happened in a period. `findables`: what the search finds besides the pages that say so themselves.
      Both are of what is public, and of nothing else.

    What is held against the other sections:

    - `defines`: the ids that a text may name, by kind; those of records with problems too. Of the kinds in
      `incomplete_kinds` there are more ids, which could not be read.
    - `defined_later`: ids that only unpublished texts may name yet. `unpublished`: the texts that are not published,
      such as drafts.
    - `quotations`: what it quotes from things of other sections. `quotable`: by kind, what gives the thing of an id to
      be quoted from.
    - `references`: the ids it names. `file_links`: its links to files of the content; `site_links`: to pages of the
      site; `links`: to other sites, which may be gone through any number of times.
    - `texts`: texts printed as a page each, drafts included. `aliases`: addresses that texts had before.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    reads: tuple[str, ...] = ()
    navigation: tuple[NavItem, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    context: Mapping[str, object] = field(default_factory=dict)
    defines: Mapping[str, frozenset[str]] = field(default_factory=dict)
    incomplete_kinds: frozenset[str] = frozenset()
    references: tuple[CrossReference, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    quotable: Mapping[str, Callable[[str], Quotable | None]] = field(default_factory=dict)
    file_links: tuple[FileLink, ...] = ()
    unpublished: frozenset[Path] = frozenset()
    defined_later: Mapping[str, frozenset[str]] = field(default_factory=dict)
    links: Iterable[ExternalLink] = ()
    site_links: tuple[SiteLink, ...] = ()
    texts: tuple[PlacedText, ...] = ()
    aliases: tuple[Alias, ...] = ()
    prints: frozenset[str] = frozenset()
    documents: tuple[Document, ...] = ()
    publish: Callable[[Printer], Iterable[Printed | Unit]] = lambda _: ()
    news: Callable[[Period], Iterable[NewsItem]] = lambda _: ()
    notices: tuple[Problem, ...] = ()
    findables: Callable[[], Iterable[Findable | LaterFindable]] = lambda: ()
