"""The .ics files: RFC 5545's rules, the same bytes for the same events, the same times in the eyes of two libraries."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.tz import tzical

from plugins.events.config.events_file import EventTable
from plugins.events.occurrences import by_hand
from plugins.events.publish import ics
from tests.conftest import NOW

NOON = datetime(2026, 2, 20, 12, tzinfo=UTC)

EVENTS: list[dict[str, Any]] = [
    {
        "id": "gate-4",
        "title": "Picket; with, all \\ that — 🪧 " + "must be folded " * 9,
        "start": "2026-03-02 09:00",
        "end": "2026-03-02 12:00",
        "timezone": "America/Los_Angeles",
        "repeats": "weekly",
        "until": date(2026, 3, 31),
        "exception": [
            {"on": date(2026, 3, 9), "start": "2026-03-10 11:00", "end": "2026-03-10 12:30"},
            {"on": date(2026, 3, 16), "cancelled": True},
        ],
        "place": "Gate 4",
        "address": "1 Dock Road",
        "lat": 33.74,
        "lon": -118.26,
    },
    {
        "id": "vigil",
        "title": "Night\nwatch",
        "start": "2026-03-29 01:30",
        "duration": "2h",
        "timezone": "Europe/Berlin",
    },
    {"id": "day", "title": "A day", "start": date(2026, 3, 5), "end": date(2026, 3, 6), "cancelled": True},
    {"id": "open", "title": "No end", "start": "2026-03-06 09:00", "changed": datetime(2026, 2, 20)},  # noqa: DTZ001
]


def written(events: list[dict[str, Any]]) -> str:
    """Return the file of some events."""
    tables = [EventTable.model_validate(one) for one in events]
    found = list(by_hand(tables, ZoneInfo("America/New_York"), NOW))
    files = ics.CalendarFiles("x.example.org", lambda one: f"https://x.example.org/{one.id}", lambda one: "a\nb")
    return files.file("All", found)


def events_of(text: str) -> list[Any]:
    """Return the events of a file as icalendar reads them."""
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_the_rules_of_the_format_are_kept() -> None:
    """CRLF, lines of at most 75 octets that part no character, a UID, a stamp and a sequence each, zones first."""
    text = written(EVENTS)
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75
    events = events_of(text)
    uids = [str(one["UID"]) for one in events]
    assert len(set(uids)) == len(uids) == 8
    assert all("DTSTAMP" in one and "SEQUENCE" in one and not one.errors for one in events)
    assert text.index("END:VTIMEZONE") < text.index("BEGIN:VEVENT")
    assert text == written(EVENTS)


def test_what_is_off_stays_and_what_changed_counts_up() -> None:
    """A cancelled day and a cancelled event are there with their status; a later change has the higher sequence."""
    status = {str(one["UID"]).split("@")[0]: str(one["STATUS"]) for one in events_of(written(EVENTS))}
    assert [name for name, said in status.items() if said == "CANCELLED"] == ["gate-4-20260316", "day"]
    sequences = [
        int(events_of(written([EVENTS[3] | changed]))[0]["SEQUENCE"])
        for changed in (
            {"changed": None},
            {"changed": NOON},
            {"changed": NOON + timedelta(minutes=1)},
        )
    ]
    assert sequences == sorted(set(sequences))


def test_two_libraries_read_the_times_that_were_meant() -> None:
    """Both icalendar and vobject find the same moments: across the change of clocks, moved days, whole days, no end."""
    text = written(EVENTS)
    ours: dict[str, Any] = {
        str(one["UID"]): (one.start, one.end if "DTEND" in one else None) for one in events_of(text)
    }
    theirs = {
        one.uid.value: (one.dtstart.value, one.dtend.value if hasattr(one, "dtend") else None)
        for one in vobject.readOne(text).vevent_list
    }
    assert ours == theirs
    assert ours["gate-4-20260302@x.example.org"][0].astimezone(UTC) == datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert ours["gate-4-20260309@x.example.org"][0].astimezone(UTC) == datetime(2026, 3, 10, 18, tzinfo=UTC)
    start, end = ours["vigil@x.example.org"]
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=2)  # though the clocks go forward within
    assert ours["day@x.example.org"] == (date(2026, 3, 5), date(2026, 3, 7))
    assert ours["open@x.example.org"][1] is None


@pytest.mark.parametrize("key", ["America/Los_Angeles", "Europe/Berlin", "Australia/Sydney", "Europe/Dublin"])
def test_the_zones_say_when_the_clocks_change(key: str) -> None:
    """A program that knows no zone by name, and follows the file, is right at every half hour around the changes."""
    block = f"BEGIN:VCALENDAR\n{ics._zone(key, 2026, 2028).to_ical().decode()}END:VCALENDAR\n".replace("\r\n", "\n")
    told, zone = tzical(io.StringIO(block)).get(), ZoneInfo(key)
    for month in (3, 4, 9, 10, 11):
        for half_hour in range(31 * 48):
            wall = datetime(2026, month, 1) + timedelta(minutes=30 * half_hour)  # noqa: DTZ001
            there = wall.replace(tzinfo=zone)
            is_sure = there.utcoffset() == there.replace(fold=1).utcoffset()
            if is_sure:
                assert wall.replace(tzinfo=told).utcoffset() == there.utcoffset(), wall
