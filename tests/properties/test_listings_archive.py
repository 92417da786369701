"""Rows of the listings' archive: whatever a listing says is a line, comes back, and merges alike in any order."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.listings.archive.codec import BOARDS, LISTINGS, STILL_THERE
from plugins.listings.archive.union import one_listing, one_record
from plugins.listings.model import Basis, Period
from plugins.listings.posting import ArchivedListing, BoardRecord, Event, Happening, PayRange, Snapshot

name = st.text(min_size=1)
when = st.integers(0, 10**6).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
sum_of_money = st.none() | st.floats(0, 10**9)
pay = st.builds(
    PayRange,
    quote=st.text(),
    low=sum_of_money,
    high=sum_of_money,
    period=st.sampled_from(get_args(Period)),
    basis=st.sampled_from(get_args(Basis)),
    start=st.integers(-1, 100),
)
snapshots = st.builds(Snapshot, when, st.text(), st.text(), st.text(), st.lists(pay, max_size=2).map(tuple))
happenings = st.builds(Happening, when, st.sampled_from(get_args(Event)), st.text())
kinds = {
    "id": name.map("board/{}".format),
    "employer": name,
    "url": st.just("https://jobs.example.org/1"),
    "first_seen": when,
    "last_seen": when | st.just(STILL_THERE),
    "snapshots": st.lists(snapshots, min_size=1, max_size=3).map(tuple),
    "happenings": st.lists(happenings, min_size=1, max_size=5).map(tuple),
    **dict.fromkeys(("posted", "updated", "closes"), st.none() | st.dates()),
}
listings = st.builds(
    ArchivedListing, **{field.name: kinds.get(field.name, st.text()) for field in fields(ArchivedListing)}
)


@settings(deadline=None)
@given(listings)
def test_a_listing_is_one_line_and_reads_back_equal(listing: ArchivedListing) -> None:
    """Whatever its words are, the row has no line's end for any splitter, and says the same again."""
    row = LISTINGS.row(listing).decode()
    assert len(row.splitlines()) == 1
    assert LISTINGS.read(row, "f") == ([listing], [])


@settings(deadline=None)
@given(listings, listings)
def test_two_rows_of_a_listing_are_one_whichever_comes_first(one: ArchivedListing, other: ArchivedListing) -> None:
    """Git's order says nothing; no text is lost; what happened can have happened in that order."""
    other = replace(other, id=one.id)
    # A listing that is there has no last sight of its own, and its happenings begin with how it came.
    began = Happening(min(one.first_seen, other.first_seen), "opened")
    one, other = (replace(row, happenings=(began, *row.happenings)) for row in (one, other))
    merged = one_listing(one, other)
    assert merged == one_listing(other, one)
    said = {replace(snapshot, seen=STILL_THERE) for row in (one, other) for snapshot in row.snapshots}
    assert {replace(snapshot, seen=STILL_THERE) for snapshot in merged.snapshots} == said
    assert [event.event for event in merged.happenings].count("opened") <= 1
    assert (merged.last_seen == STILL_THERE) is merged.is_there
    assert one_listing(merged, merged) == merged


@given(st.builds(BoardRecord, name, company=st.text(), last_complete=st.none() | when))
def test_a_board_s_record_reads_back_equal(record: BoardRecord) -> None:
    """A line a board; two of them are the later one."""
    assert BOARDS.read(BOARDS.row(record).decode(), "f") == ([record], [])
    assert one_record(record, replace(record, last_complete=None)) == one_record(
        replace(record, last_complete=None), record
    )
