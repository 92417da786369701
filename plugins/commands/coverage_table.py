"""What no test runs: the plugins' folders of which too little is run, from the report of `coverage json`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

ENOUGH = 90
"""Per cent of a folder's lines and branches; what has less is shown, and nothing fails for it."""
_NAMED = 4


@dataclass(frozen=True)
class _File:
    """A module: how many lines and branches it has, and how many of them were run."""

    path: PurePath
    run: int
    there: int


def table(report: Mapping[str, Any]) -> list[str]:
    """Return lines for a terminal: the share of all that was run, and each folder below ENOUGH with its worst modules.

    `report` is what coverage's JSON says, format 3: for each path below `files` a `summary` of numbers.
    """
    files: list[_File] = []
    folders: defaultdict[str, list[_File]] = defaultdict(list)
    for path, measured in report["files"].items():
        summary = measured["summary"]
        run = summary["covered_lines"] + summary["covered_branches"]
        file = _File(PurePath(path), run, summary["num_statements"] + summary["num_branches"])
        files.append(file)
        folders[file.path.parent.as_posix()].append(file)
    low = {name: own for name, own in sorted(folders.items()) if _share(own) < ENOUGH}
    head = f"Run by the tests that are measured: {_share(files)} % of lines and branches"
    if not low:
        return [f"{head}, and no less than {ENOUGH} % of any folder."]
    lines = [f"{head}; of these folders less than {ENOUGH} %:"]
    width = max(map(len, low))
    for name, own in low.items():
        lines.append(f"  {name:{width}} {_share(own):3} %  {_worst(own)}")
    return lines


def _share(files: Iterable[_File]) -> int:
    """Return how much of some files was run, in per cent, rounded down."""
    run = there = 0
    for file in files:
        run, there = run + file.run, there + file.there
    return 100 * run // there if there else 100


def _worst(files: Iterable[_File]) -> str:
    """Name the files of which most was not run."""
    worst = sorted(files, key=lambda file: file.run - file.there)[:_NAMED]
    return ", ".join(f"{file.path.name} {_share([file])} %" for file in worst if file.run < file.there)
