"""What a section takes from a text is taken once, until something changes that it follows from."""

from dataclasses import replace
from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.core.text.markdown_tree import MarkdownParser
from plugins.core.text_files import TextFile, TextFiles
from plugins.sections import text_facts
from plugins.sections.gather import gather
from plugins.sections.markup import MarkupCache
from plugins.sections.model import Edition, Newsroom
from plugins.sections.signals import get_section
from plugins.sections.text_facts import Parse
from tests.shipped import pelicanconf


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is really taken or parsed from now on."""
    found: list[str] = []
    parse = MarkdownParser.parse

    def parsed(parser: MarkdownParser, text: str) -> object:
        found.append(f"parsed {text}")
        return parse(parser, text)

    monkeypatch.setattr(MarkdownParser, "parse", parsed)
    return found


def run(newsroom: Newsroom, taken: list[str], given: str = "", *, drafts: bool = False) -> list[object]:
    """Return what a section takes from all posts in one run, which gathers them."""
    room = replace(newsroom, parsed=MarkupCache(pelicanconf.MARKDOWN, newsroom.content / "cache"))
    if drafts:
        room = replace(room, preview_kind="drafts")
    found: list[object] = []

    def take(text: TextFile, parse: Parse) -> list[object]:
        taken.append(f"taken {text.text}")
        return [text.source, [link.url for link in parse(text.text).links], None, given]

    def edition(room: Newsroom) -> Edition:
        facts = room.facts("a", take, given)
        found.extend(facts.of(text) for text in room.notes(TextFiles).of(room.content, "posts"))
        return Edition("a", reads=("posts/**/*.md",))

    with get_section.connected_to(edition):
        gather(room)
    return found


@pytest.fixture
def posts(newsroom: Newsroom) -> Path:
    """Return the folder of posts, with one in it."""
    folder = newsroom.content / "posts"
    folder.mkdir()
    (folder / "a.md").write_text("[a](b)")
    return folder


@pytest.mark.usefixtures("posts")
def test_a_text_is_taken_from_once(newsroom: Newsroom, taken: list[str]) -> None:
    """The next run finds the same, without parsing anything."""
    first = run(newsroom, taken)
    assert (first, taken) == ([["posts/a.md", ["b"], None, ""]], ["taken [a](b)", "parsed [a](b)"])
    assert (run(newsroom, taken), len(taken)) == (first, 2)


def test_what_changed_is_taken_from_anew(newsroom: Newsroom, posts: Path, taken: list[str]) -> None:
    """Another byte, another name, another setting; what was parsed of the same words is not parsed again."""
    run(newsroom, taken)
    (posts / "b.md").write_text("[c](d)")
    assert run(newsroom, taken)[1] == ["posts/b.md", ["d"], None, ""]
    (posts / "a.md").rename(posts / "c.md")
    assert run(newsroom, taken)[1] == ["posts/c.md", ["b"], None, ""]
    assert run(newsroom, taken, "x") == [["posts/b.md", ["d"], None, "x"], ["posts/c.md", ["b"], None, "x"]]
    one, two = ["taken [a](b)", "parsed [a](b)"], ["taken [c](d)", "parsed [c](d)"]
    assert taken == [*one, *two, one[0], two[0], one[0]]


@pytest.mark.usefixtures("posts")
def test_other_code_takes_anew(newsroom: Newsroom, taken: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier version took is not trusted."""
    run(newsroom, taken)
    monkeypatch.setattr(text_facts, "_code", lambda: ["another"])
    run(newsroom, taken)
    assert taken == ["taken [a](b)", "parsed [a](b)", "taken [a](b)"]


@pytest.mark.usefixtures("posts")
def test_a_preview_of_drafts_leaves_nothing(newsroom: Newsroom, taken: list[str]) -> None:
    """What it took is in no file, and what others kept it uses."""
    run(newsroom, taken, drafts=True)
    assert not (newsroom.content / "cache").exists()
    run(newsroom, taken)
    assert run(newsroom, taken, drafts=True) == [["posts/a.md", ["b"], None, ""]]
    assert len(taken) == 4


def test_a_text_that_is_gone_is_forgotten(newsroom: Newsroom, posts: Path, taken: list[str]) -> None:
    """No line of it stays in the cache."""
    (posts / "b.md").write_text("[secret](d)")
    run(newsroom, taken)
    (posts / "b.md").unlink()
    run(newsroom, taken)
    left = [path.read_text() for path in (newsroom.content / "cache").rglob("*.jsonl")]
    assert len(left) == 2
    assert [text.count("\n") for text in left] == [2, 2]


@pytest.mark.usefixtures("posts")
def test_what_cannot_be_read_is_told(newsroom: Newsroom, posts: Path, taken: list[str]) -> None:
    """Also where it could be read before."""
    run(newsroom, taken)
    (posts / "a.md").write_bytes(b"\xff")
    with pytest.raises(SiteError, match="not UTF-8"):
        run(newsroom, taken)
