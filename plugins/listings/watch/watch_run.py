"""One run of the watch, from the boards to the archive: every board that is due is read, and what it changes told.

Nothing is written here. Whatever goes wrong with one board is that board's failure; the others go on.
"""

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from plugins.core.net.http import Get, PostJson, Response, Validators, authority
from plugins.core.polling import schedule
from plugins.core.polling.answers import failure
from plugins.core.polling.by_host import (
    fetch_by_host,
    is_offline,
    our_fault,
    posting_with_respect,
    respecting_quiet,
)
from plugins.core.polling.outcomes import Failure, FeedState, Fetched, NotModified, Outcome, Waiting
from plugins.listings.archive.listings_folder import ListingsArchive
from plugins.listings.board import Board, BoardBudget
from plugins.listings.boards.adapter import Request
from plugins.listings.boards.providers import ADAPTERS
from plugins.listings.posting import ArchivedListing, BoardRecord, Event
from plugins.listings.watch.board_read import REMEDIES, BoardRead, BoardReader, Look
from plugins.listings.watch.changes import Changes, ListingChange, apply, failed
from plugins.listings.watch.clock import Clock
from plugins.listings.watch.saved_files import Reads, read_saved

log = logging.getLogger(__name__)

Looks = Mapping[str, Mapping[str, Look]]
"""When details were read, by board and number."""


@dataclass(frozen=True, slots=True)
class StoredBoards:
    """What earlier runs left: the archive, and from the cache the boards' states and when details were read."""

    archive: ListingsArchive
    states: Mapping[str, FeedState] = field(default_factory=dict)
    looks: Looks = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchAdapters:
    """How a run reaches the outside: polite requests, the folder of saved files (content/listings), a progress bar."""

    get: Get
    post: PostJson
    folder: Path
    progress: Callable[[Board], None] = lambda board: None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a run is asked for.

    `budget` is what one board may add in a day. `force` reads boards whose hour has not come too; `full` asks without
    validators, and for all details. `accept_shrunk` are ids of boards that have lost most of their listings, which an
    editor has found to be so.
    """

    most_details: int
    budget: BoardBudget = BoardBudget()  # noqa: RUF009 - frozen
    force: bool = False
    full: bool = False
    accept_shrunk: frozenset[str] = frozenset()


@dataclass(slots=True)
class BoardTally:
    """What came of one board in a run: how many postings it has, what happened, and what is left for the next run.

    `renamed` is the company's name before, where the board gives another one now. `held` are new or reworded, and over
    the board's budget.
    """

    present: int = 0
    events: Counter[Event] = field(default_factory=Counter)
    left: int = 0
    unread: int = 0
    renamed: str = ""
    held: int = 0


@dataclass(slots=True)
class Watched:
    """The archive as it will be, and how each board answered; grows while a run reads. All mappings are by board."""

    listings: dict[str, ArchivedListing]
    records: dict[str, BoardRecord]
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    tallies: dict[str, BoardTally] = field(default_factory=dict)
    states: dict[str, FeedState] = field(default_factory=dict)
    looks: dict[str, Mapping[str, Look]] = field(default_factory=dict)
    told: list[ListingChange] = field(default_factory=list)
    offline: bool = False


async def watch(
    boards: Iterable[Board], stored: StoredBoards, outside: WatchAdapters, clock: Clock, wishes: Wishes
) -> Watched:
    """Read every board that is due, and return the archive as it will be."""
    boards = tuple(boards)
    watched = Watched(dict(stored.archive.listings), dict(stored.archive.boards))
    known: dict[str, dict[str, ArchivedListing]] = {board.id: {} for board in boards}
    for listing in watched.listings.values():
        if listing.board in known:
            known[listing.board][listing.id.partition("/")[2]] = listing
    waits = schedule.waits_in(stored.states, clock.now)
    reader = BoardReader(
        ask=_asking(outside, clock, waits), clock=clock, most_details=wishes.most_details, full=wishes.full
    )

    async def fetch(board: Board) -> Reads | Waiting:
        return await _fetch(board, known[board.id], stored, outside, reader, wishes, waits)

    async for board, reads in fetch_by_host(boards, host_of, fetch):
        if isinstance(reads, Waiting):
            watched.outcomes[board.id] = reads
        else:
            try:
                _take_in(board, reads, known[board.id], watched, wishes)
            except Exception as error:
                log.debug("%s: unexpected", board.id, exc_info=True)
                watched.outcomes[board.id] = our_fault(board.id, "parse error", error)
        _remember(board, stored, watched, clock)
        outside.progress(board)
    failing = {id for id, record in stored.archive.boards.items() if record.failure}
    asked: list[tuple[str, str, Outcome]] = []
    for board in boards:
        if board.provider != "file":
            asked.append((board.id, host_of(board), watched.outcomes[board.id]))
    watched.offline = is_offline(asked, failing)
    if watched.offline:
        _forget_failures(stored, watched)
    watched.states |= schedule.remembered(waits)
    watched.outcomes = {board.id: watched.outcomes[board.id] for board in boards}
    return watched


def _forget_failures(stored: StoredBoards, watched: Watched) -> None:
    """Take back what a run without a network says of boards: it is no fault of theirs."""
    for id, outcome in watched.outcomes.items():
        if isinstance(outcome, Failure) and outcome.kind == "unreachable":
            watched.records.pop(id, None)
            if id in stored.archive.boards:
                watched.records[id] = stored.archive.boards[id]
            watched.states[id] = stored.states.get(id) or FeedState(id)


def host_of(board: Board) -> str:
    """Return the host a board is asked at; its own id where it is asked nowhere."""
    return authority(board.feed or board.base) or board.id


def _asking(
    outside: WatchAdapters, clock: Clock, waits: dict[str, datetime]
) -> Callable[[Request, Validators | None], Awaitable[Response]]:
    get = respecting_quiet(outside.get, clock.now, waits)
    post = posting_with_respect(outside.post, clock.now, waits)

    async def ask(request: Request, validators: Validators | None) -> Response:
        headers = {"Accept": request.accept}
        if request.body:
            return await post(request.url, request.body, headers)
        return await get(request.url, headers, validators)

    return ask


async def _fetch(
    board: Board,
    known: Mapping[str, ArchivedListing],
    stored: StoredBoards,
    outside: WatchAdapters,
    reader: BoardReader,
    wishes: Wishes,
    waits: Mapping[str, datetime],
) -> Reads | Waiting:
    """Return the reads of a board, of which only a board of saved files has several; never raises."""
    record = stored.archive.boards.get(board.id) or BoardRecord(board.id)
    try:
        if board.provider == "file":
            return read_saved(board, outside.folder, record, reader.clock)
        state = stored.states.get(board.id) or FeedState(board.id)
        address = ADAPTERS[board.provider].first(board).url
        if waiting := schedule.too_early(
            board.id, board.asked, address, state, reader.clock.now, force=wishes.force, waits=waits
        ):
            return waiting
        # What another `match` has passed over may be what this one wants.
        looks: Mapping[str, Look] = {}
        if state.feed in {"", board.asked}:
            looks = stored.looks.get(board.id, {})
        if wishes.full or record.last_complete is None or record.failure or state.feed != board.asked:
            # The archive does not have what the last answer said, so that "not modified" would tell nothing.
            state = FeedState(board.id, url=state.url)
        return [(reader.clock, await reader.read(board, state, known, looks), "")]
    except Exception as error:
        log.debug("%s: unexpected", board.id, exc_info=True)
        return [(reader.clock, our_fault(board.id, "parse error", error), "")]


def _take_in(board: Board, reads: Reads, known: dict[str, ArchivedListing], watched: Watched, wishes: Wishes) -> None:
    """Apply a board's reads to the archive, in order of time, and keep how it answered."""
    watched.outcomes[board.id] = NotModified(board.id, "")
    tally = watched.tallies[board.id] = BoardTally()
    for clock, read, digest in reads:
        record = watched.records.get(board.id) or BoardRecord(board.id)
        if isinstance(read, Failure):
            watched.outcomes[board.id] = read
            watched.records[board.id] = failed(record, read.kind, read.detail, clock.now)
            return
        if read.is_unknown and not known and record.last_complete is None:
            what = "it has no postings, or its provider does not know it: both are answered alike"
            answer = failure(board.id, "not found", what, REMEDIES)
            watched.outcomes[board.id] = answer
            watched.records[board.id] = failed(record, answer.kind, answer.detail, clock.now)
            return
        accepted = board.id in wishes.accept_shrunk
        changes = apply(board, read, known, record, clock.now, accept_shrunk=accepted, budget=wishes.budget)
        watched.outcomes[board.id] = outcome = _outcome(board, read, changes)
        kept = replace(changes.record, digest=digest or changes.record.digest)
        if isinstance(outcome, Failure):
            kept = failed(kept, outcome.kind, outcome.detail, clock.now)
        watched.records[board.id] = kept
        _add(board, read, changes, known, watched, tally)


