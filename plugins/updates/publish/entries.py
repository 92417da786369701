"""Updates and stories → what templates show: entries, days, stories. Pure; the zone is handed in."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

from markupsafe import Markup

from plugins.core.text.urls import without_trackers
from plugins.sections.model import Standing
from plugins.updates.desk.order import Edits
from plugins.updates.model import Story, Update
from plugins.updates.publish.views import EntryView, SourceView, StoryView, TopicView, WireDay


class Entries:
    """Turns updates into entries, and stories into days. Holds what all entries share."""

    def __init__(
        self,
        sources: Mapping[str, SourceView],
        topics: Mapping[str, TopicView],
        zone: ZoneInfo,
        language: str,
        edits: Edits | None = None,
        scheduled: Set[str] = frozenset(),
    ) -> None:
        self._sources, self._topics, self._zone, self._language = sources, topics, zone, language
        self._edits, self._scheduled = edits or Edits(), scheduled

    def day_of(self, update: Update) -> date:
        """Return the day an update stands under, in the site's zone."""
        return update.sorted_by.astimezone(self._zone).date()

    def entry(self, update: Update, story: Story) -> EntryView:
        """Return one update as it is shown."""
        named = dict.fromkeys(match.topic for match in update.topics)
        return EntryView(
            id=update.id,
            title=self._edits.titles.get(update.id, update.title),
            link=without_trackers(update.url),
            at=update.sorted_by,
            dated=update.date_from != "first-seen",
            source=self._sources[update.source],
            summary=Markup(update.summary),  # noqa: S704 - SafeHtml, the one thing templates trust
            authors=update.authors,
            earlier_titles=tuple((one.title, one.until) for one in update.earlier_titles),
            topics=tuple(self._topics[name] for name in named if name in self._topics),
            lang=update.language if update.language != self._language else "",
            by_hand=update.by_hand,
            day_url=f"{day_url(self.day_of(update))}#{update.id}",
            story_url=story_url(story.id) if len(story.updates) > 1 else "",
            note=self._edits.notes.get(update.id, ""),
            retitled_from=update.title if update.id in self._edits.titles else "",
            timed=not (update.by_hand and self._is_midnight(update)),
            standing=Standing("scheduled", update.sorted_by) if update.id in self._scheduled else None,
        )

    def pinned(
        self, ids: Iterable[str], stories: Iterable[Story], days: Iterable[WireDay] = ()
    ) -> tuple[EntryView, ...]:
        """Return the updates of those ids that are on show, in that order, as they stand on top of the wire.

        One that leads a line of its day brings the others of that line along, since it stands there no more.
        """
        wanted = dict.fromkeys(ids)
        if not wanted:
            return ()
        found = {
            update.id: self.entry(update, story) for story in stories for update in story.updates if update.id in wanted
        }
        found |= {entry.id: entry for day in days for entry in day.entries if entry.id in wanted}
        return tuple(replace(found[name], pinned=True) for name in wanted if name in found)

    def _is_midnight(self, update: Update) -> bool:
        """Say whether the update is dated at the beginning of a day here: what a date without a time becomes."""
        return update.sorted_by.astimezone(self._zone).time() == time()

    def story(self, story: Story) -> StoryView:
        """Return a story as it is shown, its lead first and the others by time."""
        times = [update.sorted_by for update in story.updates]
        return StoryView(
            id=story.id,
            url=story_url(story.id),
            entries=tuple(self.entry(update, story) for update in story.updates),
            first=min(times),
            last=max(times),
        )

    def days(self, stories: Iterable[Story]) -> tuple[WireDay, ...]:
        """Return the days, newest first; a story of several days stands on each, with that day's updates."""
        days: dict[date, list[EntryView]] = {}
        for story in stories:
            for day, updates in self._by_day(story).items():
                first, *others = (self.entry(update, story) for update in updates)
                days.setdefault(day, []).append(replace(first, also_in=tuple(others)))
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


def without_pinned(days: Sequence[WireDay], pinned: Iterable[EntryView]) -> tuple[WireDay, ...]:
    """Return the days without the lines that stand on top of the wire already; an update is pinned, not doubled."""
    on_top = {entry.id for entry in pinned}
    if not on_top:
        return tuple(days)
    left = (replace(day, entries=tuple(one for one in day.entries if one.id not in on_top)) for day in days)
    return tuple(day for day in left if day.entries)


def _day(day: date, entries: list[EntryView]) -> WireDay:
    ordered = sorted(sorted(entries, key=lambda entry: entry.id), key=lambda entry: entry.at, reverse=True)
    return WireDay(day, day_url(day), tuple(ordered))
