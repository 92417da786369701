"""The types of the values in content and settings, such as an id, a link or a day, for the fields of models.

Each is a type for pydantic that says in words what its value must be; `quoted` writes a text back into a file.
"""

import json
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, PlainValidator, StringConstraints

from plugins.core.confidential import has_user_information
from plugins.core.config.validation_errors import NO_PASSWORD

# Nearly every address is like this. This takes 1.4 µs, urlsplit 14, and a site has hundreds.
_ORDINARY = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](?::[1-9][0-9]{0,3})?(?:/[^\s<>\"]*)?")


def _web_address(value: str) -> str:
    if _ORDINARY.fullmatch(value):
        return value
    if has_user_information(value):
        raise ValueError(NO_PASSWORD)
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"}:
        raise ValueError("must start with http:// or https://")
    if not parts.hostname or re.search(r"[\s<>\"]", value):
        raise ValueError("must be a web address such as https://example.org/page")
    try:
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        is_port = False
    if not is_port or parts.netloc.endswith(":"):
        raise ValueError("must have a port from 1 to 65535, or none")
    return value


def _without_password(value: str) -> str:
    if has_user_information(value):
        raise ValueError(NO_PASSWORD)
    return value


def _calendar_address(value: object) -> object:
    """Return a calendar's address as it is asked for."""
    if not isinstance(value, str):
        return value
    return re.sub(r"^webcals?://", "https://", value.strip())


def _known_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("must be a time zone such as America/Los_Angeles") from error
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", value):
        raise ValueError("must be a language’s code, such as en or pt-BR")
    return value


_YEARS = range(1800, 2101)
"""The years that a text about a strike can mean; 0203 or 2206 is a typing mistake."""


def _plausible(value: Any) -> Any:
    """Refuse a day in a year that nobody means."""
    if isinstance(value, date) and value.year not in _YEARS:
        raise ValueError(f"must be in a year from {_YEARS[0]} to {_YEARS[-1]}")
    return value


def matching(pattern: str, wording: str) -> AfterValidator:
    """Return the check of a text that must match a whole pattern; `wording` says what it must be."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(wording)
        return value

    return AfterValidator(check)


def _clock(value: str) -> str:
    """Take a time of day, written 06:30, or nothing."""
    if value and not _CLOCK.fullmatch(value):
        raise ValueError("must be a time, written 06:30, from 00:00 to 23:59")
    return value


def _day(value: object) -> object:
    """Take `2026-01-02` from YAML, TOML or a header; times are not days."""
    if isinstance(value, datetime):
        raise ValueError("must be a day without a time")  # noqa: TRY004 - pydantic gathers ValueErrors
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError("must be a day that exists, written 2026-01-31") from error
    return value


@dataclass(frozen=True, slots=True)
class DayOrMonth:
    """A day, or a month of which no day is stated: the first and the last day that may be meant."""

    first: date
    last: date

    @property
    def is_month(self) -> bool:
        """Say whether no day is stated."""
        return self.first != self.last

    @property
    def iso(self) -> str:
        """Return it as ISO 8601 and HTML write it: 2026-01-31, or 2026-01."""
        day = self.first.isoformat()
        if self.is_month:
            return day[: len("2026-01")]
        return day


_UNKNOWN = "unknown"


def _dated(value: object) -> DayOrMonth | None:
    """Take a day, a month, written "2026-01", or the word for a day that nobody states."""
    if isinstance(value, str) and value.strip().lower() == _UNKNOWN:
        return None
    if isinstance(value, str) and _MONTH.fullmatch(value.strip()):
        year, month = map(int, value.strip().split("-"))
        first = _plausible(date(year, month, 1))
        return DayOrMonth(first, first.replace(day=monthrange(year, month)[1]))
    try:
        day = _day(value)
    except ValueError:
        day = None
    if not isinstance(day, date):
        raise ValueError(f'must be a day that exists (2026-01-31), a month ("2026-01") or "{_UNKNOWN}"')  # noqa: TRY004
    return DayOrMonth(_plausible(day), day)


def _stated(value: object) -> DayOrMonth:
    """Take a day or a month, and no word for one that nobody states."""
    found = _dated(value)
    if found is None:
        raise ValueError('must be a day that exists (2026-01-31) or a month ("2026-01"): somebody must have said so')
    return found


_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?( ?(Z|[+-]\d{2}:?\d{2}))?)?")


def _moment(value: object) -> object:
    """Take a day or a day and time; without an offset it is in the site's zone, which the caller knows."""
    wrong = "must be a date that exists, written 2026-01-31 or 2026-01-31 18:30"
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the site's zone is added later
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not _MOMENT.fullmatch(text):
        raise ValueError(wrong)
    try:
        return datetime.fromisoformat(text.replace(" ", "T", 1).replace(" ", ""))
    except ValueError as error:
        raise ValueError(wrong) from error


def _names(value: object) -> object:
    """Take one name, names split by comma (or semicolon), or a list of names."""
    return split_names(value) if isinstance(value, str) else value


def split_names(value: object) -> tuple[str, ...]:
    """Return the names in a value, unchecked; none where it is neither a text nor a list of texts."""
    if isinstance(value, str):
        separator = ","
        if ";" in value:  # so that a name can have a comma: Doe, Jane; Roe, Richard
            separator = ";"
        return tuple(filter(None, map(str.strip, value.split(separator))))
    if isinstance(value, list):
        return tuple(one.strip() for one in value if isinstance(one, str))
    return ()


def quoted(text: str) -> str:
    """Return one line of printable text as YAML and TOML both read it: a JSON string."""
    return json.dumps(text, ensure_ascii=False)


_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def is_id(name: str) -> bool:
    """Say whether a name can stand in an address: small letters, digits, single hyphens."""
    return re.match(_ID, name) is not None


Id = Annotated[str, StringConstraints(pattern=_ID)]
"""A name used in addresses."""

Text = Annotated[str, StringConstraints(min_length=1)]
Link = Annotated[str, AfterValidator(_web_address)]
Public = Annotated[str, AfterValidator(_without_password)]
"""A text that may be an address, or nothing."""
NameOrLink = Annotated[Text, AfterValidator(_without_password)]
"""An id, or an address in its stead."""
CalendarLink = Annotated[str, BeforeValidator(_calendar_address), AfterValidator(_web_address)]
"""The address of an .ics file; calendar programs write it with webcal: in place of https:."""
Language = Annotated[str, AfterValidator(_language)]
Zone = Annotated[str, AfterValidator(_known_zone)]
Clock = Annotated[str, AfterValidator(_clock)]
Day = Annotated[date, BeforeValidator(_day), AfterValidator(_plausible)]
Dated = Annotated[DayOrMonth | None, PlainValidator(_dated)]
"""A day or a month; None for one that is said to be unknown, so that no date is left out by oversight."""
Stated = Annotated[DayOrMonth, PlainValidator(_stated)]
"""A day or a month, which must be known."""
Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_plausible)]
Currency = Annotated[str, matching("[A-Z]{3}", "must be a currency’s three letters, such as USD")]
"""A currency's code (ISO 4217)."""
Names = Annotated[tuple[Text, ...], BeforeValidator(_names)]
