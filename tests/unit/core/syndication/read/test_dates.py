"""Dates: whatever a feed writes, the moment it means, in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest

from plugins.core.syndication.read.dates import is_day_alone, read_date

TEN = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 24 Nov 2026 10:00:00 GMT",
        "Tue, 24 Nov 2026 10:00:00 +0000",
        "Tue, 24 Nov 2026 10:00:00 -0000",
        "Tue, 24 Nov 26 10:00 UT",
        "Tuesday, 24 November 2026 10:00:00 Z",
        "24 Nov 2026 10:00:00 UTC",
        "Tue 24 Nov 2026 10:00:00 GMT",
        "Tue,24 Nov 2026 10:00:00GMT",
        "Tue, 24 Nov 2026 05:00:00 EST",
        "Tue, 24 Nov 2026 06:00:00 EDT",
        "Tue, 24 Nov 2026 04:00:00 CST",
        "Tue, 24 Nov 2026 05:00:00 CDT",
        "Tue, 24 Nov 2026 03:00:00 MST",
        "Tue, 24 Nov 2026 04:00:00 MDT",
        "Tue, 24 Nov 2026 02:00:00 PST",
        "Tue, 24 Nov 2026 03:00:00 PDT",
        "Tue, 24 Nov 2026 11:00:00 BST",
        "Tue, 24 Nov 2026 11:00:00 CET",
        "Tue, 24 Nov 2026 12:00:00 CEST",
        "Tue, 24 Nov 2026 11:00:00 MET",
        "Tue, 24 Nov 2026 12:00:00 MEST",
        "Tue, 24 Nov 2026 12:00:00 EET",
        "Tue, 24 Nov 2026 13:00:00 EEST",
        "Tue, 24 Nov 2026 15:30:00 IST",
        "Tue, 24 Nov 2026 19:00:00 JST",
        "Tue, 24 Nov 2026 20:00:00 AEST",
        "Tue, 24 Nov 2026 21:00:00 AEDT",
        "Tue, 24 Nov 2026 22:00:00 NZST",
        "Tue, 24 Nov 2026 10:00:00 A",
        "Tue, 24 Nov 2026 05:00:00 ET",
        "Tue, 24 Nov 2026 05:00:00 America/New_York",
        "Tue, 24 Nov 2026 02:00:00 Pacific Standard Time",
        "Tue, 24 Nov 2026 02:00:00 -0800 (PST)",
        "Tue, 24 Nov 2026 02:00:00 (PST)",
        "Tue Nov 24 2026 12:00:00 GMT+0200 (Central European Time)",
        "Tue Nov 24 02:00:00 PST 2026",
        "Tue, 24 Nov 2026 12:00:00 GMT+2",
        "2026-11-24T10:00:00Z",
        "2026-11-24t10:00:00z",
        "2026-11-24T10:00:00.123456789Z",
        "2026-11-24T10:00:00,5Z",
        "2026-11-24T02:00:00-08:00",
        "2026-11-24T15:30:00+0530",
        "2026-11-24T12:00+02",
        "2026-11-24 10:00:00 +00:00",
        "2026-11-24 10:00:00 UTC",
        "2026-11-24T10:00:00 Z",
        "2026-11-24T10Z",
        "20261124T100000Z",
        "  2026-11-24T10:00:00Z\n",
        "November 24, 2026 10:00 AM GMT",
        "Nov. 24th, 2026, 10:00 a.m. UTC",
        "Tuesday, November 24, 2026 at 2:00 AM PST",
        "24/Nov/2026:10:00:00 +0000",
        "Mar, 24 nov. 2026 11:00:00 +0100",
        "1795514400",
        "1795514400000",
    ],
)
def test_dates_with_a_zone(text: str) -> None:
    """A date that names its zone means that moment, wherever the source is."""
    assert read_date(text, "Asia/Tokyo") == TEN


@pytest.mark.parametrize(
    "text",
    [
        "Tue, 24 Nov 2026 02:00:00",
        "Tue, 24 Nov 2026 02:00",
        "2026-11-24T02:00:00",
        "2026-11-24 02:00",
        "2026/11/24 02:00",
        "20261124020000",
        "11/24/2026 2:00 AM",
        "24.11.2026 02:00",
        "24-Nov-2026 02:00",
        "Tue Nov 24 02:00:00 2026",
        "24. November 2026 02:00 Uhr",
        "24 de noviembre de 2026 02:00",
        "Tue, 24 Nov 2026 02:00:00 XYZ",
    ],
)
def test_dates_without_a_zone_are_the_sources_own(text: str) -> None:
    """A date that names no zone, or none that is known, is in the source's."""
    assert read_date(text, "America/Los_Angeles") == TEN


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", (2026, 11, 24)),
        ("2026/11/24", (2026, 11, 24)),
        ("20261124", (2026, 11, 24)),
        ("2026-11", (2026, 11, 1)),
        ("2026", (2026, 1, 1)),
        ("2026-W48-2", (2026, 11, 24)),
        ("4 Nov 2026", (2026, 11, 4)),
        ("1st December 2026", (2026, 12, 1)),
        ("Tue, 24 Nov 2026 24:00:00", (2026, 11, 25)),
        ("2026-11-24T24:00:00", (2026, 11, 25)),
        ("Sun, 3 Jan 99", (1999, 1, 3)),
    ],
)
def test_days_begin_in_the_sources_zone(text: str, day: tuple[int, int, int]) -> None:
    """A day, month or year alone is its first moment, and 24:00 is the next day's."""
    assert read_date(text, "UTC") == datetime(*day, tzinfo=UTC)
    there = read_date(text, "America/New_York")
    assert there is not None
    assert there.hour in {4, 5}


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("2026-11-24", True),
        ("20261124", True),
        ("1st December 2026", True),
        ("2026년 11월 24일", True),
        ("2026-11-24T00:00:00Z", False),
        ("20261124T0000Z", False),
        ("Tue, 24 Nov 2026 00:00:00 GMT", False),
        ("1795478400", False),
    ],
)
def test_a_day_alone_is_told_from_its_midnight(text: str, alone: bool) -> None:
    """Who gives a day gave no time, and who gives midnight did."""
    assert read_date(text, "UTC") is not None
    assert is_day_alone(text) is alone


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("Sun, 01 Nov 2026 01:30:00", "2026-11-01T08:30:00+00:00"),
        ("Sun, 08 Mar 2026 02:30:00", "2026-03-08T10:30:00+00:00"),
        ("Sun, 08 Mar 2026 03:30:00 PT", "2026-03-08T10:30:00+00:00"),
        ("Fri, 24 Jul 2026 10:00:00 PT", "2026-07-24T17:00:00+00:00"),
    ],
)
def test_hours_where_clocks_change(text: str, hour: str) -> None:
    """An hour that comes twice is the first of the two; one that is left out counts by the time before."""
    assert read_date(text, "America/Los_Angeles") == datetime.fromisoformat(hour)


