"""What the digest and the search are given of the wire: the stories of a period, and what can be found.

For the search, every update is there once: in its story where several report the event, else as a part of its day. A
record for each update was tried: of 10,000 updates at 60 a day it made 10,000 files instead of 170, took 8.9 s instead
of 3.5 s, and a list of 51 kB instead of 1.5 kB that every reader's browser loads before its first search.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from plugins.core.text.plain_text import plain
from plugins.sections.findable import Findable, LaterFindable, Part, sentences
from plugins.sections.news import NewsItem, Period
from plugins.updates.cache import WireCache
from plugins.updates.digests import digest
from plugins.updates.model import WORKERS, Story
from plugins.updates.publish.build_views import ViewBuilder, story_url
from plugins.updates.publish.layout import day_url
from plugins.updates.publish.months import WireMonths
from plugins.updates.publish.views import EntryView, WireSite
from plugins.updates.publish.wire import Wire

_PINNED = 10_000  # a rank above any number of outlets


def news(stories: Iterable[Story], views: ViewBuilder, pins: Sequence[str], period: Period) -> Iterator[NewsItem]:
    """Return the stories of which something was reported in the period; `stories` are the published ones.

    An item has the headline of the first of these reports in the story's own order, in which primary sources lead;
    where all of them speak of another source's page, that of the story. Its outlets are those of the period. More
    outlets rank higher, and what the desk has pinned highest, in its order.
    """
    for story in stories:
        reported = [views.entry(update, story) for update in story.updates if period.has(update.sorted_by)]
        if reported:
            yield _news_item(reported, _headline_entry(reported, story, views), pins)


def _headline_entry(reported: Iterable[EntryView], story: Story, views: ViewBuilder) -> EntryView:
    """Return the first that speaks for itself, or for a union to its employer; where none does, the story's lead."""
    lead = views.entry(story.lead, story)
    for entry in reported:
        answers = lead.source.kind == "employer" and entry.source.kind in WORKERS
        if answers or entry.id not in story.secondhand:
            return entry
    return lead


def _news_item(reported: Sequence[EntryView], lead: EntryView, pins: Sequence[str]) -> NewsItem:
    outlets: dict[str, None] = {}
    ranks: list[int] = []
    note = change = ""
    for entry in reported:
        outlets[entry.outlet] = None
        note = note or entry.note
        if entry.id in pins:
            ranks.append(_PINNED - pins.index(entry.id))
    if lead.retitled_from:
        change = "retitled"
    return NewsItem(
        reference=f"{{story}}{lead.id}",
        title=lead.title or lead.outlet,
        change=change,
        at=min(entry.at for entry in reported),
        text=note,
        by=tuple(outlets),
        rank=max(ranks, default=len(outlets)),
        url=lead.story_url or lead.day_url,
        is_chosen=bool(ranks),
    )


def findables(wire: Wire, site: WireSite, made_by: str, cache: WireCache) -> Iterator[Findable | LaterFindable]:
    """Return what can be found of the wire; `wire` is what is public, and `made_by` says by what code and packages.

    Stories and days are made when they are asked for: the words of all updates would have to be read for them. What
    each is made of is kept in the `cache` by months, by their digests (`kept_names`).
    """
    from plugins.core.text.localised import Wording  # noqa: PLC0415 - Babel takes its time to load, and a check finds nothing

    months, views, worded = wire.months, wire.views, Wording(site.language, site.zone).weekday_day
    same = _same(site, made_by)
    for month, name in zip(months.months, kept_names(wire, site, made_by), strict=True):
        kept = cache.get(name)
        if kept is None:
            inputs = [digest(same, views.story_digest(story).hex()).hex() for story in months.stories(month)]
            days = [(day.date.day, digest(same, views.day_digest(day).hex()).hex()) for day in months.days(month)]
            cache.put(name, marshal.dumps((inputs, days)))
        else:
            inputs, days = marshal.loads(kept)  # noqa: S302 - what was put, by its digest
        for story, made_of in zip(months.stories(month), inputs, strict=True):
            yield LaterFindable(story_url(story.id), made_of, partial(_story, story, site.zone, views))
        for number, made_of in days:
            day_of = month.replace(day=number)
            yield LaterFindable(day_url(day_of), made_of, partial(_day, day_of, months, worded, views))
    for source in wire.sources:
        yield Findable(source.url, "source", "updates", source.title)
    for topic in wire.topics:
        yield Findable(topic.url, "topic", "updates", topic.title)


def kept_names(wire: Wire, site: WireSite, made_by: str) -> list[str]:
    """Return the names under which is kept what each month's findables are made of."""
    same = _same(site, made_by)
    return [f"found-{digest(same, one.hex()).hex()}" for one in wire.months.digests.values()]


def _same(site: WireSite, made_by: str) -> str:
    return repr((made_by, site.language, str(site.zone)))


def _story(story: Story, zone: ZoneInfo, views: ViewBuilder) -> Findable:
    view, first = views.story(story), min(story.times).astimezone(zone).date()
    lead, *others = view.entries
    text = _words(lead)  # its headline is the page's title
    for other in others:
        text += f" {sentences(other.title)} {_words(other)}"
    return Findable(view.url, "story", "updates", lead.title, text, first, lead.lang)


def _day(day: date, months: WireMonths, worded: Callable[[date], str], views: ViewBuilder) -> Findable:
    """Return a day with the updates on it that have no story's page, each as a part."""
    (lines,) = (one for one in months.days(day.replace(day=1)) if one.date == day)
    parts: list[Part] = []
    for entry in views.day(lines).entries:
        if not entry.story_url:
            parts.append(Part(entry.id, entry.title, _words(entry)))
    return Findable(lines.url, "day", "updates", worded(day), day=day, parts=tuple(parts))


def _words(entry: EntryView) -> str:
    """Return what is found of an update beside its headline: who reported it, and what is said of it."""
    return sentences(entry.outlet, plain(entry.summary), entry.note)
