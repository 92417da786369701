"""The values that templates print of the wire. The words are the templates' own; paths are below the site's root."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins.core.syndication.write.feed_model import FeedLink
from plugins.sections.printed import Standing
from plugins.updates.budgets import StoryBudget
from plugins.updates.model import Kind

_MOST_AUTHORS = 5
"""Authors that are all named; of more, `_NAMED_OF_MANY`: fifty of them made an entry 21,715 pixels tall on a phone."""
_NAMED_OF_MANY = 3


@dataclass(frozen=True, slots=True)
class WireSite:
    """What the wire needs to know of the site it is published on.

    `url` is absolute, without a slash at its end. `now` is aware. `front_entries` are shown of the wire on the front
    page, and `feed_entries` in a feed, at most. After `fresh_days` days without an answer from any source the wire
    is called stale. `deployed_at` is None where the site is built and not published. `as_of` is the last day of which
    the latest is shown, in an archive whose clock was stopped; what came later is on its own day's page.
    Of the entries on the front page, in the embed and in `updates.json`, `source_share` (above 0, up to 1) are one
    source's at most, while others have news.
    """

    url: str
    name: str
    language: str
    zone: ZoneInfo
    now: datetime
    front_entries: int
    fresh_days: int
    feed_entries: int
    deployed_at: datetime | None = None
    as_of: date | None = None
    source_share: float = 1.0
    story_budget: StoryBudget = StoryBudget()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as it stands beside its updates: its page here (`url`), and its own site (`link`).

    One that is `by_hand` has nothing that could be read: its updates are entered by hand, and nobody asks it.
    """

    id: str
    title: str
    kind: Kind
    url: str
    link: str
    feed_link: str
    has_feed: bool
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class SourceStatus(SourceView):
    """A source with how it has answered, to the day: on its own page and the editor's.

    No update's entry has it, or all pages with one would be others whenever the source was read.
    """

    last_success: date | None = None
    last_new: date | None = None
    failing_since: date | None = None
    failure: str = ""
    detail: str = ""
    gone_on: date | None = None
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and its feed."""

    id: str
    title: str
    url: str
    feed: FeedLink


@dataclass(frozen=True, slots=True)
class EntryView:
    """An update as it is shown, with the same story's others of the same day in `also_in`.

    `dated` is false where only our first sight of it is known; `timed` where its writer gave the day alone, so that
    no clock time may be shown. `day_url` ends in its own anchor. `title` is the desk's where `retitled_from`, the
    outlet's own, is not "". `pinned` is set on the copy that stands on top of the wire, and nowhere else. A preview
    alone has any with a `standing`. `outlet` is who reports: the source, or whom a source that gathers names.
    """

    id: str
    title: str
    link: str
    at: datetime
    dated: bool
    source: SourceView
    outlet: str
    summary: Markup
    authors: tuple[str, ...]
    earlier_titles: tuple[tuple[str, datetime], ...]
    topics: tuple[TopicView, ...]
    lang: str
    by_hand: bool
    day_url: str
    story_url: str
    also_in: tuple["EntryView", ...] = ()
    note: str = ""
    retitled_from: str = ""
    pinned: bool = False
    timed: bool = True
    standing: Standing | None = None

    @property
    def all_topics(self) -> tuple[TopicView, ...]:
        """Return the topics of the update and of those in `also_in`, each once."""
        return _topics_of((self, *self.also_in))

    @property
    def other_outlets(self) -> tuple[str, ...]:
        """Return who else reports it on that day, each once."""
        return tuple(dict.fromkeys(one.outlet for one in self.also_in if one.outlet != self.outlet))

    @property
    def first_authors(self) -> tuple[str, ...]:
        """Return the authors that a page names: all, or the first of very many."""
        return self.authors if len(self.authors) <= _MOST_AUTHORS else self.authors[:_NAMED_OF_MANY]

    @property
    def more_authors(self) -> int:
        """Return how many authors there are besides."""
        return len(self.authors) - len(self.first_authors)

    @property
    def outlet_title(self) -> str:
        """Return the headline as its outlet has it: what stands wherever the outlet is named as its author."""
        return self.retitled_from or self.title


@dataclass(frozen=True, slots=True)
class WireDay:
    """One day of the wire, newest first."""

    date: date
    url: str
    entries: tuple[EntryView, ...]


@dataclass(frozen=True, slots=True)
class WireView:
    """The wire as the front page shows it. `checked_on` is the last day any source answered.

    `came_at` is when the latest update that a source brought was first seen. `pinned` are what the desk wants on top,
    in its order; they are not among the days.
    """

    days: tuple[WireDay, ...]
    checked_on: date | None
    stale: bool
    url: str = "updates/"
    pinned: tuple[EntryView, ...] = ()
    came_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with all its updates, the lead first."""

    id: str
    url: str
    entries: tuple[EntryView, ...]
    first: datetime
    last: datetime

    @property
    def lead(self) -> EntryView:
        """Return the entry that leads the story."""
        return self.entries[0]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds of its sources, each once, in the order of its updates."""
        return tuple(dict.fromkeys(entry.source.kind for entry in self.entries))

    @property
    def topics(self) -> tuple[TopicView, ...]:
        """Return the topics of all its updates, each once."""
        return _topics_of(self.entries)

    @property
    def timed(self) -> bool:
        """Say whether all of it has clock times."""
        return all(entry.timed for entry in self.entries)


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day in a month's calendar; `url` is "" where nothing happened."""

    date: date
    url: str
    count: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month's calendar: weeks of seven, none for days of other months; `heads` are seven days to name columns by."""

    first: date
    heads: tuple[date, ...]
    weeks: tuple[tuple[DayCell | None, ...], ...]
    url: str
    previous_url: str
    next_url: str


def _topics_of(entries: Iterable[EntryView]) -> tuple[TopicView, ...]:
    found: dict[TopicView, None] = {}
    for entry in entries:
        found |= dict.fromkeys(entry.topics)
    return tuple(found)
