"""Reads and writes the archive's folder: `YYYY-MM.jsonl` by month of first sight, `sources.ndjson`, `checksums.txt`.

Nothing here decides what is in the archive. It never loses an update: it refuses to read a month from which updates
have gone, and to write where any would go, unless it is told that they may.

The files are plain text that git merges by line (`merge=union`). After such a merge an id may be in several rows, which
become one through the `resolve` handed in, and a month may have several checksums; the next run writes both anew. So it
does after a correction by hand, which leaves the ids as they are.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial, reduce
from pathlib import Path
from typing import TypeVar

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.updates.archive.checksums import (
    Checksum,
    checksum_lines,
    lost_updates,
    other_bytes,
    read_checksums,
)
from plugins.updates.archive.codec import SOURCE_RECORDS, UPDATES
from plugins.updates.model import SourceRecord, Update

CHECKSUMS = "checksums.txt"
SOURCES = "sources.ndjson"
_MOST_PROBLEMS = 20
"""Damaged rows of one file that are reported."""
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.jsonl", re.ASCII)
_LEFTOVER = re.compile(r"\.(?:\d{4}-\d\d\.jsonl|sources\.ndjson|checksums\.txt)\.\w+\.tmp")

T = TypeVar("T")
Checksums = Mapping[str, tuple[Checksum, ...]]
Resolve = Callable[[Update, Update], Update]


@dataclass(frozen=True, slots=True)
class Month:
    """A month's file as it was read: its updates in its order, and its digest ("" where its bytes are not recorded)."""

    updates: tuple[Update, ...]
    digest: str


class StoredUpdates(Mapping[str, Update]):
    """The updates that the month files hold, by id. The files are read when an update is first asked for.

    Most runs bring nothing new, and need none. To read 100,000 updates takes 1.4 s and 125 MiB; to find that their
    files are as the checksums say, 0.06 s. What reads them raises SiteError, as `read` does, where a file is damaged.
    """

    def __init__(self, read_months: Callable[[], dict[str, Month]], resolve: Resolve, *, unchanged: bool) -> None:
        """Make the mapping; `unchanged`: every file is byte for byte as it was last written."""
        self._read_months, self._resolve = read_months, resolve
        self.unchanged = unchanged

    @cached_property
    def months(self) -> Mapping[str, Month]:
        """Return the months by their files' names."""
        return self._read_months()

    @cached_property
    def _by_id(self) -> dict[str, Update]:
        """Return the updates by id; rows of one id, which a merge by git leaves, become one."""
        by_id: dict[str, Update] = {}
        repeated: dict[str, list[Update]] = defaultdict(list)
        for month in self.months.values():
            for update in month.updates:
                if by_id.setdefault(update.id, update) is not update:
                    repeated[update.id].append(update)
        for id, others in repeated.items():
            by_id[id] = _one([by_id[id], *others], self._resolve)
        return by_id

    def __getitem__(self, id: str) -> Update:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def values(self) -> ValuesView[Update]:
        """Return the updates, without a look-up of each by its id."""
        return self._by_id.values()


