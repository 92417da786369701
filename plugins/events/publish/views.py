"""Events as pages show them: what is to come, day by day; by place; what is past, by month; each event with its times.

The moment from which it is seen is an argument: the build's, or the day on which an archive's clock was stopped.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from plugins.events.model import AHEAD, Occurrence
from plugins.sections.upcoming import Upcoming

WEEK = 7
"""Days that are shown one by one, today being the first."""
SHOWN_AHEAD = AHEAD + timedelta(days=1)
PAST_SHOWN = 50
"""Past times that the page of an event or a place lists; all of them stand under their months."""
URL = "pickets/"


@dataclass(frozen=True, slots=True)
class SeenAt:
    """From when the site is seen: `now` is aware and in the site's zone. `is_live`: it goes on with the clock."""

    now: datetime
    is_live: bool

    @property
    def today(self) -> date:
        """Return the day it is."""
        return self.now.date()


def seen(now: datetime, as_of: date | None, zone: ZoneInfo) -> SeenAt:
    """Return from when a site is seen: from now, or from the beginning of the day at which its clock was stopped."""
    if as_of:
        return SeenAt(datetime.combine(as_of, time(), zone), is_live=False)
    return SeenAt(now, is_live=True)


@dataclass(frozen=True, slots=True)
class Day:
    """What begins on a day, or goes on from the days before where it is the first that is shown."""

    day: date
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """What was in a month; `first` is its first day."""

    first: date
    occurrences: tuple[Occurrence, ...]

    @property
    def url(self) -> str:
        """Return its page's address below the site's root."""
        return f"{URL}{self.first:%Y/%m}/"


@dataclass(frozen=True, slots=True)
class Place:
    """A place and all that is there, in order of time; `later` is what is to come. `lat` and `lon` may be None."""

    id: str
    name: str
    address: str
    lat: float | None
    lon: float | None
    later: tuple[Occurrence, ...]
    past: tuple[Occurrence, ...]

    @property
    def url(self) -> str:
        """Return its page's address below the site's root."""
        return f"{URL}places/{self.id}/"

    @property
    def ics(self) -> str:
        """Return the path of its .ics file."""
        return f"{URL}places/{self.id}.ics"


