"""The door to the wire's archive: `YYYY-MM.jsonl` by month of first sight, `sources.ndjson`, and their checksums.

Nothing here decides what is in the archive. It never loses an update: it refuses to read a month from which updates
have gone, and to write where any would go, unless told so.

The files are plain text that git merges by line (`merge=union`). After such a merge an id may be in several rows,
which become one through the `resolve` handed in, and a month may have several seals; the next run writes both anew. So
it does after a correction by hand, which leaves the ids as they are.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial, reduce
from pathlib import Path
from typing import TypeVar

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.updates.archive import line_files, month_files, rows
from plugins.updates.archive.checksums import read_seals, seal_lines
from plugins.updates.archive.contents import Archive, Month, Unopened
from plugins.updates.model import SourceRecord, Update

__all__ = ["CHECKSUMS", "SOURCES", "Archive", "read", "write"]

CHECKSUMS = "checksums.txt"
SOURCES = "sources.ndjson"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.jsonl", re.ASCII)
_LEFTOVER = re.compile(r"\.(?:\d{4}-\d\d\.jsonl|sources\.ndjson|checksums\.txt)\.\w+\.tmp")

T = TypeVar("T")


def read(
    folder: Path,
    resolve: Callable[[Update, Update], Update],
    resolve_record: Callable[[SourceRecord, SourceRecord], SourceRecord],
    *,
    accept: bool = False,
) -> Archive:
    """Return the archive in a folder; an empty one where there is none.

    Raises SiteError with every damaged row, and where a month has lost updates (with `accept`, that is a notice).
    Months that are as they were sealed hold neither, and are opened when they are needed.
    """
    seals, problems = read_seals(line_files.text(folder / CHECKSUMS), files.display_path(folder / CHECKSUMS))
    names = {*_month_names(folder), *seals}
    if names and not problems and all(month_files.is_as_sealed(folder / name, seals.get(name, ())) for name in names):
        records, problems = _read_records(folder / SOURCES, resolve_record)
        if not problems:
            unopened = Unopened(partial(_read_whole, folder, resolve, resolve_record, accept=accept))
            return Archive(unopened, records, unopened=unopened)
    return _read_whole(folder, resolve, resolve_record, accept=accept)


def _read_whole(
    folder: Path,
    resolve: Callable[[Update, Update], Update],
    resolve_record: Callable[[SourceRecord, SourceRecord], SourceRecord],
    *,
    accept: bool,
) -> Archive:
    seals, problems = read_seals(line_files.text(folder / CHECKSUMS), files.display_path(folder / CHECKSUMS))
    read: dict[str, Month] = {}
    notices: list[Problem] = []
    updates: dict[str, list[Update]] = defaultdict(list)
    for name in sorted({*_month_names(folder), *seals}):
        read[name], damaged, told = month_files.read_month(folder / name, seals.get(name, ()))
        problems += damaged
        if told:
            (problems if told.lost and not accept else notices).append(told.problem)
        for update in read[name].updates:
            updates[update.id].append(update)
    records, damaged = _read_records(folder / SOURCES, resolve_record)
    problems += damaged
    if problems:
        raise SiteError(problems)
    return Archive(
        {id: _one(same, resolve) for id, same in updates.items()},
        records,
        tuple(notices),
        frozenset(updates),
        read,
    )


def write(folder: Path, archive: Archive, remove: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Write what differs from the disk and return the names of the files written; `remove` are ids that may go.

    A process killed anywhere leaves what the next run completes to the same bytes, so the order matters: what is
    remembered of the sources (or a source's last news would be forgotten), months with whatever they still hold that
    is moving elsewhere, checksums, and at last months without it. Raises SiteError where updates would be lost, or
    where a file cannot be written; that file is then as it was.
    """
    written: list[str] = []
    if archive.updates is archive.unopened and not remove:
        _write_records(folder, archive, written)
        return tuple(written)
    if archive.unopened:
        whole = archive.unopened.whole()
        archive = replace(archive, ids=whole.ids, months=whole.months, unopened=None)
    lost = archive.ids - archive.updates.keys() - remove
    if lost:
        what = f"updates would be lost ({len(lost)} of {len(archive.ids)}, such as {min(lost)})"
        raise SiteError([Problem(files.display_path(folder), 0, what, "nothing was written; report this fault")])
    _write_records(folder, archive, written)
    _write_months(folder, archive, written)
    return tuple(dict.fromkeys(written))


def _write_months(folder: Path, archive: Archive, written: list[str]) -> None:
    seals, shrinking = [], {}
    for name, updates in _by_month(archive).items():
        seal, data, interim = month_files.planned(folder / name, updates, archive.months.get(name))
        if data or not updates:
            line_files.write(folder / name, interim or data, written)
        if interim:
            shrinking[name] = data
        if updates:
            seals.append(seal)
    line_files.write(folder / CHECKSUMS, seal_lines(seals).encode(), written)
    for name, data in shrinking.items():
        line_files.write(folder / name, data, written)


def _write_records(folder: Path, archive: Archive, written: list[str]) -> None:
    line_files.clear(folder, _LEFTOVER)
    records = sorted(archive.records.values(), key=lambda record: record.source)
    line_files.write(folder / SOURCES, line_files.joined(map(rows.record_row, records)), written)


def _read_records(
    path: Path, resolve: Callable[[SourceRecord, SourceRecord], SourceRecord]
) -> tuple[dict[str, SourceRecord], list[Problem]]:
    records, damaged = rows.read_rows(line_files.text(path), files.display_path(path), rows.RECORDS)
    by_source: dict[str, list[SourceRecord]] = defaultdict(list)
    for record in records:
        by_source[record.source].append(record)
    return {id: _one(same, resolve) for id, same in by_source.items()}, damaged[: month_files.MOST_PROBLEMS]


def _by_month(archive: Archive) -> dict[str, tuple[Update, ...]]:
    """Return every month's updates in the order of their rows, an empty month where the disk has one too many."""
    held: dict[str, list[Update]] = {name: [] for name in archive.months}
    by_month: dict[tuple[int, int], list[Update]] = defaultdict(list)
    for update in archive.updates.values():
        by_month[update.first_seen.year, update.first_seen.month].append(update)
    held |= {f"{year:04}-{month:02}.jsonl": updates for (year, month), updates in by_month.items()}
    order = {name: sorted(held[name], key=month_files.place) for name in sorted(held)}
    return {name: tuple(updates) for name, updates in order.items()}


def _month_names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if _MONTH.fullmatch(path.name)] if folder.is_dir() else []


def _one(same: list[T], resolve: Callable[[T, T], T]) -> T:
    """Return rows of one id as one, in an order that does not depend on theirs."""
    return same[0] if len(same) == 1 else reduce(resolve, sorted(same, key=repr))
