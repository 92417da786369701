"""Updates and stories → feeds, and sources → OPML. Pure: values and text.

Sources: RFC 4151 (tag URIs), OPML 2.0 (http://opml.org/spec2.opml).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from xml.sax.saxutils import quoteattr

from markupsafe import escape

from plugins.core.feeds import Archives, Entry, EntrySource, Feed
from plugins.updates.desk.edits import Edits
from plugins.updates.models import Kind, Source, Story, Update

OPML_PATH = "feeds/sources.opml"


KINDS: Mapping[Kind, str] = {
    "guild": "the guilds",
    "employer": "the employers",
    "labor": "the labor press",
    "press": "the press",
    "blog": "blogs",
    "government": "government",
}
"""A kind of source → whom its feed is from."""


def feed(
    key: str,
    title: str,
    page: str,
    updates: Iterable[Update],
    sources: Mapping[str, Source],
    siteurl: str,
    edits: Edits | None = None,
) -> Feed:
    """Return a feed of updates in the order given; each entry leads to the outlet, and names it."""
    edits = edits or Edits()
    entries = tuple(_entry(update, sources[update.source], siteurl, edits) for update in updates)
    return Feed(key, title, f"Strike updates: {title}", page, entries)


def placed(feed: Feed, parts: Sequence[str], number: int | None = None) -> Feed:
    """Return a feed as one document of its history, whose archived `parts` are given oldest first.

    With a `number` it becomes that part, else it is the document people subscribe to.
    """
    keys = [f"{feed.key}/{part}" for part in parts]
    if number is None:
        return replace(feed, archives=Archives(previous=keys[-1] if keys else ""))
    previous = keys[number - 1] if number else ""
    following = keys[number + 1] if number + 1 < len(keys) else ""
    return replace(feed, key=keys[number], archives=Archives(previous, following, feed.key))


def of_stories(
    stories: Iterable[Story], title: str, sources: Mapping[str, Source], siteurl: str, edits: Edits, limit: int
) -> Feed:
    """Return the newest stories as a feed: an event once, however many tell it, and told anew when one more does."""
    newest = sorted(stories, key=lambda story: (_times(story)[0], story.id), reverse=True)[:limit]
    entries = tuple(_story_entry(story, sources, siteurl, edits) for story in newest)
    return Feed("stories", title, f"Each event once: {title}", "updates/", entries)


def _times(story: Story) -> list[datetime]:
    return sorted(update.sorted_by for update in story.updates)


def _story_entry(story: Story, sources: Mapping[str, Source], siteurl: str, edits: Edits) -> Entry:
    times, page = _times(story), f"{siteurl}/updates/stories/{story.id}/"
    lead = _entry(story.lead, sources[story.lead.source], siteurl, edits)
    if len(story.updates) == 1:
        return replace(lead, id=page)
    told = "".join(_told(update, sources[update.source], siteurl, edits) for update in story.updates)
    outlets = dict.fromkeys(sources[update.source].title for update in story.updates)
    return replace(
        lead,
        id=page,
        link=page,
        html=f"{lead.html}\n<ul>{told}</ul>",
        published=times[0],
        updated=max(lead.updated, times[-1]),
        authors=tuple(outlets),
        tags=tuple(dict.fromkeys(match.topic for update in story.updates for match in update.topics)),
        source=None,
    )


def _told(update: Update, source: Source, siteurl: str, edits: Edits) -> str:
    title = escape(edits.titles.get(update.id, update.title))
    return f'<li>{escape(source.title)}: <a href="{escape(_link(update, siteurl))}">{title}</a></li>'


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


def _link(update: Update, siteurl: str) -> str:
    return update.url or f"{siteurl}/updates/sources/{update.source}/"


def _entry(update: Update, source: Source, siteurl: str, edits: Edits) -> Entry:
    title = edits.titles.get(update.id, update.title)
    said = str(update.summary)
    if note := edits.notes.get(update.id):
        said += f"\n<p><strong>Note:</strong> {escape(note)}</p>"
    if title != update.title:
        said += f"\n<p>The headline is ours; the outlet’s was “{escape(update.title)}”.</p>"
    return Entry(
        id=f"{siteurl}/updates/#{update.id}",
        link=_link(update, siteurl),
        title=title,
        html=said.strip() or str(escape(title)),
        published=update.sorted_by,
        updated=max([update.sorted_by, *(earlier.until for earlier in update.earlier_titles)]),
        authors=update.authors or (source.title,),
        tags=tuple(dict.fromkeys(match.topic for match in update.topics)),
        source=EntrySource(source.title, source.site, source.feed),
        language=update.language,
    )
