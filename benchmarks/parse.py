"""How long a feed takes to read: `python benchmarks/parse.py [FEEDS]`.

Prints milliseconds per feed of 30 items for feedparser as it comes, for feedparser without its own cleaning, for ours
in this process, and then the time for all feeds through the pool of worker processes.
"""

import asyncio
import random
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import feedparser

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plugins.core.polling.outcomes import Fetched
from plugins.updates.model import Parsed, Source
from plugins.updates.parse.parser import parse
from plugins.updates.parse.worker_pool import ParsePool

ITEMS = 30
WORDS = [
    "writers",
    "actors",
    "guild",
    "members",
    "studio",
    "contract",
    "picket",
    "strike",
    "talks",
    "vote",
    "residuals",
    "streaming",
    "pay",
    "health",
    "fund",
    "union",
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "on",
    "for",
    "with",
    "after",
    "before",
    "says",
    "report",
    "deal",
    "offer",
    "day",
    "week",
    "“Monday”",
    "rally",
    "—",
    "negotiations",
]
SOURCE = Source("bench", "Bench", "https://bench.example.org", "press")
URL = "https://bench.example.org/feed.xml"


def feed(seed: int) -> bytes:
    """Return an RSS feed of 30 items, each with 500 to 1000 bytes of HTML: some emphasis, a link or two, a picture."""
    dice = random.Random(seed)  # noqa: S311 - the same feeds at every run
    items = "".join(item(dice, seed, number) for number in range(ITEMS))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Feed {seed}</title><link>https://bench.example.org/</link>{items}</channel></rss>"
    ).encode()


def item(dice: random.Random, seed: int, number: int, vocabulary: list[str] = WORDS) -> str:
    """Return one item of a feed."""

    def some(least: int, most: int) -> str:
        return " ".join(dice.choices(vocabulary, k=dice.randint(least, most)))

    link = f"https://bench.example.org/{seed}/{number}"
    picture = f'<img src="{link}.jpg" alt="" width="600">' if number % 3 == 0 else ""
    html = (
        f'<p>{picture}{some(20, 40)} <a href="{link}?utm_source=rss">{some(2, 5)}</a> {some(15, 30)} '
        f"<em>{some(1, 4)}</em>.</p><p>{some(20, 40)} <strong>{some(1, 3)}</strong> {some(5, 20)}</p>"
    )
    return (
        f'<item><title>{escape(some(6, 12))}</title><link>{link}</link><guid isPermaLink="false">{seed}-{number}</guid>'
        f"<pubDate>Tue, {1 + number % 28} Sep 2026 10:{number:02d}:00 +0000</pubDate><dc:creator>Jo Doe</dc:creator>"
        f"<category>Labor</category><description>{escape(html)}</description></item>"
    )


def milliseconds(what: Callable[[bytes], object], bodies: list[bytes]) -> float:
    """Return the time one body takes, the mean over all."""
    start = time.perf_counter()
    for body in bodies:
        what(body)
    return (time.perf_counter() - start) * 1000 / len(bodies)


async def pooled(bodies: list[bytes]) -> float:
    """Return the seconds the pool takes for all bodies, its start and end included."""
    start = time.perf_counter()
    async with ParsePool() as pool:
        found = await asyncio.gather(
            *(pool.parse(Fetched("bench", URL, body, "application/rss+xml", ""), SOURCE) for body in bodies)
        )
    if not all(isinstance(outcome, Parsed) and len(outcome.items) == ITEMS for outcome in found):
        raise SystemExit(f"not all feeds were read: {next(each for each in found if not isinstance(each, Parsed))}")
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    bodies = [feed(seed) for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 500)]
    few = bodies[:50]
    lean = {"sanitize_html": False, "resolve_relative_uris": False}
    print(f"{len(bodies)} feeds of {ITEMS} items, {sum(map(len, bodies)) // len(bodies)} bytes each")
    ways: dict[str, Callable[[bytes], object]] = {
        "feedparser, defaults": lambda body: feedparser.parse(BytesIO(body)),
        "feedparser, lean": lambda body: feedparser.parse(BytesIO(body), **lean),
        "ours, one process": lambda body: parse(body, "", URL, SOURCE),
    }
    for name, way in ways.items():
        print(f"{name:22} {milliseconds(way, few):7.1f} ms a feed")
    print(f"ours, all in the pool  {asyncio.run(pooled(bodies[:4])):7.2f} s for 4 feeds")
    print(f"ours, all in the pool  {asyncio.run(pooled(bodies)):7.2f} s for {len(bodies)} feeds")


if __name__ == "__main__":
    main()
