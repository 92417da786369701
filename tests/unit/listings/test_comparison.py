"""Pay held against a figure."""

import pytest

from plugins.listings.comparison import Hours, Measure, Sum, measure, rounded_ratio
from plugins.listings.model import Period

YEARLY = Sum(26470, "USD", "year")


def test_the_same_period_is_compared_as_it_stands() -> None:
    """Nothing is assumed of two yearly sums."""
    assert measure(Sum(900000, "USD", "year"), YEARLY, 40) == Measure(26470)


def test_a_month_and_a_year_need_no_hours() -> None:
    """A month is a twelfth of a year for everybody."""
    measured = measure(Sum(6000, "USD", "month"), YEARLY)
    assert measured == Measure(26470 / 12, is_converted=True)


def test_an_hour_is_converted_by_stated_hours_before_assumed_ones() -> None:
    """Whoever sees the figure is told by which hours it came about, and whose they are."""
    stated = measure(Sum(40, "USD", "hour", hours_a_week=20), YEARLY, 40)
    assumed = measure(Sum(40, "USD", "hour"), YEARLY, 40)
    assert stated is not None
    assert assumed is not None
    assert stated.hours == Hours(20, is_stated=True)
    assert assumed.hours == Hours(40, is_stated=False)
    assert round(stated.amount, 2) == round(2 * assumed.amount, 2) == 25.45


@pytest.mark.parametrize(
    ("currency", "period", "hours"),
    [("EUR", "year", 40), ("", "year", 40), ("USD", "", 40), ("USD", "hour", 0), ("USD", "day", 40)],
    ids=["another currency", "no currency", "no period", "no hours", "a day"],
)
def test_what_cannot_be_compared_is_not(currency: str, period: Period, hours: float) -> None:
    """Dollars are never held against euros, and hours are not made up."""
    assert measure(Sum(40, currency, period), YEARLY, hours) is None


@pytest.mark.parametrize(("amount", "ratio"), [(900000, 34), (90000, 3.4), (26470, 1), (13000, 0.49), (3_333_333, 130)])
def test_a_ratio_has_two_digits(amount: float, ratio: float) -> None:
    """34.001 times is 34 times: nobody knows the last digits of a range."""
    assert rounded_ratio(amount, Measure(26470)) == ratio
