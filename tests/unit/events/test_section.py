"""What a site is told of events.toml: its faults at their lines, what may be private, its news, what is found."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins.events.config.calendars_file import read_calendars
from plugins.events.section import edition
from plugins.sections.model import Edition, Newsroom
from plugins.sections.news import Period
from tests.conftest import NOW

TEXT = """[[event]]
id = "gate-4"
strike = "dock"
title = "Picket at Gate 4"
start = "2026-03-02 09:00"
end = "2026-03-02 12:00"
timezone = "America/New_York"
place = "Gate 4"
repeats = "weekdays"
until = 2026-03-31

[[event.exception]]
on = 2026-03-04
cancelled = true
note = "Talks."
"""


def told(newsroom: Newsroom, text: str) -> Edition:
    """Return the edition of an events.toml."""
    (newsroom.content / "events.toml").write_text(text, "utf-8")
    return edition(newsroom)


def test_without_a_file_there_is_nothing(newsroom: Newsroom) -> None:
    """No page, no feed, no place in the navigation."""
    found = edition(newsroom)
    assert (found.problems, found.navigation, found.feeds, list(found.findables())) == ((), (), (), [])


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("2026-03-02 12:00", "2026-03-02 08:00", 6, "gate-4: ends before it starts"),
        ("2026-03-02 12:00", "2026-03-03", 6, "one of start and end is a day, the other has an hour"),
        ("2026-03-02 12:00", "2026-02-30 12:00", 6, "end must be a time or a day that exists"),
        ("2026-03-02 12:00", "noon", 6, "end must be a time or a day that exists"),
        (
            'start = "2026-03-02 09:00"',
            'start = "2026-03-08 02:30"',
            5,
            "start 2026-03-08 02:30 does not exist in America/New_York",
        ),
        (
            'start = "2026-03-02 09:00"',
            'start = "2025-11-02 01:30"',
            5,
            "2025-11-02 01:30 is there twice in America/New_York",
        ),
        ('end = "2026-03-02 12:00"', 'duration = "soon"', 6, 'duration must be a length of time, written "2h"'),
        ('end = "2026-03-02 12:00"', "duration = 90", 6, 'duration must be a length of time, written "2h"'),
        ('place = "Gate 4"', 'duration = "3h"', 8, "has an end and a duration"),
        ('place = "Gate 4"', "lat = 51.5", 8, "has one of lat and lon"),
        ('place = "Gate 4"', "lat = 151.5", 8, "lat must be"),
        ('place = "Gate 4"', 'url = "javascript:alert(1)"', 8, "url must start with http"),
        ('place = "Gate 4"', 'kind = "party"', 8, "kind must be one of picket, rally"),
        ("America/New_York", "New York", 7, "timezone must be a time zone such as"),
        ('"weekdays"', '"now and then"', 9, "gate-4: repeats must be one of daily, weekdays"),
        ('"weekdays"', '"FREQ=SECONDLY"', 9, "gate-4: repeats must be one of daily"),
        ('"weekdays"', '"FREQ=DAILY;BYHOUR=9,10"', 9, "must not repeat within a day"),
        ("until = 2026-03-31", "until = 2026-03-01", 10, "is over before it begins (2026-03-01)"),
        ("on = 2026-03-04", "on = 2026-03-07", 13, "does not take place on 2026-03-07 by its rule"),
        ("cancelled = true", 'start = "2026-03-08 02:30"', 14, "does not exist in America/New_York"),
        ("cancelled = true", "canceled = true", 14, "unknown key exception 1.canceled"),
        ('id = "gate-4"', 'id = "places"', 2, "no event can be called places"),
        ('title = "Picket at Gate 4"\n', "", 1, "title is missing"),
        ("[[event.exception]]\n", '[[hide]]\nevent = "union-1"\n[[event.exception]]\n', 13, "no calendar has an event"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(newsroom: Newsroom, old: str, new: str, line: int, what: str) -> None:
    """One mistake is told where it stands."""
    found = sorted((one.line, one.what) for one in told(newsroom, TEXT.replace(old, new)).problems)
    assert found[0][0] == line, found
    assert what in found[0][1]


def test_all_that_is_wrong_is_told_at_once(newsroom: Newsroom) -> None:
    """Faults of values and of what they say together come in one list, those of two events too."""
    text = TEXT.replace("12:00", "08:00") + '[[event]]\nid = "gate-5"\ntitle = "X"\nstart = "2026-03-02"\nlat = 1.0\n'
    assert len(told(newsroom, text).problems) == 2


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('contact = "Call 212-555-0123"', "contact has what looks like a phone number (212-555-0123)"),
        ('note = "Text 555-0100 for the place"', "note has what looks like a phone number (555-0100)"),
        ('access = "Ring +44 20 7946 0018"', "access has what looks like a phone number"),
        ('contact = "Ann Example"', "contact looks like a person’s name (Ann Example)"),
        ('contact = "a.person@gmail.com"', "contact has what looks like somebody’s own mail address"),
        ('address = "Apt 4B, 12 Elm Street"', "address looks like somebody’s home (Apt 4B)"),
        ('note = "Afterwards at Ann’s house"', "note looks like somebody’s home (Ann’s house)"),
        ('kind = "meeting"\naddress = "12 Elm Street"', "address is a street and a number"),
    ],
)
def test_what_may_be_private_is_warned_of(newsroom: Newsroom, line: str, what: str) -> None:
    """Phone numbers, homes, names and own addresses are notices at their lines, and stop nothing."""
    found = told(newsroom, TEXT.replace('place = "Gate 4"', line))
    assert found.problems == ()
    assert [what in one.what for one in found.notices] == [True], found.notices


@pytest.mark.parametrize(
    "lines",
    [
        'place = "Gate 4"\naddress = "4000 Dock Boulevard, Harbour 91522-0001"',
        'place = "Flat Iron Hall"\nkind = "meeting"\naddress = "175 Fifth Avenue"',
        'note = "Day 120 of 2026-2027; 09:00-12:00, rooms 1200-1210, $26,470, docket 20260302"',
        'contact = "The picket captain at gate 4"',
        'contact = "Local 12 Strike Desk"',
        'contact = "Ann Example"\ncontact_agreed = true',
        'kind = "meeting"\nplace = "The People’s House"',
        'contact = "strike@local12.example.org"',
        'address = "12 Elm Street"',
    ],
)
def test_no_false_alarm_is_raised(newsroom: Newsroom, lines: str) -> None:
    """Addresses of venues, gates, years, sums and offices are nobody's private matter."""
    assert told(newsroom, TEXT.replace('place = "Gate 4"', lines)).notices == ()


