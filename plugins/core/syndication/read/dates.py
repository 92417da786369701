"""A feed's dates, in whatever form they come, read into UTC. Whether a date is believable is for the caller to say."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo, available_timezones

# RFC 822, 5.1, and the names feeds use beyond it, in minutes east of UTC. A lone military letter is UTC: RFC 822 had
# their signs wrong, so that none can be trusted (RFC 2822, 4.3). feedparser reads CEST and MEST as UTC.
_ZONES = {
    **dict.fromkeys("ABCDEFGHIKLMNOPQRSTUVWXYZ", 0),
    **dict.fromkeys(("UT", "UTC", "GMT", "WET", "ZULU"), 0),
    **{"EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420},
    **{"AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150, "BRT": -180},
    **{"BST": 60, "WEST": 60, "CET": 60, "MET": 60, "MEZ": 60, "CEST": 120, "MEST": 120, "MESZ": 120, "WAT": 60},
    **{"EET": 120, "EEST": 180, "SAST": 120, "CAT": 120, "EAT": 180, "MSK": 180, "TRT": 180, "GST": 240, "PKT": 300},
    **{"IST": 330, "ICT": 420, "WIB": 420, "AWST": 480, "HKT": 480, "SGT": 480, "JST": 540, "KST": 540},
    **{"ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780},
}
_PLACES = {
    "AT": "America/Halifax",
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}
# The first letters of the months, without accents: in English, German, French, Spanish, Italian, Portuguese, Dutch and
# Hungarian, then in Greek.
_NAMES_OF_MONTHS = (
    *("jan gen ene ιαν", "feb fev fevr φεβ", "mar mrz mrt maa μαρ", "apr abr avr απρ"),
    *("may mai mag mei maj mau μαι", "jun giu juin ιουν ιον", "jul lug juil ιουλ ιολ", "aug ago aou αυγ"),
    *("sep set sze σεπ", "oct okt ott out οκτ", "nov νοε", "dec dez dic δεκ"),
)
_MONTHS: dict[str, int] = {}
for _number, _names in enumerate(_NAMES_OF_MONTHS, start=1):
    _MONTHS |= dict.fromkeys(_names.split(), _number)

_LONGEST = 100
# +0200, +02:00, + 2; the minus sign may be Unicode's.
_OFFSET = r"[+\-−]\s?\d{1,2}(?::?\d{2})?(?!\d)"
# 10:30, 10:30:15.250, 10:30 p.m., each with a zone behind it: EST, GMT+2, Europe/Oslo, Eastern Time.
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d+)?)?(?!\d)\s*(?:([ap])\.?m\b\.?)?"
    rf"(?P<zone>,?\s*(?:(?:GMT|UTC|Z)?\s?{_OFFSET}|[a-z]+(?:/[a-z_]+)+|[a-z]+(?: [a-z]+)* time\b|[a-z]{{1,5}}\b))?",
    re.IGNORECASE,
)
# The colon before the time in server logs, 05/Sep/2026:10:30:00.
_LOGGED = re.compile(r"(?<=/\d{4}):(?=\d{2}:)")
# A time without colons behind a date, as ISO 8601's basic form has it: 2026-09-05T1030.
_RUN_TOGETHER = re.compile(r"(?<=[-/.]\d\d)[T ](\d{2})(\d{2})?(\d{2})?(?=$|[.,]\d|Z|\s?[+-])", re.IGNORECASE)
# 20260905, alone or before a time, and 20260905103000.
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=$|T|\D)|^(\d{4})(\d{2})(\d{2})(?=\d{6}$)")
# 2026, 2026-09.
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
# 2026-W36, 2026-W36-6 (ISO 8601, week dates).
_WEEK = re.compile(r"\d{4}-?W\d{2}(?:-?\d)?")
# Seconds since 1970, or milliseconds, as some feeds of JavaScript's have.
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+|\d{3})?")
# A zone's name in brackets at the end, as in e-mail: +0000 (UTC).
_ASIDE = re.compile(r"\(([^()]*)\)\s*$")
# 2026-09-05, 2026/9/5.
_YMD = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)")
# 5 Sep 2026, 05-Sep-26, 5. September 2026, 5 de septiembre de 2026, 5th of September 2026.
_DMY = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|[.oº])?[\s/-]*(?:de |of )?([^\W\d_]{3,})\.?,?[\s/-]*(?:de |del )?(\d{2,4})(?!\d)"
)
# September 5, 2026.
_MDY = re.compile(r"([^\W\d_]{3,})\.?[\s/-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s/-]+(\d{4})(?!\d)")
# 2026 Sep 5.
_YMD_NAMED = re.compile(r"(?<!\d)(\d{4})[\s./-]+([^\W\d_]{3,})\.?[\s/-]+(\d{1,2})(?!\d)")
# 05.09.2026, 9/25/2026; which figure is the month, `_figures` decides.
_FIGURES = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4})(?!\d)")


_KOREAN_DAY = re.compile(r"(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일")
_KOREAN_HALF_DAY = re.compile(r"(오전|오후)\s*(\d{1,2}:\d{2}(?::\d{2})?)")
_HALF_DAYS = {"오전": "am", "오후": "pm"}
_KOREA = "Asia/Seoul"


def read_date(text: str, zone: str) -> datetime | None:
    """Return a feed's date in UTC, to the second; None where it cannot be read, or says "no date" (year 1, the epoch).

    RFC 822 and 2822, RFC 3339, ISO 8601 and W3CDTF, the ways feeds miswrite them, and what blogs write in the languages
    of `_MONTHS` and in Korean. Where no zone is named, `zone` holds (an IANA name; the earlier time where clocks go
    back), and for a date in Korean Korea's.
    Raises ZoneInfoNotFoundError or ValueError for a `zone` that does not exist.
    """
    text = " ".join(text[:_LONGEST].split())
    local = ZoneInfo(zone)
    if not text:
        return None
    # To look for Korean and for accents in dates that have none, as nearly all, took 5 % of the time a feed takes.
    if not text.isascii() and (without_korean := _without_korean(text)) != text:
        text, local = without_korean, ZoneInfo(_KOREA)
    try:
        found = _whole(text, local) or _in_parts(text, local)
        if found is None:
            return None
        when = found.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):  # a month 13, an offset of 99 hours, a time before the first year
        return None
    return when if _means_a_date(when) else None


def is_day_alone(text: str) -> bool:
    """Say whether a date that can be read names a day, and no time of it: "2023-04-18", as W3CDTF allows."""
    text = " ".join(text[:_LONGEST].split())
    return not (_EPOCH.fullmatch(text) or _clock(_compact_apart(_without_korean(text))))


def _without_korean(text: str) -> str:
    """Return a date written in Korean in figures, its half of the day behind the time; any other as it is."""
    text = _KOREAN_DAY.sub(r"\1-\2-\3", text)
    return _KOREAN_HALF_DAY.sub(lambda found: f"{found[2]} {_HALF_DAYS[found[1]]}", text)


def _means_a_date(when: datetime) -> bool:
    return when.year > 1 and abs(when.timestamp()) > timedelta(hours=14).total_seconds()


def _whole(text: str, local: tzinfo) -> datetime | None:
    """Read what is no more than a number, a year and a month, or a week's day."""
    if found := _PARTIAL.fullmatch(text):
        return datetime(int(found[1]), int(found[2] or 1), 1, tzinfo=local)
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    if _WEEK.fullmatch(text):
        return datetime.fromisoformat(text).replace(tzinfo=local)
    return None


