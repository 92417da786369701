"""Collecting calendars, from their addresses to the archive: fetch, read, merge, record; read from top to bottom.

Nothing is written here; the command does that.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from plugins.core.net.http import Get, authority
from plugins.core.polling import schedule
from plugins.core.polling.by_host import fetch_by_host, is_offline, respecting_quiet
from plugins.core.polling.outcomes import Failure, FeedState, Fetched, NotModified, Outcome
from plugins.events.archive.merge import CalendarTally, merge, removed
from plugins.events.calendars.request import request_calendar
from plugins.events.model import AHEAD, ArchivedEvent, Calendar, CalendarRecord, ReadCalendar

Read = Callable[[Fetched, Calendar, datetime], Awaitable[ReadCalendar | Failure]]
"""Returns what a calendar's body has, or why it cannot be read. Never raises."""
READ_ANEW = timedelta(days=7)
"""How many days of what repeats may come to be missing at the far end before an unchanged calendar is read again."""


@dataclass(slots=True, repr=False)
class CollectedEvents:
    """The archive as it will be, and how each calendar answered; all by calendar id, but for `events`."""

    events: dict[str, ArchivedEvent]
    records: dict[str, CalendarRecord]
    states: dict[str, FeedState]
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    tallies: dict[str, CalendarTally] = field(default_factory=dict)
    offline: bool = False


async def collect(
    calendars: Iterable[Calendar], stored: CollectedEvents, get: Get, read: Read, now: datetime, *, force: bool = False
) -> CollectedEvents:
    """Ask the calendars that are due and merge what they have. `stored` is what earlier runs left; `now` is aware."""
    now = now.astimezone(UTC)
    calendars = list(calendars)
    waits = schedule.waits_in(stored.states, now)
    polite = respecting_quiet(get, now, waits)
    asked_with: dict[str, FeedState] = {}

    async def ask(calendar: Calendar) -> Outcome:
        state = asked_with[calendar.id] = _state(calendar, stored, now)
        waiting = schedule.too_early(
            calendar.id, calendar.address, calendar.address, state, now, force=force, waits=waits
        )
        return waiting or await request_calendar(calendar, state, polite, now)

    by_calendar: defaultdict[str, dict[str, ArchivedEvent]] = defaultdict(dict)
    for id, row in stored.events.items():
        by_calendar[row.source][id] = row
    async with aclosing(fetch_by_host(calendars, lambda one: authority(one.address), ask)) as answers:
        async for calendar, answer in answers:
            outcome: Outcome = answer
            if isinstance(answer, Fetched) and not answer.unchanged:
                found = await read(answer, calendar, now)
                if isinstance(found, Failure):
                    outcome = found
                else:
                    changed, tally = merge(calendar, found, by_calendar[calendar.id], now)
                    stored.events.update(changed)
                    stored.tallies[calendar.id] = tally
            stored.outcomes[calendar.id] = outcome
            # Hourly too where the server gives no validators, as Google's: a picket is moved in the morning.
            state = asked_with[calendar.id]
            after = schedule.after(calendar.id, calendar.address, state, outcome, now, at_no_cost=True)
            stored.states[calendar.id] = after
    hosts = [(calendar.id, authority(calendar.address), stored.outcomes[calendar.id]) for calendar in calendars]
    failing = {id for id, record in stored.records.items() if record.failing_since}
    stored.offline = is_offline(hosts, failing)
    if not stored.offline:
        _record(stored, now)
    stored.states |= schedule.remembered(waits)
    return stored


def take_down(events: dict[str, ArchivedEvent], names: Iterable[str]) -> None:
    """Take the text of events out of an archive's rows, by their ids or those of single days."""
    wanted = frozenset(names)
    for id, row in events.items():
        if row.status != "removed" and (row.id in wanted or row.event in wanted):
            events[id] = removed(row)


def _state(calendar: Calendar, stored: CollectedEvents, now: datetime) -> FeedState:
    """Return what is remembered of a calendar's last request, without its validators where it must come in full.

    That is where the archive has nothing of it, and where what repeats was not worked out far enough ahead: each day
    that passes adds one at the far end, though the calendar is as it was.
    """
    state, record = stored.states.get(calendar.id) or FeedState(calendar.id), stored.records.get(calendar.id)
    wanted = (now + AHEAD - READ_ANEW).date()
    if record and record.read_until and record.read_until >= wanted and state.feed == calendar.address:
        return state
    return replace(state, etag="", last_modified="", digest="")


def _record(stored: CollectedEvents, now: datetime) -> None:
    """Note of each calendar, exact to the day, how it answered."""
    today = now.date()
    for id, outcome in stored.outcomes.items():
        record = stored.records.get(id) or CalendarRecord(id)
        if isinstance(outcome, Failure):
            since = record.failing_since or today
            record = replace(record, failing_since=since, failure=outcome.kind, detail=outcome.detail[:200])
        elif isinstance(outcome, Fetched | NotModified):
            record = replace(record, last_success=today, failing_since=None, failure="", detail="")
            if id in stored.tallies:
                record = replace(record, read_until=(now + AHEAD).date())
        stored.records[id] = record
