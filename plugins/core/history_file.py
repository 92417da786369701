"""What is remembered of things that are looked at again and again: a JSON Lines file below content/archive, a row each.

Such a file is committed, and two runs may be merged into one. A feature says by a `HistoryFile` which values its rows
hold; the runs that look (funds, cited pages) write it, and the build reads it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.jsonl import REMADE, JsonLines

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """The rows by their keys, and what is wrong with the file; its sound rows are there all the same."""

    rows: dict[str, T]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryFile(Generic[T]):
    """One such file: `name` is its name below content/archive, `adapter` checks its rows.

    `key` gives what a row is about. Where a merge left two rows about the same, one for which `outweighs` holds counts
    before one for which it does not: an alarm, or a copy that was found, must not be lost to a run that saw none.
    """

    name: str
    adapter: TypeAdapter[T]
    key: Callable[[T], str]
    outweighs: Callable[[T], bool]

    def read(self, content: Path) -> Remembered[T]:
        """Return what is remembered below a content folder; nothing where there is no file."""
        path = self._path(content)
        if not path.exists():
            return Remembered({})
        try:
            rows, problems = self._lines().read(files.read_text(path), files.display_path(path))
        except SiteError as error:
            return Remembered({}, error.problems)
        rows.sort(key=self.outweighs)  # of two with one key the later one stays
        return Remembered({self.key(row): row for row in rows}, tuple(problems))

    def write(self, content: Path, rows: Iterable[T]) -> bool:
        """Write the rows in the order of their keys, and say whether a byte changed; for no rows no file is made."""
        path = self._path(content)
        data = self._lines().write(sorted(rows, key=self.key))
        if not data and not path.exists():
            return False
        return files.write_if_changed(path, data)

    def _path(self, content: Path) -> Path:
        return content / "archive" / self.name

    def _lines(self) -> JsonLines[T]:
        return JsonLines(self.adapter, sorted_keys=True, remedy=REMADE)
