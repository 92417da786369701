"""Collecting, from the sources to the archive: `collect` is one loop over the steps, read from top to bottom.

    fetch      when a source is due, ask for its feed                        fetch/
    parse      the body becomes items: clean text, dates, safe links         parse/     in worker processes
    filter     the topics say of each item whether it is kept, and why       filter/    there too
    identify   an item is an update of the archive, or a new one             archive/identity
    admit      no source brings more than its budget                         archive/intake, parse/row_budget
    merge      what is new is added, what was edited is revised              archive/merge
    record     what the source answered is kept for the next run             archive/source_record, fetch/schedule

Nothing is written before the loop has ended; `store` does that.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from plugins.core.net.http import Get
from plugins.core.polling.by_host import is_offline, our_fault
from plugins.core.polling.outcomes import Failure, FeedState, Fetched, Outcome
from plugins.core.polling.schedule import remembered, waits_in
from plugins.core.topics.topic import Topic
from plugins.updates.archive import archive_folder, source_record
from plugins.updates.archive.identity import identify, ids_by_text
from plugins.updates.archive.intake import admit, edits_within, told
from plugins.updates.archive.merge import make_update, merge
from plugins.updates.budgets import Budgets
from plugins.updates.config.load import HandWritten
from plugins.updates.desk.resolve import resolve_orders
from plugins.updates.desk.takedowns import Takedowns, takedowns
from plugins.updates.fetch import schedule
from plugins.updates.fetch.fetcher import Fetcher, host_of
from plugins.updates.filter.matching import FilteredFeed, Kept, filter_item
from plugins.updates.model import Drop, Item, Source, SourceRecord, Update, by_id, ids_of, of_sources, without
from plugins.updates.parse.parallel import Parse, parse_all
from plugins.updates.parse.row_budget import row_bytes, within_row
from plugins.updates.stories.stories import arrival, group

log = logging.getLogger(__name__)

T = TypeVar("T")

Progress = Callable[[Source, Outcome], None]

MOST_PARSED = 8
"""Bodies that are parsed, or wait to be merged, at a time: twice as many as a small machine has worker processes."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What earlier runs left: the archive, and from the cache what the topics dropped lately, and the feeds' states."""

    archive: archive_folder.Archive
    drops: tuple[Drop, ...]
    states: Mapping[str, FeedState]


@dataclass(frozen=True, slots=True)
class Outside:
    """How a run reaches the outside: one polite GET, worker processes, files saved by hand, and a progress bar."""

    get: Get
    parse: Parse
    read_file: Callable[[str], bytes]
    progress: Progress = lambda source, outcome: None


@dataclass(slots=True)
class Tally:
    """What came of one source's items in a run: how many there were, and of these new, edited, about no topic.

    `held` are new and held back until a later run; `over` tells of each budget that was reached what to do. `kept_out`
    are the ids of those that were taken down, each with the reason in words.
    """

    items: int = 0
    new: int = 0
    changed: int = 0
    dropped: int = 0
    problems: tuple[str, ...] = ()
    held: int = 0
    over: tuple[str, ...] = ()
    kept_out: list[str] = field(default_factory=list)


