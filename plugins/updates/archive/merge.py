"""Merges the updates that came in into the archive: new ones are added, edited ones revised, all others left alone.

An update once archived never leaves because a feed dropped it, and its dates never change. The outcome does not depend
on the order in which updates come in, so that two machines which see the same items archive the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import starmap
from operator import attrgetter

from plugins.updates.model import DateFrom, EarlierTitle, Item, Match, Source, Update

MOST_REVISIONS = 5
"""Edits taken over that bring no new headline: a feed that puts the time of day into its items stops there."""
MOST_TITLES = 20
"""Earlier headlines kept of one update; after that its headline stays."""
_AHEAD = timedelta(hours=1)
"""How far a feed's clock may run ahead of ours before its date is not believed."""
_NO_DATE = datetime(1970, 1, 2, tzinfo=UTC)
"""Software that has no date writes the first day of Unix time, or of the calendar; nothing was published then."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The archive's updates by id, and the ids of those that are new and of those that were edited."""

    updates: Mapping[str, Update]
    new: frozenset[str]
    changed: frozenset[str]


def make_update(id: str, item: Item, source: Source, matches: tuple[Match, ...], now: datetime) -> Update:
    """Return an item as it goes into the archive when first seen, its times exact to the second.

    It is dated by what the feed calls its publication, else its update, else by first sight. A date in the future is
    not believed: what claims it is kept, and counts as having happened when it was first seen.
    """
    now = _exact(now)
    published, date_from = _dated(item, now)
    return Update(
        id=id,
        source=source.id,
        url=item.url,
        title=item.title,
        summary=item.summary,
        authors=item.authors,
        published=published,
        date_from=date_from,
        first_seen=now,
        topics=matches,
        guid=item.guid,
        tags=item.tags,
        language=item.language,
        via=item.via,
        day_only=item.day_only and date_from == "published",
        outlet=item.outlet,
    )


def merge(archived: Mapping[str, Update], incoming: Iterable[Update], now: datetime) -> Merged:
    """Return the archive with what came in: new updates added, edited ones revised, every other as it was.

    Merging the same again changes nothing, and the order of `incoming` never matters: where two share an id, the one
    dated last is taken.
    """
    now = _exact(now)
    latest: dict[str, Update] = {}
    for update in incoming:
        other = latest.get(update.id)
        latest[update.id] = update if other is None else max(update, other, key=_order)
    updates = dict(archived)
    new, changed = set(), set()
    for id, update in sorted(latest.items()):
        old = archived.get(id)
        if old is None:
            updates[id] = update if update.first_seen <= now else replace(update, first_seen=now)
            new.add(id)
        elif (revised := _revise(old, update, now)) != old:
            updates[id] = revised
            changed.add(id)
    return Merged(updates, frozenset(new), frozenset(changed))


def union(one: Mapping[str, Update], other: Mapping[str, Update]) -> dict[str, Update]:
    """Return two archives as one, such as of two branches: the updates of both, by `resolve` where they meet."""
    both = {**one, **other}
    for id in one.keys() & other.keys():
        both[id] = resolve(one[id], other[id])
    return both


def resolve(one: Update, other: Update) -> Update:
    """Return two records of the same update as one, the same whichever comes first; no headline is lost.

    The earliest sight and its dates stand. For the rest, a record corrected by hand wins, then the one revised more
    often, then, so that every machine chooses alike, the one whose content sorts last. The other's headline becomes
    an earlier one, but not of what was taken down.
    """
    loser, winner = sorted((one, other), key=_standing)
    first = min(one, other, key=lambda update: (update.first_seen, update.published, update.date_from))
    # Of a headline that both have had, the first time it was changed is kept.
    seen: dict[str, datetime] = {}
    for earlier in (*one.earlier_titles, *other.earlier_titles):
        seen[earlier.title] = min(earlier.until, seen.get(earlier.title, earlier.until))
    # The loser's headline was there until the winner's came: when the winner's last change was seen.
    seen.setdefault(loser.title, max(_until(winner).values(), default=winner.first_seen))
    seen.pop(winner.title, None)
    if winner.digest:
        seen.clear()  # of what was taken down no headline stays
    return replace(
        winner,
        published=first.published,
        date_from=first.date_from,
        day_only=first.day_only,
        first_seen=first.first_seen,
        earlier_titles=_titles(seen),
    )


def _revise(old: Update, new: Update, now: datetime) -> Update:
    """Return the archived record with an edit taken over, or as it was where the edit is none, or one too many."""
    if old.by_hand and not new.by_hand:
        return old
    # A feed that once leaves out an address or a headline has not taken it back.
    if not (new.url and new.title):
        new = replace(new, url=new.url or old.url, title=new.title or old.title)
    if _content(new) == _content(old):
        if new.topics == old.topics:
            return old
        return replace(old, topics=new.topics)
    if not new.by_hand and not _welcome(old, new):
        return old
    seen = _until(old)
    if new.title != old.title:
        seen[old.title] = now
    seen.pop(new.title, None)
    return replace(
        new,
        source=old.source,
        published=old.published,
        date_from=old.date_from,
        day_only=old.day_only,
        first_seen=old.first_seen,
        earlier_titles=_titles(seen),
        revisions=old.revisions + 1,
    )


def _welcome(old: Update, new: Update) -> bool:
    """Tell whether one more edit is taken over: few without a new headline, and a bounded number with one.

    Every edit counts as a revision and every new headline leaves an earlier one behind, so the difference counts the
    edits that brought nothing new, a headline going back and forth among them.
    """
    if new.title == old.title or new.title in _until(old):
        return old.revisions - len(old.earlier_titles) < MOST_REVISIONS
    return len(old.earlier_titles) < MOST_TITLES


def _until(update: Update) -> dict[str, datetime]:
    """Return until when an update had each of its earlier headlines."""
    return {earlier.title: earlier.until for earlier in update.earlier_titles}


def _titles(seen: Mapping[str, datetime]) -> tuple[EarlierTitle, ...]:
    return tuple(sorted(starmap(EarlierTitle, seen.items()), key=attrgetter("until", "title")))


def _dated(item: Item, now: datetime) -> tuple[datetime, DateFrom]:
    claims: tuple[tuple[datetime | None, DateFrom], ...] = ((item.published, "published"), (item.updated, "updated"))
    for claimed, date_from in claims:
        if claimed is not None and _NO_DATE <= claimed <= now + _AHEAD:
            return _exact(claimed), date_from
    return now, "first-seen"


def _exact(time: datetime) -> datetime:
    """Return a time in UTC to the second, as the archive holds it."""
    if time.tzinfo is UTC and not time.microsecond:
        return time
    return time.astimezone(UTC).replace(microsecond=0)


_content = attrgetter("title", "url", "summary", "authors", "tags", "language", "via", "guid", "by_hand", "outlet")
"""Gets what a feed may edit of an update."""
_all_values = attrgetter(*Update.__match_args__)


def _standing(update: Update) -> tuple[object, ...]:
    """Return what decides between two records, without the dates and headlines that both lend to the outcome."""
    taken_down = (update.digest, update.stood_with)
    return (update.by_hand, update.revisions, _content(update), repr(update.topics), update.source, taken_down)


def _order(update: Update) -> tuple[object, ...]:
    """Return a key that no two different updates share, later dates last."""
    return (update.published, _content(update), tuple(map(repr, _all_values(update))))
