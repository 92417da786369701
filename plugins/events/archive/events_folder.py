"""The archive's folder: `YYYY-MM.jsonl` by month of first sight, `calendars.ndjson`, `checksums.txt`.

How it is read and written, and that it loses nothing, is said in `core.archive.folder`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from plugins.core.archive import folder as archive
from plugins.core.archive.folder import ArchiveFormat, StoredRows
from plugins.core.errors import Problem
from plugins.events.archive.codec import CALENDARS, EVENTS
from plugins.events.archive.merge import one_event, one_record
from plugins.events.model import ArchivedEvent, CalendarRecord


def _place(event: ArchivedEvent) -> tuple[datetime, str]:
    """Return where an event stands in its file."""
    return event.first_seen, event.id


_FORMAT = ArchiveFormat(
    what="events",
    rows=EVENTS,
    file_names=re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.jsonl", re.ASCII),
    file_of=lambda event: f"{event.first_seen.year:04}-{event.first_seen.month:02}.jsonl",
    place=_place,
    records=CALENDARS,
    records_file="calendars.ndjson",
    record_id=lambda record: record.source,
)


@dataclass(frozen=True, slots=True)
class EventsArchive:
    """Events of calendars by id, what is remembered of each calendar, and what the archive's reader should be shown.

    `stored` is what the disk held when it was read, which `write` compares with. To change an archive, replace
    `events` and `calendars`.
    """

    events: Mapping[str, ArchivedEvent] = field(default_factory=dict)
    calendars: Mapping[str, CalendarRecord] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    stored: StoredRows[ArchivedEvent] = field(default_factory=archive.no_rows, compare=False)


def read(folder: Path, *, accept: bool = False) -> EventsArchive:
    """Return the archive in a folder, content/archive/events; an empty one where there is none.

    Raises SiteError with every damaged row, and where a file has lost events (with `accept`, that is a notice).
    """
    stored, calendars, notices = archive.read(folder, _FORMAT, one_event, one_record, accept=accept)
    return EventsArchive(stored, calendars, notices, stored)


def write(folder: Path, changed: EventsArchive) -> tuple[str, ...]:
    """Write what differs from the disk and return the names of the files written.

    Raises SiteError where events would be lost, or where a file cannot be written; that file is then as it was.
    """
    return archive.write(folder, _FORMAT, changed.stored, changed.events, changed.calendars.values())
