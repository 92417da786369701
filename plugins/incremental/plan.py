"""Decide what a finished build changes in the output folder: paths and digests in, a plan out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths below the output folder: to write, to remove, and others' files, which are left alone."""

    write: tuple[str, ...]
    remove: tuple[str, ...]
    foreign: tuple[str, ...]

    @property
    def in_the_way(self) -> tuple[str, ...]:
        """Return those to be removed first: files where a folder comes, and files below what becomes a file."""
        written = set(self.write)
        folders = {folder for path in self.write for folder in _folders(path)}
        return tuple(path for path in self.remove if path in folders or not written.isdisjoint(_folders(path)))


def plan(built: Mapping[str, str], present: Mapping[str, str], made_before: Iterable[str]) -> Plan:
    """Compare what was built now (path → digest) with what is there, and with what earlier builds made.

    Only files this site made are ever removed.
    """
    write = tuple(sorted(path for path, digest in built.items() if present.get(path) != digest))
    orphans = set(made_before) - built.keys()
    remove = tuple(sorted(orphans & present.keys()))
    foreign = tuple(sorted(present.keys() - built.keys() - orphans))
    return Plan(write, remove, foreign)


def _folders(path: str) -> Iterator[str]:
    """Yield the folders that a path lies in, from the innermost on."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
