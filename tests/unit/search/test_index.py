"""The index is made from the pages that ask for it, once for the same pages, and always the same."""

from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.incremental.signals import BuiltFiles
from plugins.search import index
from plugins.search.model import FOLDER


def _page(folder: Path, name: str, words: str, kind: str = "posts") -> None:
    path = folder / name / "index.html"
    path.parent.mkdir(parents=True)
    body = f'<main data-pagefind-body data-pagefind-filter="{kind}:yes"><h1>{name}</h1><p>{words}</p></main>'
    path.write_text(f"<!DOCTYPE html><html lang='en'><title>{name}</title><body>{body}</body></html>", "utf-8")


def _site(folder: Path) -> Path:
    for number in range(60):
        words = f"strike day {number} actors writers word{number % 7}"
        _page(folder, f"page-{number}", words, ("posts", "updates", "listings")[number % 3])
    (folder / "about.html").write_text("<title>About</title><p>Not to be found.</p>", "utf-8")
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def finder() -> Path:
    """Return the program, which the lock installs."""
    program = index.program()
    assert program is not None
    return program


def test_the_same_pages_give_the_same_index(tmp_path: Path, finder: Path) -> None:
    """Made anew from the same pages, without a cache, the index has the same names and bytes."""
    site = _site(tmp_path / "site")
    made = []
    for number in range(5):
        assert index.write(finder, BuiltFiles(site, site, {}), "en", tmp_path / f"cache-{number}")
        made.append(_files(site / FOLDER))
    assert all(one == made[0] for one in made)
    assert "pagefind.js" in made[0]
    assert not [name for name in made[0] if "ui" in name or "highlight" in name]


def test_unchanged_pages_are_not_read_again(tmp_path: Path, finder: Path) -> None:
    """A second time the index comes from the cache; changed pages replace it there."""
    site, cache = _site(tmp_path / "site"), tmp_path / "cache"
    index.write(finder, BuiltFiles(site, site, {}), "en", cache)
    (kept,) = cache.iterdir()
    stamp = kept.stat().st_mtime_ns
    index.write(finder, BuiltFiles(site, site, {}), "en", cache)
    assert [path.stat().st_mtime_ns for path in cache.iterdir()] == [stamp]
    _page(site, "new", "words")
    index.write(finder, BuiltFiles(site, site, {}), "en", cache)
    (other,) = cache.iterdir()
    assert other != kept


def test_without_pages_there_is_no_index(tmp_path: Path, finder: Path) -> None:
    """Where no page asks to be found, nothing is written: Pagefind would index everything."""
    (tmp_path / "about.html").write_text("<title>About</title>", "utf-8")
    assert not index.write(finder, BuiltFiles(tmp_path, tmp_path, {}), "en", tmp_path / "cache")
    assert not (tmp_path / FOLDER).exists()


def test_a_program_that_fails_is_told(tmp_path: Path) -> None:
    """When the program cannot run, the build stops and says what to do."""
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho no such option >&2\nexit 3\n", "utf-8")
    broken.chmod(0o755)
    with pytest.raises(SiteError, match=r"Pagefind made no index of use \(no such option\)"):
        index.write(broken, BuiltFiles(_site(tmp_path / "site"), tmp_path, {}), "en", tmp_path / "cache")
