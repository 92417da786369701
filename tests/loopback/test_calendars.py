"""A union's week, replayed: asked for over real HTTP, archived, shown on pages, in feeds, in .ics files."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from plugins.announce.choose import SectionNews, choose
from plugins.core.errors import SiteError
from plugins.core.polling.outcomes import Failure, Fetched
from plugins.events.calendars import reader_process
from plugins.events.commands import fetch_calendars
from plugins.events.model import Calendar
from plugins.events.section import edition
from plugins.sections.model import Newsroom
from plugins.sections.news import Period
from tests.loopback.feeds import Feeds
from tests.site_settings import changed
from tests.sites.conftest import builder
from tests.unit.events.calendars.test_read import ZONE_BOMB, calendar, event

SETTINGS = {"TIMEZONE": "America/Los_Angeles", "SITEURL": "https://strike.example", "CONTACT": "desk@strike.example"}
ZONE = "TZID=America/Los_Angeles"
Row = dict[str, Any]


def picket(number: int, start: str, *more: str, title: str = "Picket at Gate 4") -> str:
    """Return an event of three hours."""
    end = f"{start[:9]}{int(start[9:11]) + 3:02}{start[11:]}"
    lines = (
        f"UID:{number}@local12.example.org",
        f"SUMMARY:{title} {number}",
        f"DTSTART;{ZONE}:{start}",
        f"DTEND;{ZONE}:{end}",
    )
    return event(*lines, "LOCATION:Gate 4", *more)


class Week:
    """A content folder with two calendars, of which one is played; `day` runs a fetch at 8 in the morning of a day."""

    def __init__(self, folder: Path, feeds: Feeds) -> None:
        self.content = folder / "content"
        (self.content / "updates").mkdir(parents=True)
        self.feeds = feeds
        sources = "".join(
            f'[[source]]\nid = "{name}"\ntitle = "{name}"\nsite = "https://{name}.example.org/"\nkind = "union"\n'
            f'calendar = "{feeds.url(name)}"\nstrike = "dock"\n'
            for name in feeds.pages
        )
        (self.content / "updates" / "sources.toml").write_text(sources)
        (self.content / "strikes.toml").write_text(
            '[[strike]]\nid = "dock"\nunion = "Local 12"\nemployers = "Harbour Works"\n'
            'start = 2026-02-20\nstatus = "running"\n'
        )

    def day(self, day: int, **options: Any) -> list[Row]:
        """Run a fetch; return the archive's rows."""
        now = datetime(2026, 3, day, 16, tzinfo=UTC)
        given = {"force": True, "allow": ("127.0.0.0/8",), "now": now, **options}
        fetch_calendars.fetch(
            changed(**SETTINGS, PATH=str(self.content)), fetch_calendars.FetchCalendarsOptions(**given)
        )
        return self.rows()

    def rows(self) -> list[Row]:
        files = sorted((self.content / "archive" / "events").glob("*.jsonl"))
        return [json.loads(line) for path in files for line in path.read_text().splitlines()]

    def archive(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.content / "archive" / "events").iterdir()}


@pytest.fixture
def week(tmp_path: Path) -> Any:
    """Return a week of one calendar, local12, that is empty, and one that cannot be read."""
    with Feeds({"local12": calendar(), "broken": b"<!DOCTYPE html><title>Sign in</title>"}) as feeds:
        yield Week(tmp_path, feeds)


