"""What is known of a post is the same whether it was found now or by an earlier run."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from plugins.core.config import frontmatter, markdown_file
from plugins.core.text_files import TextFiles
from plugins.images import section as images
from plugins.posts import load, section
from plugins.posts.load import TextsByPath
from plugins.posts.model import PageMatter, PostMatter
from plugins.sections.markup import MarkupCache
from plugins.sections.model import Edition, Newsroom
from plugins.sections.text_facts import FactsOfRun
from plugins.writing import pipeline
from plugins.writing import section as writing
from tests.conftest import NOW
from tests.shipped import pelicanconf
from tests.sites.malformed import BODIES, HEADS

_HELD = (
    "problems", "notices", "references", "quotations", "file_links", "links", "site_links", "texts", "aliases",
    "prints", "unpublished",
)  # fmt: skip
SOUND = {
    "posts/all.md": "---\ntitle: All\ndate: 2026-02-03 10:00 +02:00\nmodified: 2026-02-04\ntags: a, b; c\n"
    "authors: ['Doe, Jane', Ümit]\nvia: {title: T, url: 'https://example.org/'}\nexpires: 2026-04-01\n"
    "image: {src: ../images/a.png, alt: ''}\ncorrections: [{date: 2026-02-05, text: Ten.}]\nfunds: [f]\n"
    "listings: a, board/1\naliases: [x/]\n---\n\n[a](b.md) https://example.org/x ![](../c.png)\n",
    "posts/odd.md": "---\ntitle: !!binary aGVsbG8=\ndate: 2026-02-03\ntags: !!set {a, b}\n---\nx\n",
    "posts/headers.md": "Title: H\nDate: 2026-02-03\nTags: a, b\nStatus: draft\n\nTO FINISH: this\n",
    "posts/bare.md": "---\ntitle: E\ndate: 2026-02-03\n---\n",
    "posts/later.md": "---\ntitle: E\ndate: 2026-03-02\n---\n\n[a](/nowhere/)\n",
    "pages/about.md": "\ufeff---\r\ntitle: About\r\nlang: de\r\n---\r\n\r\n{fund}f\r\nWords.\r\n",
}


@pytest.fixture
def content(newsroom: Newsroom) -> Newsroom:
    """Return a newsroom with all that can be wrong with posts, and sound ones."""
    texts: dict[str, Any] = {name: text for name, (text, _) in (HEADS | BODIES).items()} | SOUND
    for name, text in texts.items():
        path = newsroom.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return newsroom


def run(newsroom: Newsroom, *, days: int = 0) -> list[Edition]:
    """Return the editions that judge texts, of one run that keeps what it took."""
    parsed = MarkupCache(pelicanconf.MARKDOWN, newsroom.content / "cache")
    room = replace(newsroom, parsed=parsed, now=NOW + timedelta(days=days))
    found = [one.edition(room) for one in (section, writing, images)]
    room.notes(FactsOfRun).keep()
    parsed.keep()
    return found


def held(edition: Edition) -> dict[str, object]:
    """Return what an edition says."""
    return {name: set(getattr(edition, name)) for name in _HELD}


def test_what_was_kept_says_the_same(content: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of sound texts and of each mistake, at the same lines; and nothing is taken a second time."""
    first = [held(edition) for edition in run(content)]
    assert len(first[0]["problems"]) > 50  # type: ignore[arg-type]

    def not_again(*_: object) -> None:
        raise AssertionError("a text was read again")

    monkeypatch.setattr(markdown_file, "parsed", not_again)
    monkeypatch.setattr(pipeline, "judge", not_again)
    monkeypatch.setattr(frontmatter, "split", not_again)
    assert [held(edition) for edition in run(content)] == first


def test_the_time_is_not_kept(content: Newsroom) -> None:
    """A scheduled text comes out though nothing of it changed, and waits again where the clock was wrong."""
    later = content.content / "posts" / "later.md"
    assert [later in run(content, days=days)[0].unpublished for days in (0, 2, 0)] == [True, False, True]


def test_a_picture_is_looked_for_each_time(content: Newsroom) -> None:
    """That of an unchanged post may have been put there, or taken away."""
    picture = content.content / "images" / "a.png"
    picture.parent.mkdir(exist_ok=True)
    told = []
    for is_there in (False, True, False):
        if is_there:
            picture.write_bytes(b"x")
        else:
            picture.unlink(missing_ok=True)
        told.append(any("all.md" in one.where and "no picture" in one.what for one in run(content)[0].problems))
    assert told == [True, False, True]


@pytest.mark.usefixtures("content")
def test_pelican_is_handed_what_the_file_says(newsroom: Newsroom) -> None:
    """The front matter and the body are those of the file read anew; a text with problems has them."""
    run(newsroom)
    parsed = MarkupCache(pelicanconf.MARKDOWN, newsroom.content / "cache")
    room = replace(newsroom, parsed=parsed)
    load.read_for_build(room)
    known = room.notes(TextsByPath)
    assert len(known) == len(TextFiles().of(newsroom.content, "posts")) + len(TextFiles().of(newsroom.content, "pages"))
    for path, (text, file) in known.items():
        model: type[PageMatter] = PageMatter if "/pages/" in path else PostMatter
        anew = load.read_again(Path(path), model)
        found = text.read(file)
        assert (found.matter, found.problems) == (anew.matter, anew.problems)
        if anew.matter:
            assert (found.body, found.matter and found.matter.model_fields_set) == (
                anew.body,
                anew.matter.model_fields_set,
            )