@dataclass(frozen=True, slots=True)
class EventView:
    """An event with its times: `later` those to come or going on, in order; `past` the latest first.

    `main` is the time that its page is about, the next one; `first` the one that was told of first.
    """

    id: str
    main: Occurrence
    first: Occurrence
    later: tuple[Occurrence, ...]
    past: tuple[Occurrence, ...]
    past_count: int

    @property
    def url(self) -> str:
        """Return its page's address below the site's root."""
        return event_url(self.id)

    @property
    def ics(self) -> str:
        """Return the path of its .ics file."""
        return f"{URL}{self.id}.ics"

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Return the times that its page shows, the first first."""
        return (*reversed(self.past), *self.later)


def event_url(id: str) -> str:
    """Return the address of an event's page below the site's root."""
    return f"{URL}{id}/"


@dataclass(frozen=True)
class Schedule:
    """All occurrences, sorted by their beginning, as they are seen from a moment."""

    occurrences: Sequence[Occurrence]
    seen: SeenAt

    @cached_property
    def to_come(self) -> tuple[Occurrence, ...]:
        """Return what is to come or goes on, or was on today; not what is farther ahead than the site looks."""
        coming = [one for one in self.occurrences if one.last_day >= self.seen.today]
        if not self.seen.is_live:  # where the clock was stopped, all that came afterwards is known too
            end = self.seen.now + SHOWN_AHEAD
            coming = [one for one in coming if one.start <= end]
        return tuple(coming)

    @cached_property
    def _ids_to_come(self) -> frozenset[str]:
        return frozenset(one.id for one in self.to_come)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """Return the days of the week that begins today; today and tomorrow are there where nothing is on too."""
        by_day: defaultdict[date, list[Occurrence]] = defaultdict(list)
        today, last = self.seen.today, self.seen.today + timedelta(days=WEEK - 1)
        for one in self.to_come:
            day = max(one.first_day, today)
            if day <= last:
                by_day[day].append(one)
        shown = sorted({today, today + timedelta(days=1), *by_day})
        return tuple(Day(day, tuple(by_day[day])) for day in shown)

    @cached_property
    def after_the_week(self) -> tuple[Occurrence, ...]:
        """Return what comes later than this week: of what repeats, the next time, and each that is off or was moved."""
        last = self.seen.today + timedelta(days=WEEK - 1)
        shown: list[Occurrence] = []
        told: set[str] = set()
        for one in self.to_come:
            if one.first_day <= last:
                continue
            if not one.repeats or one.event not in told or one.is_off or one.changes:
                shown.append(one)
            if not one.is_off:  # where the next time is off, the one that does take place is shown too
                told.add(one.event)
        return tuple(shown)

    @cached_property
    def months(self) -> tuple[Month, ...]:
        """Return the months in which anything was (or will be, farther ahead than the site looks), the latest first."""
        by_month: defaultdict[date, list[Occurrence]] = defaultdict(list)
        for one in self.occurrences:
            if one.id not in self._ids_to_come:
                by_month[one.first_day.replace(day=1)].append(one)
        return tuple(Month(first, tuple(by_month[first])) for first in sorted(by_month, reverse=True))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Return the places that have a name, those first where something is to come, then by name."""
        by_place: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for one in self.occurrences:
            if name := one.place_id:
                by_place[name].append(one)
        found = [self._place(name, there) for name, there in by_place.items()]
        return tuple(sorted(found, key=lambda place: (not place.later, place.name.casefold(), place.id)))

    def _place(self, id: str, there: Sequence[Occurrence]) -> Place:
        """Return a place by all that is there; its address and where it lies are the latest that are told."""
        later, past = self._later_and_past(there)
        address, lat, lon = "", None, None
        for one in there:
            address = one.address or address
            if one.lat is not None:
                lat, lon = one.lat, one.lon
        return Place(id, there[-1].place, address, lat, lon, later, past[:PAST_SHOWN])

    @cached_property
    def events(self) -> Mapping[str, EventView]:
        """Return the events by their ids."""
        by_event: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for one in self.occurrences:
            by_event[one.event].append(one)
        return {id: self._event(id, times) for id, times in by_event.items()}

    def _event(self, id: str, times: Sequence[Occurrence]) -> EventView:
        later, past = self._later_and_past(times)
        main = next((one for one in later if not one.is_off), (*later, *past)[0])
        first = min(times, key=lambda one: (one.announced, one.start))
        return EventView(id, main, first, later, past[:PAST_SHOWN], len(past))

    def _later_and_past(
        self, occurrences: Iterable[Occurrence]
    ) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
        """Return what of occurrences in order is to come, the soonest first, and the rest, the latest first."""
        later: list[Occurrence] = []
        past: list[Occurrence] = []
        for one in occurrences:
            if one.id in self._ids_to_come:
                later.append(one)
            else:
                past.append(one)
        return tuple(later), tuple(reversed(past))

    @cached_property
    def upcoming(self) -> tuple[Upcoming, ...]:
        """Return what is to come or goes on now, without what is off, the soonest first."""
        return tuple(_upcoming(one) for one in self.to_come if not one.is_off and one.is_over_after > self.seen.now)

    @property
    def by_strike(self) -> Mapping[str, tuple[Upcoming, ...]]:
        """Return what is to come, by the strike it belongs to."""
        found: defaultdict[str, list[Upcoming]] = defaultdict(list)
        for one in self.upcoming:
            if one.strike:
                found[one.strike].append(one)
        return {strike: tuple(ones) for strike, ones in found.items()}


def schedule(occurrences: Iterable[Occurrence], moment: SeenAt) -> Schedule:
    """Return all occurrences in order, as they are seen from a moment."""
    return Schedule(sorted(occurrences, key=lambda one: (one.start, one.id)), moment)


def zone_name(one: Occurrence) -> str:
    """Return what the zone of an occurrence's place is called then, as in PST, or +03 where it has no other name."""
    return one.start.tzname() or one.zone.key


def _upcoming(one: Occurrence) -> Upcoming:
    return Upcoming(
        id=one.id,
        title=one.title,
        kind=one.kind,
        strike=one.strike,
        start=one.start,
        end=one.end,
        over_after=one.is_over_after,
        zone=zone_name(one),
        all_day=one.all_day,
        place=one.place,
        address=one.address,
        url=event_url(one.event),
        earlier_start=one.earlier_start,
    )
