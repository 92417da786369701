"""How well and how fast items are filtered by the shipped topics: `python benchmarks/topics.py [TOPICS.toml]`.

Precision and recall of each topic on tests/labelled/topics.jsonl, the part that was held out while the topics were
written apart, with what is wrong in the other; then the time an item takes, and what share it is of reading its feed.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from plugins.updates.config.topics_file import read_topics
from plugins.updates.filter.matching import Kept, filter_feed, filter_item
from plugins.updates.filter.topic import Topic
from plugins.updates.model import Item, Parsed, SafeHtml, Source
from plugins.updates.parse.parser import parse

SOURCE = Source("bench", "Bench", "https://bench.example.org", "press")
URL = "https://bench.example.org/feed.xml"
ITEMS = 30
ROUNDS = 15

Row = Mapping[str, Any]


def main() -> int:
    """Print the figures."""
    topics = shipped(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "shipped" / "topics.toml")
    lines = (ROOT / "tests" / "labelled" / "topics.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    for held_out in (False, True):
        part = [row for row in rows if row.get("held_out", False) == held_out]
        print(f"{'held out' if held_out else 'tuned on'} ({len(part)} items)")
        for topic in topics:
            print(f"  {figures(topic.id, part, topics)}")
        if not held_out:
            print(*wrong(part, topics), sep="\n")
    items = [item(row) for row in rows]
    alone = least(lambda: [filter_item(one, topics, SOURCE) for one in items]) / len(items)
    print(f"filtering: {alone * 1e6:.0f} µs an item")
    feeds = [feed(rows[start : start + ITEMS]) for start in range(0, len(rows), ITEMS)]
    read = [one for one in (parse(body, "", URL, SOURCE) for body in feeds) if isinstance(one, Parsed)]
    reading = least(lambda: [parse(body, "", URL, SOURCE) for body in feeds])
    filtering = least(lambda: [filter_feed(one, topics, SOURCE) for one in read])
    share = filtering / (reading + filtering)
    print(f"reading {len(feeds)} feeds and filtering them: filtering takes {share:.0%} of the time")
    return 0


def shipped(path: Path) -> tuple[Topic, ...]:
    """Return a file's topics."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(path, Path(folder) / "topics.toml")
        read = read_topics(Path(folder))
    if read.problems:
        raise SystemExit("\n".join(map(str, read.problems)))
    return read.topics


def item(row: Row) -> Item:
    """Return a labelled headline as an item."""
    return Item("1", "", row["title"], SafeHtml(f"<p>{escape(row['summary'], quote=False)}</p>"), tags=("News",))


def found(row: Row, topics: Iterable[Topic]) -> dict[str, str]:
    """Return the topics of a labelled headline, each with a term it is kept for."""
    decision = filter_item(item(row), topics, SOURCE)
    return {match.topic: match.term for match in reversed(decision.matches)} if isinstance(decision, Kept) else {}


def figures(name: str, rows: Iterable[Row], topics: Iterable[Topic]) -> str:
    """Return a topic's precision and recall, in words."""
    pairs = [(name in row["topics"], name in found(row, topics)) for row in rows]
    both, wanted, got = (sum(map(one, pairs)) for one in (all, lambda pair: pair[0], lambda pair: pair[1]))
    return f"{name:10} precision {both / max(got, 1):.2f}, recall {both / max(wanted, 1):.2f} ({wanted} items)"


def wrong(rows: Iterable[Row], topics: Iterable[Topic]) -> Iterable[str]:
    """Return a line for each topic that an item should have, or should not."""
    for row in rows:
        got = found(row, topics)
        yield from (f"  {name} missed: {row['title']}" for name in row["topics"] if name not in got)
        yield from (f"  {name} for {term}: {row['title']}" for name, term in got.items() if name not in row["topics"])


def feed(rows: Iterable[Row]) -> bytes:
    """Return labelled headlines as an RSS feed."""
    items = "".join(
        f"<item><title>{escape(row['title'])}</title><link>https://bench.example.org/{number}</link>"
        f"<pubDate>Tue, 01 Sep 2026 10:00:00 GMT</pubDate><category>News</category>"
        f"<description>{escape('<p>' + escape(row['summary'], quote=False) + '</p>')}</description></item>"
        for number, row in enumerate(rows)
    )
    return f"<rss version='2.0'><channel><title>Bench</title>{items}</channel></rss>".encode()


def least(what: Callable[[], object]) -> float:
    """Return the processor's seconds of the quickest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        what()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    raise SystemExit(main())
