"""What a read of a board changes in the archive: pure, from values to values.

A listing is closed when two complete reads in a row did not have it. A read that is not complete brings what is new,
and takes nothing away; nor does one in which a board has suddenly shrunk, until an editor has said that this is so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from plugins.listings.board import Board, BoardBudget
from plugins.listings.pay.finder import find
from plugins.listings.posting import ArchivedListing, BoardRecord, Event, Happening, Posting, Snapshot
from plugins.listings.watch.board_read import BoardRead
from plugins.listings.watch.budget import Room

MANY = 10
"""With more listings than that, losing more than half of them at once is a question."""
_LEAST_TO_VANISH = 2
"""With so many listings, losing all of them at once is a question."""


@dataclass(frozen=True, slots=True)
class ListingChange:
    """What happened to a listing in a run."""

    event: Event
    listing: ArchivedListing


@dataclass(frozen=True, slots=True)
class Changes:
    """What a read changes: listings by id, the board's record, and what happened, to be told.

    `shrunk` is how many listings are gone at once of `open` ones, where that is a question; else 0.
    `renamed` is the company's name before, where the board gives another one now. `held` are the numbers of postings
    that are new or reworded and are left to a later run, for the board's budget has no room for them.
    """

    record: BoardRecord
    listings: Mapping[str, ArchivedListing] = field(default_factory=dict)
    told: tuple[ListingChange, ...] = ()
    shrunk: int = 0
    open: int = 0
    renamed: str = ""
    held: frozenset[str] = frozenset()


def apply(
    board: Board,
    read: BoardRead,
    known: Mapping[str, ArchivedListing],
    record: BoardRecord,
    now: datetime,
    *,
    accept_shrunk: bool = False,
    budget: BoardBudget = BoardBudget(),  # noqa: B008 - frozen
) -> Changes:
    """Return what a read at `now` changes; `known` is what is archived of the board, by the board's number.

    No board adds more than its `budget`, but for one of saved files, which its editor has seen.
    """
    held = _held(board, read, known, budget, now)
    taken = dict(read.postings)
    for number in held:
        del taken[number]
    read = replace(read, postings=taken)
    gone = [one for number, one in known.items() if _is_absent(number, one, read)]
    lost = [listing for listing in gone if listing.is_there]
    there = sum(listing.is_there for listing in known.values())
    shrunk = _shrunk(read, there, len(lost), is_accepted=accept_shrunk)
    if shrunk:
        read = replace(read, complete=False)  # so that nothing is taken away until the editor has answered
    changed: dict[str, ArchivedListing] = {}
    told: list[ListingChange] = []
    off_board: list[ArchivedListing] = []
    for number, listing in known.items():
        if number in read.present:
            seen, events = _seen(listing, read.postings.get(number), now)
            if seen is not listing:
                changed[seen.id] = seen
            told += [ListingChange(event, seen) for event in events]
        elif not listing.is_there:
            off_board.append(listing)
    if read.complete:
        off_board += lost
        for listing in gone:
            closing = _absent(listing, now)
            changed[closing.id] = closing
            told.append(ListingChange(closing.happenings[-1].event, closing))
    for listing in _opened(board, read, known, _Texts(off_board), now):
        changed[listing.id] = listing
        told.append(ListingChange(listing.happenings[0].event, listing))
    next_record, renamed = _next_record(record, read, now, brought=bool(told))
    return Changes(next_record, changed, tuple(told), shrunk, there, renamed, held)


def _held(
    board: Board, read: BoardRead, known: Mapping[str, ArchivedListing], budget: BoardBudget, now: datetime
) -> frozenset[str]:
    """Return the numbers of postings whose text is new and for which there is no room today, in the board's order."""
    if board.provider == "file":
        return frozenset()  # its editor has seen what was saved
    room = Room(budget, known.values(), now)
    held = set()
    for number, posting in read.postings.items():
        listing = known.get(number)
        if listing is None:
            adds, text = board.keeps(posting.title, posting.location, posting.text), posting.text
        else:
            text = posting.text or listing.now.text
            adds = _differs(replace(posting, text=text), listing.now)
        if adds and not room.takes(text, is_new=listing is None):
            held.add(number)
    return frozenset(held)


def failed(record: BoardRecord, kind: str, detail: str, now: datetime) -> BoardRecord:
    """Return a board's record after a read that failed, or was not complete.

    The details of a fault may differ from one try to the next (a duration, an address): those of the first are kept for
    as long as the kind stays.
    """
    if record.failure == kind:
        detail = record.detail
    return replace(record, failing_since=record.failing_since or now.date(), failure=kind, detail=detail)


def _shrunk(read: BoardRead, there: int, lost: int, *, is_accepted: bool) -> int:
    """Return how many listings are gone at once, where that is a question to the editor; else 0."""
    if is_accepted or not read.complete or not lost:
        return 0
    if read.is_unknown or (there >= _LEAST_TO_VANISH and lost == there and not read.present):
        return lost
    if there > MANY and lost * 2 > there:
        return lost
    return 0


