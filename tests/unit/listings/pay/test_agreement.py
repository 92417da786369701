"""A board's own fields beside the prose."""

from plugins.listings.pay.agreement import agree
from plugins.listings.pay.finder import find
from plugins.listings.posting import PayRange


def field(low: float | None, high: float | None, **values: object) -> PayRange:
    """Return a range as a board's fields give it."""
    return PayRange(f"{low}-{high}", low, high, "USD", **values)  # type: ignore[arg-type]


def test_fields_win_and_take_from_the_prose_what_they_do_not_say() -> None:
    """A field without a period is completed by the sentence that has the same sums."""
    shown = agree([field(100000, 120000)], find("The annual base salary is $100,000 - $120,000."))
    (only,) = shown.ranges
    assert only.of_fields
    assert (only.period, only.period_stated, only.basis) == ("year", True, "base")
    assert not shown.differ


def test_a_disagreement_is_kept() -> None:
    """Where the advertisement says something else than the board, a page can show both."""
    stated = field(100000, 130000, period="year", period_stated=True)
    shown = agree([stated], find("The annual base salary is $90,000 - $120,000."))
    assert shown.ranges == (stated,)
    (difference,) = shown.differ
    assert difference.field == stated
    assert [one.low for one in difference.prose] == [90000]


def test_ranges_of_places_within_the_field_s_are_no_disagreement() -> None:
    """Many boards give the union of all zones in the field, and the zones in the text."""
    zones = "Salary by zone. Zone A: $120,000 - $140,000. Zone B: $110,000 - $130,000."
    assert not agree([field(110000, 140000)], find(zones)).differ


def test_what_is_earned_with_commission_stands_beside_base_pay() -> None:
    """On-target earnings are another sum, not another opinion."""
    shown = agree([field(85000, 95000)], find("Base salary: $85,000 - $95,000. OTE: $170,000 - $190,000."))
    assert [(one.low, one.basis) for one in shown.ranges] == [(85000, "base"), (170000, "ote")]
    assert not shown.differ


def test_without_fields_the_prose_is_all_there_is() -> None:
    """Nothing is lost, and nothing differs."""
    prose = find("Pay: $25.50/hour")
    assert agree([], prose).ranges == prose
