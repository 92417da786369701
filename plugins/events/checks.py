"""What is wrong in an event that can be read, and what an editor is warned of: what may be private.

Wrong are times that contradict each other, or that the clocks do not have, a rule that cannot be followed, and a place
with half of its coordinates.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from plugins.core.config.toml_tables import Tables
from plugins.core.errors import Problem
from plugins.events import personal_data
from plugins.events.config.events_file import EventTable, Exception_
from plugins.events.config.times import at, is_day, offsets, wrong_with
from plugins.events.model import AHEAD, Occurrence
from plugins.events.recurrence import MOST, horizon, rule, times, unmet

Keys = Sequence[str | int]
Fault = tuple[Keys, str, str]
"""A fault: the keys to where it stands in its event, what is wrong, what to do."""

_TEXTS = ("title", "place", "address", "access", "bring", "contact", "note")
_OUTDOORS = frozenset({"picket", "rally", "march"})
"""Kinds that are held in the street, where a number and a street are no private address."""


def zone_of(event: EventTable, site_zone: ZoneInfo) -> ZoneInfo:
    """Return the zone of an event's place: its own, or the site's."""
    return ZoneInfo(event.timezone or site_zone.key)


def problems(read: Tables, site_zone: ZoneInfo, now: datetime) -> Iterator[Problem]:
    """Yield every fault of the events that could be read, each at its line."""
    for number, event in enumerate(read.rows["event"]):
        zone = zone_of(event, site_zone)
        for keys, what, remedy in (*_times(event, zone), *_map(event), *_repeats(event, zone, now)):
            yield Problem(read.where, read.line_of(["event", number, *keys]), f"{event.id}: {what}", remedy)


def notices(read: Tables, site_zone: ZoneInfo) -> Iterator[Problem]:
    """Yield what in the events may be private, each at its line: it stops nothing."""
    for number, event in enumerate(read.rows["event"]):
        for keys, what, remedy in _private(event, zone_of(event, site_zone)):
            yield Problem(read.where, read.line_of(["event", number, *keys]), f"{event.id}: {what}", remedy)


def notices_of_others(occurrences: Iterable[Occurrence], now: datetime) -> Iterator[Problem]:
    """Yield what may be private in what calendars say of events to come, of each event once."""
    told: set[tuple[str, str]] = set()
    for one in occurrences:
        if one.is_off or one.is_over_after < now:
            continue
        for key, what in _private_of_others(one):
            if (one.event, key) not in told:
                told.add((one.event, key))
                remedy = f'look at it; [[hide]] or [[takedown]] with event = "{one.event}" in events.toml takes it away'
                yield Problem("", 0, f"{one.event}, from the calendar of {one.source}: {key} {what}", remedy)


def _private_of_others(one: Occurrence) -> Iterator[tuple[str, str]]:
    """Yield what may be private in what a calendar says of an event: the key, and what is wrong with what it says."""
    for key in ("title", "place", "note"):
        for what, _ in personal_data.warnings(getattr(one, key), one.zone.key):
            yield key, what
    if one.kind not in _OUTDOORS and personal_data.is_street_alone(one.place):
        yield "place", f"is a street and a number, which may be somebody’s home ({one.place})"


def _times(event: EventTable, zone: ZoneInfo) -> Iterator[Fault]:
    yield from _walls({("start",): event.start, ("end",): event.end, ("was",): event.was}, zone)
    if event.end and event.duration:
        yield ("duration",), "has an end and a duration", "take one of them out"
    yield from _order((), event.start, event.end, zone)
    for number, one in enumerate(event.exception):
        at_exception: Keys = ("exception", number)
        yield from _walls({(*at_exception, "start"): one.start, (*at_exception, "end"): one.end}, zone)
        yield from _exception(at_exception, one)
        if one.start:
            yield from _order(at_exception, one.start, one.end, zone)


def _walls(values: dict[tuple[str | int, ...], date | None], zone: ZoneInfo) -> Iterator[Fault]:
    """Yield each wall time that the clocks do not have, or have twice."""
    for keys, value in values.items():
        if value and (wrong := wrong_with(value, zone)):
            remedy = "correct it, or the timezone"
            if "twice" in wrong:
                shown = [f"{value:%Y-%m-%d %H:%M}{offset}" for offset in offsets(value, zone)]
                remedy = f"write which of the two: {' or '.join(shown)}"
            yield keys, f"{keys[-1]} {wrong}", remedy


def _order(keys: Keys, start: date, end: date | None, zone: ZoneInfo) -> Iterator[Fault]:
    """Yield a problem for an end that is not after its start, or that is a day where the start has an hour."""
    if end is None:
        return
    if is_day(start) != is_day(end):
        yield (*keys, "end"), "one of start and end is a day, the other has an hour", "write both alike"
    elif at(end, zone) < at(start, zone) or (end == start and not is_day(end)):
        yield (*keys, "end"), f"ends before it starts ({end})", "correct start or end"


def _exception(keys: Keys, one: Exception_) -> Iterator[Fault]:
    if one.cancelled and (one.start or one.end):
        yield (*keys, "cancelled"), "an exception is cancelled and has a time", "take one of them out"
    if one.end and not one.start:
        yield (*keys, "end"), "an exception has an end and no start", "add its start"
    if not (one.cancelled or one.start or one.place or one.address or one.note):
        yield (*keys, "on"), "an exception says nothing", "add cancelled = true, a start, a place or a note"


def _map(event: EventTable) -> Iterator[Fault]:
    if (event.lat is None) != (event.lon is None):
        key = "lon" if event.lat is None else "lat"
        yield (key,), "has one of lat and lon", "give both, or none"


def _repeats(event: EventTable, zone: ZoneInfo, now: datetime) -> Iterator[Fault]:
    if not event.repeats:
        if event.until:
            yield ("until",), "has an until, and repeats nothing", "add repeats, or take until out"
        if event.exception:
            yield ("exception", 0, "on"), "has an exception, and repeats nothing", "add repeats, or take it out"
        return
    if event.was:
        yield (
            ("was",),
            "repeats, and says when it was before",
            "write an [[event.exception]] for the day that was moved",
        )
    if event.until and event.until < at(event.start, zone).date():
        yield ("until",), f"is over before it begins ({event.until})", "correct start or until"
        return
    try:
        rule(event.repeats)
        found = times(event, zone, horizon(event, zone, now))
    except ValueError as error:
        yield ("repeats",), f"repeats {error} (found {event.repeats[:60]!r})", "see docs/events.md"
        return
    if not found:
        yield ("repeats",), f"never takes place (by the rule {event.repeats[:60]!r})", "correct the rule"
    elif len(found) > MOST:
        yield (
            ("repeats",),
            f"repeats more than {MOST} times until {now + AHEAD:%Y-%m-%d}",
            "write a new event for later",
        )
    for number in unmet(event, found):
        day = event.exception[number].on
        yield ("exception", number, "on"), f"does not take place on {day} by its rule", "correct the day"


def _private(event: EventTable, zone: ZoneInfo) -> Iterator[Fault]:
    for key in _TEXTS:
        for what, remedy in personal_data.warnings(getattr(event, key), zone.key):
            yield (key,), f"{key} {what}", remedy
    for number, one in enumerate(event.exception):
        for key in ("place", "address", "note"):
            for what, remedy in personal_data.warnings(getattr(one, key), zone.key):
                yield ("exception", number, key), f"{key} {what}", remedy
    if not event.contact_agreed:
        for name in personal_data.names(event.contact):
            remedy = "write an office, such as “picket captain”; or contact_agreed = true, if they agreed"
            yield ("contact",), f"contact looks like a person’s name ({name})", remedy
    if event.kind not in _OUTDOORS:
        key = "place" if event.place else "address"
        if personal_data.is_street_alone(getattr(event, key)):
            what = f"{key} is a street and a number, which may be somebody’s home ({getattr(event, key)})"
            yield (key,), what, "name the hall or office that is there"