def _in_parts(text: str, local: ZoneInfo) -> datetime | None:
    """Read the time of day with its zone, then the date from what is left."""
    in_brackets = ""
    if aside := _ASIDE.search(text):
        in_brackets, text = aside[1], text[: aside.start()].rstrip()
    text = _compact_apart(text)
    clock = _clock(text)
    if not clock:
        day = _day(text)
        if not day:
            return None
        return datetime(*day, tzinfo=local)
    before, named, after = clock.string[: clock.start()], clock["zone"] or "", clock.string[clock.end() :]
    day = _day(f"{before} {after}") or _day(f"{before} {named} {after}")
    if not day:
        return None
    moment = datetime(*day) + _time_of_day(clock)  # noqa: DTZ001 - its zone is found next
    zone = _zone(named, moment, local) or _zone(in_brackets, moment, local)
    return moment.replace(tzinfo=zone or local)


def _compact_apart(text: str) -> str:
    """Return 20230418 as 2023-04-18, apart from the figures of a time that may follow."""
    return _COMPACT.sub(_with_hyphens, text)


def _with_hyphens(found: re.Match[str]) -> str:
    if found[4]:  # the figures of a time follow
        return f"{found[4]}-{found[5]}-{found[6]} "
    return f"{found[1]}-{found[2]}-{found[3]}"


