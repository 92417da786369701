"""What the digest tells of events, and what the search finds of them."""

from collections.abc import Iterator
from datetime import timedelta

from plugins.events.model import Occurrence
from plugins.events.publish.feed import changes
from plugins.events.publish.views import Schedule, event_url
from plugins.sections.findable import Findable, sentences
from plugins.sections.news import NewsItem, Period

AHEAD = timedelta(days=7)


def news(schedule: Schedule, period: Period) -> Iterator[NewsItem]:
    """Return what was cancelled or moved in a period, and what is to come in the week that follows it."""
    for at, what, one, _ in changes(schedule):
        if what in ("cancelled", "withdrawn", "moved") and period.has(at):
            yield _item(one, what)
    for one in schedule.occurrences:
        if not one.is_off and not one.changes and period.end <= one.start <= period.end + AHEAD:
            yield _item(one, "")


def _item(one: Occurrence, change: str) -> NewsItem:
    """Return a time of an event as news, dated by when it is, or was to be: that is what a reader looks for."""
    hour = ""
    if not one.all_day:
        hour = f"{one.start:%H:%M} {one.start.tzname()}"
    return NewsItem(
        reference=f"{{event}}{one.event}",
        title=one.title,
        at=one.start,
        change=change,
        about=one.place,
        text=hour,
        rank=int(change != ""),
        url=event_url(one.event),
    )


def findables(schedule: Schedule) -> Iterator[Findable]:
    """Return every event with its words, dated by its next time, or its last."""
    for event in schedule.events.values():
        one = event.main
        text = sentences(one.place, one.address, one.access, one.bring, one.note)
        yield Findable(event.url, "event", "pickets", one.title, text, one.first_day)
