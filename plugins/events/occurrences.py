"""Every time that an event happens, whoever told of it, in one shape: from events.toml, and from the archive. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from plugins.events.checks import zone_of
from plugins.events.config.events_file import EventTable, Exception_
from plugins.events.config.times import at
from plugins.events.model import ArchivedEvent, Calendar, Change, Occurrence
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


def by_hand(events: Iterable[EventTable], site_zone: ZoneInfo, now: datetime) -> Iterator[Occurrence]:
    """Yield all times of the events of events.toml. What is wrong with them was told before."""
    for event in events:
        zone = zone_of(event, site_zone)
        for time in times(event, zone, horizon(event, zone, now)):
            usual = _usual(event, time, zone, site_zone)
            if time.exception is None:
                yield usual
            else:
                yield _excepted(usual, event, event.exception[time.exception], time.by_rule)


def of_calendars(
    rows: Iterable[ArchivedEvent], calendars: Iterable[Calendar], site_zone: ZoneInfo, hidden: frozenset[str]
) -> Iterator[Occurrence]:
    """Yield what was read of the calendars that are still among the sources, without what the desk has hidden."""
    by_id = {calendar.id: calendar for calendar in calendars}
    rows = tuple(rows)
    times_of = Counter(row.event for row in rows)
    for row in rows:
        calendar = by_id.get(row.source)
        if calendar is None or row.status == "removed" or row.id in hidden or row.event in hidden:
            continue
        zone = ZoneInfo(row.zone or calendar.zone or site_zone.key)
        yield Occurrence(
            id=row.id,
            event=row.event,
            title=row.title,
            kind=kind_of(row.title),
            start=row.start.astimezone(zone),
            end=row.end and row.end.astimezone(zone),
            all_day=row.all_day,
            zone=zone,
            status=row.status,
            announced=row.first_seen,
            revised=row.revised,
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


def _usual(event: EventTable, time: Time, zone: ZoneInfo, site_zone: ZoneInfo) -> Occurrence:
    """Return a time of an event as the event says it, whatever an exception says of it."""
    announced = time.start - TOLD_BEFORE
    if event.announced:
        announced = at(event.announced, site_zone)
    revised = announced
    if event.changed:
        revised = at(event.changed, site_zone)
    revised = revised.astimezone(UTC)
    changes: list[Change] = []
    if event.was:
        changes.append(Change(revised, at(event.was, zone).astimezone(UTC), place=event.place))
    if event.cancelled and not event.repeats:
        changes.append(Change(revised, time.start.astimezone(UTC), place=event.place))
    return Occurrence(
        id=f"{event.id}-{time.by_rule:%Y%m%d}" if event.repeats else event.id,
        event=event.id,
        title=event.title,
        kind=event.kind,
        start=time.start,
        end=time.end,
        all_day=time.all_day,
        zone=zone,
        status="cancelled" if event.cancelled else "confirmed",
        announced=announced.astimezone(UTC),
        revised=revised,
        sequence=_sequence(event, site_zone),
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
        changes=tuple(changes),
    )


def _excepted(usual: Occurrence, event: EventTable, exception: Exception_, by_rule: date) -> Occurrence:
    """Return a time of an event as its exception has it, with what it would have been on that day."""
    changed = replace(
        usual,
        address=exception.address or usual.address,
        note=" ".join(filter(None, (exception.note, usual.note))),
    )
    if exception.cancelled:
        changed = replace(changed, status="cancelled")
    if exception.place:  # the usual address and coordinates are those of another place
        changed = replace(changed, place=exception.place, address=exception.address, lat=None, lon=None)
    if exception.cancelled or exception.start or exception.place:
        start = at(datetime.combine(by_rule, at(event.start, usual.zone).time()), usual.zone)
        before = Change(usual.revised, start.astimezone(UTC), place=event.place)
        changed = replace(changed, changes=(*usual.changes, before))
    return changed


def _sequence(event: EventTable, site_zone: ZoneInfo) -> int:
    """Return a number that is higher after each change an editor notes: the minute of the last one."""
    if event.changed:
        return max(int((at(event.changed, site_zone) - _FIRST_MINUTE).total_seconds() // 60), 1)
    return int(bool(event.was or event.cancelled or event.exception))
