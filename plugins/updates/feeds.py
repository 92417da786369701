"""Updates → feeds, and sources → OPML. Pure text.

Sources: RFC 4151 (tag URIs), OPML 2.0 (http://opml.org/spec2.opml).
"""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from markupsafe import escape

from plugins.core.feeds import Entry, EntrySource, Feed
from plugins.updates.models import Source, Update

OPML_PATH = "feeds/sources.opml"


def feed(
    key: str, title: str, page: str, updates: Iterable[Update], sources: Mapping[str, Source], siteurl: str
) -> Feed:
    """Return a feed of updates in the order given; each entry leads to the outlet, and names it."""
    entries = tuple(_entry(update, sources[update.source], siteurl) for update in updates)
    return Feed(key, title, f"Strike updates: {title}", page, entries)


def opml(sources: Iterable[Source], title: str) -> str:
    """Return the sources that have a feed as OPML, grouped by kind."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        if source.feed:
            groups.setdefault(source.kind, []).append(source)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{escape(title)}</title></head>", "<body>"]
    for kind in sorted(groups):
        lines.append(f"<outline text={quoteattr(kind)}>")
        lines += [_outline(source) for source in groups[kind]]
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _outline(source: Source) -> str:
    named = {"type": "rss", "text": source.title, "xmlUrl": source.feed, "htmlUrl": source.site}
    return "<outline " + " ".join(f"{key}={quoteattr(value)}" for key, value in named.items()) + "/>"


def _entry(update: Update, source: Source, siteurl: str) -> Entry:
    return Entry(
        id=f"{siteurl}/updates/#{update.id}",
        link=update.url or f"{siteurl}/updates/sources/{source.id}/",
        title=update.title,
        html=update.summary or str(escape(update.title)),
        published=update.sorted_by,
        updated=max([update.sorted_by, *(earlier.until for earlier in update.earlier_titles)]),
        authors=update.authors or (source.title,),
        tags=tuple(dict.fromkeys(match.topic for match in update.topics)),
        source=EntrySource(source.title, source.site, source.feed),
        language=update.language,
    )
