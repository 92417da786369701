"""The published wire: the views that its pages, feeds and data files are made of, and the printing of all of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import get_args

from markupsafe import Markup

from plugins.core.syndication.write.feed_model import Feed, FeedLink, link
from plugins.sections import redirect_page
from plugins.sections.printed import File, LaterFeed, LaterFile, Printed
from plugins.updates.desk.order import Desk
from plugins.updates.digests import digest
from plugins.updates.model import Kind, Source, SourceRecord, Steps, Story, Update, by_id, ids_of
from plugins.updates.publish import data_files, feeds, pages
from plugins.updates.publish.build_views import ViewBuilder, is_stale
from plugins.updates.publish.layout import (
    DayLines,
    Line,
    by_source,
    by_topic,
    newest_first,
    shared_out,
    until,
    without_pinned,
)
from plugins.updates.publish.views import EntryView, SourceStatus, StoryView, TopicView, WireSite, WireView


@dataclass(frozen=True, slots=True)
class Wire:
    """Everything that is printed of the wire; updates and days are newest first.

    `every` are all updates, those that the desk keeps off the site too: they have a place in the feeds' history.
    `updates`, `stories` and `days` are without these; `steps` has, by a story's id, those before
    and after it. `views` makes the views; `front` is the wire on the front page. `sources` are in the order of
    sources.toml.
    """

    every: tuple[Update, ...]
    updates: tuple[Update, ...]
    stories: tuple[Story, ...]
    steps: Mapping[str, Steps]
    days: tuple[DayLines, ...]
    sources: tuple[SourceStatus, ...]
    views: ViewBuilder
    front: WireView
    desk: Desk

    @property
    def topics(self) -> tuple[TopicView, ...]:
        """Return the topics, in the order of topics.toml."""
        return tuple(self.views.topics.values())

    @property
    def pinned(self) -> tuple[EntryView, ...]:
        """Return the entries at the top of the wire."""
        return self.front.pinned


def build_wire(  # noqa: PLR0913 - all that the wire is made of
    updates: Iterable[Update],
    stories: tuple[Story, ...],
    steps: Mapping[str, Steps],
    *,
    sources: tuple[SourceStatus, ...],
    views: ViewBuilder,
    desk: Desk,
    records: Sequence[SourceRecord],
    site: WireSite,
) -> Wire:
    """Return the wire of all `updates` and the published `stories`, with the `steps` before and after each.

    `records` are the archive's of the sources.
    """
    every = newest_first(updates)
    days = views.layout.days(stories)
    pinned = views.pinned(desk.pins, stories, days)
    shown = until(without_pinned(days, ids_of(pinned)), site.as_of)
    checked_on = max((record.last_success for record in records if record.last_success), default=None)
    stale, came_at = False, None
    if site.as_of is None:  # an archive says of which day it is, and promises nothing newer
        stale = is_stale(checked_on, site.now, site.fresh_days)
        collected = (update.first_seen for update in every if not update.by_hand and update.id not in desk.taken_down)
        came_at = max(collected, default=None)
    front = WireView(
        days=views.days(shared_out(shown, site.front_entries, site.source_share)),
        checked_on=checked_on,
        stale=stale,
        pinned=pinned,
        came_at=came_at,
    )
    published = tuple(desk.published(every))
    return Wire(every, published, stories, steps, days, sources, views, front, desk)


def feed_links(topics: Iterable[TopicView], sources: Mapping[str, Source]) -> tuple[FeedLink, ...]:
    """Return the wire's feeds as every page announces them."""
    links = [link("updates"), link("stories")]
    links += [topic.feed for topic in topics]
    for kind in _kinds(sources):
        links.append(link(f"kind-{kind}"))
    return tuple(links)


def template_context(wire: Wire, sources: Mapping[str, Source]) -> dict[str, object]:
    """Return what every template of the site may use of the wire.

    `stories_by_id` has each story that has a page under the id of each of its updates: a story keeps every name it ever
    had, so that a text's reference to it goes on working while the story grows.
    """
    opml = feeds.OPML_PATH if feeds.with_public_feed(sources.values()) else ""
    return {
        "wire": wire.front,
        "opml": opml,
        "updates_by_id": _EntriesById(wire),
        "stories_by_id": _StoriesById(wire),
    }


