"""Do feed readers read the same items from our feeds? `python benchmarks/readers.py [OUTPUT]`.

Reads every feed of a built site (without OUTPUT: `output`) with feedparser, sfeed and newsboat and compares the items
with those of the JSON Feed beside it: address, title, time. Readers that are not installed are named and left out.
Exit code 1 where a reader that is there reads something else.
"""

import calendar
import html
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import feedparser

Items = Counter[tuple[str, str, int]]
"""How often an item is there: its address, title and time, in seconds of Unix. One page may have several."""


def main() -> int:
    """Compare what is read, feed by feed."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "output") / "feeds"
    feeds = sorted(path for path in folder.glob("*.xml"))
    if not feeds:
        print(f"no feeds in {folder}: build a site first")
        return 1
    readers: Mapping[str, Callable[[list[Path]], dict[Path, Items]]] = {
        "feedparser": with_feedparser,
        "sfeed": with_sfeed,
        "newsboat": with_newsboat,
    }
    wrong = 0
    for name, read in readers.items():
        if name != "feedparser" and not shutil.which(name):
            print(f"{name}: not installed")
            continue
        found = read(feeds)
        faults = [line for feed in feeds for line in differences(expected(feed), found.get(feed, Items()), feed.name)]
        count = sum(items.total() for items in found.values())
        print(f"{name}: {len(feeds)} feeds, {count} items, {len(faults)} differences", *faults[:20], sep="\n  ")
        wrong += len(faults)
    return 1 if wrong else 0


def expected(feed: Path) -> Items:
    """Return the items of the JSON Feed beside a feed."""
    path = feed.with_name(re.sub(r"\.(atom|rss)\.xml$", ".json", feed.name))
    items = json.loads(path.read_text("utf-8"))["items"]
    return Counter(
        (item["url"], _plain(item["title"]), int(datetime.fromisoformat(item["date_published"]).timestamp()))
        for item in items
    )


def differences(ours: Items, theirs: Items, name: str) -> list[str]:
    """Return a line for each item that one side has not, or has otherwise."""
    return [
        f"{name}: {url}: {title!r} at {at}: {side} alone"
        for side, items in (("ours", ours - theirs), ("theirs", theirs - ours))
        for url, title, at in items.elements()
    ]


def with_feedparser(feeds: list[Path]) -> dict[Path, Items]:
    """Read feeds with feedparser."""
    return {
        feed: Counter(
            (entry.link, _plain(entry.title), calendar.timegm(entry.published_parsed))
            for entry in feedparser.parse(feed.read_bytes(), sanitize_html=False).entries
        )
        for feed in feeds
    }


def with_sfeed(feeds: list[Path]) -> dict[Path, Items]:
    """Read feeds with sfeed, whose lines are split by tabs: time, title, address."""
    found: dict[Path, Items] = {}
    for feed in feeds:
        done = subprocess.run(["sfeed"], input=feed.read_bytes(), capture_output=True, check=True)
        rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
        found[feed] = Counter((row[2], _plain(row[1]), int(row[0])) for row in rows)
    return found


def with_newsboat(feeds: list[Path]) -> dict[Path, Items]:
    """Read feeds with newsboat, each with a cache of its own: it keeps an item of two feeds once."""
    return {feed: _with_newsboat(feed) for feed in feeds}


def _with_newsboat(feed: Path) -> Items:
    with tempfile.TemporaryDirectory() as home:
        cache, config = Path(home) / "cache.db", Path(home) / "config"
        (Path(home) / "urls").write_text(f"{feed.resolve().as_uri()}\n", "utf-8")
        config.touch()
        command = ["newsboat", "-q", "-u", f"{home}/urls", "-c", str(cache), "-C", str(config), "-x", "reload"]
        environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        subprocess.run(command, env=environment, capture_output=True, check=True, timeout=60)
        with closing(sqlite3.connect(cache)) as rows:
            found = rows.execute("select url, title, pubDate from rss_item").fetchall()
    return Counter((url, _plain(title), int(at)) for url, title, at in found)


def _plain(title: str) -> str:
    """Return a title as a reader shows it: some take out what looks like markup, which is theirs to choose."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", html.unescape(title))).split())


if __name__ == "__main__":
    sys.exit(main())
