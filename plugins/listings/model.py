"""A listing as its file says it, a yardstick as yardsticks.toml says it, and both as pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Currency, Day, Id, Language, Link, Text
from plugins.sections.printed import Standing

Period = Literal["year", "month", "week", "day", "hour", ""]
Basis = Literal["base", "total", "ote", "unstated"]


class Pay(Checked):
    """What a listing says it pays: the words as quoted, and what they come to. A bound that is not stated is open."""

    quote: Text
    low: float | None = Field(None, gt=0)
    high: float | None = Field(None, gt=0)
    currency: Currency = "USD"
    period: Period = ""
    basis: Basis = "unstated"
    stated_by: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "Pay":
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:,.0f} is above high {self.high:,.0f}")
        return self


class Reporter(Checked):
    """Who reported a listing first."""

    title: Text
    url: Link | Literal[""] = ""


class Sighting(Checked):
    """Something that happened to a listing: reworded, taken down, seen again."""

    date: Day
    text: Text
    url: Link | Literal[""] = ""


class ListingMatter(Checked):
    """A job ad's front matter; `seen` is when we first saw it, apart from the employer's own date, `posted`."""

    employer: Text
    role: Text
    url: Link | Literal[""] = ""
    location: str = ""
    pay: Pay | None = None
    source: Reporter | None = None
    posted: Day | None = None
    seen: Day | None = None
    closed: Day | None = None
    board: str = ""
    yardstick: Id | Literal[""] = ""
    history: tuple[Sighting, ...] = ()
    summary: str = ""
    lang: Language | Literal[""] = ""
    status: Literal["published", "draft"] = "published"

    @model_validator(mode="after")
    def _has_a_day(self) -> "ListingMatter":
        if self.seen is None and self.posted is None:
            raise ValueError("needs a day: seen, or posted where the employer gives one")
        if self.closed and self.posted and self.closed < self.posted:
            raise ValueError(f"closed {self.closed} is before posted {self.posted}")
        return self

    @property
    def day(self) -> date:
        """Return the day a listing counts from: when it was seen, else when it was posted."""
        return self.seen or self.posted or date.min


class Yardstick(Checked):
    """A figure to hold pay against, with its source."""

    id: Id
    title: Text
    amount: float = Field(gt=0)
    currency: Currency
    period: Period
    text: Text
    source: Text
    year: int | None = None
    url: Link | Literal[""] = ""


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


@dataclass(frozen=True, slots=True)
class BarView:
    """Pay as a picture: `start`, `width` and `tick` in hundredths of the common scale, which ends at `scale_top`.

    `ratio` is the pay's top divided by the yardstick.
    """

    start: float
    width: float
    tick: float | None
    scale_top: float
    ratio: float | None
    yardstick: YardstickView | None


@dataclass(frozen=True, slots=True)
class PayView:
    """Pay as it is shown; `bar` only where it can be compared."""

    quote: str
    low: float | None
    high: float | None
    currency: str
    period: Period
    basis: Basis
    stated_by: str
    bar: BarView | None


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing as it is shown. `body` is the commentary; in lists it is left empty."""

    id: str
    url: str
    employer: str
    role: str
    location: str
    link: str
    pay: PayView | None
    source_title: str
    source_link: str
    posted: date | None
    seen: date | None
    closed: date | None
    history: tuple[tuple[date, str, str], ...]
    summary: str
    lang: str
    day: date
    standing: Standing | None = None
    body: str = ""
