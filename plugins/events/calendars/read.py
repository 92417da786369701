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
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
from plugins.events.config.times import at, is_day
from plugins.events.model import AHEAD, BEHIND, FAR_AHEAD, CalendarEntry, ReadCalendar, Status
from plugins.events.personal_data import masked

MOST_EVENTS = 10_000
"""Events of a file that is read at all; to read so many takes 10 s."""
MOST_OF_ONE = 400
"""Times of one event that are taken of those to come, four a day, and as many of those that were."""
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
_NO_PUBLIC_URL = re.compile(r"[\s<>\"]|//[^/]*@")
"""Blanks and quotes, which end an address, and a user's name in it, which may be a secret."""

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
    complete_until = None
    if len(entries) > MOST:
        complete_until = entries[MOST].start
        problems.append(f"more than {MOST} times are to come: those from {complete_until:%Y-%m-%d} on are left out")
    if len(problems) > _MOST_PROBLEMS:
        problems[_MOST_PROBLEMS:] = [f"and {len(problems) - _MOST_PROBLEMS} more"]
    return ReadCalendar(tuple(entries[:MOST]), tuple(problems), complete_until)


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
    body = _ZONE.sub(lambda zone: b"" if _is_known(zone[0]) else zone[0], body)
    too_many = len(_ZONE.findall(body)) > _MOST_ZONES
    wild: list[bytes] = []

    def unless_wild(zone: re.Match[bytes]) -> bytes:
        if too_many or len(zone[0]) > _LONGEST_ZONE or _WILD_ZONE.search(zone[0]):
            wild.append(zone[0])
            return b""
        return zone[0]

    body = _ZONE.sub(unless_wild, body)
    if wild:
        problems.append(f"{len(wild)} of its zones are no zones, and were left out")
    return _NO_ZONE.sub(b"", body)


def _is_known(block: bytes) -> bool:
    """Say whether a zone of a file has a name by which icalendar knows it."""
    named = _TZID.search(block)
    if not named:
        return False
    parts = named[1].decode("utf-8", "replace").strip().strip("/").split("/")
    candidates = ["/".join(parts[start:]) for start in range(len(parts))]
    if not named[1].lstrip().startswith(b"/"):  # only a vendor's may end in IANA's: /citadel.org/2026/Europe/Berlin
        del candidates[1:]
    return any(map(_known_zone, candidates))


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:  # RFC 5545 asks for UTF-8, and older programs on Windows write this
        return body.decode("cp1252", "replace")


def _own_zone(calendars: Iterable[Component], zone: str) -> ZoneInfo:
    """Return the zone of times that name none: the calendar's own (X-WR-TIMEZONE) where it says one that exists."""
    for calendar in calendars:
        name = str(calendar.get("X-WR-TIMEZONE", "")).strip()
        if found := _known_zone(name):
            return found
    return ZoneInfo(zone)


def _known_zone(name: str) -> ZoneInfo | None:
    """Return the zone that IANA or Windows calls so; None where neither does."""
    if not name:
        return None
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _by_uid(calendars: Iterable[Component]) -> dict[str, list[Component]]:
    """Return the events that are not private by their UID. What is nested in other components is no event."""
    found: defaultdict[str, list[Component]] = defaultdict(list)
    for calendar in calendars:
        for component in calendar.subcomponents:
            is_private = {"PRIVATE", "CONFIDENTIAL"} & {str(value).upper() for value in _values(component, "CLASS")}
            if component.name == "VEVENT" and not is_private:
                found[_uid(component)].append(component)
    return found


