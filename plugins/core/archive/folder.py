"""Reads and writes an archive's folder: files of rows, a file of records beside them, and `checksums.txt`.

Nothing here decides what is in an archive, and what its rows are: a feature says that by an `ArchiveFormat`. An archive
never loses a row: a file from which rows have gone is not read, and nothing is written where any would go, unless it is
told that they may.

The files are plain text that git merges by line (`merge=union`). After such a merge an id may be in several rows, which
become one through the `resolve` handed in, and a file may have several checksums; the next run writes both anew. So it
does after a correction by hand, which leaves the ids as they are.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from functools import cached_property, partial, reduce
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from plugins.core import files
from plugins.core.archive.checksums import Checksum, checksum_lines, lost_rows, other_bytes, read_checksums
from plugins.core.errors import Problem, SiteError
from plugins.core.jsonl import JsonLines

CHECKSUMS = "checksums.txt"
_MOST_PROBLEMS = 20
"""Damaged rows of one file that are reported."""
_LEFTOVER = re.compile(r"\.(.+)\.\w+\.tmp")
"""A temporary file of `files.replace`, with the name of the file it was to become."""


class Row(Protocol):
    """What an archive keeps."""

    @property
    def id(self) -> str:
        """Return what it is known by, for good."""


T = TypeVar("T", bound=Row)
R = TypeVar("R")
V = TypeVar("V")
"""A row or a record."""
Checksums = Mapping[str, tuple[Checksum, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFormat(Generic[T, R]):
    """How an archive is laid out.

    `what` its rows are, in the plural. `file_of` gives the name of a row's file, which must fit `file_names`, and which
    a row never leaves but by a merge; `place` is what a file's rows are sorted by. `records` are the rows of
    `records_file`, known by `record_id`.
    """

    what: str
    rows: JsonLines[T]
    file_names: re.Pattern[str]
    file_of: Callable[[T], str]
    place: Callable[[T], Any]
    records: JsonLines[R]
    records_file: str
    record_id: Callable[[R], str]


@dataclass(frozen=True, slots=True)
class RowFile(Generic[T]):
    """A file as it was read: its rows in its order, and its digest ("" where its bytes are not recorded)."""

    rows: tuple[T, ...]
    digest: str


class FileLines(Generic[T]):
    """The rows of a file, by their places from 0; each is parsed when it is asked for, and not kept.

    To ask for one that is damaged raises ValueError, or RecursionError. `digest` is that of the file's bytes.
    """

    def __init__(self, text: str, rows: JsonLines[T]) -> None:
        """Take a file's text."""
        self.digest = hashlib.sha256(text.encode()).hexdigest()
        self._lines = [line for line in text.split("\n") if line and not line.isspace()]
        self._rows = rows

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, place: int) -> T:
        return self._rows.value(self._lines[place])


class StoredRows(Mapping[str, T]):
    """The rows that the files hold, by id. The files are read when a row is first asked for.

    Most runs bring nothing new, and need none. To read 100,000 updates takes 1.4 s and 125 MiB; to find that their
    files are as the checksums say, 0.06 s. What reads them raises SiteError, as `read` does, where a file is damaged.

    `digests` are those of the files by name, where every file is byte for byte as it was last written; `read_file`
    and `read_lines` read a single one of them.
    """

    def __init__(
        self,
        read_files: Callable[[Iterable[str]], dict[str, RowFile[T]]],
        resolve: Callable[[T, T], T],
        digests: Mapping[str, str] | None,
        read_lines: Callable[[str], FileLines[T]] | None = None,
    ) -> None:
        """Make the mapping; `read_files` reads those of some names, `digests` is none where a file was changed."""
        self._read_files, self._resolve, self._read_lines = read_files, resolve, read_lines
        self.digests = digests

    @property
    def unchanged(self) -> bool:
        """Say whether every file is byte for byte as it was last written."""
        return self.digests is not None

    def read_file(self, name: str) -> RowFile[T]:
        """Return one file, whose bytes are those of its digest. Raises SiteError where they are not any more."""
        return self._read_files([name])[name]

    def read_lines(self, name: str) -> FileLines[T] | None:
        """Return one file, of which rows are read one by one; None where it is not as it was last written any more."""
        if self._read_lines is None or self.digests is None:
            return None
        lines = self._read_lines(name)
        return lines if lines.digest == self.digests[name] else None

    @cached_property
    def files(self) -> Mapping[str, RowFile[T]]:
        """Return the files by name."""
        return self._read_files(self.digests or ())

    @cached_property
    def _by_id(self) -> dict[str, T]:
        """Return the rows by id; rows of one id, which a merge by git leaves, become one."""
        by_id: dict[str, T] = {}
        repeated: dict[str, list[T]] = defaultdict(list)
        for file in self.files.values():
            for row in file.rows:
                if by_id.setdefault(row.id, row) is not row:
                    repeated[row.id].append(row)
        for id, others in repeated.items():
            by_id[id] = _one([by_id[id], *others], self._resolve)
        return by_id

    def __getitem__(self, id: str) -> T:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def values(self) -> ValuesView[T]:
        """Return the rows, without a look-up of each by its id."""
        return self._by_id.values()


