"""Listings and their pay as pages show them."""

import pytest

from plugins.listings import pages
from plugins.listings.model import ListingMatter, Pay, Yardstick


def pay(**values: object) -> Pay:
    """Return yearly pay in dollars."""
    return Pay.model_validate({"quote": "as quoted", "period": "year"} | values)


def yardstick(**values: object) -> Yardstick:
    """Return the yearly figure of 26,470 dollars."""
    given = {
        "id": "plan",
        "title": "t",
        "amount": 26470,
        "currency": "USD",
        "period": "year",
        "text": "x",
        "source": "s",
    }
    return Yardstick.model_validate(given | values)


def test_all_pay_is_on_one_scale_from_zero() -> None:
    """The bars of two listings can be compared by eye, and the yardstick stands where it belongs."""
    pays = [pay(low=300000, high=900000), pay(low=90000)]
    top = pages.scale_top(pays)
    bar = pages.bar(pays[0], pages.yardstick_view(yardstick()), top)
    assert top == 900000
    assert bar is not None
    assert (bar.start, bar.width, bar.tick, bar.ratio) == (33.33, 66.67, 2.94, 34.0)


@pytest.mark.parametrize("other", [{"currency": "EUR"}, {"period": "hour"}], ids=["another currency", "another period"])
def test_pay_is_not_held_against_what_is_of_another_kind(other: dict[str, str]) -> None:
    """No ratio is shown that compares dollars with euros, or a year with an hour."""
    bar = pages.bar(pay(low=1, high=2), pages.yardstick_view(yardstick(**other)), 2)
    assert bar is not None
    assert (bar.tick, bar.ratio) == (None, None)


def test_pay_whose_period_is_not_stated_has_no_picture() -> None:
    """What the words do not say is not assumed."""
    assert pages.bar(pay(low=300000, period=""), None, 900000) is None


def test_an_open_end_reaches_the_edge() -> None:
    """What pays “from 90,000” is open upwards, and no ratio is made of it."""
    bar = pages.bar(pay(low=90000), pages.yardstick_view(yardstick()), 900000)
    assert bar is not None
    assert (bar.start, bar.width, bar.ratio) == (10.0, 90.0, None)


def test_the_latest_seen_comes_first() -> None:
    """Listings are in order of the day they count from."""

    def listing(**values: object) -> ListingMatter:
        return ListingMatter.model_validate({"employer": "e", "role": "r"} | values)

    rows = [("a", listing(seen="2026-01-01")), ("b", listing(posted="2026-02-01")), ("c", listing(seen="2026-01-01"))]
    assert [view.id for view in pages.views(rows, {})] == ["b", "a", "c"]
