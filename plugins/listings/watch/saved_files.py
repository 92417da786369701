"""Read boards that somebody saves by hand: a file, or a folder of files whose names begin with the day they were saved.

Each day's files are a read of that day. What is on a day that the archive has already is not read again, and the same
file twice is not two reads, so that a second run changes nothing.
"""

import hashlib
import re
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

from plugins.core.polling.answers import failure
from plugins.core.polling.outcomes import Failure, Fetched
from plugins.listings.board import Board
from plugins.listings.boards.adapter import BoardError, Request
from plugins.listings.boards.providers import ADAPTERS
from plugins.listings.posting import BoardRecord
from plugins.listings.watch.board_read import REMEDIES, BoardList, BoardRead
from plugins.listings.watch.clock import Clock, clock_at

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)\b.*\.(?:json|html?)", re.IGNORECASE | re.ASCII)
_NOON = 12
"""The hour (UTC) that a day's file counts from: nearly everywhere it is that day then."""

Reads = list[tuple[Clock, BoardRead | Failure, str]]
"""Reads in order of time; with each the digest of what was read."""


def read_saved(board: Board, folder: Path, record: BoardRecord, clock: Clock) -> Reads:
    """Return the reads of a board's saved files that the archive does not have; `folder` is content/listings.

    A file that cannot be read is a failure, and no later one is read before it can.
    """
    path = folder / board.file
    try:
        days = _days(path, clock)
        reads: Reads = []
        for at, paths in sorted(days.items(), key=lambda pair: pair[0].now):
            bodies = {one.name: one.read_bytes() for one in paths}
            digest = hashlib.sha256(b"\0".join(bodies.values())).hexdigest()
            is_dated = at is not clock  # a day's files are known by their day, one without a day by its bytes
            if is_dated and record.last_complete:
                is_known = at.now <= record.last_complete
            else:
                is_known = digest == record.digest
            if is_known:
                continue
            read = _read(board, bodies, digest)
            reads.append((at, read, "" if is_dated else digest))
            if isinstance(read, Failure):
                break
    except OSError as error:
        why = f"{board.file} cannot be read ({error.strerror or error})"
        return [(clock, failure(board.id, "not found", why, _REMEDIES), "")]
    return reads


def _days(path: Path, clock: Clock) -> dict[Clock, list[Path]]:
    """Return a folder's files by the day they were saved, of a day to come none; one file without a day is of now."""
    if not path.is_dir():
        day = _day(path)
        if day is None:
            return {clock: [path]}
        return {_noon(day): [path]} if day <= clock.today else {}
    days: defaultdict[Clock, list[Path]] = defaultdict(list)
    for one in sorted(path.iterdir()):
        day = _day(one)
        if day and day <= clock.today:
            days[_noon(day)].append(one)
    if not days:
        raise FileNotFoundError(2, "it has no file whose name begins with a day, such as 2026-01-31.json")
    return days


def _noon(day: date) -> Clock:
    return clock_at(datetime(day.year, day.month, day.day, _NOON, tzinfo=UTC))


def _day(path: Path) -> date | None:
    found = _DAY.fullmatch(path.name)
    if not found:
        return None
    try:
        return date.fromisoformat(found[1])
    except ValueError:  # such as 2026-02-30
        return None


def _read(board: Board, bodies: dict[str, bytes], digest: str) -> BoardRead | Failure:
    found = BoardList()
    for name, body in bodies.items():
        try:
            found.add(ADAPTERS["file"].read_page(board, Request(name), body, ""))
        except BoardError as error:
            return failure(board.id, error.kind, f"{board.file}: {name}: {error.what}", _REMEDIES)
    is_complete = not (found.trouble or found.falls_short)
    return BoardRead(
        Fetched(board.id, "", b"", "", digest),
        postings=found.postings,
        present=found.present,
        complete=is_complete,
        trouble="" if is_complete else "the file does not have all of the board's postings",
        company=found.company,
        since=found.since,
        unread=len(found.unread),
    )


_REMEDIES = {
    **REMEDIES,
    "not found": "save the board's answer there, or correct `file` in boards.toml",
    "parse error": "save the answer of the provider's interface as it is, or the page as HTML",
}