def _nothing() -> StoredUpdates:
    return StoredUpdates(dict, lambda one, other: one, unchanged=True)


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive: updates by id, what is remembered of each source by its id, and what its reader should be shown.

    `stored` is what the disk held when it was read, which `write` compares with, and which `updates` are until somebody
    replaces them. To change an archive, replace `updates` and `records`.
    """

    updates: Mapping[str, Update] = field(default_factory=dict)
    records: Mapping[str, SourceRecord] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    stored: StoredUpdates = field(default_factory=_nothing, compare=False)


def read(
    folder: Path,
    resolve: Resolve,
    resolve_record: Callable[[SourceRecord, SourceRecord], SourceRecord],
    *,
    accept: bool = False,
) -> Archive:
    """Return the archive in a folder; an empty one where there is none.

    Raises SiteError with every damaged row, and where a month has lost updates (with `accept`, that is a notice).
    Months that are byte for byte as they were last written have neither, and are read when they are needed.
    """
    checksums, problems = read_checksums(_text(folder / CHECKSUMS), files.display_path(folder / CHECKSUMS))
    records, damaged = _read_records(folder / SOURCES, resolve_record)
    problems += damaged
    names = sorted({*_month_names(folder), *checksums})
    if not problems and all(_is_unchanged(folder / name, checksums.get(name, ())) for name in names):
        stored = StoredUpdates(
            partial(_months_on_demand, folder, names, checksums, accept=accept), resolve, unchanged=True
        )
        return Archive(stored, records, stored=stored)
    months, damaged, notices = _read_months(folder, names, checksums, accept=accept)
    problems += damaged
    if problems:
        raise SiteError(problems)
    stored = StoredUpdates(lambda: months, resolve, unchanged=False)
    return Archive(stored, records, tuple(notices), stored)


def _is_unchanged(path: Path, checksums: tuple[Checksum, ...]) -> bool:
    """Tell whether a month has the bytes of its only checksum, and rows of the present version.

    The file was written as a whole, so that its first row's version is every row's.
    """
    if len(checksums) != 1 or not path.exists():
        return False
    data = path.read_bytes()
    return data.startswith(UPDATES.begins().encode()) and hashlib.sha256(data).hexdigest() == checksums[0].digest


def _months_on_demand(folder: Path, names: list[str], checksums: Checksums, *, accept: bool) -> dict[str, Month]:
    """Return months that were found unchanged. Raises SiteError where one was damaged since then."""
    months, problems, _ = _read_months(folder, names, checksums, accept=accept)
    if problems:
        raise SiteError(problems)
    return months


def _read_months(
    folder: Path, names: list[str], checksums: Checksums, *, accept: bool
) -> tuple[dict[str, Month], list[Problem], list[Problem]]:
    """Return the months by name, what is wrong with them, and what is no more than worth saying."""
    months: dict[str, Month] = {}
    problems: list[Problem] = []
    notices: list[Problem] = []
    for name in names:
        where, recorded = files.display_path(folder / name), checksums.get(name, ())
        text = _text(folder / name)
        updates, damaged = UPDATES.read(text, where)
        if damaged:
            problems += damaged[:_MOST_PROBLEMS]
            continue
        digest = hashlib.sha256(text.encode()).hexdigest()
        count = len({update.id for update in updates})
        lost = lost_updates(where, count, recorded)
        changed = lost or other_bytes(where, count, digest, recorded)
        if changed:
            (problems if lost and not accept else notices).append(changed)
        months[name] = Month(tuple(updates), "" if changed else digest)
    return months, problems, notices


def _read_records(
    path: Path, resolve: Callable[[SourceRecord, SourceRecord], SourceRecord]
) -> tuple[dict[str, SourceRecord], list[Problem]]:
    records, damaged = SOURCE_RECORDS.read(_text(path), files.display_path(path))
    by_source: dict[str, list[SourceRecord]] = defaultdict(list)
    for record in records:
        by_source[record.source].append(record)
    return {id: _one(same, resolve) for id, same in by_source.items()}, damaged[:_MOST_PROBLEMS]


def write(folder: Path, archive: Archive, remove: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Write what differs from the disk and return the names of the files written; `remove` are ids that may go.

    A process killed anywhere leaves what the next run completes to the same bytes, so the order matters: what is
    remembered of the sources (or a source's last news would be forgotten), months with whatever they still hold that
    is moving elsewhere, checksums, and at last months without it. Raises SiteError where updates would be lost, or
    where a file cannot be written; that file is then as it was.
    """
    written: list[str] = []
    stored = archive.stored
    if archive.updates is stored and stored.unchanged and not remove:
        _write_records(folder, archive, written)
        return tuple(written)
    lost = [id for id in stored if id not in archive.updates and id not in remove]
    if lost:
        what = f"updates would be lost ({len(lost)} of {len(stored)}, such as {min(lost)})"
        raise SiteError([Problem(files.display_path(folder), 0, what, "nothing was written; report this fault")])
    _write_records(folder, archive, written)
    _write_months(folder, archive, written)
    return tuple(dict.fromkeys(written))


def _write_records(folder: Path, archive: Archive, written: list[str]) -> None:
    _remove_leftovers(folder)
    records = sorted(archive.records.values(), key=lambda record: record.source)
    _write(folder / SOURCES, SOURCE_RECORDS.write(records), written)


def _write_months(folder: Path, archive: Archive, written: list[str]) -> None:
    checksums: list[Checksum] = []
    shrinking: dict[str, bytes] = {}
    for name, updates in sorted(_by_month(archive).items()):
        old = archive.stored.months.get(name)
        if updates and old and old.digest and old.updates == tuple(updates):
            checksums.append(Checksum(name, len(updates), old.digest))
            continue
        updates.sort(key=_place)
        data = UPDATES.write(updates)
        if updates:
            checksums.append(Checksum(name, len(updates), hashlib.sha256(data).hexdigest()))
        ids = {update.id for update in updates}
        leaving = [update for update in old.updates if update.id not in ids] if old else []
        if leaving:
            shrinking[name] = data
            data = UPDATES.write([*updates, *leaving])
        _write(folder / name, data, written)
    _write(folder / CHECKSUMS, checksum_lines(checksums).encode(), written)
    for name, data in shrinking.items():
        _write(folder / name, data, written)


def _by_month(archive: Archive) -> dict[str, list[Update]]:
    """Return the updates of every month's file, none where the disk has a month too many."""
    by_month: dict[tuple[int, int], list[Update]] = defaultdict(list)
    for update in archive.updates.values():
        by_month[update.first_seen.year, update.first_seen.month].append(update)
    stored: dict[str, list[Update]] = {name: [] for name in archive.stored.months}
    return stored | {f"{year:04}-{month:02}.jsonl": updates for (year, month), updates in by_month.items()}


def _place(update: Update) -> tuple[datetime, str]:
    """Return where an update stands in its month's file."""
    return update.first_seen, update.id


def _month_names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if _MONTH.fullmatch(path.name)] if folder.is_dir() else []


def _one(same: list[T], resolve: Callable[[T, T], T]) -> T:
    """Return rows of one id as one, whatever their order."""
    return same[0] if len(same) == 1 else reduce(resolve, sorted(same, key=repr))


def _text(path: Path) -> str:
    return files.read_text(path) if path.exists() else ""


def _write(path: Path, data: bytes, written: list[str]) -> None:
    """Write a file where its bytes differ, and add its name to those written; a file of no bytes is removed."""
    with files.disk_errors_reported(path):
        if data:
            changed = files.write_if_changed(path, data)
        elif changed := path.exists():
            path.unlink()
    if changed:
        written.append(path.name)


def _remove_leftovers(folder: Path) -> None:
    """Remove what a killed run left half written; the run's lock sees to it that no other run is writing."""
    with files.disk_errors_reported(folder):
        for path in folder.iterdir() if folder.is_dir() else ():
            if _LEFTOVER.fullmatch(path.name):
                path.unlink(missing_ok=True)