def test_a_week_of_a_calendar(
    week: Week, tmp_path: Path, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    """An event comes, is moved, is cancelled, another leaves the calendar: pages, feed, .ics and news tell each."""
    play: Callable[..., None] = lambda *parts: week.feeds.pages.update(local12=calendar(*parts))  # noqa: E731
    play(picket(1, "20260304T090000"), picket(2, "20260305T090000"), picket(3, "20260306T090000"), ZONE_BOMB)
    first = {row["title"]: row for row in week.day(2)}
    assert sorted(first) == [f"Picket at Gate 4 {number}" for number in (1, 2, 3)]
    said = capsys.readouterr().out
    assert "local12: 3 new of 3 times" in said
    assert "left out: 1 of its zones are no zones" in said
    assert "broken: not a feed: it does not begin as a calendar does" in said

    before = week.archive()
    assert week.day(2) == list(first.values())
    assert week.archive() == before, "a run without news changed a byte"
    assert week.feeds.asked.count("local12") == 2

    moved, off = picket(1, "20260304T110000"), picket(2, "20260305T090000", "STATUS:CANCELLED")
    play(moved, off, picket(3, "20260306T090000"), picket(4, "20260307T090000"))
    week.day(3)
    play(moved, off, picket(4, "20260307T090000"))
    last = {row["title"][-1]: row for row in week.day(4)}
    assert {number: row["status"] for number, row in last.items()} == {
        "1": "confirmed", "2": "cancelled", "3": "withdrawn", "4": "confirmed",
    }  # fmt: skip
    assert last["1"]["changes"] == [
        {
            "seen": "2026-03-03T16:00:00Z",
            "start": "2026-03-04T17:00:00Z",
            "end": "2026-03-04T20:00:00Z",
            "place": "Gate 4",
        }
    ]
    assert {number: row["id"] for number, row in last.items() if number < "4"} == {
        row["title"][-1]: row["id"] for row in first.values()
    }

    site = builder(tmp_path)(
        {}, now=str(int(datetime(2026, 3, 4, 17, tzinfo=UTC).timestamp())), TIMEZONE="America/Los_Angeles"
    )
    assert site.code == 0, site.said
    page = site.page("pickets/index.html")
    for words in (
        "The calendar of broken could not be read since 2 March 2026",
        "was 09:00",
        "Cancelled",
        "No longer in the calendar",
        'Today,</span> <time datetime="2026-03-04"',
    ):
        assert words in page
    feed = site.page("feeds/events.atom.xml")
    for words in (
        "Moved: Picket at Gate 4 1",
        "Cancelled: Picket at Gate 4 2",
        "No longer in its calendar: Picket at Gate 4 3",
    ):
        assert words in feed
    text = (site.output / "pickets" / "strikes" / "dock.ics").read_bytes().decode()
    events: list[Any] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    status = {str(one["SUMMARY"])[-1]: (str(one["STATUS"]), int(one["SEQUENCE"])) for one in events}
    assert status == {"1": ("CONFIRMED", 1), "2": ("CANCELLED", 1), "3": ("CANCELLED", 1), "4": ("CONFIRMED", 0)}
    starts = {one.summary.value[-1]: one.dtstart.value for one in vobject.readOne(text).vevent_list}
    assert starts["1"] == datetime(2026, 3, 4, 19, tzinfo=UTC)
    front = site.page("index.html")
    assert 'class="strike-event"' in front
    own = site.page(f"pickets/{last['3']['event']}/index.html")
    assert "ask before you go" in own
    assert "https://schema.org/EventCancelled" in own

    room = replace(newsroom, content=week.content)
    news = tuple(edition(room).news(Period(datetime(2026, 3, 3, 12, tzinfo=UTC), datetime(2026, 3, 3, 18, tzinfo=UTC))))
    assert [(item.change, item.title[-1], item.at.isoformat()) for item in news if item.change] == [
        ("moved", "1", "2026-03-04T11:00:00-08:00"),
        ("cancelled", "2", "2026-03-05T09:00:00-08:00"),
    ]
    announced = choose(
        [SectionNews("events", "pickets/", news)],
        ["cancelled"],
        ("https://wire.example", "en"),
        lambda kind, item, day: f"{kind}: {item.title}\n\n{item.text}\n",
    )
    assert [one.opening for one in announced] == ["cancelled: Picket at Gate 4 2"]
    assert announced[0].link.startswith(f"https://wire.example/pickets/{last['2']['event']}/#cancelled-")


def test_what_the_desk_takes_down_stays_down(week: Week, newsroom: Newsroom) -> None:
    """A home is warned of; a hidden event is off the site and kept; of one taken down no word stays or comes back."""
    home = picket(2, "20260305T090000", "DESCRIPTION:Afterwards at Ann’s house")
    week.feeds.pages["local12"] = calendar(picket(1, "20260304T090000"), home)
    one, two = (row["id"] for row in sorted(week.day(2), key=lambda row: str(row["title"])))
    (notice,) = edition(replace(newsroom, content=week.content)).notices
    assert f"{two}, from the calendar of local12: note looks like somebody’s home (Ann’s house)" in notice.what
    (week.content / "events.toml").write_text(f'[[hide]]\nevent = "{one}"\n[[takedown]]\nevent = "{two}"\n')
    for day in (3, 3):
        rows = {row["id"]: row for row in week.day(day)}
        assert rows[one]["title"] == "Picket at Gate 4 1"
        assert (rows[two]["title"], rows[two]["status"], "place" in rows[two]) == ("", "removed", False)


def test_a_calendar_that_fails_takes_nothing_away(week: Week) -> None:
    """A page in its place, an empty answer and a server's fault leave what is known; what is known ahead is renewed."""
    weekly = event("UID:w", "SUMMARY:Weekly", f"DTSTART;{ZONE}:20260304T090000", "RRULE:FREQ=WEEKLY")
    week.feeds.pages["local12"] = calendar(weekly)
    first = week.day(2)
    answers: tuple[Any, ...] = (b"", (500, {}, b"oh"))
    for answer in answers:
        week.feeds.pages["local12"] = answer
        assert week.day(3) == first
    week.feeds.pages["local12"] = calendar(weekly)
    assert len(week.day(10)) == len(first) + 1, "an unchanged calendar is read again when its far end is near"


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("tests.loopback.endless", "reading it took longer than 0.3 s and was stopped"),
        ("this", "its reader gave no answer (JSONDecodeError)"),
        ("tests.loopback.not_there", "its reader ended with exit code 1"),
    ],
)
def test_a_reader_that_fails_is_that_calendars_failure(program: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that takes too long, ends early or answers nonsense is stopped, and the run goes on."""
    monkeypatch.setattr(reader_process, "_WORKER", program)
    monkeypatch.setattr(reader_process, "_SECONDS", 0.3 if "endless" in program else 20)
    fetched = Fetched("x", "https://x.example.org/", calendar(), "text/calendar", "")
    found = asyncio.run(
        reader_process.read(fetched, Calendar("x", "X", "", "", "UTC"), datetime(2026, 3, 1, tzinfo=UTC))
    )
    assert isinstance(found, Failure)
    assert found.detail == why


def test_a_damaged_archive_stops_a_fetch(week: Week) -> None:
    """Rows that are gone are not taken for events that never were."""
    week.feeds.pages["local12"] = calendar(picket(1, "20260304T090000"))
    week.day(2)
    (path,) = (week.content / "archive" / "events").glob("*.jsonl")
    path.write_text("")
    with pytest.raises(SiteError, match="events are missing"):
        week.day(3)
