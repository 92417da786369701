"""Pages as Pelican has written them, with their citations' copies."""

import json
from pathlib import Path

import pytest

from plugins.links import plugin
from plugins.links.section import edition
from plugins.sections import build_state
from plugins.sections.model import Newsroom

ROW = {
    "url": "https://paper.example/story",
    "verdict": "alive",
    "since": "2026-02-01",
    "archived": {"url": "https://archive.example/1", "day": "2026-02-01"},
}
HTML = '<main><p><a href="https://paper.example/story">x</a></p></main>'


@pytest.fixture
def context(newsroom: Newsroom) -> dict[str, object]:
    """Return what templates see where one cited page has a copy."""
    archive = newsroom.content / "archive"
    archive.mkdir()
    (archive / "links.jsonl").write_text(json.dumps(ROW) + "\n", "utf-8")
    return {
        build_state.KEY: build_state.BuildState(newsroom, build_state.Gathered(())),
        **edition(newsroom).context,
    }


def test_a_written_page_gets_its_copies(context: dict[str, object], tmp_path: Path) -> None:
    """In the site's words for a day."""
    page = tmp_path / "index.html"
    page.write_text(HTML, "utf-8")
    plugin.show_copies(str(page), context)
    assert 'title="The page as it was on 1 February 2026">archived</a>' in page.read_text("utf-8")


def test_feeds_and_pages_without_citations_keep_their_bytes(context: dict[str, object], tmp_path: Path) -> None:
    """Only HTML that cites is written anew."""
    for name, text in (("feed.xml", HTML), ("index.html", "<main></main>")):
        page = tmp_path / name
        page.write_text(text, "utf-8")
        stamp = page.stat().st_ino
        plugin.show_copies(str(page), context)
        assert page.read_text("utf-8") == text and page.stat().st_ino == stamp


def test_a_damaged_archive_stops_the_build(newsroom: Newsroom) -> None:
    """It is told with its line."""
    (newsroom.content / "archive").mkdir()
    (newsroom.content / "archive" / "links.jsonl").write_text('{"url": 5}\n', "utf-8")
    assert [problem.line for problem in edition(newsroom).problems] == [1]
