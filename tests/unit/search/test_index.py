"""The index is made from the pages that ask for it, once for the same pages, and always the same."""

import hashlib
import shutil
from pathlib import Path

import cbor2
import pytest

from plugins.core.errors import SiteError
from plugins.core.made_files import MadeFiles
from plugins.incremental.disk import Known
from plugins.incremental.signals import BuiltFiles
from plugins.search import index, pagefind
from plugins.search.model import FOLDER


def _page(folder: Path, name: str, words: str, kind: str = "posts") -> None:
    path = folder / name / "index.html"
    path.parent.mkdir(parents=True)
    body = f'<main data-pagefind-body data-pagefind-filter="{kind}:yes"><h1>{name}</h1><p>{words}</p></main>'
    path.write_text(f"<!DOCTYPE html><html lang='en'><title>{name}</title><body>{body}</body></html>", "utf-8")


def _all(folder: Path) -> BuiltFiles:
    """Return a build in which all is new."""
    return BuiltFiles(folder, folder, {})


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
    program = pagefind.program()
    assert program is not None
    return program


def test_the_same_pages_give_the_same_index(tmp_path: Path, finder: Path) -> None:
    """Made anew from the same pages, without a cache, the index has the same names and bytes."""
    site = _site(tmp_path / "site")
    made = []
    for number in range(5):
        assert index.write(finder, _all(site), "en", tmp_path / f"cache-{number}")
        made.append(_files(site / FOLDER))
    assert all(one == made[0] for one in made)
    assert "pagefind.js" in made[0]
    assert not [name for name in made[0] if "ui" in name or "highlight" in name]


def _watched(finder: Path, folder: Path) -> tuple[Path, Path]:
    """Return a program that does what the finder does, and the file in which it notes each page it is shown."""
    noted, program = folder / "noted", folder / "pagefind"
    program.write_text(f'#!/bin/sh\nfind "$2" -name "*.html" -printf "%P\\n" >> {noted}\nexec {finder} "$@"\n', "utf-8")
    program.chmod(0o755)
    noted.touch()
    return program, noted


def _shown(noted: Path) -> set[str]:
    """Return the pages that the program was shown since this was asked."""
    shown = set(noted.read_text("utf-8").split()) - {"index.html"}  # the program's own, of one word
    noted.write_text("", "utf-8")
    return shown


def test_pagefind_is_shown_what_changed(tmp_path: Path, finder: Path) -> None:
    """An edited page or a new one is indexed alone, and nothing asks of what stands around it, nor of one that goes."""
    site, cache = tmp_path / "site", tmp_path / "cache"
    for number in range(300):
        _page(site, f"posts/{number}", f"strike day {number}")
    program, noted = _watched(finder, tmp_path)
    index.write(program, _all(site), "en", cache)
    assert len(_shown(noted)) == 300
    edited = site / "posts/120/index.html"
    edited.write_text(edited.read_text("utf-8").replace("<body>", "<body><nav>Another menu</nav>"), "utf-8")
    index.write(program, _all(site), "en", cache)
    assert _shown(noted) == set()
    for change in ("edited", "new", "gone"):
        asked: set[str] = set()
        match change:
            case "edited":
                edited.write_text(edited.read_text("utf-8").replace("strike", "lockout"), "utf-8")
                asked = {"posts/120/index.html"}
            case "new":
                _page(site, "posts/120a", "one more")
                asked = {"posts/120a/index.html"}
            case _:
                (site / "posts/120a/index.html").unlink()
        index.write(program, _all(site), "en", cache)
        assert _shown(noted) - {"_found/words.html"} == asked, change
        shutil.rmtree(site / FOLDER)
        index.write(finder, _all(site), "en", tmp_path / change)
        anew = _files(site / FOLDER)
        shutil.rmtree(site / FOLDER)
        index.write(program, _all(site), "en", cache)
        assert _files(site / FOLDER) == anew, change


def test_a_page_that_stays_where_it_is_is_found_as_before(tmp_path: Path, finder: Path) -> None:
    """Pages left in the output are in the index with those built now, read once and then known by their digests."""
    site, cache, output = _site(tmp_path / "site"), tmp_path / "cache", tmp_path / "output"
    index.write(finder, _all(site), "en", tmp_path / "other")
    whole = _files(site / FOLDER)
    shutil.rmtree(site / FOLDER)
    unchanged = {}
    for number in range(40):
        name = f"page-{number}/index.html"
        data = (site / name).read_bytes()
        (output / name).parent.mkdir(parents=True)
        (site / name).rename(output / name)
        unchanged[name] = Known(hashlib.sha256(data).hexdigest(), None)
    built = BuiltFiles(site, output, unchanged)
    index.write(finder, built, "en", cache)
    assert _files(site / FOLDER) == whole
    shutil.rmtree(site / FOLDER)
    for name in unchanged:
        (output / name).write_text("not read again", "utf-8")
    index.write(finder, built, "en", cache)
    assert _files(site / FOLDER) == whole


def test_an_index_that_an_earlier_version_kept_is_made_anew(tmp_path: Path, finder: Path) -> None:
    """Its cache outlives an update of the site's code, as here where pages changed besides."""
    site, cache = _site(tmp_path / "site"), tmp_path / "cache"
    MadeFiles(cache).kept("0" * 64, "index", lambda: cbor2.dumps(["common", {}, ["pagefind.json", [], {}]]))
    index.put_last(tmp_path / "output", "en", cache)
    assert not (tmp_path / "output").exists()
    assert index.write(finder, _all(site), "en", cache)
    assert index.write(finder, _all(_site(tmp_path / "other")), "en", tmp_path / "new")
    assert _files(site / FOLDER) == _files(tmp_path / "other" / FOLDER)
    assert len(list(cache.glob("*.index"))) == 1


def test_without_pages_there_is_no_index(tmp_path: Path, finder: Path) -> None:
    """Where no page asks to be found, nothing is written: Pagefind would index everything."""
    (tmp_path / "about.html").write_text("<title>About</title>", "utf-8")
    assert not index.write(finder, _all(tmp_path), "en", tmp_path / "cache")
    assert not (tmp_path / FOLDER).exists()


def test_the_last_index_is_there_until_the_next_is_made(tmp_path: Path, finder: Path) -> None:
    """A preview gets the index that was made last, whole, whatever its pages are now; none from a damaged cache."""
    site, cache, output = _site(tmp_path / "site"), tmp_path / "cache", tmp_path / "output"
    index.put_last(output, "en", cache)
    assert not output.exists()
    index.write(finder, _all(site), "en", cache)
    index.put_last(output, "en", cache)
    assert _files(output / FOLDER) == _files(site / FOLDER)
    next(cache.glob("*.pages/*")).write_bytes(b"damaged")
    index.put_last(tmp_path / "other", "en", cache)
    assert not (tmp_path / "other").exists()


def test_a_program_that_fails_is_told(tmp_path: Path) -> None:
    """When the program cannot run, the build stops and says what to do."""
    broken = tmp_path / "pagefind"
    broken.write_text("#!/bin/sh\necho no such option >&2\nexit 3\n", "utf-8")
    broken.chmod(0o755)
    with pytest.raises(SiteError, match=r"Pagefind made no index of use \(no such option\)"):
        index.write(broken, _all(_site(tmp_path / "site")), "en", tmp_path / "cache")
