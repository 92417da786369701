"""Updates and stories → feeds with their history, and sources → OPML.

A feed's history is cut into parts (RFC 5005, section 4: archived documents) that do not change once they are closed. A
part is a month of first sight, or `PART` updates of it where a month has more: what comes later is seen later, so a
closed part's updates stay where they are. Updates that are not published are counted too, or hiding one would move all
others.

Source of the OPML: OPML 2.0 (http://opml.org/spec2.opml).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from heapq import heappop, heappush
from itertools import groupby
from operator import attrgetter
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from plugins.core.syndication.write.feed_model import ArchiveLinks, Entry, EntrySource, Feed
from plugins.core.text.urls import as_uri, without_trackers
from plugins.updates.desk.order import Edits
from plugins.updates.model import Source, Story, Update
from plugins.updates.publish.build_views import public_address
from plugins.updates.publish.layout import newest_first, topics_of

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


def with_entries(feed: Feed, updates: Iterable[Update], maker: EntryMaker) -> Feed:
    """Return a feed with the entries of updates, newest first."""
    return replace(feed, entries=entries(newest_first(updates), maker))


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """A part of the history, such as `2026-03`, or `2026-03-2` for a month's second; its updates by first sight."""

    key: str
    updates: tuple[Update, ...]


def parts(
    updates: Iterable[Update], now: datetime, size: int = PART
) -> tuple[tuple[HistoryPart, ...], tuple[Update, ...]]:
    """Return the closed parts, oldest first, and those of the updates that are in none of them yet."""
    running = f"{now.astimezone(UTC):%Y-%m}"
    closed: list[HistoryPart] = []
    left: list[Update] = []
    for (year, month_number), seen in groupby(sorted(updates, key=by_sight), _month):
        month, rows = f"{year:04}-{month_number:02}", list(seen)
        for number, start in enumerate(range(0, len(rows), size), 1):
            part = tuple(rows[start : start + size])
            if month >= running and len(part) < size:
                left += part
            else:
                closed.append(HistoryPart(part_key(month, number), part))
    return tuple(closed), tuple(left)


def part_key(month: str, number: int) -> str:
    """Return the key of a month's part, by its number from 1."""
    return month if number == 1 else f"{month}-{number}"


by_sight = attrgetter("first_seen", "id")
"""Gets the key of the order of first sight."""


def _month(update: Update) -> tuple[int, int]:
    at = update.first_seen.astimezone(UTC)
    return at.year, at.month


def placed(feed: Feed, parts: Sequence[str], number: int | None = None) -> Feed:
    """Return a feed as one document of its history, whose archived `parts` are given oldest first.

    With a `number` it becomes that part, else it is the document people subscribe to.
    """
    keys = ["", *(f"{feed.key}/{part}" for part in parts), ""]  # "" before the first and after the last
    if number is None:
        return replace(feed, archives=ArchiveLinks(previous=keys[-2]))
    previous, key, following = keys[number : number + 3]
    return replace(feed, key=key, archives=ArchiveLinks(previous, following, feed.key), apart=True)


def of_stories(stories: Iterable[Story], maker: EntryMaker, limit: int) -> Feed:
    """Return the newest stories as a feed: an event is one entry, updated when one more outlet reports it."""
    entries = [_story_entry(story, maker) for story in _newest(stories, limit)]
    return Feed("stories", "updates/", tuple(entries), apart=True)


def _newest(stories: Iterable[Story], limit: int) -> list[Story]:
    """Return the stories that began last, the newest first.

    None began after one of its updates was seen, so that the times of few are asked for: of 36,000 stories, that takes
    0.1 s instead of 0.5.
    """
    seen: list[tuple[datetime, str, Story]] = []
    for story in stories:
        seen.append((min(update.first_seen for update in story.updates), story.id, story))
    seen.sort(reverse=True)
    newest: list[tuple[datetime, str, Story]] = []
    for first_seen, id, story in seen:
        if len(newest) == limit and (not limit or first_seen < newest[0][0]):
            break
        heappush(newest, (min(story.times), id, story))
        if len(newest) > limit:
            heappop(newest)
    return [story for _, _, story in sorted(newest, reverse=True)]


def _story_entry(story: Story, maker: EntryMaker) -> Entry:
    times, page = story.times, f"{maker.siteurl}/updates/stories/{story.id}/"
    lead = _entry(story.lead, maker)
    if not story.has_page:
        return replace(lead, id=page)
    outlets: dict[str, None] = {}
    links = ""
    for update in story.updates:
        outlet = _outlet(update, maker)
        outlets[outlet] = None
        url = escape(_link(update, maker.siteurl))
        links += f'<li>{escape(outlet)}: <a href="{url}">{escape(update.title)}</a></li>'
    return replace(
        lead,
        id=page,
        link=page,
        html=f"{lead.html}\n<ul>{links}</ul>",
        published=min(times),
        updated=max(lead.updated, *times),
        authors=tuple(outlets),
        tags=topics_of(*story.updates),
        source=None,
    )


def _outlet(update: Update, maker: EntryMaker) -> str:
    return update.outlet or maker.sources[update.source].title


def opml(sources: Iterable[Source], title: str) -> str:
    """Return the sources that have a feed as OPML, grouped by kind; "" where none has."""
    groups = defaultdict[str, list[Source]](list)
    for source in with_public_feed(sources):
        groups[source.kind].append(source)
    if not groups:
        return ""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{escape(title)}</title></head>", "<body>"]
    for kind in sorted(groups):
        lines.append(f"<outline text={quoteattr(kind)}>")
        for source in groups[kind]:
            title = quoteattr(source.title)
            feed, page = quoteattr(as_uri(source.feed)), quoteattr(as_uri(source.site))
            lines.append(f'<outline type="rss" text={title} title={title} xmlUrl={feed} htmlUrl={page}/>')
        lines.append("</outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])


def with_public_feed(sources: Iterable[Source]) -> list[Source]:
    """Return the sources whose feed anybody may read: those that OPML lists."""
    return [source for source in sources if public_address(source.feed)]


def _link(update: Update, siteurl: str) -> str:
    return without_trackers(update.url) or f"{siteurl}/updates/sources/{update.source}/"


def _entry(update: Update, maker: EntryMaker) -> Entry:
    source, title = maker.sources[update.source], update.title
    retitled = [earlier.until for earlier in update.earlier_titles]
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
        updated=max([update.sorted_by, *retitled]),
        authors=update.authors or (_outlet(update, maker),),
        tags=topics_of(update),
        source=EntrySource(source.title, source.site, public_address(source.feed)),
        language=update.language,
    )
