"""Lines by the digest of what they were made from, kept from run to run."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from plugins.sections.line_cache import LineCache

A, B = "a" * 64, "b" * 64


def kept(path: Path, lines: Mapping[str, bytes]) -> None:
    """Run once, and put these lines."""
    cache = LineCache(path, lambda: "one")
    for digest, line in lines.items():
        cache.put(digest, line)
    cache.keep()


def test_a_line_is_there_for_the_next_run(tmp_path: Path) -> None:
    """It is what was put, and a digest that nobody put has none."""
    kept(tmp_path / "x", {A: b'["one", " two"]', B: b""})
    cache = LineCache(tmp_path / "x", lambda: "one")
    assert [cache.get(A), cache.get("c" * 64)] == [b'["one", " two"]', b""]
    assert [cache.has(A), cache.has("c" * 64)] == [True, False]


def test_what_a_run_has_no_use_for_goes(tmp_path: Path) -> None:
    """The file grows no faster than the site; what is said to be needed stays, though nobody looked at it."""
    kept(tmp_path / "x", {A: b"1", B: b"2", "c" * 64: b"3"})
    cache = LineCache(tmp_path / "x", lambda: "one")
    cache.get(A)
    cache.need([B, "d" * 64])
    cache.keep()
    later = LineCache(tmp_path / "x", lambda: "one")
    assert [later.get(A), later.get(B), later.get("c" * 64)] == [b"1", b"2", b""]


def test_a_run_that_finds_all_writes_nothing(tmp_path: Path) -> None:
    """Also where it needs what is not there."""
    kept(tmp_path / "x", {A: b"1"})
    before = (tmp_path / "x").stat()
    cache = LineCache(tmp_path / "x", lambda: "one")
    cache.get(A)
    cache.need([B])
    cache.keep()
    assert (tmp_path / "x").stat() == before


def test_what_something_else_made_is_lost(tmp_path: Path) -> None:
    """By other code or settings a line would be another."""
    kept(tmp_path / "x", {A: b"1"})
    assert LineCache(tmp_path / "x", lambda: "two").get(A) == b""


@pytest.mark.parametrize("damage", [(b"1}", b"2}"), (b"{", b"\xff"), (b"\n", b"\n\n"), (b"}", b"")])
def test_what_is_damaged_is_lost(tmp_path: Path, damage: tuple[bytes, bytes]) -> None:
    """A line is what was put, or none."""
    kept(tmp_path / "x", {A: b"{1}", B: b"{3}"})
    data = (tmp_path / "x").read_bytes()
    (tmp_path / "x").write_bytes(data.replace(*damage))
    cache = LineCache(tmp_path / "x", lambda: "one")
    assert {cache.get(A), cache.get(B)} <= {b"{1}", b"{3}", b""}
    assert cache.get(A) in {b"{1}", b""}


def test_nothing_is_held_on_disk_without_a_place(tmp_path: Path) -> None:
    """And what cannot be written is done without."""
    (tmp_path / "file").touch()
    for path in (None, tmp_path / "file" / "x"):
        cache = LineCache(path, lambda: "one")
        cache.put(A, b"1")
        cache.keep()
        assert cache.get(A) == b"1"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
