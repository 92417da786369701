"""Updates and stories → feeds with their history, and sources → OPML.

A feed's history is cut into parts (RFC 5005, section 4: archived documents) that do not change once they are closed. A
part is a month of first sight, or `PART` updates of it where a month has more: what comes later is seen later, so a
closed part's updates stay where they are. Updates that are not published are counted too, or hiding one would move all
others.

Source of the OPML: OPML 2.0 (http://opml.org/spec2.opml).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from plugins.core.confidential import is_for_all
from plugins.core.syndication.write.feed_model import ArchiveLinks, Entry, EntrySource, Feed
from plugins.core.text.urls import as_uri, without_trackers
from plugins.updates.desk.order import Edits
from plugins.updates.model import Source, Story, Update
from plugins.updates.publish.layout import newest_first

OPML_PATH = "feeds/sources.opml"
PART = 200
"""Updates that a part of a feed's history has at most, and so has the rest that is in no part yet."""


@dataclass(frozen=True, slots=True)
class EntryMaker:
    """What a feed's entries are made with: the sources by id, the site's address, the desk's edits, `Printer.say`."""

    sources: Mapping[str, Source]
    siteurl: str
    edits: Edits
    say: Callable[..., Markup]


def entries(updates: Iterable[Update], maker: EntryMaker) -> tuple[Entry, ...]:
    """Return updates as entries, in the order given; each leads to the outlet, and names it."""
    return tuple(_entry(update, maker) for update in updates)


def with_entries(feed: Feed, updates: Iterable[Update], unpublished: Set[str], maker: EntryMaker) -> Feed:
    """Return a feed with the entries of those of the updates that are published, newest first."""
    shown = newest_first(update for update in updates if update.id not in unpublished)
    return replace(feed, entries=entries(shown, maker))


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """A part of the history, such as `2026-03`, or `2026-03-2` for a month's second; its updates by first sight."""

    key: str
    updates: tuple[Update, ...]


def parts(
    updates: Iterable[Update], now: datetime, size: int = PART
) -> tuple[tuple[HistoryPart, ...], tuple[Update, ...]]:
    """Return the closed parts, oldest first, and those of the updates that are in none of them yet."""
    months: dict[str, list[Update]] = {}
    for (year, month_number), rows_of in groupby(sorted(updates, key=by_sight), _month):
        months[f"{year:04}-{month_number:02}"] = list(rows_of)
    running = f"{now.astimezone(UTC):%Y-%m}"
    closed: list[HistoryPart] = []
    left: list[Update] = []
    for month, rows in months.items():
        for number, start in enumerate(range(0, len(rows), size), 1):
            part = tuple(rows[start : start + size])
            if month >= running and len(part) < size:
                left += part
            else:
                closed.append(HistoryPart(month if number == 1 else f"{month}-{number}", part))
    return tuple(closed), tuple(left)


def by_sight(update: Update) -> tuple[datetime, str]:
    """Return the key of the order of first sight."""
    return update.first_seen, update.id


def _month(update: Update) -> tuple[int, int]:
    at = update.first_seen.astimezone(UTC)
    return at.year, at.month


def placed(feed: Feed, parts: Sequence[str], number: int | None = None) -> Feed:
    """Return a feed as one document of its history, whose archived `parts` are given oldest first.

    With a `number` it becomes that part, else it is the document people subscribe to.
    """
    keys = [f"{feed.key}/{part}" for part in parts]
    if number is None:
        return replace(feed, archives=ArchiveLinks(previous=keys[-1] if keys else ""))
    previous = keys[number - 1] if number else ""
    following = keys[number + 1] if number + 1 < len(keys) else ""
    return replace(feed, key=keys[number], archives=ArchiveLinks(previous, following, feed.key), apart=True)


def of_stories(stories: Iterable[Story], maker: EntryMaker, limit: int) -> Feed:
    """Return the newest stories as a feed: an event is one entry, updated when one more outlet reports it."""
    newest = sorted(stories, key=lambda story: (_times(story)[0], story.id), reverse=True)[:limit]
    return Feed("stories", "updates/", tuple(_story_entry(story, maker) for story in newest), apart=True)


def _times(story: Story) -> list[datetime]:
    return sorted(story.times)


def _story_entry(story: Story, maker: EntryMaker) -> Entry:
    times, page = _times(story), f"{maker.siteurl}/updates/stories/{story.id}/"
    lead = _entry(story.lead, maker)
    if len(story.updates) == 1:
        return replace(lead, id=page)
    also = "".join(_also(update, maker) for update in story.updates)
    outlets = dict.fromkeys(_outlet(update, maker) for update in story.updates)
    return replace(
        lead,
        id=page,
        link=page,
        html=f"{lead.html}\n<ul>{also}</ul>",
        published=times[0],
        updated=max(lead.updated, times[-1]),
        authors=tuple(outlets),
        tags=tuple(dict.fromkeys(match.topic for update in story.updates for match in update.topics)),
        source=None,
    )


def _also(update: Update, maker: EntryMaker) -> str:
    title, outlet = escape(update.title), escape(_outlet(update, maker))
    return f'<li>{outlet}: <a href="{escape(_link(update, maker.siteurl))}">{title}</a></li>'


def _outlet(update: Update, maker: EntryMaker) -> str:
    return update.outlet or maker.sources[update.source].title


def opml(sources: Iterable[Source], title: str) -> str:
    """Return the sources that have a feed as OPML, grouped by kind; "" where none has."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        if source.feed and is_for_all(source.feed):
            groups.setdefault(source.kind, []).append(source)
    if not groups:
        return ""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{escape(title)}</title></head>", "<body>"]
    for kind in sorted(groups):
        lines.append(f"<outline text={quoteattr(kind)}>")
        lines += [_outline(source) for source in groups[kind]]
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _outline(source: Source) -> str:
    named = {"type": "rss", "text": source.title, "title": source.title}
    named |= {"xmlUrl": as_uri(source.feed), "htmlUrl": as_uri(source.site)}
    return "<outline " + " ".join(f"{key}={quoteattr(value)}" for key, value in named.items()) + "/>"


def _link(update: Update, siteurl: str) -> str:
    return without_trackers(update.url) or f"{siteurl}/updates/sources/{update.source}/"


def _entry(update: Update, maker: EntryMaker) -> Entry:
    source, title = maker.sources[update.source], update.title
    text = str(update.summary)
    if note := maker.edits.notes.get(update.id):
        text += f"\n{maker.say('note', text=note)}"
    if (ours := maker.edits.titles.get(update.id, title)) != title:
        # Feed readers print the outlet's name beside the title, and hardly ever the text under it.
        title = maker.say("our_title", title=ours).unescape()
        text += f"\n{maker.say('headline', title=update.title)}"
    return Entry(
        id=f"{maker.siteurl}/updates/#{update.id}",
        link=_link(update, maker.siteurl),
        title=title,
        html=text.strip() or str(escape(title)),
        published=update.sorted_by,
        updated=max([update.sorted_by, *(earlier.until for earlier in update.earlier_titles)]),
        authors=update.authors or (_outlet(update, maker),),
        tags=tuple(dict.fromkeys(match.topic for match in update.topics)),
        source=EntrySource(source.title, source.site, source.feed if is_for_all(source.feed) else ""),
        language=update.language,
    )
