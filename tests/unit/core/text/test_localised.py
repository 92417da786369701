"""How templates word dates and money."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from jinja2.filters import FILTERS
from markupsafe import Markup

from plugins.core.text.localised import Wording, json_for_script, without_tags
from plugins.core.text.plain_text import plain

AT = datetime(2023, 7, 26, 4, 40, tzinfo=UTC)


def test_times_are_in_the_sites_zone() -> None:
    """A moment is worded where the site is, with its zone's name."""
    words = Wording("en", ZoneInfo("America/Los_Angeles"))
    assert (words.day(AT), words.clock(AT), words.zone_name(AT)) == ("25 July 2023", "21:40", "PDT")
    assert words.iso(AT) == "2023-07-25T21:40:00-07:00"
    assert (words.iso(date(2023, 7, 25)), words.month(AT)) == ("2023-07-25", "July 2023")


def test_another_language_has_its_own_words() -> None:
    """Dates and numbers are worded as the language has them."""
    words = Wording("es", ZoneInfo("UTC"))
    assert words.weekday_day(AT) == "miércoles, 26 de julio de 2023"
    assert words.number(11500) == "11.500"


def test_days_from_one_to_another_share_their_month() -> None:
    """What both days have in common is said once, in the order of the language."""
    days = (date(2026, 11, 17), date(2026, 11, 24))
    assert Wording("en", ZoneInfo("UTC")).days(*days) == "17–24 Nov 2026"
    assert Wording("es", ZoneInfo("UTC")).days(*days) == "17–24 de noviembre de 2026"


def test_money_has_cents_only_where_there_are_some() -> None:
    """A salary is a round figure, an hourly rate is not."""
    words = Wording("en", ZoneInfo("UTC"))
    assert (words.money(300000, "USD"), words.money(89.04, "USD"), words.money(5, "EUR")) == (
        "$300,000",
        "$89.04",
        "€5",
    )


def test_json_cannot_leave_its_script() -> None:
    """What stands in a page as data stays data."""
    assert json_for_script({"a": "</script><!--&"}) == '{"a":"\\u003c/script\\u003e\\u003c!--\\u0026"}'


def test_plain_text_has_no_tags_and_no_entities() -> None:
    """Attributes and titles of the page get words alone."""
    assert plain("<p>Fish &amp;&nbsp;chips\n <b>now</b></p>") == "Fish & chips now"


@pytest.mark.parametrize(
    ("language", "first", "signs"),
    [("en", 0, "Mo"), ("en-US", 6, "Mo"), ("es", 0, "LU"), ("pt-BR", 6, "seg."), ("he", 6, "ב׳"), ("ar", 5, "إثنين")],
)
def test_a_week_begins_as_its_readers_have_it(language: str, first: int, signs: str) -> None:
    """Monday, Saturday or Sunday, by the territory, or where most people speak the language; Babel knows the names."""
    words = Wording(language, ZoneInfo("UTC"))
    assert words.first_weekday == first
    assert words.weekday_sign(date(2026, 3, 2)).casefold() == signs.casefold()


@pytest.mark.parametrize("value", ["a <b>b</b>  c", Markup("&lt;b&gt; <i>x</i>"), "<!-- c -->d & e", "", 3, True, 1])
def test_words_without_tags_are_those_of_jinjas_own_filter(value: object) -> None:
    """The filter that templates call `striptags` remembers what it gave, and gives what Jinja's does."""
    assert without_tags(value) == FILTERS["striptags"](value)
    assert without_tags(value) == FILTERS["striptags"](value)
