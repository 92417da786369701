"""The archive of listings on disk: what comes back, what changes no byte, how two branches' rows become one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.listings.archive import listings_folder
from plugins.listings.archive.codec import LISTINGS, STILL_THERE
from plugins.listings.archive.listings_folder import ListingsArchive
from plugins.listings.archive.union import one_listing
from plugins.listings.posting import ArchivedListing, BoardRecord, Happening, PayRange, Snapshot

T0 = datetime(2026, 11, 30, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PAY = PayRange("$90,000 - $120,000", 90000, 120000, "USD", "year", label="Zone A", start=4)


def listing(number: int, first_seen: datetime = T0, board: str = "lanterna") -> ArchivedListing:
    """Return a listing that was opened and is there."""
    said = Snapshot(first_seen, f"Role {number}", "Reno, NV", "Pay: $90,000 - $120,000", (PAY,))
    return ArchivedListing(
        f"{board}/{number}",
        "Lanterna",
        f"https://jobs.example.org/{number}",
        first_seen,
        max(first_seen, T0 + DAY),
        (said,),
        (Happening(first_seen, "opened"),),
        "Lanterna Ltd",
        posted=date(2026, 11, 1),
    )


def holding(*listings: ArchivedListing, start: ListingsArchive | None = None) -> ListingsArchive:
    """Return an archive of exactly these listings, on boards that were last read a day after T0."""
    boards = {one.board: BoardRecord(one.board, "Lanterna Ltd", (), T0 + DAY) for one in listings}
    return replace(start or ListingsArchive(), listings={one.id: one for one in listings}, boards=boards)


def test_listings_lie_by_board_and_month_and_come_back(tmp_path: Path) -> None:
    """A file a board and month; reading gives back what was written, with when each was last seen."""
    gone = replace(listing(2), last_seen=T0, happenings=(*listing(2).happenings, Happening(T0 + DAY, "missing")))
    whole = holding(listing(1), gone, listing(3, T0 + DAY), listing(1, board="moon"))
    listings_folder.write(tmp_path, whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "boards.ndjson",
        "checksums.txt",
        "lanterna.2026-11.jsonl",
        "lanterna.2026-12.jsonl",
        "moon.2026-11.jsonl",
    ]
    back = listings_folder.read(tmp_path)
    assert (back.listings, back.boards, back.notices) == (whole.listings, whole.boards, ())
    assert not back.listings["lanterna/2"].is_there
    assert listings_folder.write(tmp_path, back) == ()


def test_a_board_read_again_changes_one_line_and_moves_every_last_sight(tmp_path: Path) -> None:
    """No row is written because its listing is still there: only the board's own line is."""
    listings_folder.write(tmp_path, holding(*map(listing, range(50))))
    back = listings_folder.read(tmp_path)
    later = replace(back.boards["lanterna"], last_complete=T0 + 5 * DAY)
    assert listings_folder.write(tmp_path, replace(back, boards={"lanterna": later})) == ("boards.ndjson",)
    assert {one.last_seen for one in listings_folder.read(tmp_path).listings.values()} == {T0 + 5 * DAY}


def test_a_file_that_lost_listings_is_refused(tmp_path: Path) -> None:
    """As in the wire's archive: a missing row stops the run and says how to get it back; and none is written away."""
    listings_folder.write(tmp_path, holding(listing(1), listing(2)))
    back = listings_folder.read(tmp_path)
    with pytest.raises(SiteError, match=r"listings would be lost \(1 of 2"):
        listings_folder.write(tmp_path, holding(listing(1), start=back))
    path = tmp_path / "lanterna.2026-11.jsonl"
    path.write_text(path.read_text().split("\n", 1)[1])
    with pytest.raises(SiteError, match=r"2026-11\.jsonl: listings are missing \(1 found, 2 recorded"):
        listings_folder.read(tmp_path)
    assert len(listings_folder.read(tmp_path, accept=True).listings) == 1


def test_two_branches_rows_of_one_listing_become_one(tmp_path: Path) -> None:
    """Every text of both is kept, nothing happens twice, and the order in which git has the rows says nothing."""
    start = replace(listing(1), last_seen=STILL_THERE)
    hour = timedelta(hours=1)
    told = Snapshot(T0 + DAY, "Role 1", "Reno, NV", "Reworded", ())
    later = replace(told, seen=T0 + DAY + hour)
    changed = (*start.happenings, Happening(told.seen, "changed"))
    one = replace(start, snapshots=(*start.snapshots, told), happenings=changed)
    both = (*start.happenings, Happening(later.seen, "changed"), Happening(T0 + 3 * DAY, "missing"))
    other = replace(start, snapshots=(*start.snapshots, later), happenings=both, last_seen=T0 + 2 * DAY)
    merged = one_listing(one, other)
    assert merged == one_listing(other, one)
    assert [said.text for said in merged.snapshots] == ["Pay: $90,000 - $120,000", "Reworded"]
    assert [(event.at, event.event) for event in merged.happenings] == [
        (T0, "opened"),
        (T0 + DAY, "changed"),
        (T0 + 3 * DAY, "missing"),
    ]
    assert merged.last_seen == T0 + 2 * DAY
    listings_folder.write(tmp_path, holding(start))
    path = tmp_path / "lanterna.2026-11.jsonl"
    with path.open("ab") as out:
        out.write(LISTINGS.row(other))
    assert listings_folder.read(tmp_path).listings["lanterna/1"].last_seen == T0 + 2 * DAY
