"""When a repeated event takes place: its rule and its exceptions, worked out by icalendar and recurring-ical-events.

No date is reckoned here. What is asked of the libraries is bounded: a rule of events.toml is at most daily, and is
followed to a horizon. Sources: RFC 5545, 3.3.10 (rules) and 3.8.4.4 (exceptions); https://recurring-ical-events.readthedocs.io/
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from plugins.events.config.events_file import EventTable
from plugins.events.config.times import at, is_day
from plugins.events.model import AHEAD

if TYPE_CHECKING:
    import icalendar

# The libraries take 0.12 s to load, and are not needed where nothing repeats.

RULES = {
    "daily": "FREQ=DAILY",
    "weekdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY",
    "every two weeks": "FREQ=WEEKLY;INTERVAL=2",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
}
"""Words for the rules that people mean; any other is written as RFC 5545 has it."""
MOST = 2_000
"""Occurrences of one event: five and a half years of a daily picket."""
_FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_OF_HOURS = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS", "RSCALE"})
_LONGEST_RULE = 200
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Time:
    """One time of an event: the day it is on by the rule, and when it is; `exception` is its number in the file."""

    by_rule: date
    start: datetime
    end: datetime | None
    all_day: bool
    exception: int | None = None


def rule(repeats: str) -> "icalendar.vRecur":
    """Return the rule that a text means. Raises ValueError with what it must be."""
    import icalendar  # noqa: PLC0415 - as said above

    text = RULES.get(" ".join(repeats.lower().split()), repeats.strip().removeprefix("RRULE:"))
    wrong = f"must be one of {', '.join(RULES)}, or a rule such as FREQ=WEEKLY;BYDAY=MO,WE"
    if len(text) > _LONGEST_RULE:
        raise ValueError(wrong)
    try:
        found: icalendar.vRecur = icalendar.vRecur.from_ical(text)
    except ValueError as error:
        raise ValueError(wrong) from error
    if not _FREQUENCIES & set(map(str, found.get("FREQ", ()))):
        raise ValueError(wrong)
    if _OF_HOURS & found.keys():
        raise ValueError("must not repeat within a day: write an event for each hour")
    if found.get("INTERVAL", [1])[0] < 1 or found.get("COUNT", [1])[0] < 1:
        raise ValueError("must have an INTERVAL and a COUNT of 1 or more")
    return found


def horizon(event: EventTable, zone: ZoneInfo, now: datetime) -> datetime:
    """Return until when an event is followed: as far ahead as is shown, and as far as its last exception stands."""
    ends_of_exceptions = [at(exception.on, zone) + _DAY for exception in event.exception]
    return max(now + AHEAD, at(event.start, zone), *ends_of_exceptions)


@lru_cache(maxsize=1024)
def times(event: EventTable, zone: ZoneInfo, until: datetime) -> tuple[Time, ...]:
    """Return all times of an event that begin by `until`, those of its exceptions among them, in order.

    Raises ValueError where its rule cannot be followed. A check asks, and then a build does: a year of weekdays takes
    10 ms to work out.
    """
    start = event.start
    if not is_day(start):
        start = at(start, zone)
    if not event.repeats:
        return (_time(event, zone, start, None),)
    overrides = {exception.on: number for number, exception in enumerate(event.exception)}
    found = [_time(event, zone, begins, overrides.get(_day(begins))) for begins in _starts(event, start, zone, until)]
    return tuple(sorted(found, key=lambda time: (time.start, time.by_rule)))


def _starts(event: EventTable, start: date, zone: ZoneInfo, until: datetime) -> Iterator[date]:
    """Yield when the event begins by its rule."""
    import icalendar  # noqa: PLC0415 - as said above
    import recurring_ical_events  # noqa: PLC0415

    repeated = rule(event.repeats)
    if event.until:
        last: date = event.until
        if not is_day(start):  # RFC 5545, 3.3.10: a day where the start is one, else a moment
            last = datetime.combine(last, time(23, 59, 59), zone)
        repeated["UNTIL"] = [last]
        repeated.pop("COUNT", None)
    component = icalendar.Event()
    component.add("uid", event.id)
    component.add("dtstart", start)
    component.add("rrule", repeated)
    calendar = icalendar.Calendar()
    calendar.add_component(component)
    first = at(start, zone)
    try:
        for component in recurring_ical_events.of(calendar).between(first, max(until, first)):
            begins: date = component.start
            if at(begins, zone) <= until:
                yield begins
    except (ValueError, OverflowError, TypeError) as error:
        raise ValueError(f"cannot be followed ({error})") from error


def _time(event: EventTable, zone: ZoneInfo, start: date, number: int | None) -> Time:
    """Return the time that begins at `start` by the rule, as an exception may have it."""
    begins, own_end = start, None
    if number is not None:
        exception = event.exception[number]
        begins, own_end = exception.start or start, exception.end
    there, all_day = at(begins, zone), is_day(begins)
    return Time(_day(start), there, _end(event, there, all_day, own_end, zone), all_day, number)


def _end(event: EventTable, start: datetime, all_day: bool, own_end: date | None, zone: ZoneInfo) -> datetime | None:
    """Return when a time ends: as it says itself, or as long after its start as the event's first time does."""
    if own_end:
        return _at_end(own_end, zone)
    if event.end:
        length = _at_end(event.end, zone) - at(event.start, zone)
        wall: date = (start + length).replace(tzinfo=None)  # the same time of the clock, which is what people mean
        if all_day:
            wall = _day(wall)
        return at(wall, zone)
    if event.duration:
        return (start.astimezone(UTC) + event.duration).astimezone(zone)
    if all_day:
        return at(start.date() + _DAY, zone)
    return None


def _at_end(end: date, zone: ZoneInfo) -> datetime:
    """Return the moment that an end is: of a day, the midnight after it."""
    if is_day(end):
        end += _DAY
    return at(end, zone)


def _day(start: date) -> date:
    return start.date() if isinstance(start, datetime) else start


def unmet(event: EventTable, found: Sequence[Time]) -> Iterator[int]:
    """Yield the numbers of the exceptions that are about no day on which the event takes place by its rule."""
    met = {time.exception for time in found}
    for number in range(len(event.exception)):
        if number not in met:
            yield number
