"""The parse cache: what an entry became is kept, and makes no difference but of time."""

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.polling.outcomes import Failure
from plugins.core.topics.topic import Topic
from plugins.updates.filter.item_fields import compile_topic
from plugins.updates.filter.matching import Dropped, FilteredFeed, Kept, filter_item
from plugins.updates.model import Source
from plugins.updates.parse import parse_cache
from plugins.updates.parse.item import item_of
from plugins.updates.parse.parse_cache import CachedParser
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


def anew(body: bytes, topics: tuple[Topic, ...] = TOPICS) -> FilteredFeed | Failure:
    """Return what is made of a body without any memory."""
    parsed = parse(body, "", URL, SOURCE)
    if isinstance(parsed, Failure):
        return parsed
    decisions = tuple(filter_item(item, topics, SOURCE) for item in parsed.items)
    return FilteredFeed(parsed.title, parsed.items, parsed.problems, parsed.language, decisions)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the titles of the entries that were read, not remembered."""
    seen: list[str] = []

    def noted(entry: Any, source: Source, url: str) -> Any:
        seen.append(entry.title.value)
        return item_of(entry, source, url)

    monkeypatch.setattr(parse_cache, "item_of", noted)
    return seen


def test_only_what_is_new_is_read(tmp_path: Path, read: list[str]) -> None:
    """Of a feed that moved on by one item, that item alone is read; the outcome is that of reading all."""
    first, second = feed(["A strike", "Missile strike", "Weather"]), feed(["A strike", "Missile strike", "Picketing"])
    assert CachedParser(tmp_path, TOPICS).parse(first, "", URL, SOURCE) == anew(first)
    read.clear()
    found = CachedParser(tmp_path, TOPICS).parse(second, "", URL, SOURCE)
    assert read == ["Picketing"]
    assert found == anew(second)
    assert isinstance(found, FilteredFeed)
    assert [type(decision) for decision in found.decisions] == [Kept, Dropped, Kept]


@pytest.mark.parametrize("change", ["topics", "source", "address", "program"])
def test_whatever_it_was_made_from_changes_it_is_read_again(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """A changed rule, source, address or program makes nothing of the past hold."""
    body = feed(["A strike"])
    CachedParser(tmp_path, TOPICS).parse(body, "", URL, SOURCE)
    read.clear()
    topics = (compile_topic("strike", "Strike", any=["walkout"]),) if change == "topics" else TOPICS
    source = Source("src", "Source", "https://x.example.org/", "press", keep="all") if change == "source" else SOURCE
    if change == "program":
        monkeypatch.setattr(parse_cache, "_code_digest", lambda: "another")
    CachedParser(tmp_path, topics).parse(body, "", "https://y.example.org/" if change == "address" else URL, source)
    assert read == ["A strike"]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"key": 1}', b"\xff", b'{"results": {"a": 1}}', b"[" * 100_000])
def test_a_damaged_memory_is_none(tmp_path: Path, read: list[str], damage: bytes) -> None:
    """Whatever stands in the file, the feed is read, and remembered anew."""
    body, path = feed(["A strike"]), tmp_path / "src.json"
    CachedParser(tmp_path, TOPICS).parse(body, "", URL, SOURCE)
    whole = path.read_bytes()
    for text in (damage, whole[:-20], whole.replace(b'"results"', b'"result"')):
        path.write_bytes(text)
        read.clear()
        assert CachedParser(tmp_path, TOPICS).parse(body, "", URL, SOURCE) == anew(body)
        assert read == ["A strike"]
        assert path.read_bytes() == whole


def test_what_cannot_be_written_down_is_read_all_the_same(tmp_path: Path) -> None:
    """A full disk, or a folder that nobody may write to, costs the next run some time and nothing else."""
    (tmp_path / "no-folder").write_text("")
    assert CachedParser(tmp_path / "no-folder", TOPICS).parse(feed(["A strike"]), "", URL, SOURCE) == anew(
        feed(["A strike"])
    )


def test_what_is_no_feed_leaves_the_memory_alone(tmp_path: Path) -> None:
    """A page that comes for once in a feed's place costs nothing of what is remembered."""
    CachedParser(tmp_path, TOPICS).parse(feed(["A strike"]), "", URL, SOURCE)
    whole = (tmp_path / "src.json").read_bytes()
    assert isinstance(CachedParser(tmp_path, TOPICS).parse(b"<html><title>Hm", "", URL, SOURCE), Failure)
    assert (tmp_path / "src.json").read_bytes() == whole


def test_sources_that_are_gone_are_forgotten(tmp_path: Path) -> None:
    """No file stays for a source that is not named any more."""
    CachedParser(tmp_path, TOPICS).parse(feed(["A strike"]), "", URL, SOURCE)
    parse_cache.forget(tmp_path, {"src": SOURCE})
    assert [path.name for path in tmp_path.iterdir()] == ["src.json"]
    parse_cache.forget(tmp_path, {})
    assert not list(tmp_path.iterdir())


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text(max_size=12), max_size=4), min_size=1, max_size=3))
def test_memory_makes_no_difference(tmp_path_factory: pytest.TempPathFactory, runs: list[list[str]]) -> None:
    """Any feed, after any others, is read as it would be for the first time."""
    folder = tmp_path_factory.mktemp("items")
    for titles in runs:
        body = feed([title.replace("\x00", "").encode("utf-8", "replace").decode() for title in titles])
        assert CachedParser(folder, TOPICS).parse(body, "", URL, SOURCE) == anew(body)


def test_the_key_covers_the_code_that_parsing_needs() -> None:
    """Every module that a worker process imports is in the digest, and no other: a page's change empties no cache."""
    root = Path(parse_cache.__file__).parents[3]
    imported, waiting = set[Path](), [root / "plugins" / "updates" / "parse" / "worker.py"]
    while waiting:
        path = waiting.pop()
        if path in imported:
            continue
        imported.add(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plugins"):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                paths = [root / f"{name.replace('.', '/')}.py" for name in (node.module or "", *names)]
                waiting += [each for each in paths if each.exists()]
    digested = set(parse_cache.code_files())
    assert imported - digested == set()
    assert not [path for path in digested if {"publish", "stories", "commands", "theme"} & set(path.parts)]
