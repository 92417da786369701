"""Strikes as pages show them."""

from datetime import date

import pytest

from plugins.core.config.toml_tables import Tables
from plugins.strikes import pages
from plugins.strikes.model import Strike


def strike(**values: object) -> Strike:
    """Return a strike that began on 2 May 2023."""
    given = {"id": "writers", "union": "Guild", "employers": "Studios", "start": "2023-05-02", "status": "running"}
    return Strike.model_validate(given | values)


@pytest.mark.parametrize(("today", "day"), [("2023-05-01", 0), ("2023-05-02", 1), ("2023-08-15", 106)])
def test_a_running_strike_counts_its_days_from_one(today: str, day: int) -> None:
    """The first day is day 1; before it there is none."""
    assert pages.day_of(strike(), date.fromisoformat(today)) == day


def test_a_strike_that_is_over_stays_as_long_as_it_was() -> None:
    """Its length does not grow with the calendar; the day work resumed is not a day of strike."""
    over = strike(end="2023-09-27", status="settled")
    assert pages.day_of(over, date(2026, 1, 1)) == 148


def test_running_strikes_come_first_and_milestones_in_order() -> None:
    """A reader sees what is going on now, told from its beginning."""
    milestones = [
        {"date": "2023-07-14", "time": "00:01", "text": "b", "source": "s"},
        {"date": "2023-07-13", "text": "a", "source": "s"},
    ]
    old = strike(id="actors", start="2023-07-14", end="2023-11-09", status="suspended", milestone=milestones)
    shown = pages.views([old, strike()], date(2023, 12, 1))
    assert [view.id for view in shown] == ["writers", "actors"]
    assert [(one.id, one.text) for one in shown[1].milestones] == [("actors-1", "a"), ("actors-2", "b")]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"end": "2023-05-01", "status": "ended"}, "ends before it starts"),
        ({"end": "2023-09-27"}, "is running and has an end"),
        ({"status": "settled"}, "is settled and has no end"),
    ],
)
def test_dates_that_contradict_the_status_are_told(values: dict[str, str], what: str) -> None:
    """A banner never says something that cannot be."""
    tables = Tables("strikes.toml", {"strike": [strike(**values)]})
    (problem,) = pages.problems(tables)
    assert what in problem.what
