"""The archive's updates as a build reads them: row by row, and only as they were when it began."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.updates.archive import archive_folder
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.archive.stored_updates import stored_updates
from plugins.updates.cache import MemoryCache
from plugins.updates.config.load import read_archive
from plugins.updates.model import Update, by_id

NewUpdate = Callable[..., Update]


@pytest.fixture
def folder(tmp_path: Path, make: NewUpdate) -> Path:
    """Return an archive of three updates in one file."""
    made = by_id(make(name, hours=number, title=f"About {name}") for number, name in enumerate("abc"))
    archive_folder.write(tmp_path, Archive(made))
    return tmp_path


def test_a_build_parses_the_rows_that_it_is_asked_for_and_each_once(folder: Path) -> None:
    """Where the places of updates are known, no row is parsed for its neighbour."""
    cache, parsed = MemoryCache(), list[str]()

    def seen(update: Update) -> Update:
        parsed.append(update.id)
        return update

    assert set(stored_updates(read_archive(folder).stored, seen, cache)) == set("abc")
    parsed.clear()
    again = stored_updates(read_archive(folder).stored, seen, cache)
    assert parsed == []
    assert [again["b"].title, again["b"].summary, again["a"].title] == ["About b", again["b"].summary, "About a"]
    assert parsed == ["b", "a"]


def test_a_row_is_not_read_from_a_file_that_changed_meanwhile(folder: Path) -> None:
    """What was planned by the places of updates would be made of other ones."""
    cache = MemoryCache()
    stored_updates(read_archive(folder).stored, lambda update: update, cache)
    found = stored_updates(read_archive(folder).stored, lambda update: update, cache)
    (path,) = folder.glob("*.jsonl")
    path.write_bytes(path.read_bytes().replace(b"About b", b"About c"))
    with pytest.raises(SiteError, match="has changed since the build began"):
        _ = found["a"].title
