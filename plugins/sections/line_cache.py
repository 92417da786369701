"""Lines of a file in the cache, each by the digest of what it was made from, kept while every run asks for them.

The file begins with a line that says what made the others; by anything else, they would be others. Each line stands
behind its own digest. The file may be lost, and what is damaged in it counts as lost.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from plugins.core import files


class LineCache:
    """The lines of one run. `path` is the file, None where nothing is kept; `maker` says what makes the lines."""

    def __init__(self, path: Path | None, maker: Callable[[], str]) -> None:
        self._path, self._maker = path, maker
        self._new: dict[str, bytes] = {}
        self._asked: set[str] = set()

    def get(self, digest: str) -> bytes:
        """Return the line of a digest, to be kept for the next run too; b"" where there is none, or it is damaged."""
        self._asked.add(digest)
        seal, _, line = self._row(digest).partition(b" ")
        return line if seal == _seal(line) else b""

    def has(self, digest: str) -> bool:
        """Say whether there is a line of a digest."""
        return digest in self._new or digest in self._kept

    def put(self, digest: str, line: bytes) -> None:
        """Take in a line, to be kept for the next run."""
        self._asked.add(digest)
        self._new[digest] = _seal(line) + b" " + line

    def need(self, digests: Iterable[str]) -> None:
        """Have lines kept for the next run which this one has no use for."""
        self._asked.update(digests)

    def keep(self) -> None:
        """Keep what this run asked for and nothing else; where nothing can be written, nothing is kept."""
        there = sorted(filter(self.has, self._asked))
        if self._path is None or (not self._new and len(there) == len(self._kept)):
            return
        rows = [self._maker().encode()]
        rows += (f"{digest} ".encode() + self._row(digest) for digest in there)
        with suppress(OSError):
            files.replace(self._path, b"\n".join([*rows, b""]), durable=False)

    def forget(self) -> None:
        """Hold no line any more."""
        self._new, self._asked = {}, set()
        vars(self).pop("_kept", None)

    def _row(self, digest: str) -> bytes:
        return self._new.get(digest) or self._kept.get(digest, b"")

    @cached_property
    def _kept(self) -> dict[str, bytes]:
        """Return the file's lines, each behind its own digest; none where something else made them."""
        if self._path is None:
            return {}
        try:
            maker, *rows = self._path.read_bytes().splitlines()
        except (OSError, ValueError):
            return {}
        if maker != self._maker().encode():
            return {}
        found: dict[str, bytes] = {}
        for row in rows:
            digest, _, line = row.partition(b" ")
            found[digest.decode("ascii", "replace")] = line
        return found


def _seal(line: bytes) -> bytes:
    return sha256(line).hexdigest()[:16].encode()
