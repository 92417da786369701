"""From when on a digest tells: `7d`, `2w`, `36h` or a day. The present time is an argument."""

import re
from datetime import UTC, date, datetime, time, timedelta

from plugins.core.errors import MisuseError, Problem
from plugins.sections.news import Period

_SPAN = re.compile(r"([0-9]{1,6})\s*([hdw])", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REMEDY = "write --since 7d, 2w, 36h or a day such as 2026-11-01"


def period(since: str, now: datetime) -> Period:
    """Return the period from then to `now`, which is in the site's zone; a day begins at midnight there.

    Raises MisuseError where `since` is no such word, or leaves nothing to tell of.
    """
    start = _start(since.strip(), now)
    if start >= now:
        raise MisuseError([Problem("", 0, f"--since leaves no time to tell of (got {since})", _REMEDY)])
    return Period(start, now)


def _start(since: str, now: datetime) -> datetime:
    try:
        if span := _SPAN.fullmatch(since):
            return _before(now, int(span[1]), span[2].lower())
        if _DAY.fullmatch(since):
            return datetime.combine(date.fromisoformat(since), time(), now.tzinfo)
    except (ValueError, OverflowError) as error:
        raise MisuseError([Problem("", 0, f"--since is no time there was (got {since})", _REMEDY)]) from error
    raise MisuseError([Problem("", 0, f"--since is no time (got {since!r})", _REMEDY)])


def _before(now: datetime, count: int, unit: str) -> datetime:
    """Go back by hours as they pass; by days and weeks on the calendar, to the same hour, when clocks change too."""
    if unit == "h":
        return (now.astimezone(UTC) - timedelta(hours=count)).astimezone(now.tzinfo)
    days = 7 * count if unit == "w" else count
    return now - timedelta(days=days)