# No repr of its own: asyncio makes one of what a run returns, and it would be many times the archive's size.
@dataclass(slots=True, repr=False)
class Collected:
    """The archive as it will be, and how each source answered; grows while a run collects.

    `updates` are by id, the others by source id; `down` is what the desk took down. `dropped` is what the topics
    dropped in this run, `drops` what they dropped in the days before it. `offline`: nobody could be reached, and most
    likely it is this machine's fault; then nothing is recorded of those who could not.
    """

    updates: Mapping[str, Update]
    records: dict[str, SourceRecord]
    drops: tuple[Drop, ...]
    now: datetime
    down: Takedowns = field(default_factory=Takedowns)
    dropped: list[Drop] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    states: dict[str, FeedState] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    offline: bool = False
    _dropped_before: Mapping[str, list[Update]] = field(init=False)
    _changed: dict[str, Update] | None = None
    _by_source: defaultdict[str, dict[str, Update]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        """Sort what was dropped by source, once."""
        dropped_before = defaultdict(list)
        for drop in self.drops:
            dropped_before[drop.update.source].append(drop.update)
        self._dropped_before = dropped_before

    def known(self, source: str) -> list[Update]:
        """Return every item of a source that was seen before: its archived updates, and what was dropped lately."""
        return [*self.of(source).values(), *self._dropped_before.get(source, ())]

    def of(self, source: str) -> dict[str, Update]:
        """Return a source's archived updates by id. The archive is read when this is first asked for."""
        if self._changed is None:
            self.updates = self._changed = dict(self.updates)
            for update in self.updates.values():
                self._by_source[update.source][update.id] = update
        return self._by_source[source]

    def add(self, source: str, updates: Mapping[str, Update]) -> None:
        """Take over a source's new and revised updates."""
        self.of(source).update(updates)
        if self._changed is not None:
            self._changed.update(updates)

    def remaining_drops(self) -> tuple[Drop, ...]:
        """Return what the topics dropped lately, without what they keep by now."""
        kept = () if self._changed is None else self._changed
        return source_record.next_drops(self.drops, self.dropped, kept, self.now.astimezone(UTC).date())


async def collect(
    content: HandWritten,
    stored: Stored,
    outside: Outside,
    now: datetime,
    *,
    force: bool = False,
    budgets: Budgets = Budgets(),  # noqa: B008 - frozen
) -> Collected:
    """Ask every source that is due, and return the archive as it will be. Writes nothing.

    Whatever goes wrong with one source is that source's Failure; the others go on. No source brings more than its
    `budgets` let it.
    """
    archived = stored.archive.updates
    down = Takedowns()
    if any(order.verb == "takedown" for order in content.desk.orders):  # else the archive need not be read yet
        down = takedowns(content.desk.orders, archived.values(), content.sites)
        archived = _without_text(archived, down, content)
    drops = tuple(drop for drop in stored.drops if not down.has(drop.update))
    collected = Collected(archived, dict(stored.archive.records), drops, now, down)
    fetcher = Fetcher(
        get=outside.get,
        now=now,
        states=stored.states,
        records=stored.archive.records,
        host_waits=waits_in(stored.states, now),
        force=force,
        read_file=outside.read_file,
    )
    answers = fetcher.fetch_all(content.sources.values())
    async for source, answer, feed in parse_all(answers, outside.parse, MOST_PARSED):
        outcome: Outcome = answer
        if feed is not None and isinstance(answer, Fetched):
            try:
                outcome = _take_in(source, answer, feed, collected, budgets) or answer
            except Exception as error:
                log.debug("%s: unexpected", source.id, exc_info=True)
                outcome = our_fault(source.id, "parse error", error)
        _record(source, outcome, stored, collected)
        outside.progress(source, outcome)
    collected.offline = _is_offline(content.sources.values(), stored, collected)
    if collected.offline:
        _forget_failures(stored, collected)
    # In the order of sources.toml, not of the answers, as the report is read.
    collected.outcomes = {name: collected.outcomes[name] for name in content.sources}
    collected.states |= remembered(fetcher.host_waits)
    return collected


def _is_offline(sources: Iterable[Source], stored: Stored, collected: Collected) -> bool:
    """Say whether it is most likely this machine that has no network."""
    failing = {name for name, record in stored.archive.records.items() if record.failure}
    asked: list[tuple[str, str, Outcome]] = []
    for source in sources:
        if source.address:
            asked.append((source.id, host_of(source), collected.outcomes[source.id]))
    return is_offline(asked, failing)


def _take_in(
    source: Source, answer: Fetched, feed: FilteredFeed, collected: Collected, budgets: Budgets
) -> Failure | None:
    """Identify a feed's items and merge those that are kept; a Failure where it is not the feed we know.

    A feed that came by a permanent redirect and shares nothing with what is known of the source is not the same feed:
    lapsed addresses are bought by others. Nothing of it is merged.
    """
    known = collected.known(source.id)
    new_address = source_record.moved_to(answer, source)
    if new_address and known and not source_record.overlaps(known, feed.items):
        detail = f"it redirects for good to {new_address}, whose items are not those known of this source"
        remedy = "look at it; if it is the same outlet, put the new address into sources.toml"
        return Failure(source.id, "moved", detail, remedy)

    record = collected.records.get(source.id) or SourceRecord(source.id, identity=source.identity)
    policy = record.identity if record.identity_reason else source.identity
    identified = identify(feed.items, known, policy, source=source.id)
    if identified.reason:
        log.info("%s: items are told apart by %s: %s", source.id, identified.identity, identified.reason)
        record = replace(record, identity=identified.identity, identity_reason=identified.reason)
    collected.records[source.id] = record

    tally = collected.tallies[source.id] = Tally(len(feed.items), problems=feed.problems)
    kept: list[Update] = []
    guids = Counter[str]()
    if collected.down:
        guids.update(item.guid for item in set(feed.items))
    for (id, item), decision in zip(identified.items, feed.decisions, strict=True):
        marked = item
        if guids[item.guid] > 1:
            # A guid that a feed gives to several of its items says nothing of one that was taken down.
            marked = replace(item, guid="")
        if why := _taken_down(id, marked, source, collected.down):
            tally.kept_out.append(f"{id} ({why})")
            log.info("%s: %s was taken down, and is not taken in again: known by %s", source.id, id, why)
        elif isinstance(decision, Kept):
            kept.append(make_update(id, item, source, decision.matches, collected.now))
        elif id in collected.updates:
            # What is archived stays, whatever the topics say now.
            kept.append(make_update(id, item, source, collected.updates[id].topics, collected.now))
        else:
            tally.dropped += 1
            update = make_update(id, item, source, (), collected.now)
            collected.dropped.append(Drop(collected.now.astimezone(UTC).date(), decision.reason, update))
            log.debug("%s: dropped %s “%s”: %s", source.id, id, item.title, decision.reason)
    _merge(source, _within(budgets, source, kept, collected, tally), collected, tally)
    return None


def _within(
    budgets: Budgets, source: Source, kept: Iterable[Update], collected: Collected, tally: Tally
) -> list[Update]:
    """Return what is taken in of the updates that the topics keep, and count what is not.

    What is archived already may be edited, whatever is new. A source that is a file alone was saved by the editor, who
    has seen how much it is.
    """
    archived = collected.of(source.id)
    most = budgets.item.text_bytes if source.full_text else budgets.item.row_bytes
    known: list[Update] = []
    new: list[Update] = []
    cut = 0
    for update in kept:
        fitting = within_row(update, most)
        if update.id in archived:
            known.append(fitting)
        else:
            new.append(fitting)
            cut += fitting is not update
    if not source.address:
        return [*known, *new]
    record = collected.records.get(source.id)
    is_first = not archived and (record is None or record.last_success is None)
    each = by_id(new).values()  # a feed may list an item twice
    admitted = admit(each, archived.values(), source, budgets.intake, collected.now, row_bytes, is_first=is_first)
    edited = edits_within(known, archived, source, budgets.intake, collected.now)
    admitted = replace(admitted, unedited=len(known) - len(edited))
    tally.held = admitted.held + admitted.unedited
    tally.over = tuple(told(admitted, cut, most, source, budgets.intake))
    taken = ids_of(admitted.taken)
    return edited + [update for update in new if update.id in taken]


def _merge(source: Source, kept: Iterable[Update], collected: Collected, tally: Tally) -> None:
    merged = merge(collected.of(source.id), kept, collected.now)
    tally.new += len(merged.new)
    tally.changed += len(merged.changed)
    came: dict[str, Update] = {}
    for id in sorted(merged.new | merged.changed):
        update = came[id] = merged.updates[id]
        verb = "new" if id in merged.new else "revised"
        log.debug("%s: %s %s “%s”: %s", source.id, verb, id, update.title, ", ".join(_reasons(update)) or "kept whole")
    collected.add(source.id, came)


def _reasons(update: Update) -> Iterator[str]:
    """Yield why an update is about each of its topics."""
    for match in update.topics:
        yield f"{match.topic} by “{match.term}” in {match.field}"


def _taken_down(id: str, item: Item, source: Source, down: Takedowns) -> str:
    """Return by what an item was taken down, "" where it was not.

    Where it has lost its other marks, that is an id made of its text.
    """
    if why := down.why(item, source.id, id):
        return why
    if down.ids and down.ids & ids_by_text(item, source.id):
        return "its text"
    return ""


def _without_text(archived: Mapping[str, Update], down: Takedowns, content: HandWritten) -> Mapping[str, Update]:
    """Return the archive's updates without the text of those taken down. Doing it twice changes nothing.

    Of those that have their text still, it is noted beside which others they stand in a story.
    """
    bare = down.without_text(archived)
    for id, update in archived.items():
        if bare[id].title != update.title:
            return down.without_text(archived, _beside(archived, content))
    return bare


def _beside(archived: Mapping[str, Update], content: HandWritten) -> Mapping[str, str]:
    """Return, for each update that was taken down, the id of another of its story that stays, the first to arrive."""
    updates = [*of_sources(archived.values(), content.all_sources), *content.updates]
    told: list[Update] = []
    bare: list[Update] = []
    for update in updates:
        if update.title:
            told.append(update)
        else:
            bare.append(update)
    desk, _ = resolve_orders(content.desk.orders, updates, sites=content.sites)
    found: dict[str, str] = {}
    for story in group(told, outlets=content.outlets, joins=desk.joins, splits=desk.splits, bare=bare):
        down = ids_of(story.updates) & desk.taken_down
        staying = without(story.updates, down)
        if down and staying:
            found |= dict.fromkeys(down, min(staying, key=arrival).id)
    return found


def _record(source: Source, outcome: Outcome, stored: Stored, collected: Collected) -> None:
    """Keep how a source answered, without the body: for the archive, the next request, and the run's report."""
    tally = collected.tallies.get(source.id) or Tally()
    record = collected.records.get(source.id)
    collected.records[source.id] = source_record.next_record(record, source, outcome, tally.new, collected.now)
    state = stored.states.get(source.id) or FeedState(source.id)
    state = schedule.after(source, state, outcome, collected.now)
    if tally.held:
        # What was held back is still in the feed, and must not be missed behind "not modified".
        state = replace(state, etag="", last_modified="", digest="")
    collected.states[source.id] = state
    if isinstance(outcome, Fetched):
        outcome = replace(outcome, body=b"")
    collected.outcomes[source.id] = outcome


def _forget_failures(stored: Stored, collected: Collected) -> None:
    """Take back what was recorded of sources that could not be reached: they were not the cause.

    Where a file saved by hand was read in a feed's place, that stays, and the feed is remembered as it was before.
    """
    for name, outcome in collected.outcomes.items():
        before = stored.archive.records.get(name)
        if isinstance(outcome, Failure) and outcome.kind == "unreachable":
            _restore(collected.records, name, before)
            _restore(collected.states, name, stored.states.get(name))
        elif isinstance(outcome, Fetched) and outcome.instead_of:
            known = before or SourceRecord(name)
            collected.records[name] = replace(
                collected.records[name], failing_since=known.failing_since, failure=known.failure, detail=known.detail
            )


def _restore(rows: dict[str, T], name: str, before: T | None) -> None:
    if before is None:
        rows.pop(name, None)
    else:
        rows[name] = before


def filter_again(collected: Collected, topics: tuple[Topic, ...], sources: Mapping[str, Source]) -> Tally:
    """Apply the topics as they are now to what they dropped lately, and bring back what they keep."""
    tally = Tally(items=len(collected.drops))
    for drop in collected.drops:
        source = sources.get(drop.update.source)
        if source is None:
            continue
        decision = filter_item(drop.update, topics, source)
        if isinstance(decision, Kept):
            _merge(source, [replace(drop.update, topics=decision.matches)], collected, tally)
    return tally


def store(folder: Path, stored: Stored, collected: Collected) -> tuple[str, ...]:
    """Write what changed to the archive; return the names of the files written. Raises SiteError."""
    changed = replace(stored.archive, updates=collected.updates, records=collected.records)
    return archive_folder.write(folder, changed)
