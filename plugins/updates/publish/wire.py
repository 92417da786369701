"""The published wire: the views that its pages, feeds and data files are made of, and the printing of all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import get_args

from markupsafe import Markup

from plugins.core.syndication.write.feed_model import Feed, FeedLink, link
from plugins.sections import redirect_page
from plugins.sections.printed import File, LaterFile, Page, Printed, Unit
from plugins.updates.desk.order import Desk
from plugins.updates.digests import digest
from plugins.updates.model import Kind, Source, SourceRecord, Steps, Story, Update, by_id, ids_of
from plugins.updates.publish import data_files, feeds, pages
from plugins.updates.publish.build_views import ViewBuilder, is_stale
from plugins.updates.publish.feed_months import FeedMonths, WireFeed
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
from plugins.updates.publish.months import WireMonths
from plugins.updates.publish.views import EntryView, SourceStatus, StoryView, TopicView, WireSite, WireView


@dataclass(frozen=True, slots=True)
class Wire:
    """Everything that is printed of the wire; updates and days are newest first.

    `every` are all updates, those that the desk keeps off the site too: they have a place in the feeds' history.
    `updates`, `stories` and `months` are without these; `steps` has, by a story's id, those before and after it.
    `views` makes the views; `front` is the wire on the front page. `sources` are in the order of sources.toml.
    """

    every: tuple[Update, ...]
    updates: tuple[Update, ...]
    stories: tuple[Story, ...]
    steps: Mapping[str, Steps]
    months: WireMonths
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
    months = WireMonths(stories, steps, views)
    pinned = views.pinned(desk.pins, stories, months.days_with(desk.pins))
    shown = until(without_pinned(months, ids_of(pinned)), site.as_of)
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
    return Wire(every, published, stories, steps, months, sources, views, front, desk)


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
        for day in self._wire.months:
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


def print_wire(
    wire: Wire, public: Wire, sources: Mapping[str, Source], site: WireSite, say: Callable[..., Markup]
) -> Iterator[Printed | Unit]:
    """Yield the wire's pages by day, month, story, source and topic, its feeds, data files, and the sources as OPML.

    Feeds, data files and the page for other sites' frames are made of what is `public`; in a preview that may be less
    than the `wire` that is shown. `say` words what a feed says itself (`Printer.say`).
    """
    from plugins.core.text.localised import Wording  # noqa: PLC0415 - Babel takes its time to load, and a check prints nothing

    week = Wording(site.language, site.zone).first_weekday
    yield pages.front(wire.months, wire.views, wire.sources, wire.pinned, site.as_of, week)
    yield pages.status(wire.sources, wire.front.checked_on)
    yield pages.embed(until(public.months, site.as_of), public.views, site.source_share)
    maker = feeds.EntryMaker(sources, site.url, wire.desk.edits, say)
    history = FeedMonths(tuple(_feeds(public, maker.sources)), public.every, public.desk, public.views, site)
    yield from history.current(public.updates, maker)
    yield feeds.of_stories(public.stories, maker, site.feed_entries)
    yield data_files.latest(public.months, public.pinned, public.views, site)
    yield from _own_pages(wire, site)
    # Updates are read by the month: what is of one month is printed together, so that none is read twice.
    of_wire, of_public = wire.months.digests, public.months.digests
    for month in sorted({*of_wire, *of_public, *history.months}, reverse=True):
        name = f"{month:%Y-%m}"
        if month in of_wire:
            inputs = digest(str(week), of_wire[month].hex()).hex()
            yield Unit(f"wire {name}", inputs, partial(_pages_of_month, wire, month, week))
        if month in of_public:
            yield data_files.of_month(month, public.months, public.views, site, of_public[month])
        if month in history.months:
            yield Unit(f"wire feeds {name}", history.digest(month).hex(), partial(history.parts, month, maker))
    yield from _former_addresses(wire, site)
    yield File(data_files.STATUS_PATH, data_files.status(wire.sources, wire.front.checked_on, site.deployed_at))
    if opml := feeds.opml(sources.values(), f"{site.name}: sources"):
        yield File(feeds.OPML_PATH, opml)


def _pages_of_month(wire: Wire, month: date, first_weekday: int) -> Iterator[Page]:
    """Yield the pages of a month: of its days, its own, of stories, and a month's of sources and topics."""
    months, views = wire.months, wire.views
    yield from pages.by_day(months, month, views, first_weekday)
    yield from pages.of_stories(months.stories(month), wire.steps, views)
    updates = months.updates(month)
    for source, theirs in by_source(updates).items():
        days, beside = views.layout.alone(theirs), months.beside_of_source(month, source)
        yield pages.month_page(views.sources[source], "source", month, days, beside, views)
    about = by_topic(updates)
    for topic in wire.topics:
        if topic.id in about:
            days, beside = views.layout.alone(about[topic.id]), months.beside_of_topic(month, topic.id)
            yield pages.month_page(topic, "topic", month, days, beside, views)


def _own_pages(wire: Wire, site: WireSite) -> Iterator[Page]:
    """Yield the own page of each source and topic, with its latest month.

    That is the month of the day at which an archive's clock was stopped, up to that day.
    """
    months, views = wire.months, wire.views
    for own in wire.sources:
        theirs = months.of_source(own.id)
        newest = _newest_days(wire, site, theirs, by_source, own.id)
        yield pages.own_page(views.sources[own.id], "source", own, theirs, newest, views)
    for topic in wire.topics:
        theirs = months.of_topic(topic.id)
        newest = _newest_days(wire, site, theirs, by_topic, topic.id)
        yield pages.own_page(topic, "topic", topic, theirs, newest, views)


def _newest_days(
    wire: Wire,
    site: WireSite,
    of_one: Iterable[date],
    select: Callable[[Iterable[Update]], Mapping[str, Sequence[Update]]],
    id: str,
) -> tuple[DayLines, ...]:
    """Return the days of the newest of one's months that has any; `select` tells whose updates are whose."""
    for month in of_one:
        days = wire.views.layout.alone(select(wire.months.updates(month))[id])
        if shown := tuple(until(days, site.as_of)):
            return shown
    return ()


def _former_addresses(wire: Wire, site: WireSite) -> Iterator[LaterFile]:
    """Yield what answers at stories' former addresses."""
    views = wire.views
    for save_as, story in pages.former_addresses(wire.stories):
        inputs = digest(repr((views.entry_digest(story.lead, story), len(story.updates), site.url))).hex()
        yield LaterFile(save_as, partial(_redirect, story, views, site), inputs)


def _redirect(story: Story, views: ViewBuilder, site: WireSite) -> str:
    lead = views.entry(story.lead, story)
    url, title = lead.story_url or lead.day_url, lead.title or lead.source.title
    return redirect_page.redirect_page(url, title, site.url, site.language)


def _feeds(wire: Wire, sources: Mapping[str, Source]) -> Iterator[WireFeed]:
    """Yield the feeds that have a history: of the wire, and of each topic and kind of source."""
    yield WireFeed(Feed("updates", "updates/", ()))
    for topic in wire.topics:
        yield WireFeed(Feed(topic.feed.key, topic.url, (), topic.title), "topic", topic.id)
    for kind in _kinds(sources):
        yield WireFeed(Feed(f"kind-{kind}", "updates/", ()), "kind", kind)


def _kinds(sources: Mapping[str, Source]) -> list[Kind]:
    """Return the kinds that there are sources of, in their own order."""
    return sorted({source.kind for source in sources.values()}, key=get_args(Kind).index)
