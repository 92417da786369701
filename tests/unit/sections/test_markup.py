"""What texts were parsed to is kept from run to run, and is never more than a shortcut."""

from pathlib import Path

import pytest

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
