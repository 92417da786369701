"""Which update stands where: the days, the lines of each, and their months, by what is known of updates without text.

So it is known what is on a page, and whether it is as it was, before anything of it is made or read.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plugins.updates.model import WORKERS, Kind, Story, Update, ids_of

SHARED_DAYS = timedelta(days=7)
"""The latest days, in which the entries of all sources are looked for, so that none takes the room of the others."""


class Line(NamedTuple):
    """A line of the wire: updates of one day, the first of which leads; of a story, where the page shows stories."""

    updates: tuple[Update, ...]
    story: Story | None = None

    @property
    def lead(self) -> Update:
        """Return the update that the line shows, before which the others are folded."""
        return self.updates[0]


@dataclass(frozen=True, slots=True)
class DayLines:
    """One day of the wire, with its lines, newest first."""

    date: date
    url: str
    lines: tuple[Line, ...]


class WireLayout:
    """Finds the place of updates, in the site's `zone`; `kinds` are the sources' kinds by their ids."""

    def __init__(self, zone: ZoneInfo, kinds: Mapping[str, Kind]) -> None:
        self._zone, self._kinds = zone, kinds

    def day_of(self, update: Update) -> date:
        """Return the day whose page has an update."""
        return update.sorted_by.astimezone(self._zone).date()

    def days(self, stories: Iterable[Story]) -> tuple[DayLines, ...]:
        """Return the days, newest first; a story of several days is on each of them, with that day's updates.

        The first of these leads their line, and the others are folded under it; but no union's under its employer's.
        """
        days = defaultdict[date, list[Line]](list)
        for story in stories:
            if not story.has_page:
                days[self.day_of(story.lead)].append(Line(story.updates, story))
                continue
            by_day = defaultdict[date, list[Update]](list)
            for update in story.updates:
                by_day[self.day_of(update)].append(update)
            for day, updates in by_day.items():
                days[day] += self._lines(updates, story)
        for lines in days.values():
            lines.sort(key=lambda line: line.lead.id)
            lines.sort(key=lambda line: line.lead.sorted_by, reverse=True)
        return _newest_days_first(days)

    def alone(self, updates: Iterable[Update]) -> tuple[DayLines, ...]:
        """Return the days of updates that are shown without their stories, newest first; they are given so."""
        days = defaultdict[date, list[Line]](list)
        for update in updates:
            days[self.day_of(update)].append(Line((update,)))
        return _newest_days_first(days)

    def _lines(self, updates: Sequence[Update], story: Story) -> Iterator[Line]:
        """Yield the lines of a story's updates of one day: one, and one for each union's under its employer's."""
        first, *others = updates
        employer_leads = self._kinds[first.source] == "employer"
        folded, apart = [first], list[Update]()
        for update in others:
            if employer_leads and self._kinds[update.source] in WORKERS:
                apart.append(update)
            else:
                folded.append(update)
        yield Line(tuple(folded), story)
        for update in apart:
            yield Line((update,), story)


def _newest_days_first(days: Mapping[date, Sequence[Line]]) -> tuple[DayLines, ...]:
    return tuple(DayLines(day, day_url(day), tuple(days[day])) for day in sorted(days, reverse=True))


@lru_cache(maxsize=4096)  # each day is on the pages of every source and topic
def day_url(day: date) -> str:
    """Return where a day's page is."""
    return f"updates/{day:%Y/%m/%d}/"


def month_url(month: date) -> str:
    """Return where a month's page is."""
    return f"updates/{month:%Y/%m}/"


def by_month(days: Iterable[DayLines]) -> dict[date, tuple[DayLines, ...]]:
    """Return month (its first day) → its days; both newest first, as the days are given."""
    return {month: tuple(rows) for month, rows in groupby(days, lambda day: day.date.replace(day=1))}


def latest(days: Sequence[DayLines], most: int) -> tuple[DayLines, ...]:
    """Return the newest days, cut after `most` lines."""
    shown: list[DayLines] = []
    left = most
    for day in days:
        if left <= 0:
            break
        shown.append(replace(day, lines=day.lines[:left]))
        left -= len(day.lines)
    return tuple(shown)


def shared_out(days: Sequence[DayLines], most: int, share: float) -> tuple[DayLines, ...]:
    """Return the newest days, cut to `most` lines, of which one source has a `share` (0 to 1) while others have any.

    What others have is looked for in SHARED_DAYS, from the newest day back, so that a source which alone has news is
    not passed over for what is old.
    """
    if share >= 1:
        return latest(days, most)
    leads: list[Update] = []
    near = list(takewhile(lambda day: days[0].date - day.date < SHARED_DAYS, days))
    for day in near:
        leads += [line.lead for line in day.lines]
    passed_over = ids_of(leads) - within_share(leads, most, share)
    return latest([*_without_lines(near, passed_over), *days[len(near) :]], most)


def whole_days(days: Sequence[DayLines], most: int) -> tuple[DayLines, ...]:
    """Return the newest days, as many whole ones as `most` lines allow, at least one."""
    return tuple(days[: len(latest(days, most))])


def within_share(updates: Sequence[Update], most: int, share: float) -> set[str]:
    """Return the ids of at most `most` updates, which come newest first: of each source its share, the newest.

    Where that leaves room, every source has one more in turn.
    """
    of_one = max(1, int(most * share))
    counted: Counter[str] = Counter()
    ranked: list[tuple[int, int, str]] = []
    for place, update in enumerate(updates):
        counted[update.source] += 1
        above_share = max(0, counted[update.source] - of_one)
        ranked.append((above_share, place, update.id))
    ranked.sort()
    return {name for _, _, name in ranked[:most]}


def until(days: Iterable[DayLines], last: date | None) -> tuple[DayLines, ...]:
    """Return the days that are not after the last; all, where there is no last."""
    end = last or date.max
    return tuple(day for day in days if day.date <= end)


def without_pinned(days: Sequence[DayLines], pinned: Iterable[str]) -> tuple[DayLines, ...]:
    """Return the days without the lines that pinned updates lead, which are at the top of the wire already."""
    on_top = frozenset(pinned)
    if not on_top:
        return tuple(days)
    return tuple(_without_lines(days, on_top))


def _without_lines(days: Iterable[DayLines], leads: Set[str]) -> Iterator[DayLines]:
    """Yield the days without the lines of those leads, by their ids; no day that has no line then."""
    for day in days:
        lines = tuple(line for line in day.lines if line.lead.id not in leads)
        if lines:
            yield replace(day, lines=lines)


def newest_first(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return updates by time, the newest first; equal times in order of id."""
    by_id = sorted(updates, key=lambda update: update.id)
    return tuple(sorted(by_id, key=lambda update: update.sorted_by, reverse=True))


def by_topic(updates: Iterable[Update]) -> dict[str, list[Update]]:
    """Return topic → the updates that are about it, in the order given."""
    found = defaultdict[str, list[Update]](list)
    for update in updates:
        if update.topics:
            for topic in topics_of(update):
                found[topic].append(update)
    return found


def topics_of(*updates: Update) -> tuple[str, ...]:
    """Return the ids of the topics that updates are about, each once, in the order in which they were found."""
    found: dict[str, None] = {}
    for update in updates:
        for match in update.topics:
            found[match.topic] = None
    return tuple(found)


def by_source(updates: Iterable[Update]) -> dict[str, list[Update]]:
    """Return source → its updates, in the order given."""
    found = defaultdict[str, list[Update]](list)
    for update in updates:
        found[update.source].append(update)
    return found