def no_rows() -> StoredRows[T]:
    """Return the rows of an archive that is not there yet."""
    return StoredRows(lambda names: {}, lambda one, other: one, {})


def read(
    folder: Path,
    layout: ArchiveFormat[T, R],
    resolve: Callable[[T, T], T],
    resolve_record: Callable[[R, R], R],
    *,
    accept: bool = False,
) -> tuple[StoredRows[T], dict[str, R], tuple[Problem, ...]]:
    """Return an archive's rows, its records by their ids, and what its reader should be shown; nothing where none is.

    `resolve` and `resolve_record` make one of two rows or records of the same id, as they are after git has merged two
    branches. Raises SiteError with every damaged row, and where a file has lost rows (with `accept`, that is a notice).
    Files that are byte for byte as they were last written have neither, and are read when they are needed.
    """
    checksums, problems = read_checksums(_text(folder / CHECKSUMS), files.display_path(folder / CHECKSUMS))
    records, damaged = _read_records(folder / layout.records_file, layout, resolve_record)
    problems += damaged
    names = sorted({*_file_names(folder, layout), *checksums})
    begins = layout.rows.begins().encode()
    if not problems and all(_is_unchanged(folder / name, checksums.get(name, ()), begins) for name in names):
        digests = {name: checksums[name][0].digest for name in names}
        read_files = partial(_files_on_demand, folder, checksums, layout, accept)
        return StoredRows(read_files, resolve, digests, partial(_lines_on_demand, folder, layout)), records, ()
    found, damaged, notices = _read_files(folder, names, checksums, layout, accept=accept)
    problems += damaged
    if problems:
        raise SiteError(problems)
    return StoredRows(lambda names: found, resolve, None), records, tuple(notices)


def _is_unchanged(path: Path, checksums: tuple[Checksum, ...], begins: bytes) -> bool:
    """Tell whether a file has the bytes of its only checksum, and rows of the present version.

    The file was written as a whole, so that its first row's version is every row's.
    """
    if len(checksums) != 1 or not path.exists():
        return False
    data = path.read_bytes()
    return data.startswith(begins) and hashlib.sha256(data).hexdigest() == checksums[0].digest


def _files_on_demand(
    folder: Path, checksums: Checksums, layout: ArchiveFormat[T, R], accept: bool, names: Iterable[str]
) -> dict[str, RowFile[T]]:
    """Return files that were found unchanged. Raises SiteError where one was damaged since then."""
    found, problems, _ = _read_files(folder, names, checksums, layout, accept=accept)
    if problems:
        raise SiteError(problems)
    return found


def _lines_on_demand(folder: Path, layout: ArchiveFormat[T, R], name: str) -> FileLines[T]:
    return FileLines(_text(folder / name), layout.rows)


def _read_files(
    folder: Path, names: Iterable[str], checksums: Checksums, layout: ArchiveFormat[T, R], *, accept: bool
) -> tuple[dict[str, RowFile[T]], list[Problem], list[Problem]]:
    """Return the files by name, what is wrong with them, and what is no more than worth saying."""
    found: dict[str, RowFile[T]] = {}
    problems: list[Problem] = []
    notices: list[Problem] = []
    for name in names:
        where, recorded = files.display_path(folder / name), checksums.get(name, ())
        text = _text(folder / name)
        rows, damaged = layout.rows.read(text, where)
        if damaged:
            problems += damaged[:_MOST_PROBLEMS]
            continue
        digest = hashlib.sha256(text.encode()).hexdigest()
        count = len({row.id for row in rows})
        lost = lost_rows(where, layout.what, count, recorded)
        changed = lost or other_bytes(where, layout.what, count, digest, recorded)
        if lost and not accept:
            problems.append(lost)
        elif changed:
            notices.append(changed)
            digest = ""  # so that the next run writes the file and its checksum anew
        found[name] = RowFile(tuple(rows), digest)
    return found, problems, notices


