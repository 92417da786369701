"""The archive's folder: `BOARD.YYYY-MM.jsonl` by board and month of first sight, `boards.ndjson`, `checksums.txt`.

How it is read and written, and that it loses nothing, is said in `core.archive.folder`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from plugins.core.archive import folder as archive
from plugins.core.archive.folder import ArchiveFormat, StoredRows
from plugins.core.errors import Problem
from plugins.listings.archive.codec import BOARDS, LISTINGS, STILL_THERE
from plugins.listings.archive.union import one_listing, one_record
from plugins.listings.posting import ArchivedListing, BoardRecord


def _file(listing: ArchivedListing) -> str:
    return f"{listing.board}.{listing.first_seen.year:04}-{listing.first_seen.month:02}.jsonl"


def _place(listing: ArchivedListing) -> tuple[datetime, str]:
    """Return where a listing stands in its file."""
    return listing.first_seen, listing.id


_FORMAT = ArchiveFormat(
    what="listings",
    rows=LISTINGS,
    file_names=re.compile(r"[a-z0-9-]+\.\d{4}-(?:0[1-9]|1[0-2])\.jsonl", re.ASCII),
    file_of=_file,
    place=_place,
    records=BOARDS,
    records_file="boards.ndjson",
    record_id=lambda record: record.board,
)


@dataclass(frozen=True, slots=True)
class ListingsArchive:
    """Listings by id, what is remembered of each board by its id, and what the archive's reader should be shown.

    `stored` is what the disk held when it was read, which `write` compares with. To change an archive, replace
    `listings` and `boards`.
    """

    listings: Mapping[str, ArchivedListing] = field(default_factory=dict)
    boards: Mapping[str, BoardRecord] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    stored: StoredRows[ArchivedListing] = field(default_factory=archive.no_rows, compare=False)


def read(folder: Path, *, accept: bool = False) -> ListingsArchive:
    """Return the archive in a folder, content/archive/listings; an empty one where there is none.

    Raises SiteError with every damaged row, and where a file has lost listings (with `accept`, that is a notice).
    """
    stored, boards, notices = archive.read(folder, _FORMAT, one_listing, one_record, accept=accept)
    listings = {id: _dated(listing, boards.get(listing.board)) for id, listing in stored.items()}
    return ListingsArchive(listings, boards, notices, stored)


def write(folder: Path, changed: ListingsArchive) -> tuple[str, ...]:
    """Write what differs from the disk and return the names of the files written.

    Raises SiteError where listings would be lost, or where a file cannot be written; that file is then as it was.
    """
    rows = dict(changed.listings)
    for id, listing in changed.listings.items():
        if listing.is_there:  # its board's record says when it was seen, and its row does not change with each read
            rows[id] = replace(listing, last_seen=STILL_THERE)
    return archive.write(folder, _FORMAT, changed.stored, rows, changed.boards.values())


def _dated(listing: ArchivedListing, board: BoardRecord | None) -> ArchivedListing:
    """Return a listing with the time of its last sight: where it is there, that of its board's last complete read."""
    if listing.last_seen != STILL_THERE:
        return listing
    seen = listing.first_seen
    if board and board.last_complete:
        seen = max(seen, board.last_complete)
    return replace(listing, last_seen=seen)
