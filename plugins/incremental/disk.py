"""Files: their digests, with what the system says of them as a hint that is safe; and written whole or not at all."""

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

DIGEST_SIZE = 64
"""Characters of the digest of a file; what is none has a word instead."""
_SETTLED = 3_000_000_000
"""Nanoseconds after which a file's times are trusted to tell a later change: some file systems count in two seconds."""


class Stamp(NamedTuple):
    """What the system says of a file. Its `changed` (st_ctime) no program can set back: `touch` and `cp -p` cannot."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    def is_settled(self, at: int) -> bool:
        """Say whether another change, after the moment `at` (ns), would have shown in these times."""
        return self.changed + _SETTLED < at and self.modified + _SETTLED < at


class Known(NamedTuple):
    """A file's digest, and the stamp by which it is known again; none where it was too new for that."""

    digest: str
    stamp: Stamp | None


def stamp(path: str) -> Stamp | None:
    """Return a file's stamp, None where there is no file."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return _stamp(found)


def stamp_of_file(path: str) -> Stamp | None:
    """Return a file's stamp; None for what is no file, and for a link."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    return _stamp(found) if stat.S_ISREG(found.st_mode) else None


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def digest(path: str) -> str:
    """Return the digest of a file's bytes; what it is instead, where it is none: "folder" or "absent"."""
    try:
        with open(path, "rb", buffering=0) as file:
            return hashlib.sha256(file.read()).hexdigest()
    except IsADirectoryError:
        return "folder"
    except (OSError, ValueError):
        return "absent"


def known(path: str, before: Known | None = None) -> Known:
    """Return a file's digest, without reading it where its stamp is as it was `before`."""
    at = time.time_ns()
    now = stamp(path)
    if before and before.stamp and before.stamp == now:
        return before
    found = digest(path)
    if now and not now.is_settled(at):
        now = None  # a change in the same moment would leave it as it is
    return Known(found, now)


def listing(folder: str, without: frozenset[str] = frozenset()) -> str:
    """Return a digest of the names in a folder, and of which of them are folders; "absent" where there is none.

    Paths in `without` are not looked at.
    """
    inside = f"{folder.rstrip(os.sep)}/"
    names = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if f"{inside}{entry.name}" not in without:
                    names.append(f"{entry.name}/" if entry.is_dir() else entry.name)
    except (OSError, ValueError):
        return "absent"
    return hashlib.sha256("\0".join(sorted(names)).encode("utf-8", "surrogateescape")).hexdigest()


def below(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, relative to it, with slashes; not below links to folders."""
    pending = [""]
    while pending:
        inside = pending.pop()
        try:
            with os.scandir(f"{folder}/{inside}") as entries:
                found = list(entries)
        except FileNotFoundError:
            continue
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                pending.append(f"{inside}{entry.name}/")
            else:
                yield f"{inside}{entry.name}"


def folders(top: str) -> Iterator[str]:
    """Yield a folder and all below it, but for hidden ones; not below links to folders."""
    pending = [top]
    while pending:
        folder = pending.pop()
        yield folder
        inner = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                        inner.append(entry.path)
        except OSError:
            continue
        pending += inner


def write(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file's bytes, of which a reader, or a crash, sees the old ones or the new, never some of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{os.getpid()}.tmp")  # short: its own name may be as long as one can be
    try:
        with temporary.open("wb") as file:
            file.writelines(parts)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_sealed(path: Path, value: Any) -> None:
    """Write a JSON value below the digest of its bytes."""
    data = json.dumps(value, separators=(",", ":")).encode("ascii")
    write(path, [hashlib.sha256(data).hexdigest().encode(), b"\n", data])


def read_sealed(path: Path) -> Any:
    """Return what `write_sealed` wrote; None where there is nothing, or anything else."""
    try:
        seal, _, data = path.read_bytes().partition(b"\n")
        return json.loads(data) if hashlib.sha256(data).hexdigest().encode() == seal else None
    except (OSError, ValueError):
        return None
