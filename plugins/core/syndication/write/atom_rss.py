"""Feeds as XML: Atom and RSS 2.0 from the same values, which are ready to be written.

Sources: RFC 4287, RFC 5005 (section 4: archived feeds), the RSS 2.0 specification with the RSS Advisory Board's
profile, and what the W3C's Feed Validator warns of. feedgenerator writes the XML; what it leaves out (several authors,
an entry's source, content:encoded) is added. The same values give the same bytes: no clock is read.
"""

import re
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from feedgenerator.django.utils.feedgenerator import rfc2822_date, rfc3339_date

from plugins.core.syndication.write.feed_model import Archives, Channel, Entry, Feed, paths

_DC = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
_CONTENT = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
_HISTORY = {"xmlns:fh": "http://purl.org/syndication/history/1.0"}
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When an empty feed was updated, for Atom asks: a date before 1990 is taken for that of a broken clock."""
_MARKUP = re.compile(r"<[A-Za-z/!?]|&\w*\d")
_HEXADECIMAL = str.maketrans({"&": "&#x26;", "<": "&#x3C;", ">": "&#x3E;"})


def atom(feed: Feed, channel: Channel, path: str) -> str:
    """Return a feed, or an archived document of its history, as Atom."""
    return _written(_Atom, feed, channel, path)


def rss(feed: Feed, channel: Channel, path: str) -> str:
    """Return a feed as RSS 2.0."""
    return _written(_Rss, feed, channel, path)


def _written(form: type, feed: Feed, channel: Channel, path: str) -> str:
    document = form(
        title=feed.title,
        link=channel.address(feed.page),
        description=feed.description,
        language=channel.language,
        feed_url=channel.address(path),
        # An archived document is part of the same feed, so it has the same id.
        feed_guid=channel.identity(channel.address(paths(feed.archives.current or feed.key)["atom"])),
        author_name=channel.name,
        hub="" if feed.archives.current else channel.hub,
        archived=bool(feed.archives.current),
        archives=_archive_links(feed.archives, channel),
        updated=max((entry.updated for entry in feed.entries), default=_NEVER),
    )
    for entry in feed.entries:
        document.add_item(entry.title, entry.link, entry.summary, entry=entry)
    return str(document.writeString("utf-8"))


def _archive_links(archives: Archives, channel: Channel) -> dict[str, str]:
    keys = {"current": archives.current, "prev-archive": archives.previous, "next-archive": archives.next}
    return {rel: channel.address(paths(key)["atom"]) for rel, key in keys.items() if key}


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), **(_HISTORY if self.feed["archived"] else {})}

    def add_root_elements(self, handler: Any) -> None:
        feed, add = self.feed, handler.addQuickElement
        _construct(handler, "title", feed["title"])
        links = {"alternate": feed["link"], "self": feed["feed_url"], "hub": feed["hub"], **feed["archives"]}
        for rel, address in links.items():
            if address:
                add("link", "", {"rel": rel, "href": address})
        add("id", feed["id"])
        add("updated", rfc3339_date(feed["updated"]))
        _person(handler, feed["author_name"])
        if feed["description"]:
            _construct(handler, "subtitle", feed["description"])
        if feed["archived"]:
            add("fh:archive", "")

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["entry"].language} if item["entry"].language else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        add = handler.addQuickElement
        _construct(handler, "title", entry.title)
        add("link", "", {"rel": "alternate", "href": entry.link})
        _languages(handler, "link", entry)
        add("id", entry.id)
        add("published", rfc3339_date(entry.published))
        add("updated", rfc3339_date(entry.updated))
        for name in entry.authors:
            _person(handler, name)
        if entry.summary:
            add("summary", entry.summary, {"type": "html"})
        add("content", entry.html, {"type": "html"})
        for tag in entry.tags:
            add("category", "", {"term": tag})
        if entry.source:
            handler.startElement("source", {})
            add("id", entry.source.feed or entry.source.site)
            _construct(handler, "title", entry.source.title)
            add("updated", rfc3339_date(entry.updated))
            add("link", "", {"rel": "alternate", "href": entry.source.site})
            handler.endElement("source")


def _languages(handler: Any, name: str, entry: Entry) -> None:
    """Link a translated entry's languages. Alternates may be several where their hreflang differs (RFC 4287, 4.1.2).

    Many readers follow the first alternate, feedparser the last: both are the entry's own.
    """
    for language, address in entry.languages:
        handler.addQuickElement(name, "", {"rel": "alternate", "hreflang": language, "href": address})


def _construct(handler: Any, name: str, text: str) -> None:
    """Write a plain text; one that could be taken for markup as HTML, so that nobody has to guess (RFC 4287, 3.1)."""
    if _MARKUP.search(text) or unescape(text) != text:
        handler.addQuickElement(name, escape(text, quote=False), {"type": "html"})
    else:
        handler.addQuickElement(name, text)


def _person(handler: Any, name: str) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", name)
    handler.endElement("author")


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # feedgenerator has no types
    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **_DC, **_CONTENT}

    def add_root_elements(self, handler: Any) -> None:
        feed, add = self.feed, handler.addQuickElement
        _plain(handler, "title", feed["title"])
        add("link", feed["link"])
        _plain(handler, "description", feed["description"])
        add("atom:link", None, {"rel": "self", "href": feed["feed_url"]})
        add("language", feed["language"])
        if self.items:
            add("lastBuildDate", _date(feed["updated"]))
        if feed["hub"]:
            add("atom:link", "", {"rel": "hub", "href": feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        add = handler.addQuickElement
        _plain(handler, "title", entry.title)
        add("link", entry.link)
        _languages(handler, "atom:link", entry)
        add("guid", entry.id, {"isPermaLink": "true" if entry.id == entry.link else "false"})
        add("pubDate", _date(entry.published))
        for name in entry.authors:
            _plain(handler, "dc:creator", name)
        add("description", entry.summary or entry.html)
        if entry.summary:
            add("content:encoded", entry.html)
        for tag in entry.tags:
            _plain(handler, "category", tag)
        if entry.source and entry.source.feed:
            _plain(handler, "source", entry.source.title, {"url": entry.source.feed})


def _plain(handler: Any, name: str, text: str, attributes: dict[str, str] | None = None) -> None:
    """Write a plain text with hexadecimal references, which say to most readers that it is no HTML (the profile, 4.1).

    Ignorable space is the one kind of text that the handler writes as it is given.
    """
    handler.startElement(name, attributes or {})
    handler.ignorableWhitespace(text.translate(_HEXADECIMAL))
    handler.endElement(name)


def _date(at: datetime) -> str:
    """Return a time in UTC: of offsets, readers know those of whole and half hours."""
    return str(rfc2822_date(at.astimezone(UTC)))
