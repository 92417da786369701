"""An index that is changed says what one says that is made anew, to the byte, whatever was edited before."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from plugins.incremental.signals import BuiltFiles
from plugins.search import index, index_files, pagefind, word_files
from plugins.search.model import FOLDER

_LETTERS = "bcdfghklmn"
_WORDS = [
    "strike",
    "strikes",
    "café",
    "cafe",
    "naïve",
    "naive",
    "quorum",
    *(f"wo{a}o{b}a" for a in _LETTERS for b in _LETTERS),
]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have small leaves and small files, so that few pages have many of both."""
    monkeypatch.setattr(index, "_LEAF", 6)
    monkeypatch.setattr(index_files, "SIZE", 150)
    monkeypatch.setattr(word_files, "SIZE", 150)


class _Site:
    """A site of pages that change by chance, and its index, in which each change is made as it comes."""

    def __init__(self, folder: Path, chance: Random, pages: int) -> None:
        finder = pagefind.program()
        assert finder is not None
        self._finder, self._folder, self._chance = finder, folder, chance
        for number in range(pages):
            self.write(f"posts/{number}")

    def write(self, name: str, words: int = 40, kind: str = "post") -> None:
        """Write a page of words."""
        chance = self._chance
        text = " ".join(chance.choices(_WORDS, k=words))
        title = chance.choice(_WORDS) if words else ""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f'<!DOCTYPE html><html><body><main data-pagefind-body data-pagefind-filter="{kind}:yes"'
            f' data-pagefind-meta="{kind}:1, kind:{kind}"><h1>{title}</h1><p>{text}</p></main>',
            "utf-8",
        )

    def add_words(self, name: str, words: str, *, first: bool) -> None:
        """Add words to a page, before all others of its text or after them."""
        path = self._path(name)
        old, new = ("<p>", f"<p>{words} ") if first else ("</p>", f" {words}</p>")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    def remove(self, name: str) -> None:
        """Remove a page."""
        shutil.rmtree(self._path(name).parent)

    def names(self) -> list[str]:
        """Return the names of all pages."""
        return sorted(path.parent.relative_to(self._folder / "site").as_posix() for path in self._pages())

    def index(self, cache: str) -> dict[str, bytes]:
        """Return the files of the index, made with what is kept in a cache."""
        site = self._folder / "site"
        assert index.write(self._finder, BuiltFiles.whole(site), "en", self._folder / cache)
        made = {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / FOLDER).rglob("*.*")}
        shutil.rmtree(site / FOLDER)
        return made

    def anew(self) -> dict[str, bytes]:
        """Return the files of the index, made without a cache."""
        shutil.rmtree(self._folder / "anew", ignore_errors=True)
        return self.index("anew")

    def _path(self, name: str) -> Path:
        return self._folder / "site" / name / "index.html"

    def _pages(self) -> Iterator[Path]:
        return (self._folder / "site").rglob("index.html")


@pytest.mark.parametrize("seed", range(3))
def test_a_changed_index_is_one_made_anew(tmp_path: Path, seed: int) -> None:
    """After each of many changes, of one page or several, the index is that of all pages as they are now."""
    chance = Random(seed)  # noqa: S311 - the same changes each time
    site = _Site(tmp_path, chance, 40)
    site.index("cache")
    for step in range(8):
        done: list[str] = []
        for _ in range(chance.choice((1, 1, 3))):
            name = chance.choice(site.names())
            what = chance.choice(("last", "first", "anew", "empty", "kind", "new", "gone", "all"))
            done.append(f"{what} {name}")
            match what:
                case "last" | "first":
                    site.add_words(name, chance.choice((*_WORDS, f"new{step}", f"né{step}")), first=what == "first")
                case "anew":
                    site.write(name)
                case "empty":
                    site.write(name, words=0)
                case "kind":
                    site.write(name, kind=f"kind{step}")
                case "new":
                    site.write(f"{name}-{step}")
                case "all":
                    for each in site.names():
                        site.add_words(each, f"all{step}", first=True)
                case _:
                    site.remove(name)
        assert site.index("cache") == site.anew(), done


@pytest.mark.parametrize("first", [True, False])
def test_an_edit_changes_the_files_of_its_words(tmp_path: Path, *, first: bool) -> None:
    """A word more at the end of a page leaves all files of words as they are but one; before all others, many."""
    site = _Site(tmp_path, Random(5), 40)  # noqa: S311
    before = {name for name in site.index("cache") if name.endswith(".pf_index")}
    site.add_words("posts/20", "zebra", first=first)
    now = {name for name in site.index("cache") if name.endswith(".pf_index")}
    assert len(before) > 20
    assert (len(now - before) == 1) is not first


def test_what_was_lost_of_the_last_index_is_made_anew(tmp_path: Path) -> None:
    """Files of words, leaves and pages' own files that are damaged or gone are found to be so, and made from pages."""
    site = _Site(tmp_path, Random(6), 40)  # noqa: S311
    whole = site.index("cache")
    for damaged in ("*.words", "*.part", "*.pages/*", "*.index"):
        for is_edited in (False, True):
            paths = list((tmp_path / "cache").glob(damaged))
            assert paths
            for number, path in enumerate(paths):
                if number % 2:
                    path.write_bytes(b"damaged")
                else:
                    path.unlink()
            if is_edited:
                site.add_words("posts/7", "more", first=False)
                whole = site.anew()
            assert site.index("cache") == whole, damaged
            assert site.index("cache") == whole, damaged
