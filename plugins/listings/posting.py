"""Advertisements as the employers' boards give them, and as the archive keeps them.

A board's adapter makes `Posting`s of one read of the board. The archive keeps of each an `ArchivedListing`: every
text it ever had, and what happened to it; and of each board a `BoardRecord`. What a person writes about a listing is in
`model`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from plugins.listings.model import Basis, Period

Event = Literal["opened", "changed", "missing", "returned", "closed", "reopened", "relisted"]
"""What a read of the board told of a listing.

- opened: it was seen for the first time
- changed: its title, place, pay or text is not what it was
- missing: it was absent from one complete read
- returned: it was there again on the read after that
- closed: it was absent from a second complete read in a row
- reopened: it is there again after it had closed
- relisted: it was seen for the first time, and is the text under a new number of another that is no longer there

The first is "opened" or "relisted".
"""


@dataclass(frozen=True, slots=True)
class PayRange:
    """One range of pay: the words that state it, and what they come to.

    `low` and `high` are sums of money in `currency` (ISO 4217; "" where it is not said) for one `period` ("" where it
    is neither stated nor to be assumed); None is an open end. `period_stated` is False where the period was assumed.
    `label` is the place, zone or level a range is for. `quote` are the exact words, which begin at character `start`
    of the text they stand in; a range out of a board's own fields has the fields' values as its quote, and -1.
    """

    quote: str
    low: float | None = None
    high: float | None = None
    currency: str = ""
    period: Period = ""
    period_stated: bool = False
    basis: Basis = "unstated"
    label: str = ""
    start: int = -1

    @property
    def of_fields(self) -> bool:
        """Tell whether the board's own fields gave it, and not the advertisement's prose."""
        return self.start < 0


@dataclass(frozen=True, slots=True)
class Posting:
    """An advertisement as one read of a board gives it.

    `number` is the board's own, unique on it. `text` is plain, paragraphs parted by an empty line. `pay` is what the
    board's own fields say, not what the text says. `posted`, `updated` and `closes` are the employer's dates. `company`
    is the name the board gives to whoever is hiring.
    """

    number: str
    title: str
    url: str
    text: str = ""
    location: str = ""
    pay: tuple[PayRange, ...] = ()
    posted: date | None = None
    updated: date | None = None
    closes: date | None = None
    company: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What an advertisement said from `seen` on (UTC), until the next; `pay` has the fields' and the text's."""

    seen: datetime
    title: str
    location: str
    text: str
    pay: tuple[PayRange, ...] = ()

    @property
    def field_pay(self) -> tuple[PayRange, ...]:
        """Return the ranges that the board's own fields give; the others' words are in the text."""
        return tuple(one for one in self.pay if one.of_fields)


@dataclass(frozen=True, slots=True)
class Happening:
    """An event of a listing, at the time of the read that told it (UTC); `of` is another listing's id, or empty."""

    at: datetime
    event: Event
    of: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedListing:
    """A listing as the archive keeps it.

    `id` is "BOARD/NUMBER": the board's id in boards.toml, and the board's number for it. `snapshots` and `happenings`
    are oldest first; there is at least one of each. `first_seen` and `last_seen` are the times of the first and the
    last of our reads that are known to have had it (UTC); of a day's reads that brought nothing, the first is noted.
    `posted`, `updated` and `closes` are the employer's own dates, as last given; `updated` as it was at the last
    change, since some boards move it every day.
    """

    id: str
    employer: str
    url: str
    first_seen: datetime
    last_seen: datetime
    snapshots: tuple[Snapshot, ...]
    happenings: tuple[Happening, ...]
    company: str = ""
    posted: date | None = None
    updated: date | None = None
    closes: date | None = None

    @property
    def board(self) -> str:
        """Return the id of its board."""
        return self.id.partition("/")[0]

    @property
    def now(self) -> Snapshot:
        """Return what it says now, or said last."""
        return self.snapshots[-1]

    @property
    def is_there(self) -> bool:
        """Tell whether the last complete read of its board had it: it is neither closed nor missing."""
        last = self._last_but_changes
        return last is None or last.event not in {"missing", "closed"}

    @property
    def closed(self) -> datetime | None:
        """Return when it was found to be closed; None while it is open, and where it was reopened."""
        last = self._last_but_changes
        if last and last.event == "closed":
            return last.at
        return None

    @property
    def _last_but_changes(self) -> Happening | None:
        """Return what happened last to its place on the board: a change of its words says nothing of that."""
        for happening in reversed(self.happenings):
            if happening.event != "changed":
                return happening
        return None

    @property
    def relisting_of(self) -> str:
        """Return the id of the listing whose text it is under a new number, or ""."""
        began = self.happenings[0]
        return began.of if began.event == "relisted" else ""


@dataclass(frozen=True, slots=True)
class BoardRecord:
    """What the archive remembers of a board, so exact that a run with no news changes no byte.

    `company` is the name the board gives to whoever is hiring, `earlier_companies` what it gave before, oldest first.
    `last_complete` is the last complete read of which something is noted (UTC): the first of a day, and each that
    brought news. `failing_since` is the day from which on no read was complete; `failure` says of which kind the first
    of them was ("" where the last was complete) and `detail` what happened. `digest` is the SHA-256 of the saved file
    that was read last, where the board is one: the same file read again is no second read.
    """

    board: str
    company: str = ""
    earlier_companies: tuple[str, ...] = ()
    last_complete: datetime | None = None
    failing_since: date | None = None
    failure: str = ""
    detail: str = ""
    digest: str = ""
