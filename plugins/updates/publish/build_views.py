"""Updates, stories, sources and topics → the views that templates print (`views`). The site's zone is an argument."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins.core import confidential
from plugins.core.syndication.write import feed_model
from plugins.core.text.urls import without_trackers
from plugins.sections.printed import Standing
from plugins.updates.desk.order import Edits
from plugins.updates.digests import SIZE, digest, digests
from plugins.updates.model import Kind, Source, SourceRecord, Story, Update
from plugins.updates.publish.layout import DayLines, Line, WireLayout, day_url, topics_of
from plugins.updates.publish.views import EntryView, SourceStatus, SourceView, StoryView, TopicView, WireDay


class ViewBuilder:
    """Makes entries of updates, and views of days and stories; and, for much less, digests of what these are made of.

    `sources` and `topics` are the views by id; `language` is the site's; `scheduled` are the ids of updates that only a
    preview shows. `layout` says where each has its place.
    """

    def __init__(
        self,
        sources: Mapping[str, SourceView],
        topics: Mapping[str, TopicView],
        zone: ZoneInfo,
        language: str,
        edits: Edits | None = None,
        scheduled: Set[str] = frozenset(),
    ) -> None:
        self.sources, self.topics = sources, topics
        kinds: dict[str, Kind] = {}
        self._source_digests: dict[str, bytes] = {}
        for name, view in sources.items():
            kinds[name] = view.kind
            self._source_digests[name] = digest(repr(view))
        self.topics_digest = digest(repr(tuple(topics.values())))
        self.layout = WireLayout(zone, kinds)
        self._zone, self._language = zone, language
        self._edits, self._scheduled = edits or Edits(), scheduled
        self._changed = self._edits.titles.keys() | self._edits.notes.keys() | scheduled

    def entry(self, update: Update, story: Story | None = None) -> EntryView:
        """Return the view of one update, of a story where the page shows stories."""
        source = self.sources[update.source]
        title, retitled_from = update.title, ""
        if update.id in self._edits.titles:
            title, retitled_from = self._edits.titles[update.id], update.title
        story_page = ""
        if story and story.has_page:
            story_page = story_url(story.id)
        language = update.language
        if language == self._language:
            language = ""  # the page says it already
        standing = None
        if update.id in self._scheduled:
            standing = Standing("scheduled", update.sorted_by)
        return EntryView(
            id=update.id,
            title=title,
            link=without_trackers(update.url),
            at=update.sorted_by,
            dated=update.date_from != "first-seen",
            source=source,
            outlet=update.outlet or source.title,
            summary=Markup(update.summary),  # noqa: S704 - SafeHtml, the one thing templates trust
            authors=update.authors,
            earlier_titles=tuple((one.title, one.until) for one in update.earlier_titles),
            topics=tuple(filter(None, map(self.topics.get, topics_of(update)))),
            lang=language,
            by_hand=update.by_hand,
            day_url=f"{day_url(self.layout.day_of(update))}#{update.id}",
            story_url=story_page,
            note=self._edits.notes.get(update.id, ""),
            retitled_from=retitled_from,
            timed=not (update.day_only or (update.by_hand and self._is_midnight(update))),
            standing=standing,
        )

    def entry_digest(self, update: Update, story: Story | None = None) -> bytes:
        """Return a digest of all that `entry` makes a view of, besides the topics' views (`topics_digest`).

        It is 32 bytes, then the id of the story that has a page, and a zero. A large wire asks for a million of them.
        """
        known = digests(update).shown + self._source_digests[update.source]
        if update.id in self._changed:
            edits = (self._edits.titles.get(update.id), self._edits.notes.get(update.id), update.id in self._scheduled)
            known = blake2b(repr((known, edits)).encode("utf-8", "surrogatepass"), digest_size=2 * SIZE).digest()
        if story and len(story.updates) > 1:
            return known + f"{story.id}\0".encode()
        return known + b"\0"

    def source_digest(self, source: str) -> bytes:
        """Return a digest of a source's view."""
        return self._source_digests[source]

    def edits_digest(self, updates: Iterable[Update]) -> bytes:
        """Return a digest of what the desk says about any of the updates, and of which are only in a preview."""
        changed = [update for update in updates if update.id in self._changed]
        return blake2b(b"".join(map(self.entry_digest, changed)), digest_size=SIZE).digest()

    def story_mark(self, story: Story) -> bytes:
        """Return a digest of all that is shown of a story, besides the views of its sources and of topics.

        It has as many bytes as an update's digest, which it is of a single update: most stories are one.
        """
        updates = story.updates
        if len(updates) == 1 and updates[0].id not in self._changed:
            return digests(updates[0]).shown
        head = repr((story.id, len(updates), sorted(story.secondhand)))
        digested = blake2b(head.encode("utf-8", "surrogatepass"), digest_size=SIZE)
        for update in updates:
            if update.id in self._changed:
                digested.update(self.entry_digest(update))
            else:
                digested.update(digests(update).shown)
        return digested.digest()

    def _entries(self, updates: Iterable[Update], story: Story | None) -> tuple[EntryView, ...]:
        return tuple(self.entry(update, story) for update in updates)

    def line(self, line: Line) -> EntryView:
        """Return the entry of a line, with the others of the line in `also_in`."""
        entry = self.entry(line.lead, line.story)
        if len(line.updates) == 1:
            return entry
        return replace(entry, also_in=self._entries(line.updates[1:], line.story))

    def day(self, day: DayLines) -> WireDay:
        """Return the view of a day."""
        return WireDay(day.date, day.url, tuple(map(self.line, day.lines)))

    def days(self, days: Iterable[DayLines]) -> tuple[WireDay, ...]:
        """Return the views of days."""
        return tuple(map(self.day, days))

    def day_digest(self, day: DayLines) -> bytes:
        """Return a digest of all that `day` makes a view of."""
        parts = [repr((day.date, self.topics_digest)).encode()]
        for updates, story in day.lines:
            parts.append(len(updates).to_bytes(4))
            parts += [self.entry_digest(update, story) for update in updates]
        return blake2b(b"".join(parts), digest_size=SIZE).digest()

    def pinned(
        self, ids: Iterable[str], stories: Iterable[Story], days: Iterable[DayLines] = ()
    ) -> tuple[EntryView, ...]:
        """Return the entries of those ids that are published, in that order, for the top of the wire.

        A pinned entry is left out of its day; one that led a line there has the others of the line in `also_in`.
        """
        wanted = dict.fromkeys(ids)
        if not wanted:
            return ()
        found: dict[str, EntryView] = {}
        for story in stories:
            for update in story.updates:
                if update.id in wanted:
                    found[update.id] = self.entry(update, story)
        for day in days:
            for line in day.lines:
                if line.lead.id in wanted:
                    found[line.lead.id] = self.line(line)
        return tuple(replace(found[name], pinned=True) for name in wanted if name in found)

    def _is_midnight(self, update: Update) -> bool:
        """Say whether an update is dated at midnight in the site's zone: what a date without a time becomes."""
        return update.sorted_by.astimezone(self._zone).time() == time()

    def story(self, story: Story) -> StoryView:
        """Return the view of a story; its entries are in the story's own order, the lead first."""
        entries = self._entries(story.updates, story)
        times = story.times
        return StoryView(story.id, story_url(story.id), entries, first=min(times), last=max(times))

    def story_digest(self, story: Story | None) -> bytes:
        """Return a digest of all that `story` makes a view of; b"" where there is no story."""
        if story is None:
            return b""
        digested = blake2b(repr((story.id, sorted(story.secondhand), self.topics_digest)).encode(), digest_size=SIZE)
        for update in story.updates:
            digested.update(self.entry_digest(update, story))
        return digested.digest()


