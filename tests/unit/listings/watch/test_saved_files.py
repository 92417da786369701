"""Boards that somebody saves by hand, from the files to the archive."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins.listings.archive import listings_folder
from plugins.listings.archive.listings_folder import ListingsArchive
from plugins.listings.commands import watch_boards
from tests.loopback.boards import Job, page
from tests.site_settings import changed

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def watch(content: Path, file: str, days: int = 0) -> ListingsArchive:
    """Return the archive after a watch of a board of saved files, some days after NOW."""
    (content / "listings").mkdir(parents=True, exist_ok=True)
    (content / "listings" / "boards.toml").write_text(f'[[board]]\nid = "b"\nemployer = "E"\nfile = "{file}"\n')
    options = watch_boards.WatchOptions(now=NOW + timedelta(days=days))
    watch_boards.watch_boards(changed(PATH=str(content)), options)
    return listings_folder.read(content / "archive" / "listings")


def save(path: Path, *jobs: Job) -> None:
    """Save a board's answer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page("greenhouse", list(jobs))))


def test_files_of_several_days_are_read_in_their_order_and_once(tmp_path: Path) -> None:
    """The history is that of the days, whenever it is read; a second run changes no byte, and a later day goes on."""
    content, folder = tmp_path / "content", tmp_path / "content" / "listings" / "saved"
    save(folder / "2026-10-05.json", Job("1", text="Old words."), Job("2"))
    save(folder / "2026-10-12.json", Job("1", text="New words."))
    save(folder / "2026-12-24.json")
    archive = watch(content, "saved")
    assert [(f"{one.at:%d}", one.event) for one in archive.listings["b/1"].happenings] == [
        ("05", "opened"),
        ("12", "changed"),
    ]
    assert [(f"{one.at:%d}", one.event) for one in archive.listings["b/2"].happenings] == [
        ("05", "opened"),
        ("12", "missing"),
    ]
    before = {path.name: path.read_bytes() for path in (content / "archive" / "listings").iterdir()}
    watch(content, "saved", 5)
    assert {path.name: path.read_bytes() for path in (content / "archive" / "listings").iterdir()} == before
    save(folder / "2026-12-01.json", Job("1", text="New words."))
    archive = watch(content, "saved", 5)
    assert archive.listings["b/2"].closed == datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert archive.listings["b/1"].is_there


def test_one_file_counts_as_a_read_whenever_it_was_saved_anew(tmp_path: Path) -> None:
    """The same file twice is not two reads, on whatever machine: nothing is closed because nobody saved it again."""
    content = tmp_path / "content"
    save(content / "listings" / "b.json", Job("1"), Job("2"), Job("3"))
    watch(content, "b.json")
    save(content / "listings" / "b.json", Job("1"), Job("3"))
    for day in (1, 2, 3):
        archive = watch(content, "b.json", day)
    assert [one.event for one in archive.listings["b/2"].happenings] == ["opened", "missing"]


def test_a_damaged_day_stops_there_and_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No later day is read before it is mended, for the days would come in the wrong order."""
    content, folder = tmp_path / "content", tmp_path / "content" / "listings" / "saved"
    save(folder / "2026-10-05.json", Job("1"))
    (folder / "2026-10-12.json").write_text('{"jobs": ')
    save(folder / "2026-10-19.json", Job("1"), Job("2"))
    assert set(watch(content, "saved").listings) == {"b/1"}
    assert "parse error: saved: 2026-10-12.json: the answer is not JSON" in capsys.readouterr().out
    save(folder / "2026-10-12.json", Job("1"))
    assert set(watch(content, "saved").listings) == {"b/1", "b/2"}
    assert watch(content, "nowhere").boards["b"].failure == "not found"
