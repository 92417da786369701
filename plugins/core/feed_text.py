"""Feeds as text: Atom, RSS 2.0 and JSON Feed from the same values.

Sources: RFC 4287, RFC 5005 (section 4: archived feeds), the RSS 2.0 specification with the RSS Advisory Board's
profile, JSON Feed 1.1.
feedgenerator writes the XML; what it leaves out (several authors, an entry's source, content:encoded) is added.
The same values give the same bytes: no clock is read.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from feedgenerator.django.utils.encoding import iri_to_uri
from feedgenerator.django.utils.feedgenerator import rfc2822_date, rfc3339_date

from plugins.core.feeds import Archives, Channel, Entry, Feed, paths

_DC = {"xmlns:dc": "http://purl.org/dc/elements/1.1/"}
_CONTENT = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
_HISTORY = {"xmlns:fh": "http://purl.org/syndication/history/1.0"}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def render(feed: Feed, channel: Channel) -> dict[str, str]:
    """Return path → text of the feed's three forms; an archived document has one."""
    at = paths(feed.key)
    feed = replace(feed, entries=tuple(replace(entry, id=channel.identity(entry.id)) for entry in feed.entries))
    if feed.archives.current:
        return {at["atom"]: _xml(_Atom, feed, channel, at["atom"])}
    return {
        at["atom"]: _xml(_Atom, feed, channel, at["atom"]),
        at["rss"]: _xml(_Rss, feed, channel, at["rss"]),
        at["json"]: _json(feed, channel, at["json"]),
    }


def _xml(form: type, feed: Feed, channel: Channel, path: str) -> str:
    document = form(
        title=_clean(feed.title),
        link=channel.address(feed.page),
        description=_clean(feed.description),
        language=channel.language,
        feed_url=channel.address(path),
        # An archived document is part of the same feed, so it has the same id.
        feed_guid=channel.identity(channel.address(paths(feed.archives.current or feed.key)["atom"])),
        author_name=_clean(channel.name),
        hub="" if feed.archives.current else channel.hub,
        archived=bool(feed.archives.current),
        archives=_archive_links(feed.archives, channel),
    )
    for entry in feed.entries:
        document.add_item(entry.title, entry.link, entry.summary, entry=entry)
    return str(document.writeString("utf-8"))


def _archive_links(archives: Archives, channel: Channel) -> dict[str, str]:
    keys = {"current": archives.current, "prev-archive": archives.previous, "next-archive": archives.next}
    return {rel: channel.address(paths(key)["atom"]) for rel, key in keys.items() if key}


def _latest(items: list[dict[str, Any]]) -> datetime:
    return max((item["entry"].updated for item in items), default=_NEVER)


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator has no types
    def latest_post_date(self) -> datetime:
        return _latest(self.items)

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), **(_HISTORY if self.feed["archived"] else {})}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub"]})
        if self.feed["archived"]:
            handler.addQuickElement("fh:archive", "")
        for rel, address in self.feed["archives"].items():
            handler.addQuickElement("link", "", {"rel": rel, "href": address})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["entry"].language} if item["entry"].language else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        add = handler.addQuickElement
        add("title", _clean(entry.title))
        add("link", "", {"rel": "alternate", "href": iri_to_uri(entry.link)})
        add("id", entry.id)
        add("published", rfc3339_date(entry.published))
        add("updated", rfc3339_date(entry.updated))
        for name in entry.authors:
            handler.startElement("author", {})
            add("name", _clean(name))
            handler.endElement("author")
        if entry.summary:
            add("summary", _clean(entry.summary), {"type": "html"})
        add("content", _clean(entry.html), {"type": "html"})
        for tag in entry.tags:
            add("category", "", {"term": _clean(tag)})
        if entry.source:
            handler.startElement("source", {})
            add("id", entry.source.feed or entry.source.site)
            add("title", _clean(entry.source.title))
            add("updated", rfc3339_date(entry.updated))
            add("link", "", {"rel": "alternate", "href": entry.source.site})
            handler.endElement("source")


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # feedgenerator has no types
    def latest_post_date(self) -> datetime:
        return _latest(self.items)

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), **_DC, **_CONTENT}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["hub"]:
            handler.addQuickElement("atom:link", "", {"rel": "hub", "href": self.feed["hub"]})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        entry: Entry = item["entry"]
        add = handler.addQuickElement
        add("title", _clean(entry.title))
        add("link", iri_to_uri(entry.link))
        add("guid", entry.id, {"isPermaLink": "true" if entry.id == entry.link else "false"})
        add("pubDate", rfc2822_date(entry.published))
        for name in entry.authors:
            add("dc:creator", _clean(name))
        add("description", _clean(entry.summary or entry.html))
        if entry.summary:
            add("content:encoded", _clean(entry.html))
        for tag in entry.tags:
            add("category", _clean(tag))
        if entry.source and entry.source.feed:
            add("source", _clean(entry.source.title), {"url": entry.source.feed})


def _json(feed: Feed, channel: Channel, path: str) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": channel.address(feed.page),
        "feed_url": channel.address(path),
        "description": feed.description,
        "language": channel.language,
        "authors": [{"name": channel.name}],
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else None,
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(_filled(document), ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": iri_to_uri(entry.link),
        "title": entry.title,
        "content_html": entry.html,
        "summary": re.sub(r"<[^>]*>", "", entry.summary),
        "image": entry.image,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated) if entry.updated != entry.published else None,
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
    }
    if entry.source:
        source = entry.source
        item["_source"] = _filled({"title": source.title, "home_page_url": source.site, "feed_url": source.feed})
    return {"content_html": entry.html, **_filled(item)}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value or key == "items"}


def _clean(text: str) -> str:
    """Leave out what XML 1.0 cannot hold (section 2.2, Characters)."""
    return _NOT_XML.sub("", text)
