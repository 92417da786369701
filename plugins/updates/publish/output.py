"""What the wire prints: its pages, its feeds with their history, its data. Pure; it decides nothing about updates."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import get_args

from markupsafe import Markup

from plugins.core import moved
from plugins.core.syndication import feed_model as core_feeds
from plugins.sections.model import File, Newsroom, Printed
from plugins.updates.desk.order import Desk
from plugins.updates.model import Kind, Source, Story, Update
from plugins.updates.publish import data_files, feed_history, feeds, pages, status, story_list
from plugins.updates.publish.entries import Entries
from plugins.updates.publish.views import EntryView, SourceView, TopicView, WireDay, WireView


@dataclass(frozen=True, slots=True)
class Published:
    """Everything the wire's pages and feeds are made of; updates and days are newest first.

    `every` are all updates, those that the desk keeps off the site too; `updates`, stories and days are without them.
    """

    every: tuple[Update, ...]
    updates: tuple[Update, ...]
    stories: tuple[Story, ...]
    days: tuple[WireDay, ...]
    sources: tuple[SourceView, ...]
    topics: tuple[TopicView, ...]
    entries: Entries
    front: WireView
    desk: Desk

    @property
    def pinned(self) -> tuple[EntryView, ...]:
        """Return what stands on top of the wire."""
        return self.front.pinned


def print_wire(
    published: Published,
    public: Published,
    sources: Mapping[str, Source],
    newsroom: Newsroom,
    say: Callable[..., Markup],
) -> Iterator[Printed]:
    """Print the wire: its pages by day, month, story, source and topic, its feeds, data, and the sources as OPML.

    What other programs read is made of what is `public`, which in a preview may be less than what is shown.
    """
    from plugins.core.text.localised import Wording  # noqa: PLC0415 - Babel takes its time to load, and a check prints nothing

    name, days, entries = newsroom.settings["SITENAME"], published.days, published.entries
    checked_on = published.front.checked_on
    week = Wording(newsroom.language, newsroom.zone).first_weekday
    yield from pages.front(days, published.sources, published.topics, checked_on, published.pinned, week)
    yield from pages.by_day(days, week)
    yield from pages.of_stories(published.stories, entries)
    for save_as, url, title in pages.former_addresses(published.stories, entries):
        yield File(save_as, moved.page(url, title, newsroom.siteurl, newsroom.language))
    yield pages.embed(public.days)
    by_source = story_list.by_source(published.updates)
    for source in published.sources:
        yield from pages.of_one(source, "source", by_source.get(source.id, ()), entries)
    for topic in published.topics:
        yield from pages.of_one(topic, "topic", story_list.about(published.updates, topic.id), entries)
    told = feeds.Told(sources, newsroom.siteurl, published.desk.edits, say)
    yield from _feeds(public, told, newsroom)
    about = data_files.About(newsroom.siteurl, name, newsroom.language, newsroom.zone)
    yield from (File(path, text) for path, text in data_files.documents(public.days, public.pinned, about))
    deployed_at = newsroom.now if newsroom.settings["PUBLISHING"] else None
    yield File(status.PATH, status.status(published.sources, checked_on, deployed_at))
    if opml := feeds.opml(sources.values(), f"{name}: sources"):
        yield File(feeds.OPML_PATH, opml)


def links(topics: Iterable[TopicView], sources: Mapping[str, Source]) -> tuple[core_feeds.FeedLink, ...]:
    """Return the wire's feeds as readers are told of them."""
    kinds = (core_feeds.link(f"kind-{kind}") for kind in _kinds(sources))
    return (
        core_feeds.link("updates"),
        core_feeds.link("stories"),
        *(topic.feed for topic in topics),
        *kinds,
    )


def _feeds(published: Published, told: feeds.Told, newsroom: Newsroom) -> Iterator[core_feeds.Feed]:
    """Print the feeds of the wire, of each topic and each kind of source, all with their history, and of stories."""
    every, sources = published.every, told.sources
    yield from _with_history(core_feeds.Feed("updates", "updates/", ()), every, published, told, newsroom)
    for topic in published.topics:
        named = core_feeds.Feed(topic.feed.key, topic.url, (), topic.title)
        yield from _with_history(named, story_list.about(every, topic.id), published, told, newsroom)
    for kind in _kinds(sources):
        theirs = tuple(update for update in every if sources[update.source].kind == kind)
        yield from _with_history(core_feeds.Feed(f"kind-{kind}", "updates/", ()), theirs, published, told, newsroom)
    yield feeds.of_stories(published.stories, told, newsroom.settings["FEED_MAX_ITEMS"])


def _with_history(
    named: core_feeds.Feed, every: tuple[Update, ...], published: Published, told: feeds.Told, newsroom: Newsroom
) -> Iterator[core_feeds.Feed]:
    """Print a feed, its latest updates and all that no archived document has yet, then those documents."""
    off = published.desk.unpublished
    closed, left = feed_history.parts(every, newsroom.now)
    keys = [part.key for part in closed]

    def made(updates: Iterable[Update]) -> core_feeds.Feed:
        shown = story_list.newest_first(update for update in updates if update.id not in off)
        return replace(named, entries=feeds.entries(shown, told))

    latest = [update for update in every if update.id not in off][: newsroom.settings["FEED_MAX_ITEMS"]]
    yield feeds.placed(made({update.id: update for update in (*latest, *left)}.values()), keys)
    for number, part in enumerate(closed):
        yield feeds.placed(made(part.updates), keys, number)


def _kinds(sources: Mapping[str, Source]) -> Iterator[Kind]:
    present = {source.kind for source in sources.values()}
    return (kind for kind in get_args(Kind) if kind in present)
