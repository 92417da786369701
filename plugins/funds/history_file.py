"""The file of what is remembered of funds: content/archive/funds.jsonl, a line a fund, exact to the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.jsonl import REMADE, JsonLines
from plugins.funds.model import FundRow

_ROWS = JsonLines(TypeAdapter(FundRow), sorted_keys=True, remedy=REMADE)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The rows by fund, and what is wrong with the file."""

    rows: dict[str, FundRow]
    problems: tuple[Problem, ...] = ()


def read(content: Path) -> Remembered:
    """Return what is remembered; nothing where there is no file.

    Where a merge left two rows of one fund, one with an alarm counts before one without.
    """
    path = _path(content)
    if not path.exists():
        return Remembered({})
    try:
        rows, problems = _ROWS.read(files.read_text(path), files.display_path(path))
    except SiteError as error:
        return Remembered({}, error.problems)
    return Remembered({row.fund: row for row in sorted(rows, key=lambda row: bool(row.alarms))}, tuple(problems))


def write(content: Path, rows: Iterable[FundRow]) -> bool:
    """Write what is to be remembered, by fund, and say whether a byte changed; without rows there is no new file."""
    path = _path(content)
    data = _ROWS.write(sorted(rows, key=lambda row: row.fund))
    return files.write_if_changed(path, data) if data or path.exists() else False


def _path(content: Path) -> Path:
    return content / "archive" / "funds.jsonl"
