"""The door to what no topic kept lately: rows in the cache, for a month, so that changed rules can be applied to it."""

from collections.abc import Iterable
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem
from plugins.updates.archive import line_files, rows

_MOST_PROBLEMS = 20


def read(path: Path) -> tuple[tuple[rows.Drop, ...], tuple[Problem, ...]]:
    """Return what was dropped lately, and the problems of rows that are damaged: they are lost, and nothing else is."""
    drops, problems = rows.read_rows(line_files.text(path), files.display_path(path), rows.DROPS)
    return tuple(drops), tuple(problems[:_MOST_PROBLEMS])


def write(path: Path, drops: Iterable[rows.Drop]) -> bool:
    """Write what was dropped lately, where it differs; say whether it did."""
    written: list[str] = []
    ordered = sorted(drops, key=lambda drop: (drop.day, drop.update.id))
    line_files.write(path, line_files.joined(map(rows.drop_row, ordered)), written)
    return bool(written)