def _is_absent(number: str, listing: ArchivedListing, read: BoardRead) -> bool:
    """Tell whether a listing that has not closed is not on the board any more, so far as the read can tell."""
    if number in read.present or listing.closed:
        return False
    return read.since is None or bool(listing.posted and listing.posted > read.since)


def _absent(listing: ArchivedListing, now: datetime) -> ArchivedListing:
    event: Event = "missing" if listing.is_there else "closed"
    return replace(listing, happenings=(*listing.happenings, Happening(now, event)))


def _seen(listing: ArchivedListing, posting: Posting | None, now: datetime) -> tuple[ArchivedListing, list[Event]]:
    """Return a listing that is on the board, and what happened to it; the same object where nothing did.

    `posting` is what it says now, None where that was not read.
    """
    events: list[Event] = []
    if not listing.is_there:
        events.append("reopened" if listing.closed else "returned")
    snapshots = listing.snapshots
    if posting and not posting.text:
        posting = replace(posting, text=listing.now.text)  # no advertisement is empty, but many an answer is
    if posting and _differs(posting, listing.now):
        events.append("changed")
        snapshots = (*snapshots, snapshot(posting, now))
    happenings = (*listing.happenings, *(Happening(now, event) for event in events))
    seen = replace(listing, snapshots=snapshots, happenings=happenings)
    if posting:
        seen = replace(
            seen,
            url=posting.url or listing.url,
            company=posting.company or listing.company,
            posted=posting.posted or listing.posted,
            closes=posting.closes,
            updated=posting.updated if events else listing.updated,
        )
    if seen == listing:
        return listing, []
    return replace(seen, last_seen=now), events


def _differs(posting: Posting, said: Snapshot) -> bool:
    """Tell whether a posting says something else than a snapshot.

    The pay that the text states is the text's: that the parser reads it otherwise now is no change of the
    advertisement.
    """
    now = (posting.title, posting.location, posting.text, posting.pay)
    return now != (said.title, said.location, said.text, said.field_pay)


def snapshot(posting: Posting, now: datetime) -> Snapshot:
    """Return what a posting says at `now`, with the pay of its fields, and of its text."""
    return Snapshot(now, posting.title, posting.location, posting.text, (*posting.pay, *find(posting.text)))


class _Texts:
    """Listings that are no longer on the board, by what they say: each is found once."""

    def __init__(self, listings: Iterable[ArchivedListing]) -> None:
        self._by_text: defaultdict[tuple[str, str], list[ArchivedListing]] = defaultdict(list)
        for listing in sorted(listings, key=lambda one: (one.last_seen, one.id)):
            if listing.now.text:
                self._by_text[_text_key(listing.now.title, listing.now.text)].append(listing)

    def take(self, posting: Posting) -> ArchivedListing | None:
        """Return the listing that had a posting's title and text: that of the same place, or the last one seen."""
        same = self._by_text.get(_text_key(posting.title, posting.text))
        if not same:
            return None
        here = [listing for listing in same if listing.now.location == posting.location]
        chosen = (here or same)[-1]
        same.remove(chosen)
        return chosen


def _text_key(title: str, text: str) -> tuple[str, str]:
    return " ".join(title.casefold().split()), " ".join(text.casefold().split())


def _opened(
    board: Board, read: BoardRead, known: Mapping[str, ArchivedListing], gone: _Texts, now: datetime
) -> Iterator[ArchivedListing]:
    """Yield the listings that are new, and kept."""
    for number, posting in read.postings.items():
        if number in known or not board.keeps(posting.title, posting.location, posting.text):
            continue
        began = Happening(now, "opened")
        if before := gone.take(posting):
            began = Happening(now, "relisted", before.id)
        yield ArchivedListing(
            f"{board.id}/{number}",
            board.employer,
            posting.url,
            now,
            now,
            (snapshot(posting, now),),
            (began,),
            posting.company or read.company,
            posting.posted,
            posting.updated,
            posting.closes,
        )


def _next_record(record: BoardRecord, read: BoardRead, now: datetime, *, brought: bool) -> tuple[BoardRecord, str]:
    """Return a board's record after a read, and the company's name before where it has changed."""
    renamed = ""
    if read.company and record.company and read.company != record.company:
        renamed = record.company
        record = replace(record, earlier_companies=(*record.earlier_companies, renamed))
    record = replace(record, company=read.company or record.company)
    if not read.complete:
        return record, renamed
    last = record.last_complete
    is_news = brought or renamed or record.failure
    if is_news or last is None or last.date() != now.date():
        last = now
    return replace(record, last_complete=last, failing_since=None, failure="", detail=""), renamed
