"""What a section is told, and what it hands back to be printed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from blinker import Signal
from markupsafe import Markup

from plugins.core import filelinks
from plugins.core.errors import Problem
from plugins.core.feeds import Channel, Feed, FeedLink
from plugins.core.texts import Text

get_section = Signal("get_section")
"""Asks each feature for its section. A receiver is called with a Newsroom and returns an Edition."""


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
class Standing:
    """Why the public does not see a text, or no longer sees it on the front page; `at` is when that changes, or did.

    Texts that readers see as usual have none, and only a preview shows others.
    """

    kind: Literal["draft", "scheduled", "expired"]
    at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Say whether readers can come upon the text."""
        return self.kind == "expired"


@dataclass(frozen=True, slots=True)
class Built:
    """A build in which all pages are printed; what is written into `folder` now belongs to it."""

    folder: Path
    newsroom: Newsroom


built = Signal("built")
"""Tells that all pages are printed and nothing is in the output yet. A receiver is called with a Built."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a build changed in the output: paths below it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


brought = Signal("brought")
"""Tells that the output is as it was built. A receiver is called with a Brought."""

shown = Signal("shown")
"""Tells that a preview is on show; what nobody waits for is made now. A receiver is called with a Built, the output."""


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
    """A place in the content that leads to a file of it, as it is written there."""

    where: str
    line: int
    link: str
    file: Path


def leads(text: Text[Any], content: Path) -> tuple[Lead, ...]:
    """Return every link of a text to a file of the content, whether it is there or not."""
    source = text.path.relative_to(content).as_posix()
    return tuple(
        Lead(text.where, text.front.body_line + line, link, content / file)
        for line, link, file in filelinks.targets(text.front.body, source)
    )


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A place in the content that leads to another site; its word rests on what stands there."""

    where: str
    line: int
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be printed: below the site's root, by a template, with its values.

    `modified` is when its content last changed, where that is known.
    """

    save_as: str
    template: str
    values: Mapping[str, object]
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file to be printed as it is."""

    save_as: str
    text: str


class Printer(Protocol):
    """What a section can ask for while it is printed."""

    @property
    def context(self) -> Mapping[str, Any]:
        """Return what every template sees."""

    def html(self, document: Document, *, absolute: bool = False) -> Markup:
        """Return a document as HTML; links below the site's base, or absolute for feeds."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time whose news is asked for. Both ends are aware, in the site's zone, and belong to it."""

    start: datetime
    end: datetime

    def has(self, at: date) -> bool:
        """Say whether a moment lies in it; or a day, which counts where any of its hours may: nobody knows which."""
        if isinstance(at, datetime):
            return self.start <= at <= self.end
        return self.start.date() <= at <= self.end.date()


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news, as its section tells it. Its texts are plain and anybody's: who prints them escapes them.

    `reference` is how a text links to it, such as {story}ID, "" where it has no page; `change` says what happened to it
    where that is not plain, in a word that templates know. `at` is a day where no hour is known. `text` is a sentence
    about it, `about` what it belongs to. `by` are those whose word it is, the first leading. Of many, those of higher
    `rank` are told first.
    """

    reference: str
    title: str
    at: date
    change: str = ""
    text: str = ""
    about: str = ""
    by: tuple[str, ...] = ()
    rank: int = 0


Printed = Page | File | Feed


@dataclass(frozen=True, slots=True)
class Edition:
    """A section ready to be printed, and what was wrong with its content.

    `reads` are the texts and tables of the content it reads, as patterns of `Path.glob`. `context` is seen by every
    template. `offers` are the ids others may name, by kind, of records with problems too; of the kinds in `unsure`
    there are more, which could not be read. `cites` are the ids it names itself. `leads` go to files of the content;
    those in `withheld` are not published, and only texts among them may name what is in `awaited`. `links` lead to
    other sites. `feeds` are announced on every page, and printed by `publish` like the pages. `news` tells what
    happened in a period, of what is public and of nothing else.
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
    documents: tuple[Document, ...] = ()
    publish: Callable[[Printer], Iterable[Printed]] = lambda _: ()
    news: Callable[[Period], Iterable[NewsItem]] = lambda _: ()
