"""The published wire: the views that its pages, feeds and data files are made of, and the printing of all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from markupsafe import Markup

from plugins.core.confidential import is_for_all
from plugins.core.syndication.write.feed_model import Feed, FeedLink, link
from plugins.sections import redirect_page
from plugins.sections.printed import File, Printed
from plugins.updates.desk.order import Desk
from plugins.updates.model import Kind, Source, SourceRecord, Steps, Story, Update
from plugins.updates.publish import data_files, feeds, pages
from plugins.updates.publish.build_views import (
    ViewBuilder,
    about,
    by_source,
    is_stale,
    newest_first,
    shared_out,
    until,
    without_pinned,
)
from plugins.updates.publish.views import EntryView, SourceView, TopicView, WireDay, WireSite, WireView


@dataclass(frozen=True, slots=True)
class Wire:
    """Everything that is printed of the wire; updates and days are newest first.

    `every` are all updates, those that the desk keeps off the site too: they have a place in the feeds' history.
    `updates`, `stories` and `days` are without these; `steps` has, by a story's id, those before
    and after it. `views` made the views; `front` is the wire on the front page.
    """

    every: tuple[Update, ...]
    updates: tuple[Update, ...]
    stories: tuple[Story, ...]
    steps: Mapping[str, Steps]
    days: tuple[WireDay, ...]
    views: ViewBuilder
    front: WireView
    desk: Desk

    @property
    def sources(self) -> tuple[SourceView, ...]:
        """Return the sources, in the order of sources.toml."""
        return tuple(self.views.sources.values())

    @property
    def topics(self) -> tuple[TopicView, ...]:
        """Return the topics, in the order of topics.toml."""
        return tuple(self.views.topics.values())

    @property
    def pinned(self) -> tuple[EntryView, ...]:
        """Return the entries at the top of the wire."""
        return self.front.pinned


def build_wire(
    updates: Iterable[Update],
    stories: tuple[Story, ...],
    steps: Mapping[str, Steps],
    views: ViewBuilder,
    desk: Desk,
    records: Sequence[SourceRecord],
    site: WireSite,
) -> Wire:
    """Return the wire of all `updates` and the published `stories`, with the `steps` before and after each.

    `records` are the archive's of the sources.
    """
    every = newest_first(updates)
    days = views.days(stories)
    pinned = views.pinned(desk.pins, stories, days)
    collected = [update.first_seen for update in every if not update.by_hand and update.id not in desk.taken_down]
    front = WireView(
        days=shared_out(until(without_pinned(days, pinned), site.as_of), site.front_entries, site.source_share),
        checked_on=max((record.last_success for record in records if record.last_success), default=None),
        # An archive says of which day it is, and promises nothing newer.
        stale=site.as_of is None and is_stale(records, site.now, site.fresh_days),
        pinned=pinned,
        came_at=None if site.as_of else max(collected, default=None),
    )
    published = tuple(update for update in every if update.id not in desk.unpublished)
    return Wire(every, published, stories, steps, days, views, front, desk)


def feed_links(topics: Iterable[TopicView], sources: Mapping[str, Source]) -> tuple[FeedLink, ...]:
    """Return the wire's feeds as every page announces them."""
    kinds = (link(f"kind-{kind}") for kind in _kinds(sources))
    return (link("updates"), link("stories"), *(topic.feed for topic in topics), *kinds)


def template_context(wire: Wire, sources: Mapping[str, Source]) -> dict[str, object]:
    """Return what every template of the site may use of the wire.

    `stories_by_id` has each story that has a page under the id of each of its updates: a story keeps every name it ever
    had, so that a text's reference to it goes on working while the story grows.
    """
    updates_by_id = {}
    for day in wire.days:
        for first in day.entries:
            updates_by_id.update({entry.id: entry for entry in (first, *first.also_in)})
    stories_by_id = {}
    for story in wire.stories:
        if len(story.updates) > 1:
            view = wire.views.story(story)
            stories_by_id.update(dict.fromkeys((entry.id for entry in view.entries), view))
    opml = feeds.OPML_PATH if any(source.feed and is_for_all(source.feed) for source in sources.values()) else ""
    return {"wire": wire.front, "opml": opml, "updates_by_id": updates_by_id, "stories_by_id": stories_by_id}


