"""Updates, stories, sources and topics → the views that templates print (`views`). The site's zone is an argument."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins.core import confidential
from plugins.core.syndication.write import feed_model
from plugins.core.text.urls import without_trackers
from plugins.sections.printed import Standing
from plugins.updates.desk.order import Edits
from plugins.updates.model import WORKERS, Source, SourceRecord, Story, Update
from plugins.updates.publish.views import EntryView, SourceView, StoryView, TopicView, WireDay

SHARED_DAYS = timedelta(days=7)
"""The latest days, in which the entries of all sources are looked for, so that none takes the room of the others."""


class ViewBuilder:
    """Makes entries of updates, and days and story views of stories.

    `sources` and `topics` are the views by id; `language` is the site's; `scheduled` are the ids of updates that only a
    preview shows.
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
        self._zone, self._language = zone, language
        self._edits, self._scheduled = edits or Edits(), scheduled

    def day_of(self, update: Update) -> date:
        """Return the day whose page has an update, in the site's zone."""
        return update.sorted_by.astimezone(self._zone).date()

    def entry(self, update: Update, story: Story) -> EntryView:
        """Return the view of one update of a story."""
        named = dict.fromkeys(match.topic for match in update.topics)
        return EntryView(
            id=update.id,
            title=self._edits.titles.get(update.id, update.title),
            link=without_trackers(update.url),
            at=update.sorted_by,
            dated=update.date_from != "first-seen",
            source=self.sources[update.source],
            outlet=update.outlet or self.sources[update.source].title,
            summary=Markup(update.summary),  # noqa: S704 - SafeHtml, the one thing templates trust
            authors=update.authors,
            earlier_titles=tuple((one.title, one.until) for one in update.earlier_titles),
            topics=tuple(self.topics[name] for name in named if name in self.topics),
            lang=update.language if update.language != self._language else "",
            by_hand=update.by_hand,
            day_url=f"{day_url(self.day_of(update))}#{update.id}",
            story_url=story_url(story.id) if len(story.updates) > 1 else "",
            note=self._edits.notes.get(update.id, ""),
            retitled_from=update.title if update.id in self._edits.titles else "",
            timed=not (update.day_only or (update.by_hand and self._is_midnight(update))),
            standing=Standing("scheduled", update.sorted_by) if update.id in self._scheduled else None,
        )

    def pinned(
        self, ids: Iterable[str], stories: Iterable[Story], days: Iterable[WireDay] = ()
    ) -> tuple[EntryView, ...]:
        """Return the entries of those ids that are published, in that order, for the top of the wire.

        A pinned entry is left out of its day; one that led a line there has the others of the line in `also_in`.
        """
        wanted = dict.fromkeys(ids)
        if not wanted:
            return ()
        found: dict[str, EntryView] = {}
        for story in stories:
            found |= {update.id: self.entry(update, story) for update in story.updates if update.id in wanted}
        for day in days:
            found |= {entry.id: entry for entry in day.entries if entry.id in wanted}
        return tuple(replace(found[name], pinned=True) for name in wanted if name in found)

    def _is_midnight(self, update: Update) -> bool:
        """Say whether an update is dated at midnight in the site's zone: what a date without a time becomes."""
        return update.sorted_by.astimezone(self._zone).time() == time()

    def story(self, story: Story) -> StoryView:
        """Return the view of a story; its entries are in the story's own order, the lead first."""
        return StoryView(
            id=story.id,
            url=story_url(story.id),
            entries=tuple(self.entry(update, story) for update in story.updates),
            first=min(story.times),
            last=max(story.times),
        )

    def days(self, stories: Iterable[Story]) -> tuple[WireDay, ...]:
        """Return the days, newest first; a story of several days is on each of them, with that day's updates.

        The first of these leads their line, and the others are folded under it; but no union's under its employer's.
        """
        days: dict[date, list[EntryView]] = {}
        for story in stories:
            for day, updates in self._by_day(story).items():
                first, *others = (self.entry(update, story) for update in updates)
                lines = days.setdefault(day, [])
                is_employers = first.source.kind == "employer"
                folded = tuple(one for one in others if not (is_employers and one.source.kind in WORKERS))
                lines.append(replace(first, also_in=folded))
                lines += [one for one in others if is_employers and one.source.kind in WORKERS]
        return tuple(_day(day, days[day]) for day in sorted(days, reverse=True))

    def _by_day(self, story: Story) -> dict[date, list[Update]]:
        days: dict[date, list[Update]] = {}
        for update in story.updates:
            days.setdefault(self.day_of(update), []).append(update)
        return days


def story_url(story_id: str) -> str:
    """Return where a story's page is."""
    return f"updates/stories/{story_id}/"


def day_url(day: date) -> str:
    """Return where a day's page is."""
    return f"updates/{day:%Y/%m/%d}/"


