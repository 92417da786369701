"""The file of what no topic kept lately: in the cache, for a month, so that changed topics can be applied to it."""

from collections.abc import Iterable
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem
from plugins.updates.archive.codec import DROPS
from plugins.updates.model import Drop

_MOST_PROBLEMS = 20


def read(path: Path) -> tuple[tuple[Drop, ...], tuple[Problem, ...]]:
    """Return what was dropped lately, and the problems of rows that are damaged: they are lost, and nothing else is."""
    if not path.exists():
        return (), ()
    drops, problems = DROPS.read(files.read_lossy(path), files.display_path(path))
    return tuple(drops), tuple(problems[:_MOST_PROBLEMS])


def write(path: Path, drops: Iterable[Drop]) -> bool:
    """Write what was dropped lately, where it differs, and say whether it did; for nothing there is no file."""
    data = DROPS.write(sorted(drops, key=lambda drop: (drop.day, drop.update.id)))
    with files.disk_errors_reported(path):
        if data:
            return files.write_if_changed(path, data)
        there = path.exists()
        path.unlink(missing_ok=True)
    return there
