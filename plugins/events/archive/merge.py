"""How what is read of a calendar changes what is kept: new, moved, cancelled, gone from it, back in it. Pure.

The past is not rewritten: what was over when a calendar changed stays as it was. And how two rows of one event become
one, as git leaves them after two branches were merged.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from plugins.events.model import (
    AHEAD,
    FAR_AHEAD,
    ArchivedEvent,
    Calendar,
    CalendarEntry,
    CalendarRecord,
    Change,
    ReadCalendar,
)

MOST_CHANGES = 40
"""Changes of one event that are kept: a calendar that changes with every read fills no archive."""
_LONG_OVER = timedelta(hours=12)
"""What was over for so long is not changed any more."""


@dataclass(slots=True)
class CalendarTally:
    """What came of one calendar in a run."""

    events: int = 0
    new: int = 0
    moved: int = 0
    cancelled: int = 0
    withdrawn: int = 0
    problems: tuple[str, ...] = ()


def merge(
    calendar: Calendar,
    read: ReadCalendar,
    kept: Mapping[str, ArchivedEvent],
    now: datetime,
) -> tuple[dict[str, ArchivedEvent], CalendarTally]:
    """Return the rows of a calendar that are new or changed, by their ids, and what came of it.

    `kept` are the calendar's rows by id; `now` is aware. What is to come and is no longer in the calendar is withdrawn.
    """
    tally = CalendarTally(events=len(read.entries), problems=read.problems)
    now = now.astimezone(UTC).replace(microsecond=0)  # as rows have it, so that one read back is the same
    changed: dict[str, ArchivedEvent] = {}
    seen: set[str] = set()
    for entry in read.entries:
        row = _row(calendar, entry, now)
        seen.add(row.id)
        old = kept.get(row.id)
        if old is None:
            changed[row.id] = row
            tally.new += 1
        elif (revised := _revised(old, row, now)) != old:  # what is as it was is not written again
            changed[row.id] = revised
            _count(tally, old, revised)
    for id, old in kept.items():
        if id not in seen and old.status in ("confirmed", "tentative") and _would_be_told(old, read, now):
            changed[id] = _with_change(replace(old, status="withdrawn"), old, now)
            tally.withdrawn += 1
    return changed, tally


def event_id(calendar: Calendar, series: str) -> str:
    """Return the id of an event of a calendar: the calendar's, and what follows from the event's UID."""
    return f"{calendar.id}-{hashlib.sha256(series.encode('utf-8', 'replace')).hexdigest()[:10]}"


def removed(row: ArchivedEvent) -> ArchivedEvent:
    """Return a row of which nothing is left but what keeps it from coming back."""
    return replace(
        row, status="removed", title="", place="", text="", url="", lat=None, lon=None, strike="", changes=()
    )


def one_event(one: ArchivedEvent, other: ArchivedEvent) -> ArchivedEvent:
    """Return what two branches' reads tell of one event: the changes of both, the rest as the later of them has it."""
    if "removed" in (one.status, other.status):
        return replace(removed(one), first_seen=min(one.first_seen, other.first_seen))
    changes = sorted({*one.changes, *other.changes}, key=lambda change: (change.seen, repr(change)))
    later = max(one, other, key=lambda row: (row.revised, repr(row)))
    return replace(later, first_seen=min(one.first_seen, other.first_seen), changes=tuple(changes[-MOST_CHANGES:]))


def one_record(one: CalendarRecord, other: CalendarRecord) -> CalendarRecord:
    """Return the more recent of two records of one calendar, whichever comes first."""
    return max(one, other, key=lambda record: (record.last_success or date.min, repr(record)))


def _would_be_told(row: ArchivedEvent, read: ReadCalendar, now: datetime) -> bool:
    """Say whether a row is to come and would have been read, if its calendar still had it."""
    if read.complete_until and row.start >= read.complete_until:
        return False
    ahead = FAR_AHEAD if row.id == row.event else AHEAD  # what repeats is followed less far
    return now < row.start <= now + ahead


def _row(calendar: Calendar, entry: CalendarEntry, now: datetime) -> ArchivedEvent:
    event = event_id(calendar, entry.series)
    return ArchivedEvent(
        id=f"{event}-{entry.original}" if entry.repeats else event,
        event=event,
        source=calendar.id,
        title=entry.title,
        start=entry.start,
        end=entry.end,
        all_day=entry.all_day,
        zone=entry.zone,
        status=entry.status,
        first_seen=now,
        place=entry.place,
        text=entry.text,
        url=entry.url,
        lat=entry.lat,
        lon=entry.lon,
        strike=calendar.strike,
    )


def _revised(old: ArchivedEvent, row: ArchivedEvent, now: datetime) -> ArchivedEvent:
    """Return an archived row as its calendar has it now, with what it said before; as it is where it is long over."""
    if old.status == "removed" or (old.end or old.start) + _LONG_OVER < now:
        return old
    new = replace(row, first_seen=old.first_seen, changes=old.changes)
    if (old.start, old.end, old.place, old.status) == (new.start, new.end, new.place, new.status):
        return new
    return _with_change(new, old, now)


def _with_change(new: ArchivedEvent, old: ArchivedEvent, now: datetime) -> ArchivedEvent:
    before = Change(now, old.start, old.end, old.place, old.status)
    return replace(new, changes=(*old.changes, before)[-MOST_CHANGES:])


def _count(tally: CalendarTally, old: ArchivedEvent, new: ArchivedEvent) -> None:
    if new.status == "cancelled" != old.status:
        tally.cancelled += 1
    elif (old.start, old.place) != (new.start, new.place):
        tally.moved += 1
