"""A feed's body → its items and what had to be mended, or the reason there are none. Never raises, for any bytes.

RSS, RDF and Atom are read by `parse_xml` where they are well-formed and by `salvage` (feedparser) where they are
not; JSON Feed by `parse_json`. Fetches nothing, and keeps nothing from one feed to the next.
"""

import html
import json
import re
from collections.abc import Callable

from plugins.updates.model import Item, Parsed, Source
from plugins.updates.outcomes import Failure, FailureKind
from plugins.updates.parse.characters import clean, cut
from plugins.updates.parse.formats import jsonfeed as parse_json
from plugins.updates.parse.formats import rss_atom as parse_xml
from plugins.updates.parse.formats.decode import decode, mended, outermost
from plugins.updates.parse.formats.entry import Entry, Feed, Markup
from plugins.updates.parse.item import item_of
from plugins.updates.parse.links import address
from plugins.updates.parse.titles import plain

ReadItem = Callable[[Entry, Source, str], Item]

_PAGE_HEAD = 200_000
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "text/xml"}
_LONGEST_PROBLEM = 300


def parse(body: bytes, content_type: str, url: str, source: Source, read_item: ReadItem = item_of) -> Parsed | Failure:
    """Return the feed in a body that came from `url` with the header `content_type` ("" without one).

    A valid feed without items is `Parsed` without items. What is no feed is a `Failure` of the kind "not a feed", which
    names the page that came instead; "parse error" is what no way of reading could make sense of. `read_item` makes
    an entry an item: `item_of`, or what remembers its outcome.
    """
    try:
        return _parse(body, content_type, url, source, read_item)
    except Exception as error:  # the promise of this room; the cause is reported, not lost
        return _failure(
            source, "parse error", f"{type(error).__name__}: {error}".rstrip(": "), "report the feed to its publisher"
        )


def _parse(body: bytes, content_type: str, url: str, source: Source, read_item: ReadItem) -> Parsed | Failure:
    text = decode(body, content_type)
    if not text.strip("\x00 \t\r\n\ufeff"):
        return _failure(source, "not a feed", "an empty document came", "look whether the feed has moved")
    if text.lstrip()[:1] in {"{", "["}:
        return _from_json(text, url, source, read_item)
    name, start = outermost(text)
    if name == "html" or start < 0:
        return _not_a_feed(text, url, source, name)
    feed = _from_xml(Markup(text[start:]), url)
    if not feed.entries and name not in {"rss", "feed", "rdf"}:
        return _not_a_feed(text, url, source, name)
    if "<!ENTITY" in text[:start]:
        feed = _noting(feed, "declares entities; none is expanded")
    return _parsed(feed, url, source, read_item)


def _from_json(text: str, url: str, source: Source, read_item: ReadItem) -> Parsed | Failure:
    try:
        return _parsed(parse_json.read(text), url, source, read_item)
    except json.JSONDecodeError as error:
        detail = f"broken JSON, line {error.lineno} column {error.colno}: {error.msg}"
        return _failure(source, "parse error", detail, "report it to the feed's publisher")
    except parse_json.NotAFeedError as error:
        return _failure(source, "not a feed", str(error), "look for the address of the JSON Feed, RSS or Atom")


def _from_xml(markup: Markup, url: str) -> Feed:
    """Read the quick way; then with common faults put right; then with feedparser. The most entries win."""
    try:
        return parse_xml.read(markup, url)
    except parse_xml.Unusual as unusual:
        first = unusual
    right = mended(markup)
    try:
        if right != markup:
            return _noting(parse_xml.read(right, url), f"{first.why}; mended")
    except parse_xml.Unusual as unusual:
        first = unusual
    try:
        from plugins.updates.parse.formats import feedparser_fallback  # noqa: PLC0415 - feedparser loads slowly, and few feeds need it

        salvaged = feedparser_fallback.read(right, url)
    except Exception as error:  # feedparser's parsers raise what they happen upon
        return _noting(first.feed, f"{first.why}; the rest cannot be read ({type(error).__name__}: {error})")
    best = salvaged if len(salvaged.entries) >= len(first.feed.entries) else first.feed
    return _noting(best, f"{first.why}; read as far as it goes")


def _noting(feed: Feed, problem: str) -> Feed:
    return Feed(feed.title, feed.language, feed.entries, (*feed.problems, problem))


def _parsed(feed: Feed, url: str, source: Source, read_item: ReadItem) -> Parsed:
    items, problems = list[Item](), list(feed.problems)
    for number, entry in enumerate(feed.entries, 1):
        try:
            item = read_item(entry, source, url)
        except Exception as error:  # one item's fault is not the others'
            name = cut(plain(entry.title.value) or entry.guid or "without title", 80)
            problems.append(f"item {number} ({name}): {type(error).__name__}: {error}; left out")
            continue
        if entry.ended or _says_something(entry):
            items.append(item)
        else:
            problems.append(f"item {number}: the document breaks off before its title; left out")
    told = tuple(cut(clean(problem), _LONGEST_PROBLEM) for problem in problems)
    return Parsed(plain(feed.title), tuple(items), told, feed.language)


def _says_something(entry: Entry) -> bool:
    return bool(entry.title.value or entry.links)


def _not_a_feed(text: str, url: str, source: Source, name: str) -> Failure:
    head = text[:_PAGE_HEAD]
    titled = _TITLE.search(head)
    title = plain(titled[1]) if titled else ""
    what = "a web page" if name == "html" else f"a document of <{name}>" if name else "a text without any element"
    detail = f'{what} titled "{cut(title, 100)}" came instead' if title else f"{what} came instead"
    offered = _offered(head, url)
    remedy = f"set feed to {offered}, which the page names" if offered else "look for the feed's address on the site"
    return _failure(source, "not a feed", detail, remedy)


def _offered(page: str, url: str) -> str:
    """Return the first feed a page names in its head (https://www.rssboard.org/rss-autodiscovery)."""
    for link in _LINK.finditer(page):
        found = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(link[1])}
        if "alternate" in found.get("rel", "").lower().split() and found.get("type", "").lower() in _FEED_TYPES:
            return address(found.get("href", ""), url)
    return ""


def _failure(source: Source, kind: FailureKind, detail: str, remedy: str) -> Failure:
    return Failure(source.id, kind, cut(clean(detail), _LONGEST_PROBLEM), remedy)
