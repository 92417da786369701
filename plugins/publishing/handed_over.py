"""Take an archive over from the job that fetched: whoever reads other people's feeds is not believed about its files.

Nothing of what is handed over is run, and no name in it becomes a path that an archive does not have. All of it is
looked at before the first file is written.
"""

import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError

MOST_FILES = 20_000
LARGEST = 95 * 2**20
"""Bytes of one file: GitHub takes none of 100 MiB."""
MOST_BYTES = 2**30
_NAME = re.compile(
    r"(?:updates|listings|events)/"
    r"(?:(?:[a-z0-9-]{1,100}\.)?[0-9]{4}-(?:0[1-9]|1[0-2])\.jsonl|[a-z0-9-]{1,40}\.ndjson|checksums\.txt)"
    r"|[a-z0-9-]{1,40}\.jsonl",
    re.ASCII,
)
"""The files of an archive: rows by month, records, checksums, and what is remembered of funds and links."""
_CHECKSUM = re.compile(rb"[a-z0-9.-]+ [0-9]{1,9} [0-9a-f]{64}")
_REMEDY = "look at the run that fetched; nothing of what it handed over was taken"


def take(folder: Path, archive: Path) -> int:
    """Put the files of a folder in their places in the archive, and return how many are new or changed.

    A file that the folder lacks stays. Raises SiteError where anything in it is no file of an archive: then nothing
    was written.
    """
    found = dict(_files(folder))
    problems = [*_name_problems(found), *_size_problems(folder, found)]
    if problems:
        raise SiteError(problems)
    changed: dict[Path, bytes] = {}
    for name, path in found.items():
        data, target = path.read_bytes(), archive / name
        if target.is_file() and target.read_bytes() == data:
            continue
        if fault := _fault(name, data):
            problems.append(Problem(files.display_path(path), 0, fault, _REMEDY))
        changed[target] = data
    if problems:
        raise SiteError(problems)
    for target, data in changed.items():
        files.replace(target, data)
    return len(changed)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield what lies in a folder, by its name from there; nothing where it is not there. Links are not followed."""
    if folder.is_symlink():
        return
    for parent, folders, names in os.walk(folder):
        linked = [name for name in folders if Path(parent, name).is_symlink()]  # os.walk counts these as folders
        for name in (*names, *linked):
            path = Path(parent, name)
            yield path.relative_to(folder).as_posix(), path


def _name_problems(found: dict[str, Path]) -> Iterator[Problem]:
    for name, path in found.items():
        if not stat.S_ISREG(path.lstat().st_mode):
            yield Problem(name, 0, "is handed over and is no plain file", _REMEDY)
        elif not _NAME.fullmatch(name):
            yield Problem(name, 0, "is handed over and is no file of an archive", _REMEDY)


def _size_problems(folder: Path, found: dict[str, Path]) -> Iterator[Problem]:
    sizes = {name: path.lstat().st_size for name, path in found.items()}
    for name, size in sizes.items():
        if size > LARGEST:
            yield Problem(name, 0, f"is larger than {LARGEST:,} bytes ({size:,})", _REMEDY)
    if len(sizes) > MOST_FILES or sum(sizes.values()) > MOST_BYTES:
        what = f"has more than {MOST_FILES:,} files or {MOST_BYTES:,} bytes"
        yield Problem(files.display_path(folder), 0, what, _REMEDY)


def _fault(name: str, data: bytes) -> str:
    """Return what in a file is none of an archive's: lines that are no rows, or no checksums; "" where nothing is."""
    is_sound = _is_checksum if name.endswith("checksums.txt") else _is_row
    for number, line in enumerate(filter(bytes.strip, data.split(b"\n")), 1):
        if not is_sound(line):
            return f"line {number} of those that are not empty is no row of an archive"
    return ""


def _is_checksum(line: bytes) -> bool:
    return _CHECKSUM.fullmatch(line.strip()) is not None


def _is_row(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