def _clock(text: str) -> re.Match[str] | None:
    """Return the time of day that a date has, if it has one."""
    return _CLOCK.search(_RUN_TOGETHER.sub(_with_colons, _LOGGED.sub(" ", text)))


def _with_colons(found: re.Match[str]) -> str:
    return f" {found[1]}:{found[2] or '00'}:{found[3] or '00'}"


def _time_of_day(clock: re.Match[str]) -> timedelta:
    """Return the time since midnight; 24:00 is the next day's start, and a leap second the second before it."""
    hour, minute, second = int(clock[1]), int(clock[2]), min(int(clock[3] or 0), 59)
    if clock[4]:  # 12 am is midnight, 12 pm is noon
        hour %= 12
        if clock[4].lower() == "p":
            hour += 12
    if hour * 60 + minute > 24 * 60 or minute > 59:  # noqa: PLR2004 - the clock's own figures
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _day(text: str) -> tuple[int, int, int] | None:
    if found := _YMD.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _YMD_NAMED.search(text)) and (month := _month(found[2])):
        return int(found[1]), month, int(found[3])
    for found in _DMY.finditer(text):
        if month := _month(found[2]):
            return _year(found[3]), month, int(found[1])
    for found in _MDY.finditer(text):
        if month := _month(found[1]):
            return int(found[3]), month, int(found[2])
    return _figures(text)


def _figures(text: str) -> tuple[int, int, int] | None:
    """Read 24.11.2026 and 11/24/2026; 4/5/2026 is two days, and so none."""
    if not (found := _FIGURES.search(text)):
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if found[2] == "." or first > 12:  # noqa: PLR2004 - more than a year has months
        return year, second, first
    if second > 12 or first == second:  # noqa: PLR2004
        return year, first, second
    return None


def _month(word: str) -> int | None:
    letters = word.lower()
    if not letters.isascii():
        letters = "".join(letter for letter in normalize("NFD", letters) if not combining(letter))
    return _MONTHS.get(letters[:4]) or _MONTHS.get(letters[:3])


def _year(digits: str) -> int:
    """Complete a year of two or three digits (RFC 2822, 4.3)."""
    year = int(digits)
    if len(digits) == 2 and year < 50:  # noqa: PLR2004
        return year + 2000
    if len(digits) in {2, 3}:
        return year + 1900
    return year


def _zone(named: str, moment: datetime, local: ZoneInfo) -> tzinfo | None:
    """Return the zone that is named; of a name's several meanings (IST, CST) the source's own is meant."""
    name = named.strip(" ,").replace("−", "-")
    if found := re.search(r"([+-])\s?(\d{1,2}):?(\d{2})?$", name):
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if found[1] == "-":
            offset = -offset
        return timezone(offset)
    if "/" in name:
        return ZoneInfo(name) if name in available_timezones() else None
    if name.lower().endswith(" time"):
        name = "".join(word[0] for word in name.split())
    name = name.upper()
    if name == moment.replace(tzinfo=local).tzname():
        return local
    if name in _PLACES:
        return ZoneInfo(_PLACES[name])
    if name in _ZONES:
        return timezone(timedelta(minutes=_ZONES[name]))
    return None
