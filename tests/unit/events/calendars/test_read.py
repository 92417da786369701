"""Other people's calendars: what five programs write, days on which clocks change, and what is meant to break us."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.events.calendars.read import MOST_OF_ONE, NotACalendarError, read_calendar
from plugins.events.calendars.worker import Bounds
from plugins.events.model import AHEAD, ReadCalendar
from tests.unit.events.calendars.programs import PROGRAMS, crlf

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PACIFIC = ZoneInfo("America/Los_Angeles")


def event(*lines: str) -> str:
    """Return an event of these lines."""
    return "\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(*parts: str) -> bytes:
    """Return a calendar of these parts."""
    return crlf("\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *parts, "END:VCALENDAR")))


def read(*parts: str, zone: str = "America/New_York") -> ReadCalendar:
    """Read a calendar of these parts as the worker does."""
    return read_calendar(calendar(*parts), zone, NOW, Bounds())


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_writes_is_read_as_it_shows_it(program: str) -> None:
    """Five shapes of one picket: the same clock across the change, a day moved, one cancelled, one left out."""
    found = read_calendar(PROGRAMS[program], "UTC", NOW)
    assert found.problems == ()
    told = [(f"{one.start.astimezone(PACIFIC):%d %H:%M %Z}", one.status, one.zone) for one in found.entries]
    assert told == [
        ("02 09:00 PST", "confirmed", "America/Los_Angeles"),
        ("09 11:00 PDT", "confirmed", "America/Los_Angeles"),
        ("16 09:00 PDT", "cancelled", "America/Los_Angeles"),
        ("30 09:00 PDT", "confirmed", "America/Los_Angeles"),
    ]
    assert {(one.end - one.start).seconds for one in found.entries if one.end} == {3 * 3600}
    assert {one.place for one in found.entries} == {"Gate 4, 1 Dock Road"}
    # A day that is moved keeps the name it has by the rule, so that it is known for the same.
    assert [one.original for one in found.entries][:2] == ["20260302t1700z", "20260309t1600z"]


@pytest.mark.parametrize(
    ("zone", "first", "offsets"),
    [
        ("Europe/Berlin", "20260322T100000", ["+01:00", "+02:00", "+02:00"]),
        ("America/New_York", "20260301T100000", ["-05:00", "-04:00", "-04:00"]),
    ],
)
def test_the_clock_on_the_wall_stays_when_it_is_changed(zone: str, first: str, offsets: list[str]) -> None:
    """What is weekly at ten is at ten before and after the clocks change, in either zone."""
    (*found,) = read(event("UID:1", f"DTSTART;TZID={zone}:{first}", "RRULE:FREQ=WEEKLY;COUNT=3")).entries
    there = [one.start.astimezone(ZoneInfo(zone)) for one in found]
    assert [f"{one:%H:%M}" for one in there] == ["10:00"] * 3
    assert [one.isoformat()[-6:] for one in there] == offsets


def test_a_zone_is_what_the_world_calls_so() -> None:
    """One that lies about Berlin is Berlin; one of the file's own counts; one nobody knows is the calendar's."""
    zone = "BEGIN:VTIMEZONE\nTZID:{}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:{}\nTZOFFSETTO:{}\n"
    zone += "END:STANDARD\nEND:VTIMEZONE"
    parts = [zone.format("Europe/Berlin", "+0900", "+0900"), zone.format("Our own", "-0300", "-0300")]
    names = ("Europe/Berlin", "Our own", "Nowhere/City", "../../etc/passwd", "x" * 5000)
    parts += [event(f"UID:{number}", f"DTSTART;TZID={name}:20260302T090000") for number, name in enumerate(names)]
    parts += [event("UID:z", "DTSTART:20260302T090000Z"), event("UID:f", "DTSTART:20260302T090000")]
    found = {one.series: f"{one.start:%H:%M}" for one in read(*parts).entries}
    assert found == {"0": "08:00", "1": "12:00", "2": "14:00", "3": "14:00", "4": "14:00", "z": "09:00", "f": "14:00"}


def test_a_day_is_a_day_wherever_it_is_read() -> None:
    """An all-day event begins and ends at midnights of the calendar's own zone; its end is the first day after it."""
    (one,) = read(
        "X-WR-TIMEZONE:Asia/Tokyo", event("UID:1", "DTSTART;VALUE=DATE:20260302", "DTEND;VALUE=DATE:20260304")
    ).entries
    assert one.all_day
    assert (one.start, one.end) == (datetime(2026, 3, 1, 15, tzinfo=UTC), datetime(2026, 3, 3, 15, tzinfo=UTC))


AT = "DTSTART:20260302T090000Z"
GOOD = event("UID:good", AT, "SUMMARY:The one that is well")
ZONE_BOMB = (
    "BEGIN:VTIMEZONE\nTZID:Bomb\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\nTZOFFSETFROM:+0100\n"
    "TZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE"
)


