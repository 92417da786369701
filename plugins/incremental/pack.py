"""Values by key in files of the cache: each value below its digest, added a file at a time, and never trusted damaged.

A pack file is the values one after another, then a JSON table of their places, then the table's length and digest.
"""

import hashlib
import json
import os
import weakref
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple, TypeVar

from . import disk, recorder

Made = TypeVar("Made")

_FOOT = 8 + 32
_MOST = 6
"""Files from which on all are put into one."""


class _Place(NamedTuple):
    """Where a value is: in which file (its descriptor), from which byte on, how many; and the digest of these."""

    file: int
    start: int
    size: int
    seal: str

    def read(self) -> bytes | None:
        """Return the bytes; None where they are not those that were written."""
        try:
            value = os.pread(self.file, self.size, self.start)
        except OSError:
            return None
        return value if hashlib.sha256(value).hexdigest() == self.seal else None


class _Spool:
    """Values that are in no pack yet, in a file of a folder that nobody else sees: of 10,000 posts they are 58 MiB."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner = 0
        self._file = -1
        self._end = 0

    def put(self, value: bytes) -> _Place | None:
        """Return where a value is now; None where there is no room for it."""
        try:
            if self._owner != os.getpid():  # a fork has a file of its own
                self._begin()
            os.pwrite(self._file, value, self._end)
        except OSError:
            return None
        place = _Place(self._file, self._end, len(value), hashlib.sha256(value).hexdigest())
        self._end += len(value)
        return place

    def _begin(self) -> None:
        with recorder.paused():
            self._folder.mkdir(parents=True, exist_ok=True)
            with TemporaryFile(dir=self._folder) as unnamed:
                self._file, self._end = os.dup(unnamed.fileno()), 0
        self._owner = os.getpid()
        weakref.finalize(self, os.close, self._file)


class Pack:
    """The packs of a folder. What is put is kept once `write` is called; what nobody asks for is dropped in time.

    Files stay open, and values are read when they are asked for: those of 10,000 posts are 80 MiB.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, _Place] = {}
        self._files: list[Path] = []
        self._asked: set[str] = set()
        self._spool = _Spool(folder)
        self._new: dict[str, _Place] = {}
        self._ahead: dict[str, _Place] = {}
        for path in sorted(folder.glob("*.pack")):
            self._open(path)

    def _open(self, path: Path) -> None:
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError:
            return
        weakref.finalize(self, os.close, file)
        try:
            end = os.fstat(file).st_size - _FOOT
            foot = os.pread(file, _FOOT, max(end, 0))
            length = int.from_bytes(foot[:8])
            if length > end:
                return  # it is no pack, or not all of one
            table = os.pread(file, length, end - length)
            if hashlib.sha256(table).digest() != foot[8:]:
                return
            places = json.loads(table)
        except (OSError, ValueError):
            return
        self._files.append(path)
        for key, place in places.items():
            self._places[key] = _Place(file, *place)

    def get(self, key: str) -> bytes | None:
        """Return the value of a key; None where there is none, or it is not what was put."""
        if key in self._ahead:
            self._new[key] = self._ahead.pop(key)
        place = self._new.get(key) or self._places.get(key)
        if place is None:
            return None
        value = place.read()
        if value is None:
            self.drop(key)
            return None
        self._asked.add(key)
        return zlib.decompress(value)

    def has(self, key: str) -> bool:
        """Say whether there is a value of a key, as far as the tables say."""
        return key in self._new or key in self._ahead or key in self._places

    def touch(self, key: str) -> None:
        """Count a value as asked for."""
        if key in self._places:
            self._asked.add(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep a value."""
        self._put(self._new, key, zlib.compress(value, 1))

    def apart(self, make: Callable[[], Made]) -> tuple[Made, dict[str, bytes]]:
        """Return what is made in a fork of this process, and what it put, compressed: for `take` in this process."""
        self._new.clear()
        made = make()
        return made, dict(_values(self._new))

    def take(self, found: Mapping[str, bytes]) -> None:
        """Have what a fork put at hand. What nobody asks for is not kept."""
        for key, value in found.items():
            self._put(self._ahead, key, value)

    def _put(self, places: dict[str, _Place], key: str, compressed: bytes) -> None:
        place = self._spool.put(compressed)
        if place is None:
            self.drop(key)
        else:
            places[key] = place

    def drop(self, key: str) -> None:
        """Forget a value."""
        for places in (self._new, self._ahead, self._places):
            places.pop(key, None)
        self._asked.discard(key)

    def write(self) -> None:
        """Write what is new; where there are many files, or much that nobody asked for, write all of use into one."""
        crowded = len(self._files) >= _MOST or len(self._places) > 2 * (len(self._asked) + len(self._new)) + 200
        if crowded:
            kept = {key: self._places[key] for key in self._asked if key not in self._new}
            self._write(kept | self._new)
            for path in self._files:
                path.unlink(missing_ok=True)
        elif self._new:
            self._write(self._new)

    def _write(self, places: Mapping[str, _Place]) -> None:
        numbers = [int(path.stem) for path in self._files if path.stem.isdecimal()]
        disk.write(self._folder / f"{max(numbers, default=0) + 1:06}.pack", _packed(places))


def _packed(places: Mapping[str, _Place]) -> Iterator[bytes]:
    """Yield the bytes of a pack with the values that are in these places."""
    table, start = {}, 0
    for key, value in _values(places):
        table[key] = (start, len(value), places[key].seal)
        start += len(value)
        yield value
    foot = json.dumps(table).encode("ascii")
    yield foot
    yield len(foot).to_bytes(8)
    yield hashlib.sha256(foot).digest()


def _values(places: Mapping[str, _Place]) -> Iterator[tuple[str, bytes]]:
    """Yield the values by their keys, but for those that were damaged meanwhile."""
    for key, place in places.items():
        value = place.read()
        if value is not None:
            yield key, value


def cores() -> int:
    """Return how many processes may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS cannot say which of them this process may use
