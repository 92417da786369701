"""Updates and stories → feeds, and sources → OPML. Pure: values and text.

Source: OPML 2.0 (http://opml.org/spec2.opml).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from plugins.core.syndication.write.feed_model import Archives, Entry, EntrySource, Feed
from plugins.core.text.urls import as_uri, without_trackers
from plugins.updates.desk.order import Edits
from plugins.updates.model import Source, Story, Update

OPML_PATH = "feeds/sources.opml"


@dataclass(frozen=True, slots=True)
class Told:
    """What entries are made with: the sources by id, where the site is, what the desk says, and `Printer.say`."""

    sources: Mapping[str, Source]
    siteurl: str
    edits: Edits
    say: Callable[..., Markup]


def entries(updates: Iterable[Update], told: Told) -> tuple[Entry, ...]:
    """Return updates as entries, in the order given; each leads to the outlet, and names it."""
    return tuple(_entry(update, told) for update in updates)


def placed(feed: Feed, parts: Sequence[str], number: int | None = None) -> Feed:
    """Return a feed as one document of its history, whose archived `parts` are given oldest first.

    With a `number` it becomes that part, else it is the document people subscribe to.
    """
    keys = [f"{feed.key}/{part}" for part in parts]
    if number is None:
        return replace(feed, archives=Archives(previous=keys[-1] if keys else ""))
    previous = keys[number - 1] if number else ""
    following = keys[number + 1] if number + 1 < len(keys) else ""
    return replace(feed, key=keys[number], archives=Archives(previous, following, feed.key), apart=True)


def of_stories(stories: Iterable[Story], told: Told, limit: int) -> Feed:
    """Return the newest stories as a feed: an event once, however many tell it, and told anew when one more does."""
    newest = sorted(stories, key=lambda story: (_times(story)[0], story.id), reverse=True)[:limit]
    return Feed("stories", "updates/", tuple(_story_entry(story, told) for story in newest), apart=True)


def _times(story: Story) -> list[datetime]:
    return sorted(update.sorted_by for update in story.updates)


def _story_entry(story: Story, told: Told) -> Entry:
    times, page = _times(story), f"{told.siteurl}/updates/stories/{story.id}/"
    lead = _entry(story.lead, told)
    if len(story.updates) == 1:
        return replace(lead, id=page)
    also = "".join(_also(update, told) for update in story.updates)
    outlets = dict.fromkeys(told.sources[update.source].title for update in story.updates)
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


def _also(update: Update, told: Told) -> str:
    title, outlet = escape(update.title), escape(told.sources[update.source].title)
    return f'<li>{outlet}: <a href="{escape(_link(update, told.siteurl))}">{title}</a></li>'


def opml(sources: Iterable[Source], title: str) -> str:
    """Return the sources that have a feed as OPML, grouped by kind; "" where none has."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        if source.feed:
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


def _entry(update: Update, told: Told) -> Entry:
    source, title = told.sources[update.source], update.title
    said = str(update.summary)
    if note := told.edits.notes.get(update.id):
        said += f"\n{told.say('note', text=note)}"
    if (ours := told.edits.titles.get(update.id, title)) != title:
        # Feed readers print the outlet's name beside the title, and hardly ever the text under it.
        title = told.say("our_title", title=ours).unescape()
        said += f"\n{told.say('headline', title=update.title)}"
    return Entry(
        id=f"{told.siteurl}/updates/#{update.id}",
        link=_link(update, told.siteurl),
        title=title,
        html=said.strip() or str(escape(title)),
        published=update.sorted_by,
        updated=max([update.sorted_by, *(earlier.until for earlier in update.earlier_titles)]),
        authors=update.authors or (source.title,),
        tags=tuple(dict.fromkeys(match.topic for match in update.topics)),
        source=EntrySource(source.title, source.site, source.feed),
        language=update.language,
    )
