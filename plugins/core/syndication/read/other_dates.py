"""Dates in feedparser's own forms: Greek, Hungarian, Korean, and what a program's log writes. Pure."""

from collections.abc import Callable
from datetime import UTC, datetime

from feedparser.datetimes import asctime, greek, hungarian, korean, perforce, rfc822

# All but its ISO 8601, which fills in what is missing from today's date.
_FORMS: tuple[Callable[[str], tuple[int, ...] | None], ...] = (
    rfc822._parse_date_rfc822,
    *(asctime._parse_date_asctime, perforce._parse_date_perforce, hungarian._parse_date_hungarian),
    *(greek._parse_date_greek, korean._parse_date_nate, korean._parse_date_onblog),
)


def read(text: str) -> datetime | None:
    """Return a date in UTC, as all these forms answer; None where none of them reads it.

    Raises ValueError for a moment that does not exist.
    """
    for form in _FORMS:
        try:
            found = form(text)
        except (AttributeError, KeyError, OverflowError, ValueError):  # how they say "not mine"
            continue
        if found:
            year, month, day, hour, minute, second = found[:6]
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return None