def test_a_strike_that_nobody_knows_is_a_reference(newsroom: Newsroom) -> None:
    """Who gathers the sections holds it against the strikes."""
    assert [(one.kind, one.id, one.line) for one in told(newsroom, TEXT).references] == [("strike", "dock", 3)]


def test_news_are_what_was_cancelled_and_the_week_to_come(newsroom: Newsroom) -> None:
    """The digest tells the days of the coming week, and first what does not take place."""
    text = TEXT.replace("until", 'announced = "2026-02-27 08:00"\nchanged = "2026-03-01 08:00"\nuntil')
    items = list(told(newsroom, text).news(Period(NOW - timedelta(days=7), NOW)))
    assert [(one.change, f"{one.at:%d}") for one in items] == [
        ("cancelled", "04"), ("", "02"), ("", "03"), ("", "05"), ("", "06"),
    ]  # fmt: skip
    assert {one.reference for one in items} == {"{event}gate-4"}


def test_what_is_next_leaves_out_what_is_off(newsroom: Newsroom) -> None:
    """Templates and other sections are given what is to come, soonest first, in the zone of its place."""
    context = told(newsroom, TEXT).context
    upcoming = context["upcoming"]
    assert [f"{one.start:%d %H:%M} {one.zone}" for one in upcoming][:4] == [  # type: ignore[attr-defined]
        "02 09:00 EST", "03 09:00 EST", "05 09:00 EST", "06 09:00 EST",
    ]  # fmt: skip
    assert [one.zone for one in upcoming][-1] == "EDT"  # type: ignore[attr-defined]
    assert list(context["upcoming_by_strike"]) == ["dock"]  # type: ignore[call-overload]


def test_a_stopped_clock_shows_the_days_as_they_were_to_come(newsroom: Newsroom) -> None:
    """With AS_OF, today is that day; what is far ahead of it stands under its month and is not the next."""
    stopped = replace(newsroom, as_of=date(2026, 2, 28), now=datetime(2027, 1, 1, tzinfo=UTC), zone=ZoneInfo("UTC"))
    later = '[[event]]\nid = "later"\ntitle = "Years on"\nstart = "2026-12-01 09:00"\n'
    shown = told(stopped, TEXT.replace("\n[[event.ex", "\n[[event.ex") + later)
    upcoming = shown.context["upcoming"]
    assert upcoming[0].start.date() == date(2026, 3, 2)  # type: ignore[index]
    assert "later" not in {one.id for one in upcoming}  # type: ignore[attr-defined]
    assert shown.context["is_live"] is False


def test_a_calendars_strike_is_a_reference_too(newsroom: Newsroom) -> None:
    """A slip in the strike of a source's calendar is told at its line; a source without a calendar names none."""
    (newsroom.content / "updates").mkdir()
    source = '[[source]]\nid = "{0}"\ntitle = "L"\nsite = "https://l.example.org/"\nkind = "union"\nstrike = "dok"\n'
    text = source.format("one") + 'calendar = "webcal://l.example.org/line.ics"\n' + source.format("two")
    (newsroom.content / "updates" / "sources.toml").write_text(text)
    found = edition(newsroom).references
    assert [(one.where.endswith("sources.toml"), one.line, one.id) for one in found] == [(True, 6, "dok")]
    (calendar,) = read_calendars(newsroom.content, ZoneInfo("UTC"))
    assert (calendar.address, calendar.zone) == ("https://l.example.org/line.ics", "UTC")


def test_an_event_that_is_cancelled_as_a_whole_is_told_once(newsroom: Newsroom) -> None:
    """Not a line for each of its days: the feed and the digest would hold nothing else."""
    text = TEXT.partition("\n[[event.exception]]")[0] + 'cancelled = true\nchanged = "2026-03-01 08:00"\n'
    items = [item for item in told(newsroom, text).news(Period(NOW - timedelta(days=7), NOW)) if item.change]
    assert [(item.change, f"{item.at:%d %B}") for item in items] == [("cancelled", "02 March")]
