"""What one run takes in: each feed's items identified, judged, and merged with the archive.

Grows as feeds arrive; holds no body. The steps it calls are pure, and so is this: the time is handed in, and nothing is
read or written here. One source's items touch no other source's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from plugins.updates.archive.fallback_ids import namesakes
from plugins.updates.archive.identity import Known, identify
from plugins.updates.archive.merge import make_update, merge
from plugins.updates.archive.rows import Drop
from plugins.updates.archive.source_record import next_drops, next_record, overlaps
from plugins.updates.desk.takedowns import Takedowns
from plugins.updates.filter.matching import Dropped, Kept, Weighed, judge, weigh
from plugins.updates.filter.topic import Topic
from plugins.updates.model import Item, Parsed, Source, SourceRecord, Update
from plugins.updates.outcomes import Failure, Outcome


@dataclass(slots=True)
class Tally:
    """What came of one source's items in this run."""

    items: int = 0
    new: int = 0
    changed: int = 0
    dropped: int = 0
    problems: tuple[str, ...] = ()


# No repr of its own: asyncio makes one of what a run returns, and it would be many times the archive's size.
@dataclass(slots=True, repr=False)
class Intake:
    """The archive as it will be: `updates` by id, `records` by source, `drops`, and a tally a source.

    The updates handed in are not looked at, nor copied, before a feed brings something.
    """

    updates: Mapping[str, Update]
    records: dict[str, SourceRecord]
    drops: tuple[Drop, ...]
    topics: tuple[Topic, ...]
    now: datetime
    down: Takedowns = field(default_factory=Takedowns)
    dropped: list[Drop] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    _kept: defaultdict[str, dict[str, Update]] = field(default_factory=lambda: defaultdict(dict))
    _left_out: defaultdict[str, list[Update]] = field(default_factory=lambda: defaultdict(list))
    _opened: dict[str, Update] | None = None

    def __post_init__(self) -> None:
        self.drops = tuple(drop for drop in self.drops if not self.down.cover(drop.update.id, drop.update.url))

    def open(self) -> dict[str, Update]:
        """Return the updates as they may be changed, sorted out by source when they are first needed."""
        if self._opened is not None:
            return self._opened
        self.updates = self._opened = dict(self.updates)
        for update in self.updates.values():
            self._kept[update.source][update.id] = update
        for drop in self.drops:
            self._left_out[drop.update.source].append(drop.update)
        return self._opened

    def take(self, source: Source, parsed: Parsed, moved_to: str = "") -> Failure | None:
        """Merge a feed's items into the archive, and remember by which policy they were told apart.

        A feed that came by a permanent redirect, to `moved_to`, and shares nothing with what is known of the source,
        is not the same feed: nothing of it is merged, and the Failure says so. Lapsed addresses are bought by others.
        """
        self.open()
        known = [*self._kept[source.id].values(), *self._left_out[source.id]]
        if moved_to and known and not overlaps(known, parsed.items):
            detail = f"it redirects for good to {moved_to}, whose items are not those known of this source"
            remedy = "look at it; if it is the same outlet, put the new address into sources.toml"
            return Failure(source.id, "moved", detail, remedy)
        record = self.records.get(source.id) or SourceRecord(source.id, identity=source.identity)
        policy = record.identity if record.identity_reason else source.identity
        found = identify(parsed.items, map(_known, known), policy, source=source.id)
        if found.reason:
            record = replace(record, identity=found.identity, identity_reason=found.reason)
        self.records[source.id] = record
        tally = self.tallies[source.id] = Tally(len(parsed.items), problems=parsed.problems)
        verdicts = (parsed if isinstance(parsed, Weighed) else weigh(parsed, self.topics, source)).verdicts
        self._merge(source, self._judged(source, zip(found.items, verdicts, strict=True), tally), tally)
        return None

    def conclude(self, source: Source, outcome: Outcome) -> None:
        """Remember how a source answered, once its items are in."""
        new = self.tallies[source.id].new if source.id in self.tallies else 0
        self.records[source.id] = next_record(self.records.get(source.id), source, outcome, new, self.now)

    def judge_again(self, sources: Mapping[str, Source]) -> Tally:
        """Apply the topics as they are now to what they dropped lately, and bring back what they keep."""
        tally = Tally(items=len(self.drops))
        for drop in self.drops:
            source = sources.get(drop.update.source)
            verdict = judge(drop.update, self.topics, source) if source else None
            if source and isinstance(verdict, Kept):
                self._merge(source, [replace(drop.update, topics=verdict.matches)], tally)
        return tally

    def remaining_drops(self) -> tuple[Drop, ...]:
        """Return what the topics dropped lately, without what they keep by now."""
        kept = () if self._opened is None else self._opened  # where nothing came, nothing dropped was kept since
        return next_drops(self.drops, self.dropped, kept, self.now.astimezone(UTC).date())

    def _judged(
        self, source: Source, items: Iterable[tuple[tuple[str, Item], Kept | Dropped]], tally: Tally
    ) -> list[Update]:
        """Return what the topics keep. What is archived already stays, whatever the rules say now."""
        kept: list[Update] = []
        for (name, item), verdict in items:
            if self._is_down(name, item, source):
                continue
            if not isinstance(verdict, Dropped):
                kept.append(make_update(name, item, source, verdict.matches, self.now))
            elif name in self.updates:
                kept.append(make_update(name, item, source, self.updates[name].topics, self.now))
            else:
                tally.dropped += 1
                update = make_update(name, item, source, (), self.now)
                self.dropped.append(Drop(self.now.astimezone(UTC).date(), verdict.reason, update))
        return kept

    def _is_down(self, name: str, item: Item, source: Source) -> bool:
        """Say whether an item was taken down: then it is neither archived, nor remembered as dropped."""
        if self.down.cover(name, item.url):
            return True
        return bool(self.down.ids and self.down.ids & namesakes(item, source.id))

    def _merge(self, source: Source, incoming: Iterable[Update], tally: Tally) -> None:
        self.open()
        known = self._kept[source.id]
        merged = merge(known, incoming, self.now)
        touched = {name: merged.updates[name] for name in merged.new | merged.changed}
        known.update(touched)
        self.open().update(touched)
        tally.new += len(merged.new)
        tally.changed += len(merged.changed)


def _known(update: Update) -> Known:
    published = update.published if update.date_from != "first-seen" else None
    return Known(update.id, update.guid, update.url, update.title, published)