def _uid(event: Component) -> str:
    """Return an event's UID; where it has none, a digest of its title and start, by which it is known again."""
    if uid := str(event.get("UID", "")).strip()[:_UID]:
        return uid
    start = event.get("DTSTART") and event["DTSTART"].to_ical()
    said = f"{event.get('SUMMARY', '')}|{start!r}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


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
        repeats = False
        for component in components:
            if why := self._refused(component):
                self._tell([component], why)
            else:
                usable.append(component)
                repeats |= "RRULE" in component or "RDATE" in component or "RECURRENCE-ID" in component
        if not usable:
            return []
        end = self.now + FAR_AHEAD
        if repeats:
            end = self.now + AHEAD
        calendar = icalendar.Calendar()
        calendar.subcomponents = usable
        found = recurring_ical_events.of(calendar, skip_bad_series=False).between(self.now - BEHIND, end)
        entries = [self._entry(series, component, repeats) for component in found]
        entries.sort(key=lambda entry: entry.start)
        coming = bisect_left(entries, self.now, key=lambda entry: entry.start)
        if len(entries) > coming + MOST_OF_ONE:
            first = entries[coming + MOST_OF_ONE].start
            self._tell(usable, f"it is on more than {MOST_OF_ONE} times: those from {first:%Y-%m-%d} on are left out")
        return entries[max(coming - MOST_OF_ONE, 0) : coming + MOST_OF_ONE]

    def _refused(self, component: Component) -> str:
        """Return why a component is not worked out, "" where it is."""
        if "DTSTART" not in component or not isinstance(component["DTSTART"].dt, date):
            return "it has no start"
        for name in ("RDATE", "EXDATE"):
            if sum(len(listed.dts) for listed in _values(component, name)) > _MOST_DATES:
                return f"it has more than {_MOST_DATES} dates ({name})"
        for rule in _values(component, "RRULE"):
            if isinstance(rule, icalendar.vRecur) and (why := self._refused_rule(rule, component["DTSTART"].dt)):
                return why
        return ""

    def _refused_rule(self, rule: icalendar.vRecur, start: date) -> str:
        """Return why a rule is not followed, "" where it is."""
        if set(map(str, rule.get("FREQ", ()))) & _OFTEN or _times_a_day(rule) > _A_DAY:
            return "it repeats more than 24 times a day"
        if min((*rule.get("INTERVAL", ()), *rule.get("COUNT", ())), default=1) < 1:
            return "its rule never comes to the next time"
        if start.year < self.now.year - _OLDEST:
            return f"it began too long ago ({start:%Y-%m-%d})"
        return ""

    def _entry(self, series: str, component: Component, repeats: bool) -> CalendarEntry:
        start, ends = self._moment(component.start), self._moment(component.end)
        end = None
        if ends > start:
            end = min(ends, start + _LONGEST)
        zone = _zone_name(component.start) or self.zone.key
        lat, lon = _geo(component)
        return CalendarEntry(
            series=series,
            original=self._original(component, start),
            title=masked(_line(component, "SUMMARY", _TITLE), zone) or "…",
            start=start,
            end=end,
            all_day=is_day(component.start),
            zone=zone,
            status=_status(component),
            repeats=repeats,
            place=masked(_line(component, "LOCATION", _PLACE), zone),
            text=masked(plain_line(plain(_first(component, "DESCRIPTION")[: _TEXT * 20]), most=_TEXT), zone),
            url=_url(component),
            lat=lat,
            lon=lon,
        )

    def _original(self, component: Component, start: datetime) -> str:
        """Return the time that a component has by its event's rule, as it stands in ids: a moved one keeps its id."""
        by_rule = start
        if "RECURRENCE-ID" in component:
            by_rule = self._moment(component["RECURRENCE-ID"].dt)
        if is_day(component.start):
            return f"{by_rule.astimezone(self.zone):%Y%m%d}"
        return f"{by_rule:%Y%m%dt%H%Mz}"

    def _moment(self, value: date) -> datetime:
        """Return a time in UTC; one without a zone is in the calendar's own."""
        return at(value, self.zone).astimezone(UTC)

    def _tell(self, components: Sequence[Component], why: str) -> None:
        title = plain_line(_first(components[0], "SUMMARY")[:_TITLE], most=60) or "an event without a title"
        self.problems.append(f"{title}: {why}")


def _values(component: Component, name: str) -> list[Any]:
    """Return all that a component says under a name: the library gives a list only where a line is there twice."""
    value = component.get(name, [])
    return value if isinstance(value, list) else [value]


def _times_a_day(rule: icalendar.vRecur) -> int:
    times = 1
    for name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
        times *= max(len(rule.get(name, ())), 1)
    return times


def _status(component: Component) -> Status:
    said = _first(component, "STATUS").upper()
    if said == "CANCELLED" or _OFF.match(_first(component, "SUMMARY")[:_TITLE]):  # as Outlook writes it into the title
        return "cancelled"
    if said == "TENTATIVE":
        return "tentative"
    return "confirmed"


def _zone_name(value: date) -> str:
    """Return the IANA name of a time's zone; "" where it has none of those."""
    zone = getattr(value, "tzinfo", None)  # a day has none
    if isinstance(zone, ZoneInfo) and zone.key != "UTC":
        return zone.key
    return ""


def _first(component: Component, name: str) -> str:
    """Return what a component says under a name, the first where it says several; "" where it says nothing."""
    return str(next(iter(_values(component, name)), ""))


def _line(component: Component, name: str, most: int) -> str:
    return plain_line(_first(component, name), most=most)


def _url(component: Component) -> str:
    url = _first(component, "URL").strip()
    if len(url) > _URL or not url.isprintable() or _NO_PUBLIC_URL.search(url) or not is_web(url):
        return ""
    return without_trackers(url)


def _geo(component: Component) -> tuple[float | None, float | None]:
    geo = component.get("GEO")
    lat, lon = getattr(geo, "latitude", None), getattr(geo, "longitude", None)
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - degrees
        return None, None
    return round(float(lat), 6), round(float(lon), 6)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
