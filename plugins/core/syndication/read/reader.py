"""Read a feed in any of its formats: a body's bytes → its entries, as the feed says them.

RSS, RDF and Atom are read by `rss_atom` where they are well-formed and by `feedparser_fallback` where they are not;
JSON Feed by `json_feed`. Fetches nothing, and keeps nothing from one feed to the next.
"""

import json

from plugins.core.syndication.read import json_feed, rss_atom
from plugins.core.syndication.read.raw_feed import Limits, Markup, RawFeed
from plugins.core.syndication.read.xml_repair import count_item_tags, find_root, repair
from plugins.core.text.charset import decode

_FEED_ROOTS = {"rss", "feed", "rdf"}


class NotAFeedError(ValueError):
    """The document is something else.

    `root` is the name of its outermost element, "json" for JSON, "" without one. `text` is the whole document, "" where
    there is nothing in it.
    """

    def __init__(self, what: str, root: str, text: str) -> None:
        self.root, self.text = root, text
        super().__init__(what)


class BrokenFeedError(ValueError):
    """The document is meant as a feed, but nothing in it can be read."""


def read_feed(body: bytes, content_type: str, url: str, limits: Limits = Limits()) -> RawFeed:  # noqa: B008 - frozen
    """Return the feed in a body that came from `url` ("" for a file) with the header `content_type` ("" without one).

    A valid feed without items is a feed without entries. Raises NotAFeedError and BrokenFeedError; and, for markup made
    to hurt, whatever else the libraries raise.
    """
    decoded = decode(body, content_type)
    feed = _read_text(decoded.text, url, limits)
    if not decoded.is_certain and decoded.encoding != "utf-8":
        return feed.with_problem(f"is in no encoding that it declares; read as {decoded.encoding}, by its looks")
    return feed


def _read_text(text: str, url: str, limits: Limits) -> RawFeed:
    if not text.strip("\x00 \t\r\n\ufeff"):
        raise NotAFeedError("an empty document came", "", "")
    if text.lstrip()[:1] in {"{", "["}:
        return _read_json(text, limits)
    root, start = find_root(text)
    if root == "html" or start < 0:
        raise NotAFeedError(_what(root), root, text)
    markup = Markup(text[start:])
    feed = _read_xml(markup, url, limits)
    if not feed.entries and root not in _FEED_ROOTS:
        raise NotAFeedError(_what(root), root, text)
    if not feed.entries and (count := count_item_tags(markup)):
        feed = feed.with_problem(f"has {count} items by its tags, but none of them can be read")
    if "<!ENTITY" in text[:start]:
        feed = feed.with_problem("declares entities; none is expanded")
    return feed


def _read_json(text: str, limits: Limits) -> RawFeed:
    try:
        return json_feed.read(text, limits)
    except json.JSONDecodeError as error:
        raise BrokenFeedError(f"broken JSON, line {error.lineno} column {error.colno}: {error.msg}") from error
    except json_feed.NoItemsError as error:
        raise NotAFeedError(str(error), "json", text) from error


def _read_xml(markup: Markup, url: str, limits: Limits) -> RawFeed:
    """Read the quick way; then with common faults put right; then with feedparser. The most entries win."""
    try:
        return rss_atom.read(markup, url, limits)
    except rss_atom.UnusualFeed as unusual:
        first = unusual
    repaired = repair(markup)
    try:
        if repaired != markup:
            return rss_atom.read(repaired, url, limits).with_problem(f"{first.why}; mended")
    except rss_atom.UnusualFeed as unusual:
        first = unusual
    try:
        from plugins.core.syndication.read import feedparser_fallback  # noqa: PLC0415 - feedparser loads slowly, and few feeds need it

        rescued = feedparser_fallback.read(repaired, url, limits)
    except Exception as error:  # feedparser's parsers raise what they happen upon
        return first.feed.with_problem(f"{first.why}; the rest cannot be read ({type(error).__name__}: {error})")
    best = rescued if len(rescued.entries) >= len(first.feed.entries) else first.feed
    return best.with_problem(f"{first.why}; read as far as it goes")


def _what(root: str) -> str:
    if root == "html":
        return "a web page"
    return f"a document of <{root}>" if root else "a text without any element"
