"""The files on cited pages: content/archive/links.jsonl, which is committed, and a cache that may be lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.jsonl import REMADE, JsonLines
from plugins.links.model import Cache, LinkRow

_ROWS = JsonLines(TypeAdapter(LinkRow), sorted_keys=True, remedy=REMADE)


@dataclass(frozen=True, slots=True)
class Remembered:
    """The rows by page, and what is wrong with the file."""

    rows: dict[str, LinkRow]
    problems: tuple[Problem, ...] = ()


def read(content: Path) -> Remembered:
    """Return what is remembered; nothing where there is no file.

    Where a merge left two rows of one page, one with a copy counts before one without.
    """
    path = _path(content)
    if not path.exists():
        return Remembered({})
    try:
        rows, problems = _ROWS.read(files.read_text(path), files.display_path(path))
    except SiteError as error:
        return Remembered({}, error.problems)
    return Remembered({row.url: row for row in sorted(rows, key=lambda row: bool(row.archived))}, tuple(problems))


def write(content: Path, rows: Iterable[LinkRow]) -> bool:
    """Write what is to be remembered, by page, and say whether a byte changed; without rows there is no new file."""
    path = _path(content)
    data = _ROWS.write(sorted(rows, key=lambda row: row.url))
    return files.write_if_changed(path, data) if data or path.exists() else False


def read_cache(content: Path) -> Cache:
    """Return the cache; an empty one where it is missing or damaged, for it may be lost."""
    try:
        return Cache.model_validate_json(_cache(content).read_bytes())
    except (OSError, ValidationError):
        return Cache()


def write_cache(content: Path, cache: Cache) -> None:
    """Keep the cache beside the content folder it belongs to."""
    files.write_if_changed(_cache(content), cache.model_dump_json(indent=1).encode(), durable=False)


def _path(content: Path) -> Path:
    return content / "archive" / "links.jsonl"


def _cache(content: Path) -> Path:
    return content.resolve().parent / ".cache" / "links.json"
