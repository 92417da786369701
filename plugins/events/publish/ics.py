"""Events as .ics files, by RFC 5545, the same bytes for the same events: calendar programs subscribe to them.

Each time of an event is a VEVENT of its own with a UID of its own: what is moved or cancelled is that one's, and no
program has to work out a rule. What is off stays, with STATUS:CANCELLED, so that it goes from readers' calendars.
Sources: RFC 5545; RFC 7986 (NAME, REFRESH-INTERVAL); https://icalendar.readthedocs.io/
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from plugins.events.model import Occurrence

PRODID = "-//Picketwire//Pickets and meetings//EN"
KEPT = timedelta(days=92)
"""How long after it an event stays in the files of many; in an event's own file, for good."""
MOST_OVER = 50
"""Events of a file of which all are long over: those of a strike that has ended."""
_REFRESH = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"
_MINUTE = timedelta(minutes=1)
_STATUS = {"confirmed": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED", "withdrawn": "CANCELLED"}

Words = Callable[[Occurrence], str]
"""What is said of an occurrence: whom to ask, what to bring, what was changed. Plain text of several lines."""


@dataclass(frozen=True, slots=True)
class CalendarFiles:
    """Writes the .ics files of a site.

    `url` gives an occurrence's page, in full, and `host` is the site's. An occurrence is in up to four files, and takes
    0.35 ms to write: each is written once.
    """

    host: str
    url: Callable[[Occurrence], str]
    words: Words
    _written: dict[str, bytes] = field(default_factory=dict)

    def file(self, name: str, occurrences: Sequence[Occurrence]) -> str:
        """Return a file called `name`."""
        made = icalendar.Calendar()
        made.add("prodid", PRODID)
        made.add("version", "2.0")
        made.add("method", "PUBLISH")
        made.add("name", name)
        made.add("x-wr-calname", name)
        made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT6H")
        for zone in _zones(occurrences):
            made.add_component(zone)
        head: bytes = made.to_ical().removesuffix(_END)
        return b"".join((head, *map(self._event, occurrences), _END)).decode()

    def _event(self, one: Occurrence) -> bytes:
        if one.id not in self._written:
            self._written[one.id] = _component(one, self.host, self.url(one), self.words(one)).to_ical()
        return self._written[one.id]


def lately(occurrences: Sequence[Occurrence], now: datetime) -> list[Occurrence]:
    """Return what the files of many have: what is to come, and what was not long ago; else the last that there was.

    A file without any event is none by RFC 5545, 3.4.
    """
    return [one for one in occurrences if one.is_over_after >= now - KEPT] or list(occurrences[-MOST_OVER:])


def _component(one: Occurrence, host: str, url: str, words: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{one.id}@{host}")
    event.add("dtstamp", one.revised.astimezone(UTC))  # not the time of the build: the same bytes for the same event
    # What is written down today to be announced tomorrow was made no later than it was last changed.
    event.add("created", min(one.announced, one.revised).astimezone(UTC))
    event.add("last-modified", one.revised.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", _STATUS.get(one.status, "CONFIRMED"))
    event.add("summary", one.title)
    event.add("dtstart", _time(one, one.start))
    if one.end and one.end > one.start:
        event.add("dtend", _time(one, one.end))
    if where := ", ".join(filter(None, (one.place, one.address))):
        event.add("location", where)
    if one.lat is not None and one.lon is not None:
        event.add("geo", (one.lat, one.lon))
    if words:
        event.add("description", words)
    event.add("categories", [one.kind])
    event.add("url", url)
    return event


def _time(one: Occurrence, moment: datetime) -> date:
    """Return a moment as an occurrence's DTSTART or DTEND says it: a day where it is all day (RFC 5545, 3.6.1)."""
    return moment.date() if one.all_day else moment


def _zones(occurrences: Sequence[Occurrence]) -> Iterator[icalendar.Timezone]:
    """Yield each zone that times are in, with the changes of its clocks in the years that they are in."""
    years_of: defaultdict[str, set[int]] = defaultdict(set)
    for one in occurrences:
        if not one.all_day and one.zone.key != "UTC":
            years_of[one.zone.key].add(one.start.year)
    for key, years in sorted(years_of.items()):
        yield _zone(key, min(years) - 1, max(years) + 2)


@lru_cache(maxsize=64)
def _zone(key: str, first: int, last: int) -> icalendar.Timezone:
    """Return a zone's VTIMEZONE for some years; to work one out takes 4 ms, and every file of a site has one."""
    zone = ZoneInfo(key)
    made = icalendar.Timezone.from_tzinfo(zone, key, date(first, 1, 1), date(last, 1, 1))
    made.pop("COMMENT", None)
    for change in made.subcomponents:
        _correct(change, zone)
    return made


def _correct(change: Any, zone: ZoneInfo) -> None:
    """Give a change of the clocks the time that the clocks show before it, as RFC 5545, 3.6.5 asks.

    icalendar 7.3 writes the time after it where they go forward, an hour too late.
    """
    before: timedelta = change["TZOFFSETFROM"].td
    after: timedelta = change["TZOFFSETTO"].td

    def begins(onset: datetime) -> datetime:
        moment = (onset - before).replace(tzinfo=UTC)
        if (moment - _MINUTE).astimezone(zone).utcoffset() == before:
            return onset
        return onset - (after - before)

    if before == after:  # no change, but what was so when the years begin
        return
    onset = begins(change["DTSTART"].dt)
    rdates = change.get("RDATE") or []
    if not isinstance(rdates, list):  # the library's, where there is one line of them
        rdates = [rdates]
    others: list[datetime] = []
    for listed in rdates:
        others += [begins(rdate.dt) for rdate in listed.dts]
    for name in ("DTSTART", "RDATE"):
        change.pop(name, None)
    change.add("DTSTART", onset)
    if others:
        change.add("RDATE", others)
