"""The feed of what is new or changed: an entry for each event, and for each of its times that was moved or is off."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from plugins.core.syndication.write import feed_model
from plugins.core.syndication.write.entry_html import portable
from plugins.events.model import Occurrence
from plugins.events.publish.views import EventView, Schedule, event_url
from plugins.sections.model import Newsroom, Printer

KEY = "events"
_FEW = 3


def feed(schedule: Schedule, newsroom: Newsroom, printer: Printer) -> feed_model.Feed:
    """Return the latest, newest first. What is announced for a later day, or without one, waits until then."""
    told = [change for change in changes(schedule) if change.at <= newsroom.now]
    told.sort(key=lambda change: (change.at, change.occurrence.id, change.what), reverse=True)
    entries = []
    for at, what, one, event in told[: newsroom.site.feed_max_items]:
        link = f"{newsroom.siteurl}/{event_url(one.event)}"
        title = printer.say("event_title", one=one, change=what).unescape()
        html = portable(printer.say("event_entry", one=one, event=event, change=what, url=link), link)
        id = link if what == "new" else f"{link}#{one.id}-{what}-{at:%Y%m%dT%H%M}"
        entries.append(feed_model.Entry(id=id, link=link, title=title, html=html, published=at, updated=at))
    return feed_model.Feed(KEY, "pickets/", tuple(entries))


class ToldChange(NamedTuple):
    """What readers are told of an occurrence: that it is "new", "moved", "cancelled", "withdrawn", or "back" again."""

    at: datetime
    what: str
    occurrence: Occurrence
    event: EventView


def changes(schedule: Schedule) -> Iterator[ToldChange]:
    """Yield all that was told of the events' times, event by event; `at` is in UTC.

    Where many times of one event were changed at once, as when all of it is cancelled, the first stands for all.
    """
    for event in schedule.events.values():
        yield ToldChange(event.first.announced.astimezone(UTC), "new", event.first, event)
        together: defaultdict[tuple[datetime, str], list[Occurrence]] = defaultdict(list)
        for one in event.occurrences:
            if what := _change_of(one):
                together[(_told_at(one, event), what)].append(one)
        for (at, what), changed in together.items():
            if len(changed) > _FEW:
                del changed[1:]
            for one in changed:
                yield ToldChange(at, what, one, event)


def _told_at(one: Occurrence, event: EventView) -> datetime:
    """Return when a change was told of; of a whole event that says no day, when its next time was."""
    if one.repeats and one.is_off and not one.changes:
        one = event.main
    return one.revised.astimezone(UTC)


def _change_of(one: Occurrence) -> str:
    """Return what was last changed of an occurrence, as a ToldChange says it; "" where nothing was."""
    if one.is_off:
        return one.status
    if not one.changes:
        return ""
    before = one.changes[-1]
    if before.start != one.start or (before.place and before.place != one.place):
        return "moved"
    if before.status in ("cancelled", "withdrawn"):
        return "back"
    return ""
