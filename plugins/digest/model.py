"""What the digest's steps hand to each other. Values only."""

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from plugins.sections.news import NewsItem

SUFFIX = "-digest.md"
"""How the file of a digest's post ends; one digest does not tell of another."""


@dataclass(frozen=True, slots=True)
class News:
    """What a section has to tell; `key` is its place in the navigation, "" where it has none."""

    name: str
    key: str
    items: tuple[NewsItem, ...]


@dataclass(frozen=True, slots=True)
class NewsGroup:
    """News told together, the most important first: those of a day, of a month, or, without `first`, all by date."""

    items: tuple[NewsItem, ...]
    first: date | None = None
    whole_month: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a digest tells of a section, and how many more there were."""

    news: News
    groups: tuple[NewsGroup, ...]
    more: int


@dataclass(frozen=True, slots=True)
class NewsLine:
    """A piece of news as the draft says it: Markdown in which nobody's words mean anything but themselves.

    `others` is how many more there are than those named in `by`; `at` is None where a heading says the day.
    """

    link: Markup
    at: date | None
    change: str
    text: Markup
    about: Markup
    by: tuple[Markup, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines below a heading, if `first` gives one: a day, or a month."""

    lines: tuple[NewsLine, ...]
    first: date | None = None
    whole_month: bool = False


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A section's part of the draft; `more_link` is where there is more, "" where nothing was left out."""

    name: str
    blocks: tuple[Block, ...]
    more: int
    more_link: Markup


@dataclass(frozen=True, slots=True)
class Sender:
    """Who an e-mail is from, and how one leaves its list: an address, a mailing tool's mark, or "" for nothing yet."""

    name: str
    address: str
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: both its forms, what its head says, and why it is not to be sent yet."""

    subject: str
    sender: Sender
    date: datetime
    id: str
    language: str
    html: str
    text: str
    not_ready: tuple[str, ...] = ()