class _EntriesById(Mapping[str, EntryView]):
    """The entry of each update that is shown, by its id; made when it is asked for."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @cached_property
    def _lines(self) -> dict[str, Line]:
        found: dict[str, Line] = {}
        for day in self._wire.days:
            for line in day.lines:
                for update in line.updates:
                    found[update.id] = line
        return found

    def __getitem__(self, id: str) -> EntryView:
        line = self._lines[id]
        if line.lead.id == id:
            return self._wire.views.line(line)
        return self._wire.views.entry(by_id(line.updates)[id], line.story)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


class _StoriesById(Mapping[str, StoryView]):
    """Each story that has a page, by the ids of its updates; made when it is asked for."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    @cached_property
    def _stories(self) -> dict[str, Story]:
        found: dict[str, Story] = {}
        for story in self._wire.stories:
            if story.has_page:
                for update in story.updates:
                    found[update.id] = story
        return found

    def __getitem__(self, id: str) -> StoryView:
        return self._wire.views.story(self._stories[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._stories)

    def __len__(self) -> int:
        return len(self._stories)


_Dated = tuple[date, Printed]
"""What is printed, and the month that most of it is of, by its first day."""


def print_wire(
    wire: Wire, public: Wire, sources: Mapping[str, Source], site: WireSite, say: Callable[..., Markup]
) -> Iterator[Printed]:
    """Yield the wire's pages by day, month, story, source and topic, its feeds, data files, and the sources as OPML.

    Feeds, data files and the page for other sites' frames are made of what is `public`; in a preview that may be less
    than the `wire` that is shown. `say` words what a feed says itself (`Printer.say`).
    """
    from plugins.core.text.localised import Wording  # noqa: PLC0415 - Babel takes its time to load, and a check prints nothing

    days, checked_on = wire.days, wire.front.checked_on
    week = Wording(site.language, site.zone).first_weekday
    yield pages.front(days, wire.views, wire.sources, wire.pinned, site.as_of, week)
    yield pages.status(wire.sources, checked_on)
    yield pages.embed(until(public.days, site.as_of), public.views, site.source_share)
    maker = feeds.EntryMaker(sources, site.url, wire.desk.edits, say)
    # Updates are read by the month: what is of one month is printed together, so that none is read twice.
    dated = [*_pages(wire, site, week), *data_files.documents(public.days, public.pinned, public.views, site)]
    for feed in _feeds(public, maker, site):
        if isinstance(feed, Feed):
            yield feed
        else:
            dated.append(feed)
    dated.sort(key=lambda one: one[0], reverse=True)
    dated.reverse()
    while dated:  # none is kept with its values once it is printed
        _, printed = dated.pop()
        yield printed
    yield File(data_files.STATUS_PATH, data_files.status(wire.sources, checked_on, site.deployed_at))
    if opml := feeds.opml(sources.values(), f"{site.name}: sources"):
        yield File(feeds.OPML_PATH, opml)


def _pages(wire: Wire, site: WireSite, first_weekday: int) -> Iterator[_Dated]:
    """Yield the pages of days, months, stories, sources and topics, and what answers at a story's former addresses."""
    views = wire.views
    yield from pages.by_day(wire.days, views, first_weekday)
    yield from pages.of_stories(wire.stories, wire.steps, views)
    for save_as, story in pages.former_addresses(wire.stories):
        inputs = digest(repr((views.entry_digest(story.lead, story), len(story.updates), site.url))).hex()
        yield date.min, LaterFile(save_as, partial(_redirect, story, views, site), inputs)
    updates_by_source = by_source(wire.updates)
    for own in wire.sources:
        theirs = updates_by_source.get(own.id, ())
        yield from pages.of_one(views.sources[own.id], "source", theirs, views, site.as_of, own)
    updates_by_topic = by_topic(wire.updates)
    for topic in wire.topics:
        yield from pages.of_one(topic, "topic", updates_by_topic.get(topic.id, ()), views, site.as_of)


def _redirect(story: Story, views: ViewBuilder, site: WireSite) -> str:
    lead = views.entry(story.lead, story)
    url, title = lead.story_url or lead.day_url, lead.title or lead.source.title
    return redirect_page.redirect_page(url, title, site.url, site.language)


def _feeds(wire: Wire, maker: feeds.EntryMaker, site: WireSite) -> Iterator[Feed | tuple[date, LaterFeed]]:
    """Yield the feeds of the wire, of each topic and kind of source, all with their history, and that of stories."""
    every = tuple(sorted(wire.every, key=feeds.by_sight))
    yield from _with_history(Feed("updates", "updates/", ()), every, wire, maker, site)
    about = by_topic(every)
    for topic in wire.topics:
        feed = Feed(topic.feed.key, topic.url, (), topic.title)
        yield from _with_history(feed, about.get(topic.id, ()), wire, maker, site)
    by_kind = defaultdict[Kind, list[Update]](list)
    for update in every:
        by_kind[maker.sources[update.source].kind].append(update)
    for kind in _kinds(maker.sources):
        yield from _with_history(Feed(f"kind-{kind}", "updates/", ()), by_kind[kind], wire, maker, site)
    yield feeds.of_stories(wire.stories, maker, site.feed_entries)


def _with_history(
    feed: Feed, updates: Sequence[Update], wire: Wire, maker: feeds.EntryMaker, site: WireSite
) -> Iterator[Feed | tuple[date, LaterFeed]]:
    """Yield the feed of some updates: the latest, and all that no closed part has yet; then the closed parts.

    The updates come in the order of first sight. With each part is the month that it is of.
    """
    published = wire.desk.published
    closed, rest = feeds.parts(updates, site.now)
    keys = [part.key for part in closed]
    newest = newest_first(published(updates))[: site.feed_entries]
    latest = by_id((*newest, *published(rest)))
    yield feeds.placed(feeds.with_entries(feed, latest.values(), maker), keys)
    for number, part in enumerate(closed):
        place = feeds.placed(feed, keys, number)
        shown = published(part.updates)
        inputs = digest(repr(place), b"".join(map(wire.views.entry_digest, shown)).hex()).hex()
        make = partial(feeds.with_entries, place, shown, maker)
        yield date.fromisoformat(f"{part.key[:7]}-01"), LaterFeed(place.key, make, inputs)


def _kinds(sources: Mapping[str, Source]) -> list[Kind]:
    """Return the kinds that there are sources of, in their own order."""
    return sorted({source.kind for source in sources.values()}, key=get_args(Kind).index)
