"""What is remembered of each source, from one run to the next: whether it answers, brings news, or has moved.

Exact to the day, so that a second run on the same day with no news changes no byte. Nothing here visits a source,
and no source is ever moved by machine: a move is proposed, and an editor decides.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import attrgetter

from plugins.core.polling.outcomes import Failure, Fetched, NotModified, Outcome, Waiting
from plugins.core.text.urls import canonical
from plugins.updates.model import Drop, Item, Source, SourceRecord, Update, ids_of, without

RUNS_TO_MOVE = 3
"""Runs in a row on which a source must have been redirected to the same address before the move is proposed."""
DAYS_DROPPED = 30
MOST_DROPPED = 3_000
"""Items of one source that are remembered of what topics dropped, the latest: a feed may hold 2,000 new ones a run."""
_PERMANENT = frozenset({301, 308})
_SHARED_TO_OVERLAP = 3
_TELLING_GUID = 12


@dataclass(frozen=True, slots=True)
class Move:
    """A source whose feed says it has moved for good."""

    source: str
    to: str


Sighted = Item | Update
"""What two looks at a feed are compared by: items as they come in, or archived updates."""


def next_record(
    previous: SourceRecord | None, source: Source, outcome: Outcome, new_items: int, now: datetime
) -> SourceRecord:
    """Return a source's record after a visit that brought `new_items` updates not seen before."""
    today = now.astimezone(UTC).date()
    record = previous or SourceRecord(source.id, identity=source.identity)
    if not record.identity_reason and record.identity != source.identity:
        record = replace(record, identity=source.identity)
    match outcome:
        case Waiting():
            return record
        case Failure():
            return _failed(record, source, outcome, today)
        case Fetched() | NotModified():
            target, moved_runs = _moved(record, source, outcome)
            answered = replace(
                record,
                last_success=today,
                last_new=today if new_items > 0 else record.last_new,
                failing_since=None,
                failure="",
                detail="",
                gone_on=None,
                gone_feed="",
                moved_to=target,
                moved_runs=moved_runs,
            )
            if isinstance(outcome, Fetched) and outcome.instead_of:
                # Its fallback answered: the feed itself is still failing, and the editor should see it.
                own = outcome.instead_of
                since = record.failing_since or today
                answered = replace(answered, failing_since=since, failure=own.kind, detail=own.detail)
            return answered


def _failed(record: SourceRecord, source: Source, failure: Failure, today: date) -> SourceRecord:
    # The details of a fault may differ from one try to the next (a duration, an address): those of the first are kept
    # for as long as the kind stays.
    if record.failure != failure.kind:
        record = replace(record, failure=failure.kind, detail=failure.detail)
    if failure.kind == "gone":
        record = replace(record, gone_on=record.gone_on or today, gone_feed=source.feed)
    return replace(record, failing_since=record.failing_since or today, moved_to="", moved_runs=0)


def resolve(one: SourceRecord, other: SourceRecord) -> SourceRecord:
    """Return the more recent of two records of one source, such as of two branches, whichever comes first."""
    return max(one, other, key=_recency)


def _recency(record: SourceRecord) -> tuple[date, date, str]:
    """Return a key that no two different records share, the latest last."""
    return (record.last_success or date.min, record.last_new or date.min, repr(record))


def next_drops(
    previous: Iterable[Drop], dropped: Iterable[Drop], kept: Container[str], today: date
) -> tuple[Drop, ...]:
    """Return what topics dropped lately: for DAYS_DROPPED days from the first time, unless it was `kept` since.

    Of one source they are MOST_DROPPED at most. What is dropped again keeps its day and its dates and takes the new
    reason, so that a run with no news changes nothing.
    """
    held: dict[str, Drop] = {}
    for drop in previous:
        if (today - drop.day).days < DAYS_DROPPED:
            held[drop.id] = drop
    for drop in sorted(dropped, key=repr):
        first = held.get(drop.id, drop)
        seen, published, date_from = first.update.first_seen, first.update.published, first.update.date_from
        update = replace(drop.update, first_seen=seen, published=published, date_from=date_from)
        held[update.id] = replace(drop, day=first.day, update=update)
    return _latest_of_each([drop for id, drop in sorted(held.items()) if id not in kept])


def _latest_of_each(drops: Sequence[Drop]) -> tuple[Drop, ...]:
    """Return the drops, of each source the latest MOST_DROPPED, in the order given."""
    by_source = defaultdict[str, list[Drop]](list)
    for drop in drops:
        by_source[drop.update.source].append(drop)
    too_old: set[str] = set()
    for of_source in by_source.values():
        if len(of_source) > MOST_DROPPED:
            of_source.sort(key=attrgetter("day", "update.first_seen", "update.id"))
            too_old |= ids_of(of_source[:-MOST_DROPPED])
    return tuple(without(drops, too_old))


def proposals(records: Iterable[SourceRecord]) -> tuple[Move, ...]:
    """Return the moves seen often enough to be put before the editor, by source."""
    moves: list[Move] = []
    for record in records:
        if record.moved_to and record.moved_runs >= RUNS_TO_MOVE:
            moves.append(Move(record.source, record.moved_to))
    return tuple(sorted(moves, key=attrgetter("source")))


def overlaps(old: Iterable[Sighted], new: Iterable[Sighted]) -> bool:
    """Tell whether a feed at a new address carries on the old one: enough of its items were known before the move.

    Enough are three, or all where one side has fewer. Items are the same by address (`canonical` is applied to it), by
    a guid long enough to be no mere number, or by headline, since a move to another domain changes every address.
    """
    known: set[tuple[str, str]] = set()
    old_count = 0
    for item in old:
        known |= _marks(item)
        old_count += 1
    looked: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
    for item in new:
        marks = _marks(item)
        if marks:
            # By the least of their marks, so that items which a feed lists twice count once.
            looked[min(marks)] = marks
    shared = sum(not known.isdisjoint(marks) for marks in looked.values())
    return shared > 0 and shared >= min(_SHARED_TO_OVERLAP, old_count, len(looked))


def moved_to(answer: Fetched | NotModified, source: Source) -> str:
    """Return where an answer says the feed has moved for good, or "": every hop has to be permanent."""
    if not answer.hops or not _PERMANENT.issuperset(hop.status for hop in answer.hops):
        return ""
    target = answer.hops[-1].url
    if target == source.feed:
        return ""
    return target


def _moved(record: SourceRecord, source: Source, answer: Fetched | NotModified) -> tuple[str, int]:
    """Return where the feed has moved for good, and on how many runs in a row it has said so."""
    target = moved_to(answer, source)
    if not target:
        return "", 0
    if target != record.moved_to:
        return target, 1
    return target, min(record.moved_runs + 1, RUNS_TO_MOVE)


def _marks(item: Sighted) -> frozenset[tuple[str, str]]:
    """Return by what an item is known again: the names and values of those of its marks that it has."""
    marks: set[tuple[str, str]] = set()
    if title := " ".join(item.title.casefold().split()):
        marks.add(("title", title))
    if url := canonical(item.url):
        marks.add(("url", url))
    if len(item.guid) >= _TELLING_GUID:
        marks.add(("guid", item.guid))
    return frozenset(marks)
