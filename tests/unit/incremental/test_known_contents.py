"""Which texts are read anew: those that were edited, and those of which more than their words says what they are."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from pelican import signals
from pelican.contents import Content
from pelican.generators import ArticlesGenerator
from pelican.settings import read_settings

from plugins.incremental import recorder
from plugins.incremental.known_contents import KnownContents
from plugins.incremental.pack import Pack
from plugins.incremental.reading import Reading, follows_from_more
from plugins.incremental.recorder import Recorder

NAMES = [f"post-{number}" for number in range(3)]


class Site:
    """Three posts, read into contents as often as it is asked, each time as by a new build."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.read: list[str] = []
        read = Reading._read

        def noted(reading: Reading, reader: Any, original: Any, key: str, path: str) -> Any:
            self.read.append(Path(path).stem)
            return read(reading, reader, original, key, path)

        monkeypatch.setattr(Reading, "_read", noted)
        for name in NAMES:
            self.write(name, "Words.")

    def write(self, name: str, text: str, head: str = "") -> None:
        """Write a post."""
        path = self.folder / "content" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Title: A {name}\nDate: 2026-01-01 10:00\nTags: one, two\n{head}\n{text}\n", "utf-8")

    def contents(
        self, *, forget: bool = False, is_within: bool = False, pure: tuple[str, ...] = (), **more: Any
    ) -> list[dict[str, Any]]:
        """Return all that the contents are, in order of their names; `read` has those that were read for it.

        `is_within`: the site is a part of another, of which it has not the settings.
        """
        self.read = []
        given = {"PATH": str(self.folder / "content"), "CACHE_PATH": str(self.folder / "cache"), **more}
        settings = read_settings(override=given)
        context = {**settings, "generated_content": {}, "static_links": set(), "static_content": {}}
        reading, pack = Reading(self.folder / "read", settings), Pack(self.folder / "pages")
        known = KnownContents(pack, reading, {**settings} if is_within else settings, pure)
        if forget:
            known.forget()
        with recorder.recording(Recorder(())), reading.active(), known.active():
            generator = ArticlesGenerator(
                context=context, settings=settings, path=settings["PATH"], theme=settings["THEME"], output_path=""
            )
            generator.generate_context()
        reading.keep()
        pack.write()
        found = sorted(generator.articles, key=lambda content: content.slug)
        return [_said(content) for content in found]


def _said(content: Content) -> dict[str, Any]:
    said = {name: value for name, value in vars(content).items() if name not in ("settings", "_context")}
    return {**said, "url": content.url, "html": content.content, "tags": [(tag.name, tag.url) for tag in content.tags]}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site of three posts, of which nothing is known; the libraries that read them are loaded."""
    found = Site(tmp_path, monkeypatch)
    found.contents()
    for name in ("read", "pages"):
        shutil.rmtree(tmp_path / name)
    return found


@pytest.fixture
def hooks() -> Iterator[Callable[[Callable[[Content], None]], None]]:
    """Return what has a function hear of each content that is made, until the test ends."""
    with ExitStack() as stack:
        yield lambda hook: stack.enter_context(signals.content_object_init.connected_to(hook))


def test_only_a_text_that_was_edited_is_read(site: Site) -> None:
    """And all contents are what they are where each text is read."""
    first = site.contents()
    assert sorted(site.read) == NAMES
    assert site.contents() == first
    assert site.read == []
    site.write("post-1", "Other words.")
    second = site.contents()
    assert site.read == ["post-1"]
    assert [content["html"] for content in second] == ["<p>Words.</p>", "<p>Other words.</p>", "<p>Words.</p>"]
    assert site.contents(forget=True) == second
    assert sorted(site.read) == NAMES
    assert site.contents(is_within=True) == second
    assert sorted(site.read) == NAMES


@pytest.mark.parametrize("more", [{"WITH_FUTURE_DATES": False}, {"DATE_FORMATS": {"en": ("C", "%Y")}}])
def test_where_the_time_counts_or_a_locale_is_set_each_text_is_read(site: Site, more: dict[str, Any]) -> None:
    """Also where nothing was edited."""
    first = site.contents(**more)
    assert site.contents(**more) == first
    assert sorted(site.read) == NAMES


def test_a_text_that_was_warned_of_is_read_each_time(site: Site) -> None:
    """So that each build warns of it: of a picture that says nothing to who cannot see it."""
    site.write("post-2", "![](https://example.org/a.png)")
    first = site.contents()
    assert site.contents() == first
    assert site.read == ["post-2"]


@pytest.mark.parametrize(
    ("pure", "read"), [((), NAMES), (("tests.unit.incremental.",), ["post-0"]), (("tests.unit.other.",), NAMES)]
)
def test_where_a_hook_changes_contents_only_a_pure_one_is_not_asked_again(
    site: Site, hooks: Callable[[Callable[[Content], None]], None], pure: tuple[str, ...], read: list[str]
) -> None:
    """And it is, of a text of which it said that it follows from more."""

    def shout(content: Content) -> None:
        content.title = content.title.upper()
        if "0" in content.title:
            follows_from_more()

    hooks(shout)
    first = site.contents(pure=pure)
    assert [content["title"] for content in first] == ["A POST-0", "A POST-1", "A POST-2"]
    assert site.contents(pure=pure) == first
    assert sorted(site.read) == read


def test_a_tag_with_an_address_of_its_own_keeps_it(
    site: Site, hooks: Callable[[Callable[[Content], None]], None]
) -> None:
    """Where all others of its name are one and the same."""

    def rename(content: Content) -> None:
        if content.slug == "a-post-1":
            content.tags[0].slug = "first"

    hooks(rename)
    first = site.contents(pure=("tests.unit.incremental.",))
    assert [content["tags"][0] for content in first] == [
        ("one", "tag/one.html"),
        ("one", "tag/first.html"),
        ("one", "tag/one.html"),
    ]
    assert site.contents(pure=("tests.unit.incremental.",)) == first
    assert site.read == []


def test_a_text_that_includes_another_file_is_read_each_time(site: Site) -> None:
    """The other may change without it."""
    (site.folder / "content/part.inc").write_text("Included.", "utf-8")
    head = "A post-3\n########\n:date: 2026-01-01\n:tags: one, two\n\n"
    (site.folder / "content/post-3.rst").write_text(f"{head}.. include:: part.inc\n", "utf-8")
    site.contents()
    (site.folder / "content/part.inc").write_text("Something else.", "utf-8")
    assert "Something else." in site.contents()[3]["html"]
    assert site.read == ["post-3"]
