"""Listings, their pay, their history and their texts as templates print them. Values only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from plugins.listings.comparison import Measure
from plugins.listings.model import Basis, Period
from plugins.listings.posting import Event
from plugins.listings.publish.word_diff import DiffPart
from plugins.sections.printed import Standing

State = Literal["open", "closed", ""]
"""Whether a listing is there; "" where nobody watches it."""

Mark = Literal["reworded", "pay-changed", "reopened", "relisted"]
"""What happened to a listing beside being opened and closed."""

Field = Literal["title", "location", "pay", "text"]
"""A part of an advertisement that can change."""


@dataclass(frozen=True, slots=True)
class YardstickView:
    """A yardstick as it is shown."""

    id: str
    title: str
    amount: float
    currency: str
    period: Period
    year: int | None
    text: str
    source: str
    link: str
    hours_a_week: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """Pay as a picture: `start`, `width` and `tick` in hundredths of the common scale, which ends at `scale_top`.

    `ratio` is the pay's top divided by the yardstick, to two digits. `measure` is the yardstick for the pay's period.
    What is held against nothing has none of these, and no `tick`.
    """

    start: float
    width: float
    tick: float | None = None
    scale_top: float
    ratio: float | None = None
    yardstick: YardstickView | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class PayView:
    """Pay as it is shown; `bar` only where it can be compared.

    `yardstick` is what it is held against, if anything, and `measure` the same for the pay's period, None where the two
    cannot be compared.
    `label` is the place, zone or level a range is for. `period_assumed` is true of a period that nobody stated, and
    `of_board` of pay that a board's own fields give. `differing` are the words by which the text disagrees with these.
    """

    quote: str
    low: float | None
    high: float | None
    currency: str
    period: Period
    basis: Basis
    stated_by: str
    bar: BarView | None
    yardstick: YardstickView | None = None
    label: str = ""
    period_assumed: bool = False
    of_board: bool = False
    measure: Measure | None = None
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """An advertisement as it was from `seen` on; `anchor` is its element's id on the listing's page.

    `repeats` is true where the text is that of the snapshot before, and need not be shown again.
    """

    anchor: str
    seen: datetime
    title: str
    location: str
    paragraphs: tuple[str, ...]
    pays: tuple[PayView, ...]
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One part of an advertisement before and after; `parts` are its lines with what was removed and added."""

    field: Field
    parts: tuple[DiffPart, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A rewording: when it was seen, the snapshots before and after by their anchors, and what changed."""

    anchor: str
    at: datetime
    before: str
    after: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class HappeningView:
    """A line of a listing's history: an event that a read of the board told, or what was written by hand ("noted").

    "relisted-as" stands at the old listing of a relisting, "relisted" at the new one.
    `at` is when the board was read, None of what was written by hand. `fields` are what changed. `anchor` leads to the
    rewording or the text on the listing's page. `of_url` and `of_title` are the other listing of a relisting.
    """

    day: date
    event: Event | Literal["noted", "relisted-as"]
    at: datetime | None = None
    text: str = ""
    link: str = ""
    fields: tuple[Field, ...] = ()
    anchor: str = ""
    of_url: str = ""
    of_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """A listing as it is shown. `body` is the commentary; in lists it is left empty.

    `id` is how texts name it, and `ref` the same for one that a board has, whether it is commented on or not; "" for
    one that no board has. `pays` are all its ranges, of which `pay` is the first. `seen` and `closed` are days in the
    site's zone.
    """

    id: str
    url: str
    employer: str
    role: str
    location: str
    link: str
    pays: tuple[PayView, ...]
    source_title: str = ""
    source_link: str = ""
    posted: date | None
    seen: date | None
    closed: date | None
    history: tuple[HappeningView, ...]
    summary: str = ""
    lang: str = ""
    day: date
    standing: Standing | None = None
    body: str = ""
    is_commented: bool = True
    ref: str = ""
    marks: tuple[Mark, ...] = ()
    rewordings: int = 0
    employer_url: str = ""
    last_seen: date | None = None
    company: str = ""

    @property
    def state(self) -> State:
        """Return whether it is there, so far as its board or its file says so."""
        if self.closed:
            return "closed"
        return "open" if self.ref else ""

    @property
    def pay(self) -> PayView | None:
        """Return the range that stands for its pay where there is room for one."""
        return self.pays[0] if self.pays else None

    @property
    def noted_on(self) -> frozenset[date]:
        """Return the days of which somebody has written what happened."""
        return frozenset(one.day for one in self.history if one.event == "noted")

    @property
    def changed_on(self) -> date:
        """Return the last day on which anything is known to have happened to it."""
        return max([self.day, *(one.day for one in self.history)])
