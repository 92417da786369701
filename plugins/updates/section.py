"""The wire as a section: archive, hand-entered updates and the desk's orders together, as stories, pages and feeds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cache, partial

from plugins.core.errors import Problem, SiteError
from plugins.sections.model import Edition, ExternalLink, NavItem, Newsroom
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.config.load import Written, read_archive, read_content
from plugins.updates.desk.order import Desk
from plugins.updates.desk.resolve import resolve_orders, without_hidden
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Source, Update
from plugins.updates.publish import feeds, findables, news, output, story_list
from plugins.updates.publish.entries import Entries, latest, without_pinned
from plugins.updates.publish.output import Published
from plugins.updates.publish.views import WireView
from plugins.updates.stories.stories import group

READS = ("updates/sources.toml", "updates/topics.toml", "updates/desk.toml", "updates/*.md")


def edition(newsroom: Newsroom) -> Edition:
    """Return the wire's edition; without sources there is no wire."""
    folder = newsroom.content / "updates"
    written = read_content(folder, newsroom.zone)
    try:
        stored = read_archive(newsroom.content / "archive" / "updates")
    except SiteError as error:
        problems = (*written.problems, *error.problems)
        return Edition("updates", problems, READS, unsure=frozenset(("update", "story")))
    torn = written.hand_ids - {entry.update.id for entry in written.by_hand}
    desk, unresolved = resolve_orders(written.desk.orders, _known(written, stored), written.desk.locate, torn)
    problems = (*written.problems, *unresolved, *_doubles(written, stored.updates))
    if problems or not written.sources:
        ids = written.hand_ids | stored.updates.keys()
        return Edition("updates", problems, READS, offers=dict.fromkeys(("update", "story"), ids))
    scheduled = frozenset(entry.update.id for entry in written.by_hand if entry.update.first_seen > newsroom.now)
    ready = replace(written, by_hand=tuple(entry for entry in written.by_hand if entry.update.id not in scheduled))
    public = cache(partial(_published, ready, stored, desk, newsroom))
    # Only a preview shows what is scheduled, and never to other programs.
    previewed = bool(scheduled) and newsroom.shows_drafts
    made = cache(partial(_published, written, stored, desk, newsroom, scheduled)) if previewed else public
    shown = frozenset(
        one.id for one in _every(written if previewed else ready, stored) if one.id not in desk.unpublished
    )
    topics = tuple(story_list.topic_view(topic.id, topic.title) for topic in written.topics)
    return Edition(
        name="updates",
        reads=READS,
        navigation=(NavItem("updates", "updates/", 20),),
        feeds=output.links(topics, written.sources),
        context=WhenAsked(lambda: _context(made(), written.sources)),
        offers=dict.fromkeys(("update", "story"), shown),
        awaited=dict.fromkeys(("update", "story"), scheduled - shown),
        links=tuple(_links(written, shown)),
        publish=lambda printer: output.print_wire(made(), public(), written.sources, newsroom, printer.say),
        news=lambda period: news.news(public().stories, public().entries, desk.pins, period),
        findables=lambda: findables.findables(public(), newsroom),
    )


class WhenAsked(Mapping[str, object]):
    """Values that are made when one is first asked for: a check prints nothing, and grouping is most of the work."""

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self._make = cache(make)

    def __getitem__(self, name: str) -> object:
        return self._make()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())

    def __len__(self) -> int:
        return len(self._make())


def _context(published: Published, sources: Mapping[str, Source]) -> dict[str, object]:
    opml = feeds.OPML_PATH if any(source.feed for source in sources.values()) else ""
    return {"wire": published.front, "opml": opml, **_by_id(published)}


def _by_id(published: Published) -> dict[str, Mapping[str, object]]:
    """Return every update by its id, and every story that has a page by the id of each of its updates.

    So a story keeps every name it ever had: what texts call it by goes on leading to it while it grows.
    """
    views = [published.entries.story(story) for story in published.stories if len(story.updates) > 1]
    shown = (entry for day in published.days for first in day.entries for entry in (first, *first.also_in))
    return {
        "updates_by_id": {entry.id: entry for entry in shown},
        "stories_by_id": {entry.id: view for view in views for entry in view.entries},
    }


def _known(written: Written, stored: Archive) -> tuple[Update, ...]:
    """Return every update an order may be about, those of sources that are no more too."""
    return (*stored.updates.values(), *(entry.update for entry in written.by_hand))


def _links(written: Written, shown: Set[str]) -> Iterator[ExternalLink]:
    """Return the addresses that our word rests on: those of the updates entered by hand that are on show."""
    for entry in written.by_hand:
        if entry.update.url and entry.update.id in shown:
            yield ExternalLink(entry.where, 1, entry.update.url)


def _doubles(written: Written, archived: Mapping[str, Update]) -> Iterator[Problem]:
    for entry in written.by_hand:
        if entry.update.id in archived:
            what = f"the id {entry.update.id!r} is taken by an archived update"
            yield Problem(entry.where, 0, what, "give the file another name")


def _published(
    written: Written, stored: Archive, desk: Desk, newsroom: Newsroom, scheduled: Set[str] = frozenset()
) -> Published:
    settings, sources = newsroom.settings, written.sources
    every = story_list.newest_first(_every(written, stored))
    kinds = {source.id: source.kind for source in sources.values()}
    outlets = {source.id: source.title for source in sources.values()}
    # What was taken down counts for nothing, with or without its text. What is hidden is grouped first and left out
    # then, so that hiding an update moves no other.
    there = [update for update in every if update.id not in desk.taken_down]
    grouped = group(there, kinds=kinds, outlets=outlets, joins=desk.joins, splits=desk.splits)
    stories = without_hidden(grouped, desk.hidden)
    shown = {source.id: story_list.source_view(source, stored.records.get(source.id)) for source in sources.values()}
    topics = {topic.id: story_list.topic_view(topic.id, topic.title) for topic in written.topics}
    entries = Entries(shown, topics, newsroom.zone, newsroom.language, desk.edits, scheduled)
    days = entries.days(stories)
    answered = [record.last_success for record in stored.records.values() if record.last_success]
    pinned = entries.pinned(desk.pins, stories, days)
    front = WireView(
        days=latest(without_pinned(days, pinned), settings["UPDATES_FRONT_PAGE"]),
        checked_on=max(answered, default=None),
        stale=story_list.is_stale(stored.records.values(), newsroom.now, settings["UPDATES_FRESH_DAYS"]),
        pinned=pinned,
        came_at=max((one.first_seen for one in there if not one.by_hand), default=None),
    )
    return Published(
        every=every,
        updates=tuple(update for update in there if update.id not in desk.hidden),
        stories=stories,
        days=days,
        sources=tuple(shown.values()),
        topics=tuple(topics.values()),
        entries=entries,
        front=front,
        desk=desk,
    )


def _every(written: Written, stored: Archive) -> Iterator[Update]:
    """Return all updates there are to publish, those the desk keeps off the site too."""
    yield from _archived(stored, written.sources)
    yield from _by_hand(written)


def _archived(stored: Archive, sources: Mapping[str, Source]) -> Iterable[Update]:
    """Return the archive's updates of the sources there are; those of a source taken out of sources.toml wait."""
    return (update for update in stored.updates.values() if update.source in sources)


def _by_hand(written: Written) -> Iterator[Update]:
    """Return the updates entered by hand, with the topics they are about; all are kept."""
    for entry in written.by_hand:
        decision = filter_item(entry.update, written.topics, replace(written.sources[entry.update.source], keep="all"))
        yield replace(entry.update, topics=decision.matches) if isinstance(decision, Kept) else entry.update
