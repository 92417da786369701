"""How far the topics reach: what each keeps of the last days' items, and which of its terms find nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plugins.core.topics.topic import Topic
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Source, Update

DAYS = 30
"""Days for which dropped items are remembered (archive.dropped_items)."""
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Reach:
    """A topic, the number of `items` it was asked about, how many of them it keeps, and its terms found in none."""

    topic: Topic
    kept: int
    items: int
    idle: tuple[str, ...]


def recent(updates: Iterable[Update], now: datetime) -> list[Update]:
    """Return the updates first seen in the last days."""
    return [update for update in updates if now - update.first_seen <= timedelta(days=DAYS)]


def reach(topics: Iterable[Topic], items: Sequence[Update], sources: Mapping[str, Source]) -> Iterator[Reach]:
    """Yield what each topic, as it is now, keeps of the items; those of a source that is no more are not counted."""
    for topic in topics:
        kept = seen = 0
        terms = tuple(dict.fromkeys((*topic.any, *topic.all, *topic.none, *topic.ignore)))
        probe = replace(topic, any=terms, all=(), none=(), ignore=())
        met: set[str] = set()
        for item in items:
            source = sources.get(item.source)
            if source is None or (source.topics and topic.id not in source.topics):
                continue
            seen += 1
            source = replace(source, keep="matching")
            kept += isinstance(filter_item(item, [topic], source), Kept)
            found = filter_item(item, [probe], source)
            if isinstance(found, Kept):
                met.update(match.term for match in found.matches)
        idle = dict.fromkeys(term.written for term in terms if term.written not in met)
        yield Reach(topic, kept, seen, tuple(idle))


def lines(reaches: Iterable[Reach]) -> Iterator[str]:
    """Yield the lines that `./inv check --topics` prints."""
    for one in reaches:
        yield f"topic {one.topic.id}: keeps {one.kept} of the {one.items} items of the last {DAYS} days"
        if one.items and one.idle:
            named = ", ".join(one.idle[:_MOST_NAMED])
            if len(one.idle) > _MOST_NAMED:
                named += f", and {len(one.idle) - _MOST_NAMED} more"
            yield f"  nothing found by {named}"
