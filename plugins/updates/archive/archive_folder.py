"""The archive's folder: `YYYY-MM.jsonl` by month of first sight, `sources.ndjson`, `checksums.txt`.

How it is read and written, and that it loses nothing, is said in `core.archive.folder`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from plugins.core.archive import folder as archive
from plugins.core.archive.folder import ArchiveFormat, StoredRows
from plugins.core.errors import Problem
from plugins.updates.archive.codec import SOURCE_RECORDS, UPDATES
from plugins.updates.model import SourceRecord, Update


def _month(update: Update) -> str:
    return f"{update.first_seen.year:04}-{update.first_seen.month:02}.jsonl"


def _place(update: Update) -> tuple[datetime, str]:
    """Return where an update stands in its month's file."""
    return update.first_seen, update.id


_FORMAT = ArchiveFormat(
    what="updates",
    rows=UPDATES,
    file_names=re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.jsonl", re.ASCII),
    file_of=_month,
    place=_place,
    records=SOURCE_RECORDS,
    records_file="sources.ndjson",
    record_id=lambda record: record.source,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive: updates by id, what is remembered of each source by its id, and what its reader should be shown.

    `stored` is what the disk held when it was read, which `write` compares with, and which `updates` are until somebody
    replaces them. To change an archive, replace `updates` and `records`.
    """

    updates: Mapping[str, Update] = field(default_factory=dict)
    records: Mapping[str, SourceRecord] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    stored: StoredRows[Update] = field(default_factory=archive.no_rows, compare=False)


def read(
    folder: Path,
    resolve: Callable[[Update, Update], Update],
    resolve_record: Callable[[SourceRecord, SourceRecord], SourceRecord],
    *,
    accept: bool = False,
) -> Archive:
    """Return the archive in a folder; an empty one where there is none.

    Raises SiteError with every damaged row, and where a month has lost updates (with `accept`, that is a notice).
    """
    stored, records, notices = archive.read(folder, _FORMAT, resolve, resolve_record, accept=accept)
    return Archive(stored, records, notices, stored)


def write(folder: Path, changed: Archive, remove: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Write what differs from the disk and return the names of the files written; `remove` are ids that may go.

    Raises SiteError where updates would be lost, or where a file cannot be written; that file is then as it was.
    """
    return archive.write(folder, _FORMAT, changed.stored, changed.updates, changed.records.values(), remove)
