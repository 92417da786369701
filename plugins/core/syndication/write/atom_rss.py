"""Feeds as XML: Atom and RSS 2.0 from the same values, which are ready to be written.

Sources: RFC 4287, RFC 5005 (section 4: archived feeds), the RSS 2.0 specification with the RSS Advisory Board's
profile, and what the W3C's Feed Validator warns of. The same values give the same bytes: no clock is read.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape, unescape
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from plugins.core.syndication.write.feed_model import ArchiveLinks, Channel, Entry, Feed, paths
from plugins.core.text.urls import as_uri

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_HISTORY = "http://purl.org/syndication/history/1.0"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When an empty feed was updated, for Atom asks: a date before 1990 is taken for that of a broken clock."""
_MARKUP = re.compile(r"<[A-Za-z/!?]|&\w*\d")
_HEXADECIMAL = str.maketrans({"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;"})


class _Xml:
    """A document being written; an element's attributes are sorted, and those without a value left out."""

    def __init__(self) -> None:
        self._text = StringIO()
        self._generator = XMLGenerator(self._text, "utf-8", short_empty_elements=True)
        self._generator.startDocument()

    @contextmanager
    def inside(self, name: str, attributes: Mapping[str, str] = {}) -> Iterator[None]:
        """Write an element around what is written meanwhile."""
        self._begin(name, attributes)
        yield
        self._generator.endElement(name)

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        given = {}
        if attributes:  # few have any: to sort none for each of half a million elements is time, too
            given = {key: value for key, value in sorted(attributes.items()) if value}
        self._generator.startElement(name, AttributesImpl(given))

    def add(self, name: str, text: str = "", attributes: Mapping[str, str] = {}) -> None:
        """Write an element with a text."""
        self._begin(name, attributes)  # not by `inside`: a large wire's feeds have half a million elements
        self._generator.characters(text)
        self._generator.endElement(name)

    def add_plain(self, name: str, text: str, attributes: Mapping[str, str] = {}) -> None:
        """Write a plain text with hexadecimal references, which say to most readers that it is no HTML (profile, 4.1).

        Ignorable space is the one kind of text that the generator writes as it is given.
        """
        with self.inside(name, attributes):
            self._generator.ignorableWhitespace(text.translate(_HEXADECIMAL))

    def add_construct(self, name: str, text: str) -> None:
        """Write a plain text of Atom; one that could be taken for markup as HTML, so that nobody guesses (3.1)."""
        if _MARKUP.search(text) or unescape(text) != text:
            self.add(name, escape(text, quote=False), {"type": "html"})
        else:
            self.add(name, text)

    def add_languages(self, name: str, entry: Entry) -> None:
        """Link a translated entry's languages. Alternates may be several where their hreflang differs (4.1.2).

        Many readers follow the first alternate, feedparser the last: both are the entry's own.
        """
        for language, address in entry.languages:
            self.add(name, "", {"rel": "alternate", "hreflang": language, "href": address})

    def text(self) -> str:
        """Return the document so far."""
        return self._text.getvalue()


def atom(feed: Feed, channel: Channel, path: str) -> str:
    """Return a feed, or an archived document of its history, as Atom."""
    xml, archived = _Xml(), bool(feed.archives.current)
    root = {"xmlns": _ATOM, "xml:lang": channel.language}
    links = {"alternate": as_uri(channel.address(feed.page)), "self": as_uri(channel.address(path))}
    if archived:
        root["xmlns:fh"] = _HISTORY
    elif channel.hub:
        links["hub"] = channel.hub
    with xml.inside("feed", root):
        xml.add_construct("title", feed.title)
        for rel, address in (links | _archive_links(feed.archives, channel)).items():
            xml.add("link", "", {"rel": rel, "href": address})
        # An archived document is part of the same feed, so it has the same id.
        xml.add("id", channel.identity(channel.address(paths(feed.archives.current or feed.key)["atom"])))
        xml.add("updated", _updated(feed).isoformat())
        _add_author(xml, channel.name)
        if feed.description:
            xml.add_construct("subtitle", feed.description)
        if archived:
            xml.add("fh:archive")
        for entry in feed.entries:
            with xml.inside("entry", {"xml:lang": entry.language}):
                _add_atom_entry(xml, entry)
    return xml.text()


def rss(feed: Feed, channel: Channel, path: str) -> str:
    """Return a feed as RSS 2.0."""
    xml = _Xml()
    spaces = {"xmlns:atom": _ATOM, "xmlns:dc": _DC, "xmlns:content": _CONTENT}
    with xml.inside("rss", {"version": "2.0", **spaces}), xml.inside("channel"):
        xml.add_plain("title", feed.title)
        xml.add("link", as_uri(channel.address(feed.page)))
        xml.add_plain("description", feed.description)
        xml.add("atom:link", "", {"rel": "self", "href": as_uri(channel.address(path))})
        xml.add("language", channel.language)
        if feed.entries:
            xml.add("lastBuildDate", _rss_date(_updated(feed)))
        if channel.hub:
            xml.add("atom:link", "", {"rel": "hub", "href": channel.hub})
        for entry in feed.entries:
            with xml.inside("item"):
                _add_rss_item(xml, entry)
    return xml.text()


def _add_atom_entry(xml: _Xml, entry: Entry) -> None:
    xml.add_construct("title", entry.title)
    xml.add("link", "", {"rel": "alternate", "href": entry.link})
    xml.add_languages("link", entry)
    xml.add("id", entry.id)
    xml.add("published", entry.published.isoformat())
    xml.add("updated", entry.updated.isoformat())
    for name in entry.authors:
        _add_author(xml, name)
    if entry.summary:
        xml.add("summary", entry.summary, {"type": "html"})
    xml.add("content", entry.html, {"type": "html"})
    for tag in entry.tags:
        xml.add("category", "", {"term": tag})
    if entry.source:
        with xml.inside("source"):
            xml.add("id", entry.source.feed or entry.source.site)
            xml.add_construct("title", entry.source.title)
            xml.add("updated", entry.updated.isoformat())
            xml.add("link", "", {"rel": "alternate", "href": entry.source.site})


def _add_author(xml: _Xml, name: str) -> None:
    with xml.inside("author"):
        xml.add("name", name)


def _add_rss_item(xml: _Xml, entry: Entry) -> None:
    xml.add_plain("title", entry.title)
    xml.add("link", entry.link)
    xml.add_languages("atom:link", entry)
    xml.add("guid", entry.id, {"isPermaLink": str(entry.id == entry.link).lower()})
    xml.add("pubDate", _rss_date(entry.published))
    for name in entry.authors:
        xml.add_plain("dc:creator", name)
    xml.add("description", entry.summary or entry.html)
    if entry.summary:
        xml.add("content:encoded", entry.html)
    for tag in entry.tags:
        xml.add_plain("category", tag)
    if entry.source and entry.source.feed:
        xml.add_plain("source", entry.source.title, {"url": entry.source.feed})


def _archive_links(archives: ArchiveLinks, channel: Channel) -> dict[str, str]:
    keys = {"current": archives.current, "prev-archive": archives.previous, "next-archive": archives.next}
    links = {}
    for rel, key in keys.items():
        if key:
            links[rel] = channel.address(paths(key)["atom"])
    return links


def _updated(feed: Feed) -> datetime:
    return max((entry.updated for entry in feed.entries), default=_NEVER)


def _rss_date(at: datetime) -> str:
    """Return a time in UTC: of offsets, readers know those of whole and half hours."""
    return format_datetime(at.astimezone(UTC))
