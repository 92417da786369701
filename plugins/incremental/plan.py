"""Decide what a finished build changes in the output folder: paths and digests in, a plan out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths below the output folder: to write, to remove, and others' files, which are left alone."""

    write: tuple[str, ...]
    remove: tuple[str, ...]
    foreign: tuple[str, ...]


def plan(built: Mapping[str, str], present: Mapping[str, str], made_before: Iterable[str]) -> Plan:
    """Compare what was built now (path → digest) with what is there, and with what the last build made.

    Only files this site made are ever removed.
    """
    write = tuple(sorted(path for path, digest in built.items() if present.get(path) != digest))
    orphans = set(made_before) - built.keys()
    remove = tuple(sorted(orphans & present.keys()))
    foreign = tuple(sorted(present.keys() - built.keys() - orphans))
    return Plan(write, remove, foreign)
