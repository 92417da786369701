"""The wire's values: frozen, without behaviour beyond what they are.

Nothing here reads, fetches, parses or decides. All times are aware and in UTC.
"""

from collections.abc import Container, Iterable, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter
from typing import Literal, NewType, TypeVar

SafeHtml = NewType("SafeHtml", str)
"""HTML that went through `sanitise` last, and was not changed since. Templates trust nothing else."""

Kind = Literal["union", "guild", "employer", "labor", "press", "blog", "government"]
"""Who speaks in a source. `union` and `guild` are both the organisation of those who strike, labelled with the word it
calls itself by; `employer` is a struck company, or the association that bargains for several."""
WORKERS: Set[Kind] = frozenset({"union", "guild"})
DateFrom = Literal["published", "updated", "first-seen"]
Field = Literal["title", "summary", "url", "authors", "tags"]
Identity = Literal["guid", "link", "hash"]


@dataclass(frozen=True, slots=True)
class Source:
    """A feed we read, or a union without one whose updates are entered by hand (`feed` is then "").

    One that `gathers` has other outlets' items, and is trusted to name each item's outlet. It may bring `allowance`
    times what `budgets.IntakeBudget` lets any source bring.
    """

    id: str
    title: str
    site: str
    kind: Kind
    feed: str = ""
    fallback: str = ""
    file: str = ""
    keep: Literal["matching", "all"] = "matching"
    topics: tuple[str, ...] = ()
    language: str = "en"
    timezone: str = "UTC"
    full_text: bool = False
    identity: Identity = "guid"
    silent_after: int = 30
    gathers: bool = False
    allowance: int = 1

    @property
    def address(self) -> str:
        """Return where the source is asked over the network, "" where it is a file alone, or has no feed at all."""
        return self.feed or self.fallback


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What the archive remembers of a source, exact to the day, so that a run with no news changes no byte.

    `gone_feed` is the address that answered 410 on `gone_on`. `moved_to` was seen on `moved_runs` runs in a row by
    permanent redirects (301, 308). `identity` is the policy in force, stepped down from the source's own with
    `identity_reason`.
    """

    source: str
    last_success: date | None = None
    last_new: date | None = None
    failing_since: date | None = None
    failure: str = ""
    detail: str = ""
    gone_on: date | None = None
    gone_feed: str = ""
    moved_to: str = ""
    moved_runs: int = 0
    identity: Identity = "guid"
    identity_reason: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What one feed says about one item, cleaned but not yet filtered.

    `url` is "" where the feed gave no usable http(s) address; `published` and `updated` are as the feed
    claims, even in the future. `via` are addresses the feed names as this item's own source (Atom's
    rel=via or related, RSS's `source`). `day_only`: `published` is a day, at the midnight it begins with. `outlet` is
    whose item it is, "" where it is the source's own.
    """

    guid: str
    url: str
    title: str
    summary: SafeHtml
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    via: tuple[str, ...] = ()
    day_only: bool = False
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed's body, read: its items in the feed's order, and what had to be mended or left out."""

    title: str
    items: tuple[Item, ...]
    problems: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Why an update is about a topic: the term that matched and the field it was found in."""

    topic: str
    term: str
    field: Field


plain_match = attrgetter("topic", "term", "field")
"""Gets a match as three texts, of which `Match(*texts)` makes it again."""


@dataclass(frozen=True, slots=True)
class EarlierTitle:
    """A headline that was changed, and when we first saw the change."""

    title: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """One item of the wire, as archived. `id` never changes; `first_seen` and the dates are frozen once set.

    `day_only` and `outlet` are an Item's. One that was taken down has no title; `digest` tells its text again, and
    `stood_with` is the id of an update that told the same story, "" where there was none.
    """

    id: str
    source: str
    url: str
    title: str
    summary: SafeHtml
    authors: tuple[str, ...]
    published: datetime
    date_from: DateFrom
    first_seen: datetime
    topics: tuple[Match, ...] = ()
    earlier_titles: tuple[EarlierTitle, ...] = ()
    guid: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    via: tuple[str, ...] = ()
    revisions: int = 0
    by_hand: bool = False
    day_only: bool = False
    outlet: str = ""
    digest: str = ""
    stood_with: str = ""

    @property
    def sorted_by(self) -> datetime:
        """Return when the update counts as having happened: never after it was first seen."""
        return min(self.published, self.first_seen)


@dataclass(frozen=True, slots=True)
class Drop:
    """An item that no topic kept: the day it was dropped (UTC), why, and what it would have been in the archive.

    The update's `topics` are empty.
    """

    day: date
    reason: str
    update: Update

    @property
    def id(self) -> str:
        """Return the id the update would have."""
        return self.update.id


@dataclass(frozen=True, slots=True)
class Story:
    """Updates on the same event; `updates[0]` leads. `id` stays as coverage grows.

    `former_ids` are the ids under which some of its updates may have been published as a story: before the desk joined
    or split it, before an update was entered by hand that is older than its first, and, where all but one of its
    updates are hidden or split off, its own. They need not be free: another story may have one now.

    `secondhand` are the ids of those of its updates that speak of a page of another source, which tells the story too.
    """

    id: str
    updates: tuple[Update, ...]
    former_ids: tuple[str, ...] = ()
    secondhand: frozenset[str] = frozenset()

    @property
    def has_page(self) -> bool:
        """Say whether it has a page of its own: several updates tell it."""
        return len(self.updates) > 1

    @property
    def lead(self) -> Update:
        """Return the update that leads the story."""
        return self.updates[0]

    @property
    def times(self) -> tuple[datetime, ...]:
        """Return when each of its updates counts as having joined the story, in the order of `updates`.

        That is when it happened; but where a date precedes that of an update archived earlier, or all those that speak
        for themselves, it is first sight: or whoever sends a date in the past would make the story as old.
        """
        if len(self.updates) == 1:
            return (self.updates[0].sorted_by,)
        joined: dict[str, datetime] = {}
        latest = earlier = datetime.min.replace(tzinfo=UTC)
        firsthand = min((one.sorted_by for one in self.updates if one.id not in self.secondhand), default=latest)
        seen = None
        for update in sorted(self.updates, key=lambda update: update.first_seen):
            if update.first_seen != seen:
                # Those that were first seen by one run are not compared with each other, only with earlier runs'.
                seen, earlier = update.first_seen, latest
            least = max(earlier, firsthand) if update.id in self.secondhand else earlier
            joined[update.id] = update.sorted_by if update.sorted_by >= least else update.first_seen
            latest = max(latest, update.sorted_by)
        return tuple(joined[update.id] for update in self.updates)


@dataclass(frozen=True, slots=True)
class Steps:
    """The stories before and after one, of the same matter (a vote, after an offer); None where none is surely so."""

    before: Story | None = None
    after: Story | None = None


T = TypeVar("T")
_id = attrgetter("id")


def by_id(values: Iterable[T]) -> dict[str, T]:
    """Return sources, updates or other values with an id by it; of several with one id, the last."""
    return {_id(value): value for value in values}


def ids_of(values: Iterable[object]) -> frozenset[str]:
    """Return the ids of sources, updates or other values with an id."""
    return frozenset(map(_id, values))


def without(values: Iterable[T], ids: Container[str]) -> list[T]:
    """Return the updates or other values with an id, without those of these ids."""
    return [value for value in values if _id(value) not in ids]


def of_sources(updates: Iterable[Update], sources: Container[str]) -> list[Update]:
    """Return the updates that came from these sources, named by their ids."""
    return [update for update in updates if update.source in sources]
