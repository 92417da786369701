"""From when on a digest tells."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.core.errors import SiteError
from plugins.digest.since import period

LA = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 3, 12, 0, tzinfo=LA)  # clocks went back on 1 November


@pytest.mark.parametrize(
    ("since", "start"),
    [
        ("7d", "2026-10-27T12:00:00-07:00"),
        ("2w", "2026-10-20T12:00:00-07:00"),
        ("36h", "2026-11-02T00:00:00-08:00"),
        ("72H", "2026-10-31T13:00:00-07:00"),
        ("2026-11-01", "2026-11-01T00:00:00-07:00"),
        (" 1 d ", "2026-11-02T12:00:00-08:00"),
    ],
)
def test_it_goes_back_on_the_calendar_or_by_the_hour(since: str, start: str) -> None:
    """Days and weeks end at the same time of day, hours are as many as passed, a date begins at midnight here."""
    found = period(since, NOW)
    assert (found.start.isoformat(), found.end) == (start, NOW)


@pytest.mark.parametrize(
    "since",
    [
        *("", "yesterday", "7", "d", "-7d", "7d7d", "7.5d", "7m", "0d", "999999w", "1e3d", "7d; rm", "٧d"),
        *("2026-13-01", "2026-02-30", "2026-11-04", "2026-11-03T12:00", "20261101", "2026-W44-1"),
    ],
)
def test_what_is_no_time_is_told_with_what_can_be_written(since: str) -> None:
    """A word that means nothing, and a time that leaves nothing to tell of, end in one clear problem."""
    with pytest.raises(SiteError) as raised:
        period(since, NOW)
    (problem,) = raised.value.problems
    assert problem.what.startswith("--since ")
    assert "7d, 2w, 36h" in problem.remedy