def _outcome(board: Board, read: BoardRead, changes: Changes) -> Outcome:
    """Return how a board answered: a failure where the read takes nothing away, although it brought something."""
    if changes.shrunk:
        what = f"{changes.shrunk} of its {changes.open} listings are gone at once"
        shrunk = failure(board.id, "shrunk", what, REMEDIES)
        return replace(shrunk, remedy=shrunk.remedy.format(board=board.id))
    if not read.complete:
        return failure(board.id, "incomplete", read.trouble, REMEDIES)
    if not isinstance(read.outcome, Fetched):
        return read.outcome
    if read.unread or read.left or changes.held:
        # Without validators the next run is answered in full, and what was left out of this one is read.
        return replace(read.outcome, body=b"", etag="", last_modified="")
    return replace(read.outcome, body=b"")


def _add(
    board: Board,
    read: BoardRead,
    changes: Changes,
    known: dict[str, ArchivedListing],
    watched: Watched,
    tally: BoardTally,
) -> None:
    for id, listing in changes.listings.items():
        watched.listings[id] = listing
        known[id.partition("/")[2]] = listing
    looks = dict(read.looks)
    for number in changes.held:
        looks.pop(number, None)  # it has to be read again, as if it had never been looked at
    watched.looks[board.id] = looks
    watched.told += changes.told
    tally.present = len(read.present)
    tally.left, tally.unread, tally.held = read.left, read.unread, len(changes.held)
    tally.renamed = changes.renamed or tally.renamed
    for told in changes.told:
        tally.events[told.event] += 1
        log.debug("%s: %s %s “%s”", board.id, told.event, told.listing.id, told.listing.now.title)


def _remember(board: Board, stored: StoredBoards, watched: Watched, clock: Clock) -> None:
    state = stored.states.get(board.id) or FeedState(board.id)
    outcome = watched.outcomes[board.id]
    if board.provider != "file":
        # A board is read every few hours, whether or not it has validators: what is missed of it is missed for good.
        watched.states[board.id] = schedule.after(board.id, board.asked, state, outcome, clock.now, at_no_cost=True)
    watched.looks.setdefault(board.id, stored.looks.get(board.id, {}))