@pytest.mark.parametrize(
    ("hostile", "said"),
    [
        (event("UID:1", AT, "SUMMARY:S", "RRULE:FREQ=SECONDLY"), "S: it repeats more than 24 times a day"),
        (event("UID:1", AT, "SUMMARY:S", "RRULE:FREQ=DAILY;INTERVAL=0"), "S: its rule never comes to the next time"),
        (
            event("UID:1", AT, "SUMMARY:S", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
            "S: it takes too long to work out",
        ),
        (
            event("UID:1", "DTSTART:00010101T000000Z", "SUMMARY:S", "RRULE:FREQ=DAILY"),
            "S: it began too long ago (1-01-01)",
        ),
        (
            event("UID:1", AT, "SUMMARY:S", f"RDATE:{','.join(['20260302T100000Z'] * 2001)}"),
            "S: it has more than 2000 dates",
        ),
        (event("UID:1", "DTSTART:2026", "SUMMARY:S"), "S: Cannot access"),
        (event("UID:1", "SUMMARY:S"), "S: it has no start"),
        (ZONE_BOMB, "1 of its zones are no zones, and were left out"),
        ("BEGIN:VEVENT\n" * 900 + "END:VEVENT\n" * 899 + "END:VEVENT", "an event without a title: it has no start"),
    ],
)
def test_a_hostile_event_spoils_no_other(hostile: str, said: str) -> None:
    """Rules without end, zones that are bombs, events within events: each is left out and told; the rest is read."""
    found = read(hostile, GOOD)
    assert [one.title for one in found.entries] == ["The one that is well"]
    assert said in found.problems[0]


def test_texts_of_others_are_plain_short_and_tell_no_number() -> None:
    """No markup, no control character, no endless text; phone numbers and addresses go; a link is http or nothing."""
    words = "Call 212-555-0123 or ann@example.org. " + "word " * 100_000
    lines = (
        f"DESCRIPTION:<p>{words}</p><script>alert(1)</script>",
        "SUMMARY:A\u202eb\u0007<b>c</b>",
        "LOCATION:" + "x " * 9000,
    )
    (one,) = read(
        event("UID:1", AT, *lines, "URL:javascript:alert(1)", "GEO:91;0", "ATTACH:file:///etc/passwd")
    ).entries
    assert (one.title, one.url, one.lat, len(one.place) <= 200, len(one.text) <= 400) == ("Abc", "", None, True, True)
    assert "212" not in one.text
    assert "ann@" not in one.text
    assert "<" not in one.text
    (two,) = read(event("UID:1", AT, "URL:https://union.example.org/line?utm_source=x", "GEO:33.74;-118.26")).entries
    assert (two.url, two.lat, two.lon) == ("https://union.example.org/line", 33.74, -118.26)


def test_what_is_private_is_not_taken() -> None:
    """An event whose class is private or confidential stays with those whose calendar it is."""
    assert read(event("UID:1", AT, "CLASS:PRIVATE"), event("UID:2", AT, "CLASS:CONFIDENTIAL")).entries == ()
    assert read(event("UID:3", AT, "CLASS:PUBLIC", "CLASS:PRIVATE")).entries == ()


def test_of_a_line_that_is_there_twice_the_first_counts() -> None:
    """An event that says its text, title or status twice, as programs that join calendars write it, is read as well."""
    (one,) = read(event("UID:1", AT, *("DESCRIPTION:Bring water", "DESCRIPTION:x"), *["STATUS:TENTATIVE"] * 2)).entries
    assert (one.text, one.status) == ("Bring water", "tentative")
    (off,) = read(event("UID:1", AT, "SUMMARY:Cancelled: Picket", "SUMMARY:Picket")).entries
    assert off.status == "cancelled"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "does not begin as a calendar does"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n", "no whole calendar"),
        (calendar(*["BEGIN:VEVENT\nEND:VEVENT"] * 10_001), "too many events (10,001"),
        (b"", "does not begin"),
    ],
)
def test_what_is_no_calendar_is_told_as_such(body: bytes, why: str) -> None:
    """A sign-in page, half a file, and a file too large are named for what they are."""
    with pytest.raises(NotACalendarError, match=why.replace("(", r"\(")):
        read_calendar(body, "UTC", NOW)


def test_of_what_takes_place_every_hour_the_next_times_are_taken() -> None:
    """Times that are over take the place of none to come, and that later ones are left out is told."""
    start, hours = "DTSTART:20260101T000000Z", ",".join(map(str, range(24)))
    hourly = calendar(event("UID:1", start, "SUMMARY:Watch", f"RRULE:FREQ=DAILY;BYHOUR={hours}"))
    found = read_calendar(hourly, "UTC", NOW)
    coming = [one.start for one in found.entries if one.start >= NOW]
    assert (coming[0], len(coming)) == (NOW, MOST_OF_ONE)
    assert found.problems == ("Watch: it is on more than 400 times: those from 2026-03-18 on are left out",)
    four_a_day = read_calendar(calendar(event("UID:1", start, "RRULE:FREQ=DAILY;BYHOUR=0,6,12,18")), "UTC", NOW)
    assert (four_a_day.problems, four_a_day.entries[-1].start.date()) == ((), (NOW + AHEAD).date())


def test_no_more_is_taken_than_is_shown() -> None:
    """What repeats for ever is followed for a quarter of a year; of too many times the soonest are kept, and told."""
    daily = read(event("UID:1", AT, "RRULE:FREQ=DAILY")).entries
    assert len(daily) == 92
    many = read(*(event(f"UID:{number}", f"DTSTART:202603{number % 28 + 2:02}T090000Z") for number in range(2100)))
    assert len(many.entries) == 2000
    assert many.complete_until == datetime(2026, 3, 28, 9, tzinfo=UTC)
    assert "more than 2000 times" in many.problems[0]