def _read_records(
    path: Path, layout: ArchiveFormat[T, R], resolve: Callable[[R, R], R]
) -> tuple[dict[str, R], list[Problem]]:
    records, damaged = layout.records.read(_text(path), files.display_path(path))
    by_id: dict[str, list[R]] = defaultdict(list)
    for record in records:
        by_id[layout.record_id(record)].append(record)
    return {id: _one(same, resolve) for id, same in by_id.items()}, damaged[:_MOST_PROBLEMS]


def write(
    folder: Path,
    layout: ArchiveFormat[T, R],
    stored: StoredRows[T],
    rows: Mapping[str, T],
    records: Iterable[R],
    remove: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Write what differs from the disk and return the names of the files written; `remove` are ids that may go.

    `stored` is what `read` returned, and `rows` what shall be there: `stored` itself where no row has changed.

    A process killed anywhere leaves what the next run completes to the same bytes, so the order matters: the records
    (or a source's last news would be forgotten), files with whatever they still hold that is moving elsewhere,
    checksums, and at last files without it. Raises SiteError where rows would be lost, or where a file cannot be
    written; that file is then as it was.
    """
    written: list[str] = []
    if rows is stored and stored.unchanged and not remove:
        _write_records(folder, layout, records, written)
        return tuple(written)
    lost = [id for id in stored if id not in rows and id not in remove]
    if lost:
        what = f"{layout.what} would be lost ({len(lost)} of {len(stored)}, such as {min(lost)})"
        raise SiteError([Problem(files.display_path(folder), 0, what, "nothing was written; report this fault")])
    _write_records(folder, layout, records, written)
    _write_files(folder, layout, stored, rows, written)
    return tuple(dict.fromkeys(written))


def _write_records(folder: Path, layout: ArchiveFormat[T, R], records: Iterable[R], written: list[str]) -> None:
    _remove_leftovers(folder, layout)
    _write(folder / layout.records_file, layout.records.write(sorted(records, key=layout.record_id)), written)


def _write_files(
    folder: Path, layout: ArchiveFormat[T, R], stored: StoredRows[T], rows: Mapping[str, T], written: list[str]
) -> None:
    checksums: list[Checksum] = []
    shrinking: dict[str, bytes] = {}
    by_file: dict[str, list[T]] = {name: [] for name in stored.files}  # none where the disk has a file too many
    for row in rows.values():
        by_file.setdefault(layout.file_of(row), []).append(row)
    for name, held in sorted(by_file.items()):
        old = stored.files.get(name, RowFile((), ""))
        if held and old.digest and old.rows == tuple(held):
            checksums.append(Checksum(name, len(held), old.digest))
            continue
        held.sort(key=layout.place)
        data = layout.rows.write(held)
        if held:
            checksums.append(Checksum(name, len(held), hashlib.sha256(data).hexdigest()))
        ids = {row.id for row in held}
        leaving = [row for row in old.rows if row.id not in ids]
        if leaving:
            shrinking[name] = data
            data = layout.rows.write([*held, *leaving])
        _write(folder / name, data, written)
    _write(folder / CHECKSUMS, checksum_lines(checksums).encode(), written)
    for name, data in shrinking.items():
        _write(folder / name, data, written)


def _file_names(folder: Path, layout: ArchiveFormat[T, R]) -> list[str]:
    if not folder.is_dir():
        return []
    return [path.name for path in folder.iterdir() if layout.file_names.fullmatch(path.name)]


def _one(same: list[V], resolve: Callable[[V, V], V]) -> V:
    """Return rows of one id as one, whatever their order."""
    if len(same) == 1:
        return same[0]
    return reduce(resolve, sorted(same, key=repr))


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


def _remove_leftovers(folder: Path, layout: ArchiveFormat[T, R]) -> None:
    """Remove what a killed run left half written; the run's lock sees to it that no other run is writing."""
    own = {layout.records_file, CHECKSUMS}
    with files.disk_errors_reported(folder):
        if not folder.is_dir():
            return
        for path in folder.iterdir():
            leftover = _LEFTOVER.fullmatch(path.name)
            if leftover and (leftover[1] in own or layout.file_names.fullmatch(leftover[1])):
                path.unlink(missing_ok=True)
