"""An .ics file of somebody's → what happens in the time that is asked for, cleaned. icalendar reads it.

Everything in the file is hostile: its rules may never end, its zones lie, its texts be endless. What of it cannot be
used is left out and told. Rules within a day are not followed, and of all others only so much as is shown; how long one
event may take is bounded by `bounded`, and the whole by the process this runs in (`worker`).

A zone that IANA names, or Windows, is that zone, whatever the file says of it. One that the file alone knows is as the
file says; times in a zone that nobody knows, and those without one, are in the calendar's own.
Sources: RFC 5545; https://icalendar.readthedocs.io/; https://recurring-ical-events.readthedocs.io/
"""

import hashlib
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
import recurring_ical_events
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from plugins.core.text.plain_text import plain, plain_line
from plugins.core.text.urls import is_web, without_trackers
from plugins.events.config.times import at
from plugins.events.model import AHEAD, BEHIND, FAR_AHEAD, CalendarEntry, ReadCalendar, Status
from plugins.events.personal_data import masked

MOST_EVENTS = 10_000
"""Events of a file that is read at all; to read so many takes 10 s."""
MOST_OF_ONE = 400
"""Times of one event that are taken: four a day."""
MOST = 2_000
"""Times of a calendar that are taken, the soonest first."""
_MOST_DATES = 2_000
_MOST_PROBLEMS = 20
_TITLE, _PLACE, _TEXT, _UID, _URL = 200, 200, 400, 1_000, 2_000
_LONGEST = timedelta(days=62)
_OLDEST = 60
"""Years ago that what repeats may have begun: each day since then is looked at."""
_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_A_DAY = 24
_OFF = re.compile(r"\s*\W?\s*cancel+ed\b", re.IGNORECASE)
_ZONE = re.compile(
    rb"^BEGIN:VTIMEZONE[ \t]*\r?\n.*?^END:VTIMEZONE[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE | re.IGNORECASE
)
_TZID = re.compile(rb"^TZID(?:;[^:\r\n]*)?:([^\r\n]{1,100})\r?$", re.MULTILINE | re.IGNORECASE)
_MOST_ZONES, _LONGEST_ZONE = 60, 60_000
_NO_ZONE = re.compile(rb";TZID=\"?[^:;\"\r\n]{100,}\"?(?=[:;])", re.IGNORECASE)
"""A name that is no zone's: it would be looked for as a file of that name."""
_WILD_ZONE = re.compile(rb"FREQ=(?!YEARLY)", re.IGNORECASE)

Component = Any
"""A component of the library's; what its properties are, a hostile file decides."""
Bounded = Callable[[], AbstractContextManager[object]]
"""Makes what bounds the time that is spent on one event; it raises TimeoutError within."""


class NotACalendarError(ValueError):
    """The file is no calendar that can be read; the message says why."""


def read_calendar(body: bytes, zone: str, now: datetime, bounded: Bounded = nullcontext) -> ReadCalendar:
    """Return what a file has from a month ago on; `zone` is that of times which name none, `now` is aware.

    Raises NotACalendarError.
    """
    warnings.simplefilter("ignore")  # the library warns of what it guesses, on the terminal
    problems: list[str] = []
    calendars = _parsed(body, problems)
    own_zone = _own_zone(calendars, zone)
    cancelled = any(str(one.get("METHOD", "")).upper() == "CANCEL" for one in calendars)
    reader = _CalendarReader(own_zone, now.astimezone(UTC), bounded, problems)
    entries: list[CalendarEntry] = []
    for series, components in _by_uid(calendars).items():
        entries += reader.of_series(series, components)
    entries.sort(key=lambda entry: (entry.start, entry.series, entry.original))
    if cancelled:
        entries = [replace(entry, status="cancelled") for entry in entries]
    until = entries[MOST].start if len(entries) > MOST else None
    if until:
        problems.append(f"more than {MOST} times are to come: those from {until:%Y-%m-%d} on are left out")
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS:] = [f"and {len(problems) - _MOST_PROBLEMS} more"]
    return ReadCalendar(tuple(entries[:MOST]), tuple(problems), until)


def refusal(body: bytes) -> str:
    """Return why a file is certainly no calendar, "" where it may be one."""
    start = body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.upper().startswith(b"BEGIN:VCALENDAR"):
        return ""
    return "it does not begin as a calendar does (BEGIN:VCALENDAR)"


