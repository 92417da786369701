"""The wire as a section: the archive and the updates entered by hand, grouped into stories, as pages and feeds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from plugins.core import feeds as core_feeds
from plugins.core.errors import Problem, SiteError
from plugins.core.urls import canonical
from plugins.sections.models import Edition, ExternalLink, File, NavItem, Newsroom, Printed
from plugins.updates import feeds, pages, pipeline, status, wire
from plugins.updates.archive import Archive
from plugins.updates.entries import Entries, latest
from plugins.updates.filter import Kept, judge
from plugins.updates.models import Source, Story, Update
from plugins.updates.pipeline import Written
from plugins.updates.stories import group
from plugins.updates.views import SourceView, TopicView, WireDay, WireView


@dataclass(frozen=True, slots=True)
class Published:
    """Everything the wire's pages and feeds are made of; updates and days are newest first."""

    updates: tuple[Update, ...]
    stories: tuple[Story, ...]
    days: tuple[WireDay, ...]
    sources: tuple[SourceView, ...]
    topics: tuple[TopicView, ...]
    entries: Entries
    front: WireView


def edition(newsroom: Newsroom) -> Edition:
    """Return the wire's edition; without sources there is no wire."""
    written = pipeline.read_content(newsroom.content / "updates", newsroom.zone)
    try:
        stored = pipeline.read_archive(newsroom.content / "archive" / "updates")
    except SiteError as error:
        return Edition("updates", problems=(*written.problems, *error.problems))
    problems = (*written.problems, *_doubles(written, stored.updates))
    if problems or not written.sources:
        return Edition("updates", problems=problems)
    published = _published(written, stored, newsroom)
    return Edition(
        name="updates",
        navigation=(NavItem("updates", "updates/", 20),),
        feeds=(core_feeds.link("updates", "Updates"), *(topic.feed for topic in published.topics)),
        context={"wire": published.front, "opml": feeds.OPML_PATH},
        offers={"update": frozenset(update.id for update in published.updates)},
        links=tuple(ExternalLink(entry.where, 1, entry.update.url) for entry in written.by_hand if entry.update.url),
        publish=lambda _: _print(published, written.sources, newsroom),
    )


def _doubles(written: Written, archived: Mapping[str, Update]) -> Iterator[Problem]:
    for entry in written.by_hand:
        if entry.update.id in archived:
            what = f"the id {entry.update.id!r} is taken by an archived update"
            yield Problem(entry.where, 0, what, "give the file another name")


def _published(written: Written, stored: Archive, newsroom: Newsroom) -> Published:
    settings, sources = newsroom.settings, written.sources
    updates = wire.newest_first((*_archived(stored, sources), *_by_hand(written)))
    kinds = {source.id: source.kind for source in sources.values()}
    outlets = {source.id: source.title for source in sources.values()}
    stories = group(updates, canonical, kinds=kinds, outlets=outlets)
    shown = {source.id: wire.source_view(source, stored.records.get(source.id)) for source in sources.values()}
    topics = {topic.id: wire.topic_view(topic.id, topic.title) for topic in written.topics}
    entries = Entries(shown, topics, newsroom.zone, newsroom.language)
    days = entries.days(stories)
    answered = [record.last_success for record in stored.records.values() if record.last_success]
    front = WireView(
        days=latest(days, settings["UPDATES_FRONT_PAGE"]),
        checked_on=max(answered, default=None),
        stale=wire.is_stale(stored.records.values(), newsroom.now, settings["UPDATES_FRESH_DAYS"]),
    )
    return Published(updates, stories, days, tuple(shown.values()), tuple(topics.values()), entries, front)


def _archived(stored: Archive, sources: Mapping[str, Source]) -> Iterable[Update]:
    """Return the archive's updates of the sources there are; those of a source taken out of sources.toml wait."""
    return (update for update in stored.updates.values() if update.source in sources)


def _by_hand(written: Written) -> Iterator[Update]:
    """Return the updates entered by hand, with the topics they are about; all are kept."""
    for entry in written.by_hand:
        verdict = judge(entry.update, written.topics, replace(written.sources[entry.update.source], keep="all"))
        yield replace(entry.update, topics=verdict.matches) if isinstance(verdict, Kept) else entry.update


def _print(published: Published, sources: Mapping[str, Source], newsroom: Newsroom) -> Iterator[Printed]:
    """Print the wire: its pages by day, month, story, source and topic, its feeds, and the sources as OPML."""
    entries, updates = published.entries, published.updates
    yield from pages.front(published.days, published.sources, published.topics, published.front.checked_on)
    yield from pages.by_day(published.days)
    yield from pages.of_stories(published.stories, entries)
    by_source = wire.by_source(updates)
    for source in published.sources:
        yield from pages.of_one(source, "source", by_source.get(source.id, ()), entries)
    limit, name = newsroom.settings["FEED_MAX_ITEMS"], newsroom.settings["SITENAME"]
    yield feeds.feed("updates", f"{name}: updates", "updates/", updates[:limit], sources, newsroom.siteurl)
    for topic in published.topics:
        about = wire.about(updates, topic.id)
        yield from pages.of_one(topic, "topic", about, entries)
        title = f"{name}: {topic.title}"
        yield feeds.feed(topic.feed.key, title, topic.url, about[:limit], sources, newsroom.siteurl)
    deployed_at = newsroom.now if newsroom.settings["PUBLISHING"] else None
    yield File(status.PATH, status.status(published.sources, published.front.checked_on, deployed_at))
    yield File(feeds.OPML_PATH, feeds.opml(sources.values(), f"{name}: sources"))
