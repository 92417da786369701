"""What is printed of events: pages, .ics files and the feed, of a Schedule."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from plugins.events.model import Calendar, Occurrence
from plugins.events.publish import feed
from plugins.events.publish.views import URL, Schedule, event_url
from plugins.sections.model import Newsroom, Printer
from plugins.sections.printed import File, Page, Printed

ALL = f"{URL}pickets.ics"
RESERVED = ("places", "strikes", "pickets")
"""What no event may be called: its page would lie where others lie."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the printing of events needs of the site: its address, name and host, and the calendars by their ids.

    `failing` are calendars that could not be read lately, each with the day since when.
    """

    url: str
    name: str
    calendars: Mapping[str, Calendar]
    failing: Sequence[tuple[Calendar, date]] = ()

    @property
    def host(self) -> str:
        """Return the host that is part of events' UIDs, which must be unique in the world."""
        return urlsplit(self.url).hostname or "picketwire.invalid"


def strike_ics(strike: str) -> str:
    """Return the path of a strike's .ics file."""
    return f"{URL}strikes/{strike}.ics"


def publish(schedule: Schedule, site: Site, newsroom: Newsroom, printer: Printer) -> Iterator[Printed]:
    """Yield the pages, then the .ics files, then the feed; nothing where there are no events."""
    if not schedule.occurrences:
        return
    key = {"section_key": "pickets", "schedule": schedule, "calendars": site.calendars}
    yield Page(f"{URL}index.html", "pickets", {**key, "failing": site.failing})
    months = schedule.months
    for newer, month, older in zip((None, *months), months, (*months[1:], None), strict=False):
        values = {**key, "month": month, "newer": newer, "older": older}
        yield Page(f"{month.url}index.html", "pickets_month", values)
    for place in schedule.places:
        yield Page(f"{place.url}index.html", "pickets_place", {**key, "place": place})
    for event in schedule.events.values():
        revised = max(one.revised for one in event.occurrences)
        modified = None
        if revised <= newsroom.now:  # it may be written down today what is announced tomorrow
            modified = revised
        yield Page(f"{event.url}index.html", "event", {**key, "event": event}, modified=modified)
    yield from _files(schedule, site, newsroom, printer)
    yield feed.feed(schedule, newsroom, printer)


def _files(schedule: Schedule, site: Site, newsroom: Newsroom, printer: Printer) -> Iterator[File]:
    """Yield the .ics files: all, by strike, by place, and one for each event."""
    from plugins.events.publish import ics  # noqa: PLC0415 - a check prints none, and the library takes 0.05 s to load

    def page_of(one: Occurrence) -> str:
        return f"{site.url}/{event_url(one.event)}"

    files = ics.CalendarFiles(site.host, page_of, _words(printer))

    def file(path: str, name: str, occurrences: Sequence[Occurrence]) -> File:
        return File(path, files.file(name, occurrences))

    title = printer.say("pickets_of", name=site.name).unescape()
    now = newsroom.now
    yield file(ALL, title, ics.lately(schedule.occurrences, now))
    titles = {strike.id: strike.title for strike in printer.context.get("strikes", ())}
    by_strike: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for one in schedule.occurrences:
        by_strike[one.strike].append(one)
    for strike, occurrences in sorted(by_strike.items()):
        if strike:
            name = printer.say("pickets_of", name=titles.get(strike, strike)).unescape()
            yield file(strike_ics(strike), name, ics.lately(occurrences, now))
    for place in schedule.places:
        name = printer.say("pickets_of", name=place.name).unescape()
        yield file(place.ics, name, ics.lately((*reversed(place.past), *place.later), now))
    for event in schedule.events.values():
        yield file(event.ics, event.main.title, ics.lately(event.occurrences, now))


def _words(printer: Printer) -> Callable[[Occurrence], str]:
    def words(one: Occurrence) -> str:
        said = printer.say("event_words", one=one).unescape()
        lines = [" ".join(line.split()) for line in said.splitlines()]
        return "\n".join(filter(None, lines))

    return words


def template_values(schedule: Schedule) -> dict[str, object]:
    """Return what every template sees of the events."""
    return {
        "upcoming": schedule.upcoming,
        "upcoming_by_strike": schedule.by_strike,
        "events_by_id": schedule.events,
        "is_live": schedule.seen.is_live,
        "pickets_ics": ALL,
    }
