"""Every time that an event happens, whoever told of it, in one shape: from events.toml, and from the archive. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from plugins.events.checks import zone_of
from plugins.events.config.events_file import EventTable
from plugins.events.config.times import at
from plugins.events.model import ArchivedEvent, Calendar, Change, Occurrence, Status
from plugins.events.recurrence import Time, horizon, times
from plugins.sections.upcoming import EventKind

TOLD_BEFORE = timedelta(days=7)
"""An event that does not say when it was announced counts as announced so long before it begins."""
_FIRST_MINUTE = datetime(2000, 1, 1, tzinfo=UTC)
_KINDS: Sequence[tuple[str, EventKind]] = (
    (r"picket|piquete|streikposten|piquet", "picket"),
    (r"rally|kundgebung|mitin|rassemblement", "rally"),
    (r"march|demo(?:nstration)?|marcha|manifestaci[oó]n|parade", "march"),
    (r"vote|ballot|voting|votaci[oó]n|abstimmung|ratification", "vote"),
    (r"training|workshop|teach-?in|class", "training"),
    (r"food|kitchen|lunch|dinner|breakfast|pantry|grocer\w*", "food"),
    (r"benefit|fund-?raiser|auction", "fundraiser"),
    (r"zoom|webinar|online|virtual|livestream", "online"),
    (r"meetings?|assembly|town ?hall|caucus|asamblea|versammlung|q ?& ?a", "meeting"),
)
"""Words in a title of somebody's calendar, which says no kind, and the kind they mean; the first found counts."""


def by_hand(events: Iterable[EventTable], zone: ZoneInfo, now: datetime) -> Iterator[Occurrence]:
    """Yield all times of the events of events.toml; `zone` is the site's. What is wrong with them was told before."""
    for event in events:
        there = zone_of(event, zone)
        for one in times(event, there, horizon(event, there, now)):
            yield _of_table(event, one, there, zone)


def of_calendars(
    rows: Iterable[ArchivedEvent], calendars: Iterable[Calendar], zone: ZoneInfo, hidden: frozenset[str]
) -> Iterator[Occurrence]:
    """Yield what was read of the calendars that are still among the sources, without what the desk has hidden."""
    known = {calendar.id: calendar for calendar in calendars}
    rows = tuple(rows)
    times_of = Counter(row.event for row in rows)
    for row in rows:
        calendar = known.get(row.source)
        if calendar is None or row.status == "removed" or row.id in hidden or row.event in hidden:
            continue
        there = ZoneInfo(row.zone or calendar.zone or zone.key)
        yield Occurrence(
            id=row.id,
            event=row.event,
            title=row.title,
            kind=kind_of(row.title),
            start=row.start.astimezone(there),
            end=row.end.astimezone(there) if row.end else None,
            all_day=row.all_day,
            zone=there,
            status=row.status,
            announced=row.first_seen,
            revised=row.changes[-1].seen if row.changes else row.first_seen,
            sequence=len(row.changes),
            strike=row.strike or calendar.strike,
            source=row.source,
            place=row.place,
            lat=row.lat,
            lon=row.lon,
            url=row.url,
            note=row.text,
            repeats=times_of[row.event] > 1,
            changes=row.changes,
        )


def kind_of(title: str) -> EventKind:
    """Return what kind of event a title speaks of."""
    for words, kind in _KINDS:
        if re.search(rf"\b(?:{words})", title, re.IGNORECASE):
            return kind
    return "other"


def _of_table(event: EventTable, one: Time, there: ZoneInfo, zone: ZoneInfo) -> Occurrence:
    announced = _moment(event.announced, zone) or one.start - TOLD_BEFORE
    changed = _moment(event.changed, zone)
    found = Occurrence(
        id=f"{event.id}-{one.by_rule:%Y%m%d}" if event.repeats else event.id,
        event=event.id,
        title=event.title,
        kind=event.kind,
        start=one.start,
        end=one.end,
        all_day=one.all_day,
        zone=there,
        status="cancelled" if event.cancelled else "confirmed",
        announced=announced.astimezone(UTC),
        revised=(changed or announced).astimezone(UTC),
        sequence=_sequence(event, changed),
        strike=event.strike,
        place=event.place,
        address=event.address,
        lat=event.lat,
        lon=event.lon,
        access=event.access,
        bring=event.bring,
        contact=event.contact,
        url=event.url,
        note=event.note,
        repeats=bool(event.repeats),
    )
    changes: list[Change] = []
    if event.was:
        changes.append(Change(found.revised, at(event.was, there).astimezone(UTC), None, event.place))
    if event.cancelled and not event.repeats:
        changes.append(_before(found))
    found = replace(found, changes=tuple(changes))
    return found if one.exception is None else _excepted(found, event, one, there)


def _excepted(found: Occurrence, event: EventTable, one: Time, there: ZoneInfo) -> Occurrence:
    """Return a time of an event as its exception has it, with what it would have been."""
    exception = event.exception[one.exception or 0]
    status: Status = "cancelled" if exception.cancelled else found.status
    usual = at(datetime.combine(one.by_rule, at(event.start, there).time()), there)
    changes = found.changes
    if exception.cancelled or exception.start or exception.place:
        changes = (*changes, Change(found.revised, usual.astimezone(UTC), None, event.place))
    return replace(
        found,
        status=status,
        place=exception.place or found.place,
        address=exception.address or ("" if exception.place else found.address),
        lat=None if exception.place else found.lat,
        lon=None if exception.place else found.lon,
        note=" ".join(filter(None, (exception.note, found.note))),
        changes=changes,
    )


def _before(found: Occurrence) -> Change:
    return Change(found.revised, found.start.astimezone(UTC), None, found.place)


def _sequence(event: EventTable, changed: datetime | None) -> int:
    """Return a number that is higher after each change an editor notes: the minute of the last one."""
    if changed:
        return max(int((changed - _FIRST_MINUTE).total_seconds() // 60), 1)
    return int(bool(event.was or event.cancelled or event.exception))


def _moment(value: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at(value, zone) if value else None
