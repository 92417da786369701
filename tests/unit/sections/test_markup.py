"""What texts were parsed to is kept from run to run, and is never more than a shortcut."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import Markdown
from markdown.extensions import Extension

from plugins.core.config import frontmatter
from plugins.core.text.markdown_tree import MarkdownParser
from plugins.sections.markup import MarkupCache
from tests.shipped import pelicanconf

TEXTS = ["## A\n\n[a](b.md) <b>c</b>\n", "![d](e.svg)\n\n    code\n", "Words [f][g] {: x\n"]


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of texts that are really parsed from now on."""
    texts: list[str] = []
    parse = MarkdownParser.parse

    def counting(parser: MarkdownParser, text: str) -> object:
        texts.append(text)
        return parse(parser, text)

    monkeypatch.setattr(MarkdownParser, "parse", counting)
    return texts


def run(folder: Path, texts: list[str], **settings: object) -> list[object]:
    """Return what one run makes of texts, each asked for twice."""
    cache = MarkupCache({**pelicanconf.MARKDOWN, **settings}, folder)
    found: list[object] = [cache.markup(text) for text in [*texts, *texts]]
    cache.keep()
    return found[: len(texts)]


def test_a_text_is_parsed_once_until_it_changes(tmp_path: Path, parsed: list[str]) -> None:
    """The next run finds the same without parsing; only what is new is parsed then."""
    first = run(tmp_path, TEXTS)
    assert (parsed, run(tmp_path, TEXTS)) == (TEXTS, first)
    run(tmp_path, [*TEXTS[1:], "New.\n"])
    assert parsed == [*TEXTS, "New.\n"]


def test_other_settings_are_another_parser(tmp_path: Path, parsed: list[str]) -> None:
    """What was parsed with other extensions is not taken for what these make of it."""
    run(tmp_path, TEXTS, extensions=["extra"])
    run(tmp_path, TEXTS)
    assert parsed == [*TEXTS, *TEXTS]


@pytest.mark.parametrize("damage", [b"", b"\xff\x00\n\n x\n", None])
def test_a_damaged_cache_is_none(tmp_path: Path, parsed: list[str], damage: bytes | None) -> None:
    """Whatever stands in the file, nothing is found but what the texts hold."""
    first = run(tmp_path, TEXTS)
    (file,) = tmp_path.iterdir()
    torn = file.read_bytes().replace(b'"links"', b'"lniks"', 1)[:-7]  # two of the three lines
    file.write_bytes(torn if damage is None else damage)
    assert run(tmp_path, TEXTS) == first
    assert len(parsed) == (5 if damage is None else 6)
    count = len(parsed)
    assert (run(tmp_path, TEXTS), len(parsed)) == (first, count)


def test_the_cache_holds_the_texts_of_the_last_run_alone(tmp_path: Path) -> None:
    """It grows no faster than the site."""
    run(tmp_path, TEXTS)
    (file,) = tmp_path.iterdir()
    run(tmp_path, TEXTS[:1])
    assert file.read_bytes().count(b"\n") == 2


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A check works in a folder that belongs to somebody else."""
    (tmp_path / "file").write_text("")
    assert run(tmp_path / "file", TEXTS) == run(tmp_path, TEXTS)


MANY = [f"## Day {number}\n\n[a](b.md) <b>{number}</b>\n" for number in range(400)]


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every machine have two processors, so that one worker is started."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.usefixtures("two_processors")
def test_many_new_texts_are_parsed_by_a_worker_too(tmp_path: Path, parsed: list[str]) -> None:
    """Half of them are not parsed here; what is found is the same, and is kept for the next run."""
    cache = MarkupCache(pelicanconf.MARKDOWN, tmp_path)
    cache.parse_ahead([*MANY, "Nobody asks for this one.\n"])
    found = [cache.markup(text) for text in MANY]
    assert len(parsed) == len(MANY) // 2 + 1
    cache.keep()
    assert found == run(tmp_path / "other", MANY)
    parsed.clear()
    assert (run(tmp_path, MANY), parsed) == (found, [])


class OnlyHere(Extension):
    """An extension that cannot be sent to another process."""

    def __init__(self) -> None:
        super().__init__()
        self.made_here = lambda: None

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add nothing."""


@pytest.mark.usefixtures("two_processors")
def test_texts_are_parsed_here_where_a_worker_cannot(tmp_path: Path) -> None:
    """Settings that no other process can be given cost time, and nothing else."""
    settings = {**pelicanconf.MARKDOWN, "extensions": [*pelicanconf.MARKDOWN["extensions"], OnlyHere()]}
    cache = MarkupCache(settings, tmp_path)
    cache.parse_ahead(MANY)
    assert [cache.markup(text) for text in MANY] == run(tmp_path / "other", MANY)


def test_nothing_is_parsed_ahead_where_an_earlier_run_has_left_a_cache(tmp_path: Path) -> None:
    """The texts are not even read: most runs find nearly all of them in the file."""

    def texts() -> Iterator[str]:
        pytest.fail("the texts were gone through")
        yield ""

    run(tmp_path, TEXTS)
    MarkupCache(pelicanconf.MARKDOWN, tmp_path).parse_ahead(texts())


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: A\n---\n\nWords.\n---\n", "---\r\ntitle: A\r\n---\r\nWords.", "Title: A\nDate: B\n\nWords.\n\nMore."],
)
def test_a_body_without_its_head_is_the_one_the_sections_ask_for(text: str) -> None:
    """Else what was parsed ahead would never be found."""
    assert frontmatter.body(text) == frontmatter.split(text, "x")[0].body
