"""The files on cited pages: content/archive/links.jsonl, which is committed, and a cache that may be lost."""

from operator import attrgetter
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from plugins.core import files
from plugins.core.history_file import HistoryFile
from plugins.links.model import Cache, CitationRow

HISTORY = HistoryFile("links.jsonl", TypeAdapter(CitationRow), attrgetter("url"), lambda row: bool(row.archived))
"""Of two rows of one page, one with a copy in a web archive counts."""


def read_cache(content: Path) -> Cache:
    """Return the cache; an empty one where it is missing or damaged, for it may be lost."""
    try:
        return Cache.model_validate_json(_cache(content).read_bytes())
    except (OSError, ValidationError):
        return Cache()


def write_cache(content: Path, cache: Cache) -> None:
    """Keep the cache beside the content folder it belongs to."""
    files.write_if_changed(_cache(content), cache.model_dump_json(indent=1).encode(), durable=False)


def _cache(content: Path) -> Path:
    return content.resolve().parent / ".cache" / "links.json"
