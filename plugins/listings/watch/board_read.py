"""Read one board: its list, page by page, and the details of those postings whose text is not in it.

Requests are handed in, and so is the day. Whatever goes wrong with the list's first page is the board's failure; what
goes wrong later leaves a read that is not complete, in which what was read counts and what is absent does not.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from plugins.core.net.http import NetworkError, Response, Validators
from plugins.core.polling.answers import Answer, failure, read_answer
from plugins.core.polling.outcomes import Failure, FailureKind, FeedState, Fetched, NotModified
from plugins.listings.board import Board
from plugins.listings.boards.adapter import Adapter, BoardError, BoardPage, BoardRow, Request
from plugins.listings.boards.providers import ADAPTERS
from plugins.listings.posting import ArchivedListing, Posting
from plugins.listings.watch.clock import Clock

MOST_PAGES = 500
MOST_FAILED = 3
"""Details in a row that fail until no more are asked for in this run."""
LOOK_AGAIN = timedelta(days=7)
"""After so long a posting that a board's `match` did not keep is looked at again: it may have been reworded."""

_LOOK = "look at the board in a browser; if it works there, the adapter has to learn its new form: report it"
REMEDIES: Mapping[FailureKind, str] = {
    "unreachable": "check the board in a browser; if it works there, wait for the next run",
    "refused": "give the public address of the provider's interface as `base`, or a public `feed`",
    "timeout": "wait for the next run",
    "too large": "watch a part of the board by a `feed` instead, or save it by hand and name it as `file`",
    "too many redirects": "open the board in a browser, and correct where it is",
    "bot wall": "save the board's answer by hand and name it as `file`, in place of `provider`",
    "not found": "look for the board's name in the employer's address, and correct it in boards.toml",
    "rate limited": "nothing now: the host is left alone until its time is over",
    "server error": "wait for the next run",
    "gone": "the board was closed for good; take it out of boards.toml",
    "not a feed": "look for the feed's address in the page's source, and correct `feed`",
    "parse error": _LOOK,
    "incomplete": "wait for the next run: nothing counts as closed meanwhile",
    "shrunk": "look at the board; if they are gone, run `./inv listings --accept-shrunk {board}`",
}

Ask = Callable[[Request, Validators | None], Awaitable[Response]]


class Look(NamedTuple):
    """When a posting's details were read, for what its list said of it then, and whether they are kept."""

    day: date
    stamp: str
    kept: bool


@dataclass(frozen=True, slots=True)
class BoardRead:
    """What a board had at one time.

    `postings` are those that were read whole, by number; `present` has the numbers of all that are on it, of those
    whose details were not asked for too. `complete`: what is not `present` is not on the board; else `trouble` says
    why. Of what was posted before `since` absence says nothing. `left` postings wait for their details until the next
    run. `outcome` is how the board answered, `looks` what is to be remembered of each posting's details.
    """

    outcome: Fetched | NotModified
    postings: Mapping[str, Posting] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    complete: bool = True
    trouble: str = ""
    company: str = ""
    since: date | None = None
    left: int = 0
    unread: int = 0
    is_unknown: bool = False
    looks: Mapping[str, Look] = field(default_factory=dict)