def _parsed(body: bytes, problems: list[str]) -> list[Component]:
    if why := refusal(body):
        raise NotACalendarError(why)
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    count = len(re.findall(rb"^BEGIN:VEVENT", body, re.MULTILINE | re.IGNORECASE))
    if count > MOST_EVENTS:
        raise NotACalendarError(f"it has too many events ({count:,}, of at most {MOST_EVENTS:,})")
    try:
        found = icalendar.Calendar.from_ical(_text(_tame(body, problems)), multiple=True)
    except Exception as error:  # whatever the library raises of a hostile file is that file's fault alone
        raise NotACalendarError(f"it cannot be read ({_short(error)})") from error
    calendars = [one for one in found if one.name == "VCALENDAR"]
    if not calendars:
        raise NotACalendarError("there is no whole calendar in it")
    return calendars


def _tame(body: bytes, problems: list[str]) -> bytes:
    """Return the file without zones that are known by name, and those too many, too long, or changing within a year.

    A known one is what the world says it is. Of others the library works out every change.
    """
    body = _ZONE.sub(lambda one: b"" if _is_known(one[0]) else one[0], body)
    zones = list(_ZONE.finditer(body))
    wild = {
        one.start()
        for one in zones
        if len(zones) > _MOST_ZONES or len(one[0]) > _LONGEST_ZONE or _WILD_ZONE.search(one[0])
    }
    if wild:
        problems.append(f"{len(wild)} of its zones are no zones, and were left out")
        body = _ZONE.sub(lambda one: b"" if one.start() in wild else one[0], body)
    return _NO_ZONE.sub(b"", body)


def _is_known(block: bytes) -> bool:
    """Say whether a zone of a file has a name by which icalendar knows it, such as a vendor's and IANA's in one."""
    named = _TZID.search(block)
    parts = named[1].decode("utf-8", "replace").strip().strip("/").split("/") if named else [""]
    starts = range(len(parts)) if named and named[1].lstrip().startswith(b"/") else range(1)
    return any(_known_zone("/".join(parts[start:])) for start in starts)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _own_zone(calendars: Iterable[Component], zone: str) -> ZoneInfo:
    """Return the zone of times that name none: the calendar's own (X-WR-TIMEZONE) where it says one that exists."""
    for one in calendars:
        name = str(one.get("X-WR-TIMEZONE", "")).strip()
        if found := _known_zone(name):
            return found
    return ZoneInfo(zone)


def _known_zone(name: str) -> ZoneInfo | None:
    name = WINDOWS_TO_OLSON.get(name, name)
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _by_uid(calendars: Iterable[Component]) -> dict[str, list[Component]]:
    """Return the events by their UID; one without is known by what it says. What is nested in others is no event."""
    found: defaultdict[str, list[Component]] = defaultdict(list)
    for calendar in calendars:
        for one in calendar.subcomponents:
            if one.name == "VEVENT" and str(one.get("CLASS", "PUBLIC")).upper() not in ("PRIVATE", "CONFIDENTIAL"):
                uid = str(one.get("UID", "")).strip()[:_UID]
                if not uid:
                    said = f"{one.get('SUMMARY', '')}|{one.get('DTSTART') and one['DTSTART'].to_ical()!r}"
                    uid = hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
                found[uid].append(one)
    return found


