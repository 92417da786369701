"""Job ads as news of a period."""

from datetime import UTC, datetime

from plugins.listings.posting import Event, Snapshot
from plugins.listings.publish import summaries
from plugins.sections.news import Period
from tests.unit.listings.publish.archived import at, builder, listing

WEEK = Period(datetime(2026, 2, 22, 9, tzinfo=UTC), datetime(2026, 3, 1, 9, tzinfo=UTC))


def told(**values: object) -> list[tuple[str, str, str]]:
    """Return day, change and text of a listing's news in the week to 1 March."""
    shown = builder(files={"planner": {"seen": "2026-01-02", **values}}).commented()
    items = list(summaries.news(shown, WEEK))
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


def test_what_a_board_told_is_news_too() -> None:
    """Opened, reworded, closed and open again, each on its day; that one read did not have it is none."""
    reworded = Snapshot(at(24), "Planner", "The harbour", "You are calm.")
    happened: list[tuple[int, Event]] = [(23, "missing"), (24, "changed"), (26, "closed"), (28, "reopened")]
    archived = listing("7", Snapshot(at(22), "Planner", "", "You are flexible."), reworded, happened=happened)
    items = list(summaries.news(builder(archived).uncommented(), WEEK))
    told = [(item.reference, str(item.at), item.change) for item in items]
    assert told == [
        ("{listing}harbour/7", "2026-02-22", "opened"),
        ("{listing}harbour/7", "2026-02-24", "changed"),
        ("{listing}harbour/7", "2026-02-26", "closed"),
        ("{listing}harbour/7", "2026-02-28", "reopened"),
    ]
    assert max(items, key=lambda item: item.rank).change == "changed"


def test_a_commented_listing_is_told_under_its_own_name_and_once_a_day() -> None:
    """The words that were written of a closing stand for what the board told of that day."""
    archived = listing("7", happened=[(25, "closed")])
    history = [{"date": "2026-02-25", "text": "Gone overnight."}]
    files = {"planner": {"board": "harbour/7", "history": history}}
    items = list(summaries.news(builder(archived, files=files).commented(), WEEK))
    assert [(item.reference, item.change, item.text) for item in items] == [
        ("{listing}planner", "closed", "Gone overnight.")
    ]
