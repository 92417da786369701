"""Listings and their pay as pages show them."""

from dataclasses import replace

import pytest

from plugins.listings.model import Pay
from plugins.listings.posting import PayRange
from plugins.listings.publish import pay_views
from plugins.listings.publish.views import PayView, YardstickView
from tests.unit.listings.publish.archived import PLAN, builder, listing, sum_of


def pay(held: YardstickView | None = None, **values: object) -> PayView:
    """Return yearly pay in dollars, held against a yardstick."""
    return pay_views.of_file(Pay.model_validate({"quote": "as quoted", "period": "year"} | values), held)


def test_all_pay_is_on_one_scale_from_zero() -> None:
    """The bars of two listings can be compared by eye, and the yardstick stands where it belongs."""
    pays = [pay(PLAN, low=300000, high=900000), pay(low=90000)]
    tops = pay_views.scale_tops(pays)
    bar, _ = (one.bar for one in pay_views.drawn(pays, tops))
    assert tops == {("USD", "year"): 900000}
    assert bar is not None
    assert (bar.start, bar.width, bar.tick, bar.ratio) == (33.33, 66.67, 2.94, 34.0)


def test_a_yardstick_above_all_pay_is_on_the_scale_too() -> None:
    """Pay that does not reach what kept the plan is seen not to reach it."""
    low = pay(PLAN, low=10000, high=20000)
    (shown,) = pay_views.drawn([low], pay_views.scale_tops([low]))
    assert shown.bar is not None
    assert shown.bar.tick is not None
    assert shown.bar.start + shown.bar.width < shown.bar.tick < 100


def test_currencies_and_periods_never_share_a_scale() -> None:
    """An hour’s pay is not a thin line beside a year’s, nor are euros measured in dollars."""
    pays = [pay(high=900000), pay(high=90, period="hour"), pay(high=5000, currency="EUR"), pay(high=1, period="")]
    assert pay_views.scale_tops(pays) == {("USD", "year"): 900000, ("USD", "hour"): 90, ("EUR", "year"): 5000}


@pytest.mark.parametrize("other", [{"currency": "EUR"}, {"period": "hour"}], ids=["another currency", "another period"])
def test_pay_is_not_held_against_what_is_of_another_kind(other: dict[str, str]) -> None:
    """No ratio is shown that compares dollars with euros, or a year with an hour."""
    bar = pay_views.bar(pay(PLAN, low=1, high=2, **other), 2)
    assert bar is not None
    assert (bar.tick, bar.ratio) == (None, None)


def test_pay_whose_period_is_not_stated_has_no_picture() -> None:
    """What the words do not say is not assumed."""
    assert pay_views.bar(pay(low=300000, period=""), 900000) is None


def test_an_open_end_reaches_the_edge() -> None:
    """What pays “from 90,000” is open upwards, and no ratio is made of it."""
    bar = pay_views.bar(pay(PLAN, low=90000), 900000)
    assert bar is not None
    assert (bar.start, bar.width, bar.ratio) == (10.0, 90.0, None)


def test_a_boards_pay_is_held_against_what_was_known_then() -> None:
    """The latest yardstick of its currency and period counts, and none that is of a later year than the listing."""
    later = replace(PLAN, id="later", year=2025, amount=27540)
    future = replace(PLAN, id="future", year=2027)
    euros = replace(PLAN, id="euros", year=2026, currency="EUR")
    shown = pay_views.of_board([sum_of(1, 2)], [PLAN, later, future, euros], 2026)
    assert [one.yardstick and one.yardstick.id for one in shown] == ["later"]
    assert pay_views.of_board([sum_of(1, 2)], [PLAN], 2022)[0].yardstick is None


def test_ranges_of_one_listing_stay_apart() -> None:
    """Two zones are two ranges with their labels: their union is nobody’s pay."""
    zones = (sum_of(1, 2, label="Zone A"), sum_of(3, 4, label="Zone B", period_stated=True))
    given = listing()
    (view,) = builder(replace(given, snapshots=(replace(given.now, pay=zones),))).uncommented()
    told = [(one.label, one.low, one.high, one.period_assumed) for one in view.pays]
    assert told == [("Zone A", 1, 2, True), ("Zone B", 3, 4, False)]


def test_a_boards_fields_stand_before_the_prose_and_the_prose_beside_them() -> None:
    """Where the two disagree, readers see the field, and the words of the text that say something else."""
    prose = PayRange("$200,000 to $300,000 a year", 200000, 300000, "USD", "year", True, start=10)
    (shown,) = pay_views.of_board([sum_of(90000, 120000), prose], [], 2026)
    assert (shown.low, shown.of_board, shown.differing) == (90000, True, ("$200,000 to $300,000 a year",))
    (same,) = pay_views.of_board([sum_of(200000, 300000), prose], [], 2026)
    assert (same.low, same.differing) == (200000, ())


def test_the_latest_seen_comes_first() -> None:
    """Listings are in order of the day they count from."""
    files: dict[str, dict[str, object]]
    files = {"a": {"seen": "2026-01-01"}, "b": {"seen": None, "posted": "2026-02-01"}, "c": {"seen": "2026-01-01"}}
    assert [view.id for view in builder(files=files).commented()] == ["b", "a", "c"]