@dataclass(slots=True)
class BoardList:
    """A board's list as it grows page by page: what `BoardPage` has of one page, of all so far.

    `trouble` says why the list is not complete; "" as long as nothing is known to be missing.
    """

    postings: dict[str, Posting] = field(default_factory=dict)
    rows: dict[str, BoardRow] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    total: int | None = None
    company: str = ""
    since: date | None = None
    pages: int = 0
    trouble: str = ""

    def add(self, page: BoardPage) -> bool:
        """Take in a page; tell whether it has brought anything new."""
        before = len(self.present)
        for posting in page.postings:
            self.postings[posting.number] = posting
        for row in page.rows:
            self.rows[row.posting.number] = row
        self.unread.update(page.unread)
        self.pages += 1
        if self.total is None:
            self.total = page.total
        self.company = self.company or page.company
        if page.since:
            self.since = max(self.since or page.since, page.since)
        if not page.whole:
            self.trouble = "some of its postings have no number that can be read"
        return len(self.present) > before

    @property
    def present(self) -> frozenset[str]:
        """Return the numbers of all postings so far."""
        return frozenset((*self.postings, *self.rows, *self.unread))

    @property
    def falls_short(self) -> bool:
        """Tell whether it has fewer postings than the board says it has."""
        return self.total is not None and len(self.present) < self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardReader:
    """Reads boards; `ask` makes one polite request, and `most_details` are asked for of one board in a run.

    `full`: the details of every posting are asked for, not only those that are new, changed, or not read today.
    """

    ask: Ask
    clock: Clock
    most_details: int
    full: bool = False

    async def read(
        self, board: Board, state: FeedState, known: Mapping[str, ArchivedListing], looks: Mapping[str, Look]
    ) -> BoardRead | Failure:
        """Return what a board has now, or its failure.

        `state` has the validators of its last answer; `known` what is archived of its postings, by number; `looks` when
        the details of each were read.
        """
        adapter = ADAPTERS[board.provider]
        first = adapter.first(board)
        answer = await self._answer(board, first, state)
        if isinstance(answer, NotModified):
            there = frozenset(number for number, listing in known.items() if listing.is_there)
            return BoardRead(answer, present=there, looks=looks)
        if isinstance(answer, Failure):
            return answer
        found = BoardList()
        try:
            page = adapter.read_page(board, first, answer.body, answer.content_type)
        except BoardError as error:
            return failure(board.id, error.kind, f"{answer.url}: {error.what}", REMEDIES)
        found.add(page)
        await self._pages(board, adapter, page, found)
        return await self._with_details(board, adapter, answer, found, known, looks)

    async def _answer(self, board: Board, request: Request, state: FeedState) -> Answer:
        validators = None if request.body else Validators(state.url, state.etag, state.last_modified)
        try:
            response = await self.ask(request, validators)
        except NetworkError as error:
            return failure(board.id, error.kind, error.detail, REMEDIES)
        return read_answer(board.id, response, state, self.clock.now, REMEDIES)

    async def _pages(self, board: Board, adapter: Adapter, page: BoardPage, found: BoardList) -> None:
        """Read the pages behind the first, until the last or until one cannot be had."""
        while page.next and not found.trouble:
            if found.pages >= MOST_PAGES:
                found.trouble = f"it has more than {MOST_PAGES} pages"
                return
            request = page.next
            # Without validators: "not modified" would leave this page's postings out of the list.
            answer = await self._answer(board, request, FeedState(board.id))
            if not isinstance(answer, Fetched):
                why = answer.detail if isinstance(answer, Failure) else "no answer"
                found.trouble = f"page {found.pages + 1} is missing ({why})"
                return
            try:
                page = adapter.read_page(board, request, answer.body, answer.content_type)
            except BoardError as error:
                found.trouble = f"page {found.pages + 1} cannot be read ({error.what})"
                return
            if not found.add(page) and page.next:
                found.trouble = f"page {found.pages} has nothing that was not on the pages before"
        if not found.trouble and found.falls_short:
            found.trouble = f"it says that it has {found.total} postings, and gives {len(found.present)}"

    async def _with_details(
        self,
        board: Board,
        adapter: Adapter,
        answer: Fetched,
        found: BoardList,
        known: Mapping[str, ArchivedListing],
        looks: Mapping[str, Look],
    ) -> BoardRead:
        wanted = [row for row in _by_need(found.rows.values(), known, looks) if self._is_due(row, known, looks)]
        now = {number: look for number, look in looks.items() if number in found.present}
        failed = unread = 0
        asked = wanted[: self.most_details]
        for place, row in enumerate(asked):
            number = row.posting.number
            try:
                posting = await self._details(board, adapter, row)
            except (BoardError, NetworkError):
                unread += 1
                failed += 1
                if failed < MOST_FAILED:
                    continue
                # The host has trouble, and each further request might wait for its timeout.
                unread += len(asked) - place - 1
                break
            failed = 0
            if posting:
                found.postings[number] = posting
                found.company = found.company or posting.company
                kept = number in known or board.keeps(posting.title, posting.location, posting.text)
                now[number] = Look(self.clock.today, stamp_of(row), kept)
        if found.pages > 1 or found.rows:
            # The validators are those of one answer, and say nothing of the others.
            answer = _without_validators(answer)
        return BoardRead(
            answer,
            postings=found.postings,
            present=found.present,
            complete=not found.trouble,
            trouble=found.trouble,
            company=found.company,
            since=found.since,
            left=len(wanted) - len(asked),
            unread=unread + len(found.unread),
            is_unknown=adapter.empty == "unknown" and not found.present,
            looks=now,
        )

    def _is_due(self, row: BoardRow, known: Mapping[str, ArchivedListing], looks: Mapping[str, Look]) -> bool:
        """Tell whether a posting's details are to be read in this run."""
        number, look = row.posting.number, looks.get(row.posting.number)
        if self.full or look is None or look.stamp != stamp_of(row):
            return True
        if number not in known:
            return not look.kept and self.clock.today - look.day >= LOOK_AGAIN
        return not row.stamp and look.day < self.clock.today

    async def _details(self, board: Board, adapter: Adapter, row: BoardRow) -> Posting | None:
        """Return a posting with its details, None where it is gone. Raises BoardError or NetworkError."""
        answer = await self._answer(board, row.details, FeedState(board.id))
        if isinstance(answer, Fetched):
            return adapter.read_details(board, row.posting, answer.body)
        if isinstance(answer, Failure) and answer.kind not in {"not found", "gone"}:
            raise BoardError(answer.detail, answer.kind)
        return None


def stamp_of(row: BoardRow) -> str:
    """Return what a list says of a posting, as far as it tells that the posting has changed."""
    return "\t".join((row.stamp, row.posting.title, row.posting.location))


def _by_need(
    rows: Iterable[BoardRow], known: Mapping[str, ArchivedListing], looks: Mapping[str, Look]
) -> list[BoardRow]:
    """Return postings in the order in which their details are needed: the new, the changed, those read longest ago."""

    def need(row: BoardRow) -> tuple[bool, bool, date]:
        number, look = row.posting.number, looks.get(row.posting.number)
        changed = bool(look and look.stamp != stamp_of(row))
        return number in known, not changed, look.day if look else date.min

    return sorted(rows, key=need)


def _without_validators(answer: Fetched) -> Fetched:
    return Fetched(answer.source, answer.url, b"", answer.content_type, answer.digest, hops=answer.hops)
