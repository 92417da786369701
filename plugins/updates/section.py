"""The wire as a section of the site: load, resolve the desk's orders, cluster, make views, publish."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache as once

from plugins.core.code_version import code_version
from plugins.core.errors import Problem, SiteError
from plugins.sections.model import Edition, ExternalLink, NavItem, Newsroom, Printer
from plugins.sections.printed import LazyContext, Printed, Unit
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.archive.stored_updates import stored_updates
from plugins.updates.cache_folder import CacheFolder
from plugins.updates.config.load import HandWritten, read_archive, read_content
from plugins.updates.desk.order import Desk
from plugins.updates.desk.resolve import resolve_orders, without_hidden
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Update, by_id, ids_of, of_sources, without
from plugins.updates.parse.archived import made_safe
from plugins.updates.publish import summaries
from plugins.updates.publish.build_views import ViewBuilder, source_status, source_view, topic_view
from plugins.updates.publish.views import TopicView, WireSite
from plugins.updates.publish.wire import Wire, build_wire, feed_links, print_wire, template_context
from plugins.updates.settings import UpdatesSettings
from plugins.updates.stories.steps import steps
from plugins.updates.stories.stories import group

_ID = re.compile(r"(?!\.)[\w.~-]+")
READS = ("updates/sources.toml", "updates/topics.toml", "updates/desk.toml", "updates/*.md")


def edition(newsroom: Newsroom) -> Edition:
    """Return the wire's edition: its problems, or all that is published; without sources there is no wire.

    A check prints nothing, so nothing is clustered until a page, a feed or a template's value is asked for: of 10,000
    updates that is 2.6 s.
    """
    # Load what is written by hand, and the archive.
    written = read_content(newsroom.content / "updates", newsroom.zone)
    try:
        cache = CacheFolder(newsroom.cache / "wire")
        archive = read_archive(newsroom.content / "archive" / "updates")
        archive = replace(archive, updates=stored_updates(archive.stored, made_safe, cache))
    except SiteError as error:
        problems = (*written.problems, *error.problems)
        return Edition("updates", problems, READS, incomplete_kinds=frozenset(("update", "story")))

    # Resolve the desk's orders; they may be about updates whose source is no more.
    known = (*archive.updates.values(), *written.updates)
    invalid = written.hand_ids - ids_of(written.updates)
    desk, unresolved = resolve_orders(written.desk.orders, known, written.desk.locate, invalid, written.sites)
    problems = (*written.problems, *unresolved, *_duplicate_ids(written, archive), *_odd_ids(archive))
    if problems or not written.sources:
        ids = written.hand_ids | archive.updates.keys()
        return Edition("updates", problems, READS, defines=dict.fromkeys(("update", "story"), ids))

    # Choose what is shown. Only a preview shows what is scheduled, and feeds and data files never have it.
    updates = [*of_sources(archive.updates.values(), written.sources), *_by_hand(written)]
    scheduled = frozenset(update.id for update in written.updates if update.first_seen > newsroom.now)
    public_updates = without(updates, scheduled)
    preview = bool(scheduled) and newsroom.shows_drafts
    shown_updates = updates if preview else public_updates
    shown = ids_of(shown_updates) - desk.unpublished

    # Cluster and make views, when first asked.
    site = _site(newsroom)
    public = once(lambda: _wire(public_updates, written, archive, desk, site, frozenset(), cache))
    wire = public
    if preview:
        wire = once(lambda: _wire(updates, written, archive, desk, site, scheduled, cache))

    def publish(printer: Printer) -> Iterator[Printed | Unit]:
        yield from print_wire(wire(), public(), written.sources, site, printer.say)
        cache.use(summaries.kept_names(public(), site, _made_by()))
        cache.drop_unused()  # both are clustered now

    # Publish.
    return Edition(
        name="updates",
        reads=READS,
        navigation=(NavItem("updates", "updates/", 20),),
        feeds=feed_links(_topic_views(written).values(), written.sources),
        context=LazyContext(lambda: template_context(wire(), written.sources)),
        defines=dict.fromkeys(("update", "story"), shown),
        defined_later=dict.fromkeys(("update", "story"), scheduled - shown),
        links=tuple(_links(written, shown)),
        publish=publish,
        news=lambda period: summaries.news(public().stories, public().views, desk.pins, period),
        findables=lambda: summaries.findables(public(), site, _made_by(), cache),
    )


def _wire(
    updates: Sequence[Update],
    written: HandWritten,
    archive: Archive,
    desk: Desk,
    site: WireSite,
    scheduled: Set[str],
    cache: CacheFolder,
) -> Wire:
    """Cluster the updates into stories, and lay out both; `scheduled` ids are marked as such."""
    # What is hidden or taken down is clustered first and left out then, so that it moves no other; where the text of
    # what was taken down is gone, the archive says where it stood.
    told: list[Update] = []
    bare: list[Update] = []
    for update in updates:
        if update.id in desk.taken_down and not update.title:
            bare.append(update)
        else:
            told.append(update)
    stories = group(
        told,
        kinds=written.kinds,
        outlets=written.outlets,
        sites=written.sites,
        joins=desk.joins,
        splits=desk.splits,
        bare=bare,
        budget=site.story_budget,
        cache=cache,
    )
    stories = without_hidden(stories, desk.unpublished)
    near = steps(stories, cache)

    source_views = by_id(map(source_view, written.sources.values()))
    statuses = tuple(source_status(source, archive.records.get(source.id)) for source in written.sources.values())
    views = ViewBuilder(source_views, _topic_views(written), site.zone, site.language, desk.edits, scheduled)
    records = tuple(archive.records.values())
    return build_wire(updates, stories, near, sources=statuses, views=views, desk=desk, records=records, site=site)


def _made_by() -> str:
    """Return which code makes what can be found."""
    return code_version("core", "updates", "sections")


def _topic_views(written: HandWritten) -> dict[str, TopicView]:
    """Return the views of the topics, by their ids."""
    return {topic.id: topic_view(topic.id, topic.title) for topic in written.topics}


def _by_hand(written: HandWritten) -> Iterator[Update]:
    """Yield the updates entered by hand with the topics they are about; they are kept whatever the topics say."""
    for update in written.updates:
        keeps_all = replace(written.sources[update.source], keep="all")
        decision = filter_item(update, written.topics, keeps_all)
        if isinstance(decision, Kept):
            yield replace(update, topics=decision.matches)
        else:
            yield update


def _duplicate_ids(written: HandWritten, archive: Archive) -> Iterator[Problem]:
    for entry in written.by_hand:
        if entry.update.id in archive.updates:
            what = f"the id {entry.update.id!r} is taken by an archived update"
            yield Problem(entry.where, 0, what, "give the file another name")


def _odd_ids(archive: Archive) -> Iterator[Problem]:
    """Yield archived updates whose id is no part of an address, as only a hand could write one: a page lies there."""
    for id in archive.updates:
        if not _ID.fullmatch(id):
            what = f"an archived update’s id cannot stand in an address (got {id[:60]!r})"
            yield Problem("content/archive/updates", 0, what, "remove the row, or get the file back from git")


def _links(written: HandWritten, shown: Set[str]) -> Iterator[ExternalLink]:
    """Yield the addresses that updates entered by hand lead to, for the link check: they are the editor's word."""
    for entry in written.by_hand:
        if entry.update.url and entry.update.id in shown:
            yield ExternalLink(entry.where, 1, entry.update.url)


def _site(newsroom: Newsroom) -> WireSite:
    site, own = newsroom.site, newsroom.settings.of(UpdatesSettings)
    return WireSite(
        url=newsroom.siteurl,
        name=site.sitename,
        language=newsroom.language,
        zone=newsroom.zone,
        now=newsroom.now,
        front_entries=own.front_page,
        fresh_days=own.fresh_days,
        feed_entries=site.feed_max_items,
        deployed_at=newsroom.now if site.publishing else None,
        as_of=newsroom.as_of,
        source_share=own.source_share,
        story_budget=own.story_budget,
    )
