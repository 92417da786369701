"""Feeds as text: Atom, RSS 2.0 and JSON Feed from the same values, made ready here. `atom_rss` writes the first two.

Source: JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). The same values give the same bytes: no clock is read.
"""

import json
import re
from dataclasses import replace
from html import escape
from typing import Any

from plugins.core.syndication.write import atom_rss
from plugins.core.syndication.write.feed_model import Channel, Entry, EntrySource, Feed, paths
from plugins.core.text.plain_text import plain
from plugins.core.text.urls import as_uri

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 cannot hold or advises against (section 2.2, Characters); it says nothing in any form."""


def render(feed: Feed, channel: Channel) -> dict[str, str]:
    """Return path → text of the feed's three forms; an archived document has one."""
    at = paths(feed.key)
    feed = replace(
        feed,
        title=_clean(feed.title),
        description=_clean(feed.description),
        entries=tuple(_ready(entry, channel) for entry in feed.entries),
    )
    channel = replace(channel, name=_clean(channel.name))
    made = {at["atom"]: atom_rss.atom(feed, channel, at["atom"])}
    if feed.archives.current:
        return made
    return {**made, at["rss"]: atom_rss.rss(feed, channel, at["rss"]), at["json"]: _json(feed, channel, at["json"])}


def _ready(entry: Entry, channel: Channel) -> Entry:
    """Return an entry whose texts every form can hold, whose addresses are URIs, and which says something."""
    title, source = _clean(entry.title), entry.source
    return replace(
        entry,
        id=channel.identity(entry.id),
        link=as_uri(entry.link),
        title=title,
        html=_clean(entry.html) or escape(title, quote=False),
        summary=_clean(entry.summary),
        authors=tuple(filter(None, map(_clean, entry.authors))),
        tags=tuple(filter(None, map(_clean, entry.tags))),
        languages=tuple((language, as_uri(address)) for language, address in entry.languages),
        source=source and EntrySource(_clean(source.title), as_uri(source.site), as_uri(source.feed)),
    )


def _clean(text: str) -> str:
    return _UNFIT.sub("", text).strip()


def _json(feed: Feed, channel: Channel, path: str) -> str:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": channel.address(feed.page),
        "feed_url": channel.address(path),
        "description": feed.description,
        "language": channel.language,
        "authors": [{"name": channel.name}],
        "hubs": [],
        "items": [_json_item(entry) for entry in feed.entries],
    }
    if channel.hub:
        document["hubs"] = [{"type": "WebSub", "url": channel.hub}]
    return json.dumps(_filled(document), ensure_ascii=False, indent=1) + "\n"


def _json_item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": entry.html,
        "summary": plain(entry.summary),
        "image": entry.image,
        "date_published": entry.published.isoformat(),
        "date_modified": "",
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
        "_languages": [{"language": language, "url": address} for language, address in entry.languages],
    }
    if entry.updated != entry.published:
        item["date_modified"] = entry.updated.isoformat()
    if entry.source:
        source = entry.source
        item["_source"] = _filled({"title": source.title, "home_page_url": source.site, "feed_url": source.feed})
    return {"content_html": entry.html, **_filled(item)}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return an object without the keys that say nothing; a feed has a list of items, though there be none."""
    return {key: value for key, value in values.items() if value or key == "items"}