def latest(days: Sequence[WireDay], most: int) -> tuple[WireDay, ...]:
    """Return the newest days, cut after `most` entries."""
    shown: list[WireDay] = []
    left = most
    for day in days:
        if left <= 0:
            break
        shown.append(replace(day, entries=day.entries[:left]))
        left -= len(day.entries)
    return tuple(shown)


def shared_out(days: Sequence[WireDay], most: int, share: float) -> tuple[WireDay, ...]:
    """Return the newest days, cut to `most` entries, of which one source has a `share` (0 to 1) while others have any.

    What others have is looked for in SHARED_DAYS, from the newest day back, so that a source which alone has news is
    not passed over for what is old.
    """
    if share >= 1:
        return latest(days, most)
    newest = next((day.date for day in days if day.entries), None)
    near = [day for day in days if newest and newest - day.date < SHARED_DAYS]
    chosen = within_share([entry for day in near for entry in day.entries], most, share)
    kept = [replace(day, entries=tuple(entry for entry in day.entries if entry.id in chosen)) for day in near]
    return latest([*(day for day in kept if day.entries), *days[len(near) :]], most)


def within_share(entries: Sequence[EntryView], most: int, share: float) -> set[str]:
    """Return the ids of at most `most` entries, which come newest first: of each source its share, the newest.

    Where that leaves room, every source has one more in turn.
    """
    of_one = max(1, int(most * share))
    counted: Counter[str] = Counter()
    ranked: list[tuple[int, int, str]] = []
    for place, entry in enumerate(entries):
        counted[entry.source.id] += 1
        ranked.append((max(0, counted[entry.source.id] - of_one), place, entry.id))
    return {name for _, _, name in sorted(ranked)[:most]}


def until(days: Iterable[WireDay], last: date | None) -> tuple[WireDay, ...]:
    """Return the days that are not after the last; all, where there is no last."""
    return tuple(day for day in days if last is None or day.date <= last)


def without_pinned(days: Sequence[WireDay], pinned: Iterable[EntryView]) -> tuple[WireDay, ...]:
    """Return the days without the pinned entries, which are at the top of the wire already."""
    on_top = {entry.id for entry in pinned}
    if not on_top:
        return tuple(days)
    left: list[WireDay] = []
    for day in days:
        entries = tuple(one for one in day.entries if one.id not in on_top)
        if entries:
            left.append(replace(day, entries=entries))
    return tuple(left)


def _day(day: date, entries: list[EntryView]) -> WireDay:
    ordered = sorted(sorted(entries, key=lambda entry: entry.id), key=lambda entry: entry.at, reverse=True)
    return WireDay(day, day_url(day), tuple(ordered))


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates by time, the newest first; equal times in order of id."""
    by_id = sorted(updates, key=lambda update: update.id)
    return tuple(sorted(by_id, key=lambda update: update.sorted_by, reverse=True))


def source_view(source: Source, record: SourceRecord | None) -> SourceView:
    """Return the view of a source; `record` is what the archive has of it, None where it never answered."""
    record = record or SourceRecord(source.id)
    is_public = confidential.is_for_all(source.feed)
    return SourceView(
        id=source.id,
        title=source.title,
        kind=source.kind,
        url=f"updates/sources/{source.id}/",
        link=source.site,
        feed_link=source.feed if is_public else "",
        has_feed=bool(source.feed),
        by_hand=not (source.feed or source.fallback or source.file),
        last_success=record.last_success,
        last_new=record.last_new,
        failing_since=record.failing_since,
        failure=record.failure,
        detail=confidential.published(record.detail) if is_public else "",
        gone_on=record.gone_on,
        moved_to=record.moved_to if is_public and confidential.is_for_all(record.moved_to) else "",
    )


def topic_view(name: str, title: str) -> TopicView:
    """Return the view of a topic."""
    return TopicView(name, title, f"updates/topics/{name}/", feed_model.link(f"topic-{name}", title))


def about(updates: Iterable[Update], topic: str) -> tuple[Update, ...]:
    """Return the updates that are about a topic, in the order given."""
    return tuple(update for update in updates if any(match.topic == topic for match in update.topics))


def is_stale(records: Iterable[SourceRecord], now: datetime, fresh_days: int) -> bool:
    """Say whether no source has answered for more than `fresh_days` days, which the wire then says to readers."""
    answered = [record.last_success for record in records if record.last_success]
    return bool(answered) and now.date() - max(answered) > timedelta(days=fresh_days)


def by_source(updates: Iterable[Update]) -> dict[str, tuple[Update, ...]]:
    """Return source → its updates, in the order given."""
    rows = sorted(updates, key=lambda update: update.source)
    return {source: tuple(group) for source, group in groupby(rows, key=lambda update: update.source)}