def story_url(story_id: str) -> str:
    """Return where a story's page is."""
    return f"updates/stories/{story_id}/"


def source_view(source: Source) -> SourceView:
    """Return the view of a source, as it stands beside each of its updates."""
    return SourceView(
        id=source.id,
        title=source.title,
        kind=source.kind,
        url=f"updates/sources/{source.id}/",
        link=source.site,
        feed_link=public_address(source.feed),
        has_feed=bool(source.feed),
        by_hand=not (source.feed or source.fallback or source.file),
    )


@lru_cache(maxsize=4096)  # a feed asks for each entry's source
def public_address(address: str) -> str:
    """Return a feed's address, "" where it may not be handed to readers: a password or token is in it."""
    return address if confidential.is_for_all(address) else ""


def source_status(source: Source, record: SourceRecord | None) -> SourceStatus:
    """Return a source's view with how it does; `record` is what the archive has of it, None where it never answered."""
    record = record or SourceRecord(source.id)
    detail = moved_to = ""
    if confidential.is_for_all(source.feed):  # else both may repeat what its address keeps secret
        detail, moved_to = confidential.published(record.detail), public_address(record.moved_to)
    return SourceStatus(
        **asdict(source_view(source)),
        last_success=record.last_success,
        last_new=record.last_new,
        failing_since=record.failing_since,
        failure=record.failure,
        detail=detail,
        gone_on=record.gone_on,
        moved_to=moved_to,
    )


def topic_view(name: str, title: str) -> TopicView:
    """Return the view of a topic."""
    return TopicView(name, title, f"updates/topics/{name}/", feed_model.link(f"topic-{name}", title))


def is_stale(checked_on: date | None, now: datetime, fresh_days: int) -> bool:
    """Say whether no source has answered for more than `fresh_days` days, which the wire then says to readers.

    `checked_on` is the last day on which one did; where none ever has, nothing is stale.
    """
    return checked_on is not None and now.date() - checked_on > timedelta(days=fresh_days)
