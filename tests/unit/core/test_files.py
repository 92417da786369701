"""Files on disk: whole or not at all."""

import errno
from pathlib import Path

import pytest

from plugins.core import files
from plugins.core.errors import SiteError


def test_only_a_change_is_written(tmp_path: Path) -> None:
    """The same bytes leave the file, and its time, alone."""
    path = tmp_path / "deep" / "a.txt"
    assert files.write_if_changed(path, b"one")
    stamp = path.stat().st_mtime_ns
    assert not files.write_if_changed(path, b"one")
    assert path.stat().st_mtime_ns == stamp
    assert files.write_if_changed(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_failed_write_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk gives out, what was there is still there, and nothing half-written beside it."""
    path = tmp_path / "a.txt"
    files.replace(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.replace(path, b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.txt", b"old")]


def test_text_that_is_not_utf8_names_its_line(tmp_path: Path) -> None:
    """The writer is told where the odd letter stands."""
    path = tmp_path / "a.md"
    path.write_bytes(b"one\ntwo \xe9\n")
    with pytest.raises(SiteError, match=r"a\.md:2: not UTF-8"):
        files.read_text(path)


def test_a_file_moved_from_another_disk_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot change its folder it is copied, and is no more where it was."""
    (tmp_path / "a.txt").write_bytes(b"new")
    (tmp_path / "b.txt").write_bytes(b"old")
    rename = Path.replace

    def on_one_disk(path: Path, target: Path) -> Path:
        if path.name == "a.txt":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", on_one_disk)
    files.move(tmp_path / "a.txt", tmp_path / "b.txt")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b.txt": b"new"}


def test_what_is_below_a_folder_is_what_a_pattern_finds(tmp_path: Path) -> None:
    """Hidden files count, and folders and links; links to folders are not followed, nor is a folder that is none."""
    for name in ("a/b/c.md", "a/.d/e.md", "f.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "g").symlink_to(tmp_path / "a")
    (tmp_path / "h.md").symlink_to("nowhere")
    assert {entry.path for entry in files.below(tmp_path)} == set(map(str, tmp_path.rglob("*")))
    assert list(files.below(tmp_path / "none")) == []
