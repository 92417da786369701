"""How templates word dates, numbers and money, in the site's language and zone. Babel knows the forms.

Source: https://babel.pocoo.org/en/latest/dates.html. No clock is read.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError, get_global
from babel.dates import format_date, format_interval, format_skeleton, get_timezone_name
from babel.numbers import format_currency, format_decimal
from markupsafe import Markup

from plugins.core.text.plain_text import plain
from plugins.core.text.urls import host

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_FOR_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What could end a script element, or a line in one, and how JSON writes it. One `replace` after the other takes a
tenth of the time that `translate` does, which goes through a text letter by letter."""

_KEPT = 4_096
"""Texts of which is remembered what they are without tags: a post's page asks for its title and its summary thrice."""


def language_name(code: str) -> str:
    """Return what a language is called in itself, as a link to it says, as in Español; the code where none is known."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return f"{name[0].upper()}{name[1:]}" if name else code


def json_for_script(value: object) -> Markup:
    """Return JSON that cannot end the script element it stands in."""
    text = _JSON.encode(value)
    for letter, escaped in _FOR_SCRIPT.items():
        text = text.replace(letter, escaped)
    return Markup(text)  # noqa: S704 - escaped here


def without_tags(value: object) -> str:
    """Return HTML's text in one line, as Jinja's own filter `striptags` does."""
    if hasattr(value, "__html__"):
        value = value.__html__()
    return _without_tags(str(value))


@lru_cache(maxsize=_KEPT)
def _without_tags(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - tags are taken out of it


@lru_cache(maxsize=10_000)
def _worded(form: str, day: date, language: str) -> str:
    """Word a day in one of Babel's forms, or by a skeleton of fields; a large wire asks for the same days again.

    The language is its code: to find a Locale in a dictionary takes as long as all else here.
    """
    locale = Locale.parse(language)
    if form in ("long", "full"):
        return format_date(day, form, locale)
    return format_skeleton(form, datetime(day.year, day.month, day.day, tzinfo=UTC), locale=locale)


@lru_cache(maxsize=10_000)
def _money(amount: float, currency: str, locale: Locale) -> str:
    """Word an amount; the same ranges of pay stand in a listing's row of five tables, and in many listings."""
    if amount != int(amount):
        return format_currency(amount, currency, locale=locale)
    form = re.sub(r"\.0+", "", locale.currency_formats["standard"].pattern)
    return format_currency(amount, currency, form, locale=locale, currency_digits=False)


@dataclass(frozen=True)
class Wording:
    """The words of one language, times in one zone."""

    language: str
    zone: ZoneInfo

    @cached_property
    def locale(self) -> Locale:
        """Return the language's forms for numbers and money."""
        return Locale.parse(self.language.replace("-", "_"))

    @cached_property
    def dates(self) -> Locale:
        """Return the language's forms for dates; in plain English the day comes first, without commas."""
        return Locale.parse("en_GB") if self.language == "en" else self.locale

    @cached_property
    def _dates_code(self) -> str:
        return str(self.dates)

    @property
    def first_weekday(self) -> int:
        """Return the day a week begins with, 0 for Monday; a language alone is taken for where most speak it."""
        territory = self.dates.territory or Locale.parse(get_global("likely_subtags")[self.dates.language]).territory
        return int(Locale(self.dates.language, territory).first_week_day)

    def local(self, moment: date) -> datetime:
        """Return a moment in the site's zone; a day becomes its midnight there."""
        if isinstance(moment, datetime):
            return moment.astimezone(self.zone)
        return datetime(moment.year, moment.month, moment.day, tzinfo=self.zone)

    def day(self, moment: date) -> str:
        """Word a day, as in 25 July 2023."""
        return self._dated("long", moment)

    def weekday_day(self, moment: date) -> str:
        """Word a day with its weekday, as in Tuesday 25 July 2023."""
        return self._dated("full", moment)

    def days(self, first: date, last: date) -> str:
        """Word the days from one to another, as in 17–24 Nov 2026."""
        return format_interval(self.local(first), self.local(last), "yMMMMd", tzinfo=self.zone, locale=self.dates)

    def short_day(self, moment: date) -> str:
        """Word a day without its year, as in 25 July."""
        return self._dated("MMMMd", moment)

    def brief_day(self, moment: date) -> str:
        """Word a day without its year, its month cut short, as in 2 Aug."""
        return self._dated("MMMd", moment)

    def weekday(self, moment: date) -> str:
        """Word a weekday, as in Tuesday."""
        return format_date(self.local(moment), "EEEE", self.dates)

    def weekday_sign(self, moment: date) -> str:
        """Word a weekday as calendars head a column, as in Tu."""
        return format_date(self.local(moment), "EEEEEE", self.dates)

    def month(self, moment: date) -> str:
        """Word a month, as in July 2023."""
        return self._dated("yMMMM", moment)

    def clock(self, moment: datetime) -> str:
        """Word a time of day, as in 09:40."""
        return f"{self.local(moment):%H:%M}"

    def zone_name(self, moment: datetime) -> str:
        """Name the site's zone at a moment, as in PDT."""
        return get_timezone_name(self.local(moment), "short", locale=self.locale)

    def iso(self, moment: date) -> str:
        """Return a `datetime` attribute's value (HTML, section 2.3.5)."""
        if isinstance(moment, datetime):
            return self.local(moment).isoformat()
        return moment.isoformat()

    def money(self, amount: float, currency: str) -> str:
        """Word an amount, without cents where there are none, as in $300,000."""
        return _money(amount, currency, self.locale)

    def number(self, value: float) -> str:
        """Word a number, as in 11,500."""
        return format_decimal(value, locale=self.locale)

    def filters(self) -> dict[str, Callable[..., Any]]:
        """Return all of these under the names templates use."""
        days = (self.day, self.weekday_day, self.days, self.short_day, self.brief_day, self.weekday, self.weekday_sign)
        rest = (self.month, self.clock, self.zone_name, self.iso, self.money, self.number)
        words = {word.__name__: word for word in (*days, *rest)}
        of_any_language = {"host": host, "plain": plain, "json": json_for_script, "striptags": without_tags}
        return {**words, **of_any_language, "language_name": language_name}

    def _dated(self, form: str, moment: date) -> str:
        if isinstance(moment, datetime):
            moment = self.local(moment).date()
        return _worded(form, moment, self._dates_code)
