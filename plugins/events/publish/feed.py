"""The feed of what is new or changed: an entry for each event, and for each of its times that was moved or is off."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

from plugins.core.syndication.write import feed_model
from plugins.core.syndication.write.entry_html import portable
from plugins.events.model import Change, Occurrence
from plugins.events.publish.views import EventView, Schedule, event_url
from plugins.sections.model import Newsroom, Printer

KEY = "events"
_FEW = 3


def feed(schedule: Schedule, newsroom: Newsroom, printer: Printer) -> feed_model.Feed:
    """Return the latest, newest first. What is announced for a later day, or without one, waits until then."""
    told = [one for one in changes(schedule) if one[0] <= newsroom.now]
    told.sort(key=lambda one: (one[0], one[2].id, one[1]), reverse=True)
    entries = []
    for at, what, one, event in told[: newsroom.site.feed_max_items]:
        link = f"{newsroom.siteurl}/{event_url(one.event)}"
        title = printer.say("event_title", one=one, change=what).unescape()
        html = portable(printer.say("event_entry", one=one, event=event, change=what, url=link), link)
        id = link if what == "new" else f"{link}#{one.id}-{what}-{at:%Y%m%dT%H%M}"
        entries.append(feed_model.Entry(id=id, link=link, title=title, html=html, published=at, updated=at))
    return feed_model.Feed(KEY, "pickets/", tuple(entries))


def changes(schedule: Schedule) -> Iterator[tuple[datetime, str, Occurrence, EventView]]:
    """Yield when what was told of which time of which event: that it is "new", "moved", "cancelled" or "withdrawn".

    Where many times of one event were changed at once, as when all of it is cancelled, the first stands for all.
    """
    for event in schedule.events.values():
        yield event.first.announced.astimezone(UTC), "new", event.first, event
        together: defaultdict[tuple[datetime, str], list[Occurrence]] = defaultdict(list)
        for one in event.occurrences:
            if what := change_of(one):
                together[(_told_at(one, event), what)].append(one)
        for (at, what), ones in together.items():
            for one in ones if len(ones) <= _FEW else ones[:1]:
                yield at, what, one, event


def _told_at(one: Occurrence, event: EventView) -> datetime:
    """Return when a change was told of; of a whole event that says no day, when its next time was."""
    is_whole = one.repeats and not one.changes and one.is_off
    return (event.main if is_whole else one).revised.astimezone(UTC)


def change_of(one: Occurrence) -> str:
    """Return what was last changed of an occurrence: "cancelled", "withdrawn" or "moved"; "" where nothing was."""
    if one.is_off:
        return one.status
    if one.changes and _is_moved(one, one.changes[-1]):
        return "moved"
    return "back" if one.changes and one.changes[-1].status in ("cancelled", "withdrawn") else ""


def _is_moved(one: Occurrence, before: Change) -> bool:
    return before.start != one.start or (bool(before.place) and before.place != one.place)