def print_wire(
    wire: Wire, public: Wire, sources: Mapping[str, Source], site: WireSite, say: Callable[..., Markup]
) -> Iterator[Printed]:
    """Yield the wire's pages by day, month, story, source and topic, its feeds, data files, and the sources as OPML.

    Feeds, data files and the page for other sites' frames are made of what is `public`; in a preview that may be less
    than the `wire` that is shown. `say` words what a feed says itself (`Printer.say`).
    """
    from plugins.core.text.localised import Wording  # noqa: PLC0415 - Babel takes its time to load, and a check prints nothing

    days, views, checked_on = wire.days, wire.views, wire.front.checked_on
    week = Wording(site.language, site.zone).first_weekday
    yield from pages.front(days, wire.sources, wire.topics, wire.pinned, site.as_of, week)
    yield from pages.by_day(days, week)
    yield from pages.of_stories(wire.stories, wire.steps, views)
    for save_as, url, title in pages.former_addresses(wire.stories, views):
        yield File(save_as, redirect_page.redirect_page(url, title, site.url, site.language))
    yield pages.status(wire.sources, checked_on)
    yield pages.embed(until(public.days, site.as_of), site.source_share)
    updates_by_source = by_source(wire.updates)
    for source in wire.sources:
        yield from pages.of_one(source, "source", updates_by_source.get(source.id, ()), views, site.as_of)
    for topic in wire.topics:
        yield from pages.of_one(topic, "topic", about(wire.updates, topic.id), views, site.as_of)
    yield from _feeds(public, feeds.EntryMaker(sources, site.url, wire.desk.edits, say), site)
    for path, text in data_files.documents(public.days, public.pinned, site):
        yield File(path, text)
    yield File(data_files.STATUS_PATH, data_files.status(wire.sources, checked_on, site.deployed_at))
    if opml := feeds.opml(sources.values(), f"{site.name}: sources"):
        yield File(feeds.OPML_PATH, opml)


def _feeds(wire: Wire, maker: feeds.EntryMaker, site: WireSite) -> Iterator[Feed]:
    """Yield the feeds of the wire, of each topic and kind of source, all with their history, and that of stories."""
    yield from _with_history(Feed("updates", "updates/", ()), wire.every, wire, maker, site)
    for topic in wire.topics:
        feed = Feed(topic.feed.key, topic.url, (), topic.title)
        yield from _with_history(feed, about(wire.every, topic.id), wire, maker, site)
    for kind in _kinds(maker.sources):
        theirs = tuple(update for update in wire.every if maker.sources[update.source].kind == kind)
        yield from _with_history(Feed(f"kind-{kind}", "updates/", ()), theirs, wire, maker, site)
    yield feeds.of_stories(wire.stories, maker, site.feed_entries)


def _with_history(
    feed: Feed, updates: tuple[Update, ...], wire: Wire, maker: feeds.EntryMaker, site: WireSite
) -> Iterator[Feed]:
    """Yield the feed of some updates: the latest, and all that no closed part has yet; then the closed parts."""
    unpublished = wire.desk.unpublished
    closed, rest = feeds.parts(updates, site.now)
    keys = [part.key for part in closed]

    def with_entries(updates: Iterable[Update]) -> Feed:
        shown = newest_first(update for update in updates if update.id not in unpublished)
        return replace(feed, entries=feeds.entries(shown, maker))

    newest = [update for update in updates if update.id not in unpublished][: site.feed_entries]
    yield feeds.placed(with_entries({update.id: update for update in (*newest, *rest)}.values()), keys)
    for number, part in enumerate(closed):
        yield feeds.placed(with_entries(part.updates), keys, number)


def _kinds(sources: Mapping[str, Source]) -> Iterator[Kind]:
    present = {source.kind for source in sources.values()}
    return (kind for kind in get_args(Kind) if kind in present)