@dataclass(frozen=True, slots=True)
class _CalendarReader:
    """Works out one event after the other; what cannot be used is added to `problems`."""

    zone: ZoneInfo
    now: datetime
    bounded: Bounded
    problems: list[str]

    def of_series(self, series: str, components: Sequence[Component]) -> list[CalendarEntry]:
        """Return the times of one event, of which `components` are all that the calendar says."""
        try:
            with self.bounded():
                return self._of_series(series, components)
        except TimeoutError:
            self._tell(components, "it takes too long to work out when it is")
        except Exception as error:  # whatever the libraries raise of a hostile event is that event's fault alone
            self._tell(components, _short(error))
        return []

    def _of_series(self, series: str, components: Sequence[Component]) -> list[CalendarEntry]:
        usable = []
        for one in components:
            if why := self._refused(one):
                self._tell([one], why)
            else:
                usable.append(one)
        if not usable:
            return []
        calendar = icalendar.Calendar()
        calendar.subcomponents = usable
        repeats = any(name in one for one in usable for name in ("RRULE", "RDATE", "RECURRENCE-ID"))
        query = recurring_ical_events.of(calendar, skip_bad_series=False)
        ahead = AHEAD if repeats else FAR_AHEAD
        found = query.between(self.now - BEHIND, self.now + ahead)
        entries = sorted((self._entry(series, one, repeats) for one in found), key=lambda one: one.start)
        return entries[:MOST_OF_ONE]

    def _refused(self, one: Component) -> str:
        """Return why a component is not worked out, "" where it is."""
        start = one["DTSTART"].dt if "DTSTART" in one else None
        if not isinstance(start, date):
            return "it has no start"
        for name in ("RDATE", "EXDATE"):
            listed = one.get(name, [])
            if sum(len(part.dts) for part in (listed if isinstance(listed, list) else [listed])) > _MOST_DATES:
                return f"it has more than {_MOST_DATES} dates ({name})"
        for rule in _listed(one.get("RRULE")):
            if set(map(str, rule.get("FREQ", ()))) & _OFTEN or _times_a_day(rule) > _A_DAY:
                return "it repeats more than 24 times a day"
            if any(number < 1 for name in ("INTERVAL", "COUNT") for number in rule.get(name, ())):
                return "its rule never comes to the next time"
            if start.year < self.now.year - _OLDEST:
                return f"it began too long ago ({start:%Y-%m-%d})"
        return ""

    def _entry(self, series: str, one: Component, repeats: bool) -> CalendarEntry:
        begins, ends = one.start, one.end
        all_day = not isinstance(begins, datetime)
        start, end = self._moment(begins), self._moment(ends)
        recurrence = one.get("RECURRENCE-ID")
        original = self._moment(recurrence.dt) if recurrence is not None else start
        stamp = f"{original.astimezone(self.zone):%Y%m%d}" if all_day else f"{original.astimezone(UTC):%Y%m%dt%H%Mz}"
        zone = _zone_name(begins) or self.zone.key
        lat, lon = _geo(one)
        return CalendarEntry(
            series=series,
            original=stamp,
            title=masked(_line(one, "SUMMARY", _TITLE), zone) or "…",
            start=start,
            end=min(end, start + _LONGEST) if end > start else None,
            all_day=all_day,
            zone=zone,
            status=_status(one),
            repeats=repeats,
            place=masked(_line(one, "LOCATION", _PLACE), zone),
            text=masked(plain_line(plain(str(one.get("DESCRIPTION", ""))[: _TEXT * 20]), most=_TEXT), zone),
            url=_url(one),
            lat=lat,
            lon=lon,
        )

    def _moment(self, value: date) -> datetime:
        """Return a time in UTC; one without a zone is in the calendar's own."""
        return at(value, self.zone).astimezone(UTC)

    def _tell(self, components: Sequence[Component], why: str) -> None:
        title = plain_line(str(components[0].get("SUMMARY", ""))[:_TITLE], most=60) or "an event without a title"
        self.problems.append(f"{title}: {why}")


def _listed(value: object) -> Iterator[icalendar.vRecur]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, icalendar.vRecur):
            yield one


def _times_a_day(rule: icalendar.vRecur) -> int:
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(len(rule.get(name, ())), 1)
    return times


def _status(one: Component) -> Status:
    said = str(one.get("STATUS", "")).upper()
    if said == "CANCELLED" or _OFF.match(str(one.get("SUMMARY", ""))[:_TITLE]):  # as Outlook writes it into the title
        return "cancelled"
    return "tentative" if said == "TENTATIVE" else "confirmed"


def _zone_name(value: date) -> str:
    """Return the IANA name of a time's zone; "" where it has none of those."""
    zone = value.tzinfo if isinstance(value, datetime) else None
    return zone.key if isinstance(zone, ZoneInfo) and zone.key != "UTC" else ""


def _line(one: Component, name: str, most: int) -> str:
    value = one.get(name, "")
    return plain_line(str(value[0] if isinstance(value, list) else value), most=most)


def _url(one: Component) -> str:
    value = one.get("URL", "")
    url = str(value[0] if isinstance(value, list) else value).strip()
    good = len(url) <= _URL and url.isprintable() and not re.search(r"[\s<>\"]|//[^/]*@", url)
    return without_trackers(url) if good and is_web(url) else ""


def _geo(one: Component) -> tuple[float | None, float | None]:
    geo = one.get("GEO")
    lat, lon = getattr(geo, "latitude", None), getattr(geo, "longitude", None)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - degrees
        return None, None
    return round(float(lat), 6), round(float(lon), 6)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
