"""Events as values: times at which something happens, from events.toml or from somebody's calendar.

An *event* is what people call by one name, such as a weekly picket. An *occurrence* is one time that it happens.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from plugins.core.text import slugs
from plugins.sections.upcoming import EventKind

Status = Literal["confirmed", "tentative", "cancelled", "withdrawn", "removed"]
"""Where an occurrence stands. `withdrawn`: its calendar no longer has it, and does not say why. `removed`: the desk
took it down; nothing of it is left but its id, so that it never comes back."""
OFF: frozenset[Status] = frozenset({"cancelled", "withdrawn", "removed"})
"""Nobody should go there."""

AHEAD = timedelta(days=92)
"""How far ahead the occurrences of what repeats are worked out."""
FAR_AHEAD = timedelta(days=366)
"""How far ahead what does not repeat is taken from a calendar."""
BEHIND = timedelta(days=31)
"""How far back a calendar's events are taken: a calendar may be older than the site."""
GOES_ON = timedelta(hours=2)
"""How long what has no end is shown as going on."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar of somebody's that is read: a source of sources.toml with its `calendar`, an address.

    Times that name no zone are in `zone`. `strike` is whose events it has, "" where it does not say.
    """

    id: str
    title: str
    site: str
    address: str
    zone: str
    strike: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One occurrence as a calendar tells it, cleaned. Times are aware and in UTC.

    `series` and `original` name it: the event's UID, and the time it has by the event's rule, as text. `zone` is an
    IANA name. An all-day entry begins at a midnight of its zone, and ends at the midnight after its last day. `end` is
    None where the calendar gives none.
    """

    series: str
    original: str
    title: str
    start: datetime
    end: datetime | None
    all_day: bool
    zone: str
    status: Status
    repeats: bool = False
    place: str = ""
    text: str = ""
    url: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What a calendar has in the time that is asked for, and what of it could not be used, a line each.

    `complete_until` is None where all of it was taken; else when the first of those begins that are left out, the
    latest of too many.
    """

    entries: tuple[CalendarEntry, ...] = ()
    problems: tuple[str, ...] = ()
    complete_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an occurrence said before it was changed, and when the change was seen."""

    seen: datetime
    start: datetime
    end: datetime | None = None
    place: str = ""
    status: Status = "confirmed"


@dataclass(frozen=True, slots=True)
class ArchivedEvent:
    """An occurrence of a calendar as it is kept. `id` and `first_seen` never change; times are in UTC.

    `event` is what all occurrences of one event have in common, and the beginning of their ids.
    """

    id: str
    event: str
    source: str
    title: str
    start: datetime
    end: datetime | None
    all_day: bool
    zone: str
    status: Status
    first_seen: datetime
    place: str = ""
    text: str = ""
    url: str = ""
    lat: float | None = None
    lon: float | None = None
    strike: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def revised(self) -> datetime:
        """Return when its last change was seen; where it has none, when it was first seen."""
        return self.changes[-1].seen if self.changes else self.first_seen


@dataclass(frozen=True, slots=True)
class CalendarRecord:
    """What the archive remembers of a calendar, exact to the day. `read_until`: how far ahead its events are known."""

    source: str
    last_success: date | None = None
    read_until: date | None = None
    failing_since: date | None = None
    failure: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event happens, as it is published, whoever told of it. Times are aware, in the place's `zone`.

    `id` is part of addresses. `announced` is when it was first told, `revised` when it last changed, and `sequence`
    counts up with its changes (RFC 5545, 3.8.7.4); `changes` are the earlier times and places that are known, the
    oldest first. `source` is the calendar it is from, "" where it was written by hand.
    """

    id: str
    event: str
    title: str
    kind: EventKind
    start: datetime
    end: datetime | None
    all_day: bool
    zone: ZoneInfo
    status: Status
    announced: datetime
    revised: datetime
    sequence: int = 0
    strike: str = ""
    source: str = ""
    place: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    access: str = ""
    bring: str = ""
    contact: str = ""
    url: str = ""
    note: str = ""
    repeats: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def is_off(self) -> bool:
        """Say whether it does not take place, as far as anybody knows."""
        return self.status in OFF

    @property
    def is_over_after(self) -> datetime:
        """Return from when on it counts as over."""
        return self.end or self.start + GOES_ON

    @property
    def place_id(self) -> str:
        """Return its place's name as it stands in addresses; "" where it has none that can."""
        return self.place and slugs.slug(self.place)

    @property
    def first_day(self) -> date:
        """Return the day it begins on, at its place."""
        return self.start.date()

    @property
    def last_day(self) -> date:
        """Return the last day it is on, at its place: what ends at midnight is not on the day that begins then."""
        if self.end is None or self.end <= self.start:
            return self.first_day
        return (self.end.replace(tzinfo=None) - timedelta(microseconds=1)).date()

    @property
    def earlier_start(self) -> datetime | None:
        """Return when it was to begin before it was last moved; None where it never was."""
        for change in reversed(self.changes):
            if change.start != self.start:
                return change.start.astimezone(self.zone)
        return None

    @property
    def earlier_place(self) -> str:
        """Return where it was to be before it was last moved; "" where it never was."""
        for change in reversed(self.changes):
            if change.place not in ("", self.place):
                return change.place
        return ""
