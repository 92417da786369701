"""How well and how fast items are filtered by the shipped topics: `python benchmarks/topics.py [TOPICS.toml]`.

Precision and recall of each topic on tests/labelled/topics.jsonl, the part that was held out while the topics were
written apart, with what is wrong in the other; the same of the topics that a new site chooses from, on
starter-topics.jsonl; then the time an item takes, and what share it is of reading its feed.

What was held out is judged here alone, and nowhere by the test suite: whoever tunes topics would tune them to it. The
exit code is 1 where the shipped or the new site's topics fall below FLOOR on it; look then at the figures, and never
at the items one by one.
"""

import json
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from plugins.core.topics.topic import Topic
from plugins.publishing import about, fresh_site
from plugins.updates.config.topics_file import read_topics
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Item, Parsed, SafeHtml, Source
from plugins.updates.parse.parser import parse

SOURCE = Source("bench", "Bench", "https://bench.example.org", "press")
URL = "https://bench.example.org/feed.xml"
ITEMS = 30
ROUNDS = 15
SHIPPED = ROOT / "tests" / "shipped" / "topics.toml"
FLOOR = 0.85
"""The least precision and recall of a topic with ENOUGH items, and of all, on what was held out."""
ENOUGH = 10

Row = Mapping[str, Any]


def main() -> int:
    """Print the figures; return 1 where a topic is below the floor on what was held out."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    topics = compiled((given or SHIPPED).read_text("utf-8"))
    rows = labelled("topics")
    low = judged(topics, rows)
    if given:
        low = []
    else:
        print("topics of a new site")
        low += judged(starter(), labelled("starter-topics"))
    items = [item(row) for row in rows]
    alone = least(lambda: [filter_item(one, topics, SOURCE) for one in items]) / len(items)
    print(f"filtering: {alone * 1e6:.0f} µs an item")
    feeds = [feed(rows[start : start + ITEMS]) for start in range(0, len(rows), ITEMS)]
    read: list[Item] = []
    for body in feeds:
        parsed = parse(body, "", URL, SOURCE)
        if isinstance(parsed, Parsed):
            read += parsed.items
    reading = least(lambda: [parse(body, "", URL, SOURCE) for body in feeds])
    filtering = least(lambda: [filter_item(one, topics, SOURCE) for one in read])
    share = filtering / (reading + filtering)
    print(f"reading {len(feeds)} feeds and filtering them: filtering takes {share:.0%} of the time")
    if low:
        print(f"below {FLOOR} on what was held out: {', '.join(low)}")
    return bool(low)


def labelled(name: str) -> list[Row]:
    """Return the labelled headlines of a set."""
    lines = (ROOT / "tests" / "labelled" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def compiled(text: str) -> tuple[Topic, ...]:
    """Return the topics of a topics.toml."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "topics.toml").write_text(text, "utf-8")
        found = read_topics(Path(folder))
    if found.problems:
        raise SystemExit("\n".join(map(str, found.problems)))
    return found.topics


def starter() -> tuple[Topic, ...]:
    """Return all the topics that a new site chooses from, as one of a dockers' strike has them."""
    text = fresh_site.TOPICS.read_text("utf-8")
    return compiled(
        about.topics("# Head.\n", text, tomllib.loads(text)["topic"], ("Dockers United (DU)", "Farrow Ports"))
    )


def judged(topics: Iterable[Topic], rows: Iterable[Row]) -> list[str]:
    """Print how well topics keep what is labelled as theirs; return those below FLOOR on what was held out."""
    topics, low = tuple(topics), []
    names = {topic.id: [topic.id] for topic in topics} | {"all": [topic.id for topic in topics]}
    for held_out in (False, True):
        part = [row for row in rows if row.get("held_out", False) == held_out]
        print(f"{'held out' if held_out else 'tuned on'} ({len(part)} items)")
        for name, ids in names.items():
            precision, recall, items = figures(ids, part, topics)
            print(f"  {name:11} precision {precision:.2f}, recall {recall:.2f} ({items} items)")
            if held_out and items >= ENOUGH and min(precision, recall) < FLOOR:
                low.append(name)
        if not held_out:
            print(*wrong(part, topics), sep="\n")
    return low


def item(row: Row) -> Item:
    """Return a labelled headline as an item."""
    return Item("1", "", row["title"], SafeHtml(f"<p>{escape(row['summary'], quote=False)}</p>"), tags=("News",))


def found(row: Row, topics: Iterable[Topic]) -> dict[str, str]:
    """Return the topics of a labelled headline, each with a term it is kept for."""
    decision = filter_item(item(row), topics, SOURCE)
    return {match.topic: match.term for match in reversed(decision.matches)} if isinstance(decision, Kept) else {}


def figures(names: Iterable[str], rows: Iterable[Row], topics: Iterable[Topic]) -> tuple[float, float, int]:
    """Return topics' precision and recall, each 1 where there is nothing to judge, and how many items are their own."""
    names, told = tuple(names), [(row["topics"], found(row, topics)) for row in rows]
    pairs = [(name in should, name in does) for should, does in told for name in names]
    both, wanted, got = (sum(map(one, pairs)) for one in (all, lambda pair: pair[0], lambda pair: pair[1]))
    return both / got if got else 1.0, both / wanted if wanted else 1.0, wanted


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
