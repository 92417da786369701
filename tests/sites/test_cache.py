"""The cache is disposable: whatever happens to it, what is published is what was made, and nobody has to clear it."""

import fcntl
import os
from pathlib import Path

import pytest

from tests.sites.small_site import SmallSite
from tests.sites.test_images import _photo


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """Return a site with cards, a picture and a search index."""
    site = SmallSite(tmp_path)
    site.write("images/line.jpg", _photo(600, 400))
    site.write("images/map.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><rect width="4"/></svg>')
    site.post("one", "![A line]({static}/images/line.jpg) ![A map]({static}/images/map.svg)\n\nWords to search for.\n")
    return site


def _made(site: SmallSite) -> list[Path]:
    """Return every file of the cache that may be published as it is."""
    folders = (site.folder / ".cache" / name for name in ("cards", "images", "search"))
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("damage", ["a flipped bit", "cut short", "emptied", "a folder", "unreadable text everywhere"])
def test_a_damaged_cache_is_made_anew(site: SmallSite, damage: str) -> None:
    """Cards, pictures and the index are never published damaged, and the next build has nothing left of the damage."""
    site.build()
    first, made = site.files(), _made(site)
    assert {path.suffix for path in made} >= {".png", ".jpg", ".svg", ".index", ".part", ".pf_fragment"}
    every = sorted(path for path in (site.folder / ".cache").rglob("*") if path.is_file())
    for path in every if damage == "unreadable text everywhere" else made:
        data = path.read_bytes()
        match damage:
            case "a flipped bit":
                path.write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
            case "cut short":
                path.write_bytes(data[: len(data) // 2])
            case "emptied":
                path.write_bytes(b"")
            case "a folder":
                path.unlink()
                path.mkdir()
            case _:
                path.write_bytes(b"\xff\xfe\x00" + data[:40])
    said = site.build()
    assert "Traceback" not in said
    assert site.files() == first


def test_two_builds_at_once_do_not_meet(site: SmallSite) -> None:
    """While one build is going on another says so, with the process, and changes nothing; then it builds."""
    lock = site.folder / ".cache" / "build.lock"
    lock.parent.mkdir(parents=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT)
    fcntl.flock(handle, fcntl.LOCK_EX)
    os.write(handle, b"4242\n")
    said = site.build(code=1)
    assert "another run is going on (process 4242 holds this lock)" in said
    assert "Traceback" not in said
    assert not site.output.exists()
    os.close(handle)
    site.build()


def test_a_file_that_cannot_be_copied_ends_the_build(site: SmallSite) -> None:
    """Where the disk takes no more, the last good output stays, and the file is named: no part of one is published."""
    site.write("extra/large.bin", b"x")
    site.build()
    before = site.files()
    site.write("extra/large.bin", bytes(3_000_000))
    said = site.build(code=1, LIMIT=2_000_000)
    assert "Traceback" not in said
    assert "large.bin" in said
    assert site.files() == before
