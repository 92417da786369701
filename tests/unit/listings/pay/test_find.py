"""Pay as advertisements state it. The labelled set has many more; these are the promises one by one."""

import json
from pathlib import Path

import pytest

from plugins.listings.pay.finder import find
from plugins.listings.posting import PayRange

LABELLED = Path(__file__).parents[3] / "labelled" / "pay.jsonl"
SEEN = [row for row in map(json.loads, LABELLED.read_text("utf-8").splitlines()) if not row["held_out"]]
"""What was not held out: no test reads the rest, `./inv bench pay` judges it."""


def only(text: str, country: str = "") -> PayRange:
    """Return the one range of a text."""
    (found,) = find(text, country)
    return found


@pytest.mark.parametrize("row", SEEN, ids=[row["id"] for row in SEEN])
def test_labelled_texts_are_read_as_labelled(row: dict[str, object]) -> None:
    """Each form of the set is read to the cent, with its quotation where it says, and other sums are left alone."""
    text = str(row["text"])
    found = find(text, str(row["country"]))
    wanted = [(one["low"], one["high"], one["currency"]) for one in row["ranges"]]  # type: ignore[attr-defined]
    assert [(one.low, one.high, one.currency) for one in found] == wanted
    assert all(text[one.start : one.start + len(one.quote)] == one.quote for one in found)


def test_a_period_is_stated_or_assumed() -> None:
    """Whoever holds pay against a yardstick knows whether the employer said for how long it is."""
    stated, assumed, neither = only("Salary: $90,000 a year"), only("Salary: $90,000"), only("Gehalt: 3.500 €")
    assert (stated.period, stated.period_stated) == ("year", True)
    assert (assumed.period, assumed.period_stated) == ("year", False)
    assert (neither.period, neither.period_stated) == ("", False)


def test_an_open_end_is_open() -> None:
    """“Up to” has no bottom, “from” has no top, and neither is made up."""
    assert (only("Salary: up to £45k").low, only("Pay from $17 an hour").high) == (None, None)


def test_zones_keep_their_labels() -> None:
    """No union of two zones' ranges is made, which would be nobody's band."""
    found = find("Zone A: $120,000 - $140,000 Zone B: $110,000 - $130,000")
    assert [(one.label, one.low) for one in found] == [("Zone A", 120000), ("Zone B", 110000)]


def test_base_pay_and_what_targets_bring_are_told_apart() -> None:
    """On-target earnings are not shown as what a job pays in any case."""
    assert [one.basis for one in find("Base salary $100,000, OTE $180,000")] == ["base", "ote"]


@pytest.mark.parametrize(
    ("country", "currency"), [("", "USD"), ("CA", "CAD"), ("Australia", "AUD"), ("DE", "USD"), ("nowhere", "USD")]
)
def test_the_country_says_whose_dollars_they_are(country: str, currency: str) -> None:
    """A bare $ is the country's own dollar, where it has one."""
    assert only("Salary: $90,000 - $100,000", country).currency == currency


def test_a_stated_currency_is_not_overruled() -> None:
    """US dollars in Canada stay US dollars."""
    assert only("Salary: USD 90,000 - 100,000", "CA").currency == "USD"


def test_mark_up_and_entities_are_read_through_and_quoted_as_they_stand() -> None:
    """A board's HTML is no obstacle, and the quotation is found in it."""
    text = "<p>Pay:&nbsp;<b>$90&#44;000</b> &amp;mdash; <i>$110&#44;000</i> USD</p>"
    found = only(text)
    assert (found.low, found.high) == (90000, 110000)
    assert text[found.start :].startswith(found.quote)
    assert found.quote.startswith("$90&#44;000")
