"""Job ads as news of a period."""

from datetime import UTC, datetime

from plugins.listings import news, pages
from plugins.listings.model import ListingMatter
from plugins.sections.news import Period

WEEK = Period(datetime(2026, 2, 22, 9, tzinfo=UTC), datetime(2026, 3, 1, 9, tzinfo=UTC))
OLD = {"employer": "Harbour Works", "role": "Planner", "seen": "2026-01-02"}


def told(**values: object) -> list[tuple[str, str, str]]:
    """Return day, change and text of a listing's news in the week to 1 March."""
    shown = pages.views([("planner", ListingMatter.model_validate(OLD | values))], {})
    items = list(news.news(shown, WEEK))
    assert {(item.reference, item.title) for item in items} <= {("{listing}planner", "Planner, Harbour Works")}
    return [(str(item.at), item.change, item.text) for item in items]


def test_what_happened_to_a_listing_is_told_by_its_record() -> None:
    """First seen, opened, changed, closed: each on its day, in the words of the record; what is older is not told."""
    assert told() == []
    assert told(seen="2026-02-22", summary="In short.") == [("2026-02-22", "new", "In short.")]
    assert told(seen="2026-02-28", pay={"quote": "$1 a day"}) == [("2026-02-28", "new", "$1 a day")]
    assert told(posted="2026-02-27") == [("2026-02-27", "opened", "")]
    history = [{"date": "2026-02-24", "text": "The pay was left out."}, {"date": "2026-01-24", "text": "Seen again."}]
    assert told(history=history) == [("2026-02-24", "changed", "The pay was left out.")]
    assert told(closed="2026-03-01") == [("2026-03-01", "closed", "")]


def test_a_closing_that_has_words_is_told_once() -> None:
    """The record of its last day says that it was taken down; there is no second line that says so."""
    history = [{"date": "2026-02-24", "text": "Taken down overnight."}]
    assert told(closed="2026-02-24", history=history) == [("2026-02-24", "closed", "Taken down overnight.")]


def test_a_day_to_come_is_no_news() -> None:
    """An advertisement that will close has not closed."""
    assert told(closed="2026-03-02") == []
