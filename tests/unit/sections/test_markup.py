"""What texts were parsed to is kept from run to run, and is never more than a shortcut."""

import os
import threading
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
import smartypants
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from pelican import contents
from pelican.readers import MarkdownReader
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import _HTMLWordTruncator

from plugins.core.config import frontmatter
from plugins.core.text.markdown_tree import MarkdownParser
from plugins.incremental import workers
from plugins.incremental.reading import Reading
from plugins.sections import markdown
from plugins.sections.markdown import AheadRenderer, TextRenderer, count_words, typographic
from plugins.sections.markup import MarkupCache, WrittenText
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


def test_what_was_forgotten_is_found_again(tmp_path: Path, parsed: list[str]) -> None:
    """A text that somebody asks for after all sections have is what it was, and none is lost to the next run."""
    cache = MarkupCache(pelicanconf.MARKDOWN, tmp_path)
    found = [cache.markup(text) for text in TEXTS]
    cache.keep()
    cache.forget()
    assert [cache.markup(text) for text in TEXTS] == found
    assert (run(tmp_path, TEXTS), parsed) == (found, TEXTS)


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """A check works in a folder that belongs to somebody else."""
    (tmp_path / "file").write_text("")
    assert run(tmp_path / "file", TEXTS) == run(tmp_path, TEXTS)


MANY = [f"## Day {number}\n\n[a](b.md) <b>{number}</b>\n" for number in range(400)]


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be two processors, and no threads but the test's own: the test runner has some."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def written(*texts: str) -> Iterator[WrittenText]:
    """Return texts as they are found in the content."""
    return (WrittenText(text, "", has_summary=True) for text in texts)


@pytest.mark.usefixtures("two_processors")
def test_many_new_texts_are_parsed_by_all_processors(tmp_path: Path, parsed: list[str]) -> None:
    """Few of them are parsed here; what is found is the same, and is kept for the next run."""
    cache = MarkupCache(pelicanconf.MARKDOWN, tmp_path)
    cache.may_ask_for(lambda: written(*MANY, "Nobody asks for this one.\n"))
    found = [cache.markup(text) for text in MANY]
    assert len(parsed) < 10
    cache.keep()
    assert found == run(tmp_path / "other", MANY)
    parsed.clear()
    assert (run(tmp_path, MANY), parsed) == (found, [])


class OnlyHere(Preprocessor):
    """A step that fails in any process but this."""

    own = os.getpid()

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines as they are."""
        if os.getpid() != self.own:
            raise ValueError("not here")
        return lines


class OnlyHereExtension(Extension):
    """Adds that step."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Add it before all others."""
        md.preprocessors.register(OnlyHere(md), "only here", 100)


@pytest.mark.usefixtures("two_processors")
def test_texts_are_parsed_here_where_no_other_process_can(tmp_path: Path) -> None:
    """It costs time, and nothing else."""
    settings = {**pelicanconf.MARKDOWN, "extensions": [*pelicanconf.MARKDOWN["extensions"], OnlyHereExtension()]}
    cache = MarkupCache(settings, tmp_path)
    cache.may_ask_for(lambda: written(*MANY))
    assert [cache.markup(text) for text in MANY] == run(tmp_path / "other", MANY)


def test_where_little_is_new_the_texts_are_not_even_read(tmp_path: Path) -> None:
    """Most runs find nearly all of them in the file."""

    def texts() -> Iterator[WrittenText]:
        pytest.fail("the texts were gone through")
        yield WrittenText("", "", has_summary=False)

    run(tmp_path, MANY[:20])
    cache = MarkupCache(pelicanconf.MARKDOWN, tmp_path)
    cache.may_ask_for(texts)
    assert [cache.markup(text) for text in MANY[:24]] == run(tmp_path / "other", MANY[:24])


@pytest.mark.usefixtures("two_processors")
def test_a_build_asks_for_the_html_that_was_made_where_texts_were_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of texts that are parsed once, of those that are parsed twice, in their own languages; Typogrify's too."""
    long = 'Many "words" -- it\'s [said](a.md). ' * 20
    texts = [f"## Day {number}\n\n{'<b>HTML</b>' * (number % 2)} {long}\n" for number in range(60)]
    texts += [f"/// correction | 2026-01-0{day}\nWrong.\n///\n\n{long}\n" for day in range(1, 9)]
    given = [WrittenText(text, "es" if number % 3 else "", has_summary=False) for number, text in enumerate(texts)]
    settings = {**DEFAULT_CONFIG, "MARKDOWN": deepcopy(pelicanconf.MARKDOWN), "TYPOGRIFY": True}
    reading, draft = Reading(tmp_path, settings), WrittenText(f"## A draft\n\n{long}\n", "", False)
    with reading.active():
        cache = MarkupCache(pelicanconf.MARKDOWN)
        cache.render_too(AheadRenderer(settings))
        cache.may_ask_for(lambda: iter([*given, draft]))
        for text in texts:
            cache.markup(text)
        MarkdownReader(settings)
        renderer = TextRenderer(settings)
        given = given[8:]  # those before were asked for before it was known how many there are
        assert all(renderer.knows(*text[:2]) for text in given)
        asked = [renderer.convert(*text[:2])[0] for text in given]
        with monkeypatch.context() as patched:
            patched.setattr(smartypants, "smartypants", pytest.fail)
            typed = [typographic(html, settings) for html in asked]
        with monkeypatch.context() as patched:
            patched.setattr(markdown, "plain", pytest.fail)
            patched.setattr(_HTMLWordTruncator, "feed", pytest.fail)
            words = [count_words(html) for html in typed]
            summed_up = [contents.truncate_html_words(html, 50, "…") for html in typed]
        reading.keep()
    with Reading(tmp_path, settings).active():
        assert all(renderer.knows(*text[:2]) for text in given)
        assert not renderer.knows(*draft[:2]), "nobody has asked for the draft, and it was kept"
    fresh = TextRenderer(settings)
    assert asked == [fresh.convert(*text[:2])[0] for text in given]
    assert typed == [typographic(html, settings) for html in asked]
    assert words == [count_words(html) for html in typed]
    assert summed_up == [contents.truncate_html_words(html, 50, "…") for html in typed]


@pytest.mark.parametrize(
    "text",
    ["---\ntitle: A\n---\n\nWords.\n---\n", "---\r\ntitle: A\r\n---\r\nWords.", "Title: A\nDate: B\n\nWords.\n\nMore."],
)
def test_a_body_without_its_head_is_the_one_the_sections_ask_for(text: str) -> None:
    """Else what was parsed ahead would never be found."""
    assert frontmatter.body(text) == frontmatter.split(text, "x")[0].body
