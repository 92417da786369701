"""Values by key in files of the cache: each value below its digest, added a file at a time, and never trusted damaged.

A pack file is the values one after another, then a JSON table of their places, then the table's length and digest.
"""

import hashlib
import json
import os
import weakref
import zlib
from pathlib import Path
from typing import NamedTuple

from . import disk

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


class Pack:
    """The packs of a folder. What is put is kept once `write` is called; what nobody asks for is dropped in time.

    Files stay open, and values are read when they are asked for: those of 10,000 posts are 80 MiB.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, _Place] = {}
        self._files: list[Path] = []
        self._asked: set[str] = set()
        self.new: dict[str, bytes] = {}
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
        if key in self.new:
            return zlib.decompress(self.new[key])
        place = self._places.get(key)
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
        return key in self.new or key in self._places

    def put(self, key: str, value: bytes) -> None:
        """Keep a value."""
        self.new[key] = zlib.compress(value, 1)

    def drop(self, key: str) -> None:
        """Forget a value."""
        self.new.pop(key, None)
        self._asked.discard(key)
        self._places.pop(key, None)

    def write(self) -> None:
        """Write what is new; where there are many files, or much that nobody asked for, write all of use into one."""
        crowded = len(self._files) >= _MOST or len(self._places) > 2 * (len(self._asked) + len(self.new)) + 200
        if crowded:
            kept = {}
            for key in self._asked - self.new.keys():
                value = self._places[key].read()
                if value is not None:
                    kept[key] = value
            self._write(kept | self.new)
            for path in self._files:
                path.unlink(missing_ok=True)
        elif self.new:
            self._write(self.new)

    def _write(self, values: dict[str, bytes]) -> None:
        table, start = {}, 0
        for key, value in values.items():
            table[key] = (start, len(value), hashlib.sha256(value).hexdigest())
            start += len(value)
        foot = json.dumps(table).encode("ascii")
        end = (foot, len(foot).to_bytes(8), hashlib.sha256(foot).digest())
        numbers = [int(path.stem) for path in self._files if path.stem.isdecimal()]
        disk.write(self._folder / f"{max(numbers, default=0) + 1:06}.pack", *values.values(), *end)


def cores() -> int:
    """Return how many processes may run at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1  # macOS cannot say which of them this process may use
