"""What a read of a board changes, where whole runs in tests/loopback do not tell it apart."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from plugins.core.polling.outcomes import Fetched
from plugins.listings.board import Board, BoardBudget
from plugins.listings.posting import ArchivedListing, BoardRecord, PayRange, Posting
from plugins.listings.watch.board_read import BoardRead
from plugins.listings.watch.changes import Changes, apply

T0 = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
BOARD = Board("b", "Acme", "lever", "acme")
ONE = Posting("1", "Writer", "https://jobs.example.org/1", "Words of one.", "Reno, NV", updated=date(2026, 11, 1))


def read(*postings: Posting, **changes: object) -> BoardRead:
    """Return a complete read that has these postings."""
    present = frozenset(one.number for one in postings)
    made = BoardRead(Fetched("b", "", b"", "", ""), {one.number: one for one in postings}, present)
    return replace(made, **changes)  # type: ignore[arg-type]


def applied(known: dict[str, ArchivedListing], at: datetime, *postings: Posting, **changes: object) -> Changes:
    """Return what a read changes, and put it into what is known."""
    found = apply(BOARD, read(*postings, **changes), known, BoardRecord("b", last_complete=T0), at)
    known.update({id.partition("/")[2]: listing for id, listing in found.listings.items()})
    return found


def test_an_answer_without_a_text_rewords_nothing() -> None:
    """A board that leaves texts out one day keeps them here, with a new title too."""
    known: dict[str, ArchivedListing] = {}
    applied(known, T0, ONE)
    assert applied(known, T0 + DAY, replace(ONE, text="")).told == ()
    applied(known, T0 + 2 * DAY, replace(ONE, text="", title="Editor"))
    assert [(said.title, said.text) for said in known["1"].snapshots] == [
        ("Writer", "Words of one."),
        ("Editor", "Words of one."),
    ]


def test_a_mark_of_the_employers_that_moves_every_day_changes_no_row() -> None:
    """Some boards touch every posting daily: `updated` is taken over when something else has changed."""
    known: dict[str, ArchivedListing] = {}
    applied(known, T0, ONE)
    assert applied(known, T0 + DAY, replace(ONE, updated=date(2026, 11, 3))).listings == {}
    applied(known, T0 + 2 * DAY, replace(ONE, updated=date(2026, 11, 4), text="Other words."))
    assert known["1"].updated == date(2026, 11, 4)


def test_pay_in_the_fields_is_compared_and_pay_in_the_text_is_read_once() -> None:
    """Both are kept, the fields' first; a board that adds fields has changed its advertisement."""
    known: dict[str, ArchivedListing] = {}
    text = "The pay is $90,000 to $110,000 per year."
    applied(known, T0, replace(ONE, text=text))
    assert [(pay.low, pay.of_fields) for pay in known["1"].now.pay] == [(90_000, False)]
    fields = PayRange("min: 90000", 90_000, 110_000, "USD")
    applied(known, T0 + DAY, replace(ONE, text=text, pay=(fields,)))
    assert [(pay.low, pay.of_fields) for pay in known["1"].now.pay] == [(90_000, True), (90_000, False)]
    assert applied(known, T0 + 2 * DAY, replace(ONE, text=text, pay=(fields,))).told == ()


def test_the_same_text_in_two_places_is_one_listing_each() -> None:
    """Of several that have gone, the one of the same place is listed again, and each only once."""
    known: dict[str, ArchivedListing] = {}
    other = replace(ONE, number="2", location="Austin, TX")
    applied(known, T0, ONE, other)
    again = [replace(ONE, number=number, location="Austin, TX") for number in ("8", "9", "10")]
    applied(known, T0 + DAY, *again, present=frozenset({"8", "9", "10"}), complete=True, is_unknown=False)
    assert [known[number].relisting_of for number in ("8", "9", "10")] == ["b/2", "b/1", ""]


def test_a_read_is_noted_once_a_day_unless_it_brings_something() -> None:
    """The board's record is all that says when listings were seen last, and it stands still on a quiet day."""
    known: dict[str, ArchivedListing] = {}
    applied(known, T0, ONE)
    hour = timedelta(hours=1)
    assert applied(known, T0 + hour, ONE).record.last_complete == T0
    assert applied(known, T0 + DAY, ONE).record.last_complete == T0 + DAY
    assert applied(known, T0 + 2 * hour, ONE, replace(ONE, number="2")).record.last_complete == T0 + 2 * hour


def flood(count: int, text: str = "Words.") -> list[Posting]:
    """Return so many postings."""
    return [replace(ONE, number=str(number), text=f"{text} {number}") for number in range(count)]


def budgeted(known: dict[str, ArchivedListing], at: datetime, postings: list[Posting], **figures: int) -> Changes:
    """Apply a read within a budget of ten new listings and 1,000 characters a day."""
    budget = BoardBudget(**{"new_a_day": 10, "text_a_day": 1_000, **figures})
    found = apply(BOARD, read(*postings), known, BoardRecord("b", last_complete=T0), at, budget=budget)
    known.update({id.partition("/")[2]: listing for id, listing in found.listings.items()})
    return found


def test_a_board_without_end_adds_so_many_a_day() -> None:
    """On its first day ten times a day's listings; then a day's, and the rest later; what is held is not closed."""
    known: dict[str, ArchivedListing] = {}
    assert len(budgeted(known, T0, flood(90)).listings) == 90
    for day in (1, 2):
        found = budgeted(known, T0 + day * DAY, flood(300))
        assert (len(found.told), len(found.held)) == (10, 200 - 10 * (day - 1))
        assert budgeted(known, T0 + day * DAY + DAY / 4, flood(300)).told == ()
    assert len(known) == 110


def test_a_board_that_rewords_at_every_read_adds_so_much_a_day() -> None:
    """The texts of a day have a size, however often they change; tomorrow's wording is kept again."""
    known: dict[str, ArchivedListing] = {}
    budgeted(known, T0, flood(20), text_a_day=500)
    for hour in range(1, 20):
        budgeted(known, T0 + DAY + hour * DAY / 48, flood(20, f"Reworded {hour}."), text_a_day=500)
    said = [snapshot for listing in known.values() for snapshot in listing.snapshots[1:]]
    assert 400 < sum(len(snapshot.text) for snapshot in said) <= 500
    assert budgeted(known, T0 + 2 * DAY, flood(20, "Once more."), text_a_day=500).told
