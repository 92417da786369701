"""Make the feeds in this folder from coverage-2023.jsonl: `python3 content/updates/coverage-2023/make_feeds.py`.

The same data gives the same bytes, so that whoever doubts a feed can make it again and look at the difference. README.md
tells where the data is from. Nothing but Python is needed.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

HERE = Path(__file__).parent
DATA = HERE / "coverage-2023.jsonl"
ENOUGH = 10
"""Headlines an outlet needs to have a feed of its own."""
OTHERS = "other-outlets"
UNIONS = {
    "WGA (wgacontract2023.org)": "wga",
    "WGA (wga.org)": "wga",
    "SAG-AFTRA (sagaftrastrike.org)": "sag-aftra",
}
"""What is on a union's own pages is in its own feed, however little it is: a union speaking is no outlet's report."""
TITLES = {
    "wga": ("Writers Guild of America", "https://www.wga.org/"),
    "sag-aftra": ("SAG-AFTRA", "https://www.sagaftra.org/"),
    OTHERS: ("Other outlets", "https://github.com/rumca-js/RSS-Link-Database-2023"),
}
"""Titles and pages of the feeds that are not one outlet's by its name."""
DC, DCTERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
ElementTree.register_namespace("dc", DC)
ElementTree.register_namespace("dcterms", DCTERMS)

Row = Mapping[str, str | None]


def feeds(lines: Iterable[str]) -> dict[str, bytes]:
    """Return file name → feed, from the data's lines."""
    rows = [json.loads(line) for line in lines]
    counts = Counter(row["outlet"] for row in rows)
    by_feed: dict[str, list[Row]] = {}
    for row in rows:
        outlet = row["outlet"]
        own = UNIONS.get(outlet) or (_slug(outlet) if counts[outlet] >= ENOUGH else OTHERS)
        by_feed.setdefault(own, []).append(row)
    return {f"{name}.xml": _feed(name, of_one) for name, of_one in sorted(by_feed.items())}


def _slug(outlet: str) -> str:
    return outlet.partition(" (")[0].lower().replace(" ", "-")


def _feed(name: str, rows: list[Row]) -> bytes:
    """Return RSS 2.0 (https://www.rssboard.org/rss-specification), the newest first, as feeds have it."""
    rss = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(rss, "channel")
    title, home = TITLES.get(name) or (str(rows[0]["outlet"]), _home(rows[0]))
    _add(channel, "title", f"{title}: the strikes of 2023")
    _add(channel, "link", home)
    _add(channel, "description", "Headlines, addresses and days. Made by make_feeds.py, and not by the outlets.")
    _add(channel, "language", "en")
    for row in reversed(rows):
        item = ElementTree.SubElement(channel, "item")
        _describe(item, row)
        if name == OTHERS:
            _add(item, "source", str(row["outlet"])).set("url", _home(row))
    ElementTree.indent(rss)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(rss, encoding="utf-8") + b"\n"


def _describe(item: ElementTree.Element, row: Row) -> None:
    _add(item, "title", str(row["title"]))
    _add(item, "link", str(row["url"]))
    _add(item, "guid", str(row["url"]))
    published = str(row["published"])
    if "T" in published:
        _add(item, "pubDate", format_datetime(datetime.fromisoformat(published).astimezone(UTC), usegmt=True))
    else:
        # RSS's own date has a clock time, which we do not have and do not make up; W3C's may be a day alone. The first
        # is exact about what the day is of, the second is what more readers know.
        _add(item, f"{{{DCTERMS}}}issued", published)
        _add(item, f"{{{DC}}}date", published)
    if row["author"]:
        _add(item, f"{{{DC}}}creator", row["author"])


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    child.text = text
    return child


def _home(row: Row) -> str:
    parts = urlsplit(str(row["url"]))
    return f"{parts.scheme}://{parts.netloc}/"


def main() -> None:
    """Write the feeds, and remove those that are made no more."""
    made = feeds(DATA.read_text("utf-8").splitlines())
    for path in HERE.glob("*.xml"):
        if path.name not in made:
            path.unlink()
    for name, feed in made.items():
        (HERE / name).write_bytes(feed)
    print(f"{len(made)} feeds")


if __name__ == "__main__":
    main()
