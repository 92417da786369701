"""Events as a section: events.toml and the archive of calendars → pages, .ics files, a feed, news."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from plugins.core.config import toml_tables
from plugins.core.errors import Problem, SiteError, did_you_mean
from plugins.core.syndication.write import feed_model
from plugins.events import checks
from plugins.events.archive import events_folder
from plugins.events.config.calendars_file import read_calendars, strikes_named
from plugins.events.config.events_file import FILE, read_events
from plugins.events.config.paths import EventPlaces
from plugins.events.model import ArchivedEvent, Calendar, CalendarRecord, Occurrence
from plugins.events.occurrences import by_hand, of_calendars
from plugins.events.publish import feed, pages, summaries
from plugins.events.publish.views import schedule, seen
from plugins.sections.model import CrossReference, Edition, ExternalLink, NavItem, Newsroom
from plugins.sections.printed import LazyContext

_YEAR = re.compile(r"\d{4}")


def edition(newsroom: Newsroom) -> Edition:
    """Return the events' edition; without events.toml and calendars there are no pages and no feed."""
    read = read_events(newsroom.content)
    problems = [*read.problems, *checks.problems(read, newsroom.zone, newsroom.now), *_reserved(read)]
    archive = events_folder.EventsArchive()
    try:
        archive = events_folder.read(EventPlaces(newsroom.content).archive)
    except SiteError as error:
        problems += error.problems
    archived = tuple(archive.events.values())
    problems += _orders(read, archived)
    references = (*_strikes_named(read), *_strikes_of_calendars(newsroom))
    if problems:
        ids = read.ids["event"] | {row.event for row in archived}
        return Edition("events", tuple(problems), (FILE,), defines={"event": ids}, references=references)

    calendars = read_calendars(newsroom.content, newsroom.zone)
    hidden = frozenset(order.event for order in (*read.rows["hide"], *read.rows["takedown"]))
    hand = list(by_hand(read.rows["event"], newsroom.zone, newsroom.now))
    others = list(of_calendars(archived, calendars, newsroom.zone, hidden))
    shown = schedule((*hand, *others), seen(newsroom.now, newsroom.as_of, newsroom.zone))
    site = pages.Site(
        url=newsroom.siteurl,
        name=newsroom.site.sitename,
        calendars={calendar.id: calendar for calendar in calendars},
        failing=_failing(calendars, archive.calendars),
    )
    found = Edition(
        name="events",
        problems=tuple(_taken(read, (*hand, *others))),
        reads=(FILE,),
        defines={"event": frozenset(shown.events)},
        references=references,
        links=tuple(_links(read)),
        publish=lambda printer: pages.publish(shown, site, newsroom, printer),
        news=lambda period: summaries.news(shown, period),
        notices=(*checks.notices(read, newsroom.zone), *checks.notices_of_others(others, newsroom.now)),
        findables=lambda: summaries.findables(shown),
    )
    if not shown.occurrences:
        return found
    return replace(
        found,
        navigation=(NavItem("pickets", "pickets/", 25),),
        feeds=(feed_model.link(feed.KEY),),
        context=LazyContext(lambda: pages.template_values(shown)),
    )


def _failing(calendars: Iterable[Calendar], records: Mapping[str, CalendarRecord]) -> list[tuple[Calendar, date]]:
    """Return the calendars that could not be read lately, each with the day since when."""
    failing = []
    for calendar in calendars:
        record = records.get(calendar.id)
        if record and record.failing_since:
            failing.append((calendar, record.failing_since))
    return failing


def _strikes_named(read: toml_tables.Tables) -> Iterator[CrossReference]:
    """Yield where the file names a strike; rows with other problems name theirs too."""
    for number, event in enumerate(read.rows["event"]):
        if event.strike:
            yield CrossReference(read.where, read.line_of(["event", number, "strike"]), "strike", event.strike)
    for path, row in read.invalid_rows():
        if path[0] == "event" and isinstance(row.get("strike"), str) and row["strike"].strip():
            line = read.document.line_of([*path, "strike"])
            yield CrossReference(read.where, line, "strike", row["strike"].strip())


def _strikes_of_calendars(newsroom: Newsroom) -> Iterator[CrossReference]:
    for where, line, strike in strikes_named(newsroom.content):
        yield CrossReference(where, line, "strike", strike)


def _links(read: toml_tables.Tables) -> Iterator[ExternalLink]:
    for number, event in enumerate(read.rows["event"]):
        if event.url:
            yield ExternalLink(read.where, read.line_of(["event", number, "url"]), event.url)


def _reserved(read: toml_tables.Tables) -> Iterator[Problem]:
    """Yield a problem for each event whose page would lie where other pages lie."""
    for number, event in enumerate(read.rows["event"]):
        if event.id in pages.RESERVED or _YEAR.fullmatch(event.id):
            line = read.line_of(["event", number, "id"])
            yield Problem(read.where, line, f"no event can be called {event.id}", "give it another id")


def _orders(read: toml_tables.Tables, archived: Iterable[ArchivedEvent]) -> Iterator[Problem]:
    """Yield a problem for each order about an event that no calendar ever had."""
    known: set[str] = set()
    for row in archived:
        known |= {row.id, row.event}
    for key in ("hide", "takedown"):
        for number, order in enumerate(read.rows[key]):
            if order.event not in known:
                remedy = did_you_mean(order.event, known, "an event of a calendar has its id on its page")
                line = read.line_of([key, number, "event"])
                yield Problem(read.where, line, f"no calendar has an event {order.event!r}", remedy)


def _taken(read: toml_tables.Tables, occurrences: Sequence[Occurrence]) -> Iterator[Problem]:
    """Yield a problem for each event of which a time has an id that another has: two days would lie on one address."""
    times_of_id = Counter(one.id for one in occurrences)
    events = {one.event for one in occurrences}
    # A day of what repeats has an id of its own, gate-4-20260302, which another event may be called.
    clashing = set()
    for one in occurrences:
        if times_of_id[one.id] > 1 or (one.id != one.event and one.id in events):
            clashing.add(one.event)
    for number, event in enumerate(read.rows["event"]):
        if event.id in clashing:
            line = read.line_of(["event", number, "id"])
            yield Problem(read.where, line, f"the id {event.id} is that of another event’s day", "give it another id")
