"""Times as people write them in events.toml, and what may be wrong with a wall time on a day the clocks change.

A wall time may not exist (the clocks skip it), or be there twice; then it needs its offset: 2026-11-01 01:30-07:00.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import PlainValidator

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?( ?(Z|[+-]\d{2}:?\d{2}))?)?")
_LENGTH = re.compile(r"(?:(\d{1,3}) ?(?:h|hours?))?(?:(?:^| )?(\d{1,4}) ?(?:m|min|minutes?))?")
_ISO_LENGTH = re.compile(r"P(?:(\d{1,2})D)?(?:T(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?")
_YEARS = range(1800, 2101)
_LONGEST = timedelta(days=31)


def _wall(value: Any) -> date:
    """Take a day, or a day and time with or without an offset. Raises ValueError."""
    if isinstance(value, str) and _MOMENT.fullmatch(value.strip()):
        text = value.strip()
        try:
            if len(text) == len("2026-01-31"):
                value = date.fromisoformat(text)
            else:
                value = datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
        except ValueError:
            value = None
    if not isinstance(value, date):
        raise ValueError("must be a time or a day that exists, written 2026-01-31 09:00 or 2026-01-31")  # noqa: TRY004
    if value.year not in _YEARS:
        raise ValueError(f"must be in a year from {_YEARS[0]} to {_YEARS[-1]}")
    return value


def _length(value: Any) -> timedelta:
    """Take a length of time such as 2h, 90 min, 1h 30m or PT2H. Raises ValueError."""
    text = str(value).strip().lower()
    days = "0"
    if found := _ISO_LENGTH.fullmatch(text.upper()):
        days, hours, minutes = found.groups(default="0")
    elif found := _LENGTH.fullmatch(text):
        hours, minutes = found.groups(default="0")
    else:
        raise ValueError('must be a length of time, written "2h", "90 min" or "1h 30m"')
    length = timedelta(days=int(days), hours=int(hours), minutes=int(minutes))
    if not timedelta() < length <= _LONGEST:
        raise ValueError(f"must be longer than nothing, and at most {_LONGEST.days} days")
    return length


Wall = Annotated[date, PlainValidator(_wall)]
"""A day, or a wall time of the event's zone; with an offset, a moment."""
Length = Annotated[timedelta, PlainValidator(_length)]


def is_day(value: date) -> bool:
    """Say whether no hour is given."""
    return not isinstance(value, datetime)


def at(value: date, zone: ZoneInfo) -> datetime:
    """Return a wall time or a moment as an aware time in the zone; a day as its midnight there.

    A wall time that the clocks skip is as much later as they are put forward (RFC 5545, 3.3.5).
    """
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the zone comes next
    if not value.tzinfo:
        value = value.replace(tzinfo=zone)
    return value.astimezone(UTC).astimezone(zone)  # through UTC, from where no time comes back that the clocks skip


def wrong_with(value: date, zone: ZoneInfo) -> str:
    """Return why a wall time does not say which moment is meant, "" where it does."""
    if not isinstance(value, datetime) or value.tzinfo:
        return ""
    there = value.replace(tzinfo=zone)
    shown = f"{value:%Y-%m-%d %H:%M}"
    if there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != value:
        return f"{shown} does not exist in {zone.key}: the clocks go forward then"
    if there.utcoffset() != there.replace(fold=1).utcoffset():
        return f"{shown} is there twice in {zone.key}: the clocks go back then"
    return ""


def offsets(value: date, zone: ZoneInfo) -> tuple[str, ...]:
    """Return the offsets that a wall time which is there twice may have, as they are written: -07:00, -08:00."""
    if not isinstance(value, datetime):
        return ()
    first = value.replace(tzinfo=zone)
    second = first.replace(fold=1)
    return first.isoformat()[-6:], second.isoformat()[-6:]
