"""What a calendar's next reading changes in what is kept, and how two branches' rows become one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from plugins.events.archive.codec import EVENTS
from plugins.events.archive.merge import MOST_CHANGES, merge, one_event
from plugins.events.model import ArchivedEvent, Calendar, CalendarEntry, ReadCalendar

CALENDAR = Calendar("local", "Local 12", "https://l.example.org/", "https://l.example.org/line.ics", "UTC", "dock")
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
AT = datetime(2026, 3, 4, 9, tzinfo=UTC)
ENTRY = CalendarEntry(
    "uid", "20260304t0900z", "Picket", AT, AT + timedelta(hours=2), False, "UTC", "confirmed", repeats=True
)
Rows = dict[str, ArchivedEvent]


def read(rows: Rows, now: datetime, *entries: CalendarEntry, until: datetime | None = None) -> Rows:
    """Return the rows after a reading."""
    changed, _ = merge(CALENDAR, ReadCalendar(entries, complete_until=until), rows, now)
    return {**rows, **changed}


def only(rows: Rows) -> ArchivedEvent:
    """Return the one row that there is."""
    (row,) = rows.values()
    return row


def test_what_comes_back_is_as_it_was() -> None:
    """An event that is gone from its calendar is withdrawn, and confirmed when it is there again; both are kept."""
    rows = read({}, NOW, ENTRY)
    gone = read(rows, NOW + timedelta(hours=1))
    assert only(gone).status == "withdrawn"
    back = only(read(gone, NOW + timedelta(hours=2), ENTRY))
    assert (back.status, [change.status for change in back.changes]) == ("confirmed", ["confirmed", "withdrawn"])
    assert EVENTS.read(EVENTS.write([back]).decode(), "x") == ([back], [])


def test_the_past_is_not_rewritten() -> None:
    """What was over half a day ago stays as it was, whatever its calendar now says of it, or if it has it no more."""
    rows = read({}, NOW, ENTRY)
    later = AT + timedelta(days=1)
    assert read(rows, later, replace(ENTRY, start=AT + timedelta(hours=5), status="cancelled")) == rows
    assert read(rows, later) == rows


def test_what_was_not_asked_for_is_not_gone() -> None:
    """Beyond the time up to which a calendar was read, and beyond what is worked out of it, nothing is withdrawn."""
    rows = read({}, NOW, ENTRY, replace(ENTRY, series="far", start=NOW + timedelta(days=200)))
    assert [row.status for row in read(rows, NOW, until=AT - timedelta(hours=1)).values()] == ["confirmed"] * 2
    # `until` is when the first of those left out begins: it may be this one.
    assert [row.status for row in read(rows, NOW, until=AT).values()] == ["confirmed"] * 2
    assert sorted(row.status for row in read(rows, NOW).values()) == ["confirmed", "withdrawn"]


def test_a_calendar_that_never_rests_fills_no_archive() -> None:
    """Of one event so many changes are kept and no more; its id and its first sight stay."""
    rows = read({}, NOW, ENTRY)
    for minute in range(MOST_CHANGES + 10):
        now = NOW + timedelta(minutes=minute)
        rows = read(rows, now, replace(ENTRY, start=AT + timedelta(minutes=minute % 2 + 1)))
    assert (len(only(rows).changes), only(rows).first_seen) == (MOST_CHANGES, NOW)


def test_two_branches_rows_become_one() -> None:
    """Changes of both are kept in order, whichever comes first; what was taken down in one is taken down."""
    first = only(read({}, NOW, ENTRY))
    one = only(read({first.id: first}, NOW + timedelta(hours=1), replace(ENTRY, status="cancelled")))
    other = only(read({first.id: first}, NOW + timedelta(hours=2), replace(ENTRY, place="Gate 5")))
    merged = one_event(one, other)
    assert merged == one_event(other, one)
    assert (merged.place, [change.seen.hour for change in merged.changes]) == ("Gate 5", [9, 10])
    down = replace(one, status="removed", title="")
    assert one_event(down, other).title == one_event(other, down).title == ""
