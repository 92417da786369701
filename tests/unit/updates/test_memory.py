"""What was made of an item is remembered, and makes no difference but of time."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.updates.filter.matching import Dropped, Kept, Weighed, weigh
from plugins.updates.filter.topic import Topic, compile_topic
from plugins.updates.model import Parsed, Source
from plugins.updates.outcomes import Failure
from plugins.updates.parse import cache_file, cached_parser
from plugins.updates.parse.cached_parser import Reader
from plugins.updates.parse.item import item_of
from plugins.updates.parse.parser import parse

SOURCE = Source("src", "Source", "https://x.example.org/", "press")
URL = "https://x.example.org/feed"
TOPICS = (compile_topic("strike", "Strike", any=["strike", "picket*"], none=["missile"]),)


def feed(titles: Sequence[str]) -> bytes:
    """Return a feed of items with these titles."""
    items = "".join(
        f"<item><title>{title}</title><link>/{number}</link><pubDate>Tue, 01 Sep 2026 10:00:00 GMT</pubDate>"
        f"<category>Labor</category><description>About &lt;b&gt;{title}&lt;/b&gt; and more</description></item>"
        for number, title in enumerate(titles)
    )
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def anew(body: bytes, topics: tuple[Topic, ...] = TOPICS) -> Weighed | Failure:
    """Return what is made of a body without any memory."""
    parsed = parse(body, "", URL, SOURCE)
    return weigh(parsed, topics, SOURCE) if isinstance(parsed, Parsed) else parsed


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the titles of the entries that were read, not remembered."""
    seen: list[str] = []

    def noted(entry: Any, source: Source, url: str) -> Any:
        seen.append(entry.title.value)
        return item_of(entry, source, url)

    monkeypatch.setattr(cached_parser, "item_of", noted)
    return seen


def test_only_what_is_new_is_read(tmp_path: Path, read: list[str]) -> None:
    """Of a feed that moved on by one item, that item alone is read; the outcome is that of reading all."""
    first, second = feed(["A strike", "Missile strike", "Weather"]), feed(["A strike", "Missile strike", "Picketing"])
    assert Reader(tmp_path, TOPICS).answer(first, "", URL, SOURCE) == anew(first)
    read.clear()
    found = Reader(tmp_path, TOPICS).answer(second, "", URL, SOURCE)
    assert read == ["Picketing"]
    assert found == anew(second)
    assert isinstance(found, Weighed)
    assert [type(verdict) for verdict in found.verdicts] == [Kept, Dropped, Kept]


@pytest.mark.parametrize("change", ["topics", "source", "address", "program"])
def test_whatever_it_was_made_from_changes_it_is_read_again(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """A changed rule, source, address or program makes nothing of the past hold."""
    body = feed(["A strike"])
    Reader(tmp_path, TOPICS).answer(body, "", URL, SOURCE)
    read.clear()
    topics = (compile_topic("strike", "Strike", any=["walkout"]),) if change == "topics" else TOPICS
    source = Source("src", "Source", "https://x.example.org/", "press", keep="all") if change == "source" else SOURCE
    if change == "program":
        monkeypatch.setattr(cache_file, "_program", lambda: "another")
    Reader(tmp_path, topics).answer(body, "", "https://y.example.org/" if change == "address" else URL, source)
    assert read == ["A strike"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}', b"\xff", b'{"made": {"a": 1}}', b"[" * 100_000])
def test_a_damaged_memory_is_none(tmp_path: Path, read: list[str], damage: bytes) -> None:
    """Whatever stands in the file, the feed is read, and remembered anew."""
    body, path = feed(["A strike"]), tmp_path / "src.json"
    Reader(tmp_path, TOPICS).answer(body, "", URL, SOURCE)
    whole = path.read_bytes()
    for text in (damage, whole[:-20], whole.replace(b'"made"', b'"mode"')):
        path.write_bytes(text)
        read.clear()
        assert Reader(tmp_path, TOPICS).answer(body, "", URL, SOURCE) == anew(body)
        assert read == ["A strike"]
        assert path.read_bytes() == whole


def test_what_cannot_be_written_down_is_read_all_the_same(tmp_path: Path) -> None:
    """A full disk, or a folder that nobody may write to, costs the next run some time and nothing else."""
    (tmp_path / "no-folder").write_text("")
    assert Reader(tmp_path / "no-folder", TOPICS).answer(feed(["A strike"]), "", URL, SOURCE) == anew(
        feed(["A strike"])
    )


def test_what_is_no_feed_leaves_the_memory_alone(tmp_path: Path) -> None:
    """A page that comes for once in a feed's place costs nothing of what is remembered."""
    Reader(tmp_path, TOPICS).answer(feed(["A strike"]), "", URL, SOURCE)
    whole = (tmp_path / "src.json").read_bytes()
    assert isinstance(Reader(tmp_path, TOPICS).answer(b"<html><title>Hm", "", URL, SOURCE), Failure)
    assert (tmp_path / "src.json").read_bytes() == whole


def test_sources_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """No file stays for a source that is not named any more."""
    Reader(tmp_path, TOPICS).answer(feed(["A strike"]), "", URL, SOURCE)
    cache_file.forget(tmp_path, {"src": SOURCE})
    assert [path.name for path in tmp_path.iterdir()] == ["src.json"]
    cache_file.forget(tmp_path, {})
    assert not list(tmp_path.iterdir())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), max_size=4), min_size=1, max_size=3))
def test_memory_makes_no_difference(tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]]) -> None:
    """Any feed, after any others, is read as it would be for the first time."""
    folder = tmp_path_factory.mktemp("items")
    for titles in runs:
        body = feed([title.replace("\x00", "").encode("utf-8", "replace").decode() for title in titles])
        assert Reader(folder, TOPICS).answer(body, "", URL, SOURCE) == anew(body)
