"""The wire's cache on the disk, which may be lost, damaged or full."""

from functools import partial
from pathlib import Path

import pytest

from plugins.updates import cache_folder
from plugins.updates.cache import Memo
from plugins.updates.cache_folder import CacheFolder


def test_what_is_damaged_is_not_there(tmp_path: Path) -> None:
    """A value that is cut short, or changed by a bit, is found no more, and can be kept anew."""
    for damaged in (b"", b"valu", b"valuf"):
        CacheFolder(tmp_path / "wire").put("name", b"value")
        (path,) = (tmp_path / "wire").iterdir()
        path.write_bytes(damaged)
        kept = CacheFolder(tmp_path / "wire")
        assert kept.get("name") is None
        kept.put("name", b"value")
        assert CacheFolder(tmp_path / "wire").get("name") == b"value"


def test_other_code_finds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another version of the program made is not read, and goes with the rest that no run wants."""
    CacheFolder(tmp_path).put("name", b"value")
    monkeypatch.setattr(cache_folder, "_version", lambda: "other")
    kept = CacheFolder(tmp_path)
    assert (list(kept.names()), kept.get("name")) == ([], None)
    kept.put("own", b"value")
    kept.drop_unused()
    assert len(list(tmp_path.iterdir())) == 1
    assert list(CacheFolder(tmp_path).names()) == ["own"]


def test_what_a_function_made_is_kept_for_the_next_run_and_no_longer(tmp_path: Path) -> None:
    """What one run asked for is known to the next; what that did not ask for is gone after it."""

    def run(*keys: bytes) -> list[bytes]:
        """Ask for some values, and return the keys of those that had to be made."""
        kept, made = CacheFolder(tmp_path), list[bytes]()
        memo = Memo(kept, "kind")

        def make(key: bytes) -> str:
            made.append(key)
            return key.decode()

        for key in keys:
            assert memo.get(key, partial(make, key)) == key.decode()
        memo.keep()
        kept.drop_unused()
        assert len(list(tmp_path.iterdir())) == 1
        return made

    assert run(b"a", b"b") == [b"a", b"b"]
    assert run(b"a", b"b") == []
    assert run(b"b", b"c") == [b"c"]
    assert run(b"a") == [b"a"]


def test_of_many_values_only_the_new_ones_are_written(tmp_path: Path) -> None:
    """One that is new is put beside the others, which stay as long as nearly all are asked for; then files are one."""
    many = [f"{number}".encode() for number in range(5000)]
    most = 0
    for run in range(20):
        kept = CacheFolder(tmp_path)
        memo, made = Memo(kept, "kind"), list[str]()
        for key in (*many, f"new {run}".encode()):
            memo.get(key, partial(made.append, key.decode()))
        memo.keep()
        kept.drop_unused()
        assert (made == [f"new {run}"]) is (run > 0)
        most = max(most, len(list(tmp_path.iterdir())))
    assert 1 < most < 10
    assert sum(len(path.read_bytes()) for path in tmp_path.iterdir()) < 200_000


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    """Where a file has the folder's name, nothing is kept."""
    (tmp_path / "wire").write_text("no folder")
    kept = CacheFolder(tmp_path / "wire")
    kept.put("name", b"value")
    assert (kept.get("name"), list(kept.names())) == (None, [])
    kept.drop_unused()