def test_ambiguous_names_are_the_sources_own() -> None:
    """IST is Indian time, but Irish or Israeli for a source there; CST is Chinese in Shanghai."""
    assert read_date("Fri, 24 Jul 2026 10:00:00 IST", "Europe/Dublin") == datetime(2026, 7, 24, 9, tzinfo=UTC)
    assert read_date("Tue, 24 Nov 2026 10:00:00 IST", "Asia/Jerusalem") == datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert read_date("Tue, 24 Nov 2026 10:00:00 CST", "Asia/Shanghai") == datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00+00:00"),
        ("Παρ, 01 Μάι 2026 12:00:00 GMT", "2026-05-01T12:00:00+00:00"),
        ("2004-július-13T9:15-03:00", "2004-07-13T12:15:00+00:00"),
        ("2004년 05월 28일  01:31:15", "2004-05-27T16:31:15+00:00"),
        ("2004-05-25 오후 11:23:17", "2004-05-25T14:23:17+00:00"),
        ("2026년 5월 1일 오전 12:05", "2026-04-30T15:05:00+00:00"),
        ("Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53+00:00"),
        ("Sun Jan  4 16:29:06 2004", "2004-01-04T16:29:06+00:00"),
        ("Mon, 26 January 2004 16:31:00 AT", "2004-01-26T20:31:00+00:00"),
    ],
)
def test_dates_of_other_languages_and_programs(text: str, moment: str) -> None:
    """Dates in Greek, Hungarian and Korean, and those that programs log, are read; Korean ones are Korea's."""
    assert read_date(text, "UTC") == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "yesterday", "Tuesday", "10:00", "4/5/2026", "2026-13-01", "2026-02-30", "2026-00-10", "0000-00-00"),
        *("Tue, 24 Nov 2026 25:00:00 GMT", "Tue, 24 Nov 2026 10:61:00 GMT", "2026-11-24T10:00:00+99:00"),
        *("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-12:00"),
        *("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000", "Wed, 31 Dec 1969 19:00:00 EST", "0"),
        *("-1", "99999999999999999999", "\x00", "1" * 1000, "(" * 1000, "a" * 100_000),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """What cannot be read, does not exist, or stands for "no date" is none, and raises nothing."""
    assert read_date(text, "America/Los_Angeles") is None


def test_dates_out_of_reason_are_left_to_others() -> None:
    """A date in the far future, or before the web, is what the feed says."""
    assert read_date("2199-01-01T00:00:00Z", "UTC") == datetime(2199, 1, 1, tzinfo=UTC)
    assert read_date("1912-05-01", "UTC") == datetime(1912, 5, 1, tzinfo=UTC)


def test_a_zone_that_does_not_exist_is_a_wrong_setting() -> None:
    """The source's zone is checked with the settings; here a wrong one is an error."""
    with pytest.raises(ZoneInfoNotFoundError):
        read_date("2026-11-24", "Mars/Olympus")
