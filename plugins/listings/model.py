"""A listing as its file says it, and a yardstick as yardsticks.toml says it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Currency, Day, Id, Language, Link, Text, matching

Period = Literal["year", "month", "week", "day", "hour", ""]
Basis = Literal["base", "total", "ote", "unstated"]

BoardListing = Annotated[
    str, matching(r"[a-z0-9]+(-[a-z0-9]+)*/.+", "must be BOARD/NUMBER, as ./inv listings names it")
]
"""The id of a board's listing in the archive."""


class Pay(Checked):
    """What a listing says it pays: the words as quoted, and what they come to. A bound that is not stated is open."""

    quote: Text
    low: float | None = Field(None, gt=0)
    high: float | None = Field(None, gt=0)
    currency: Currency = "USD"
    period: Period = ""
    basis: Basis = "unstated"
    stated_by: str = ""
    hours_a_week: float | None = Field(None, gt=0, le=168)

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
    board: BoardListing | Literal[""] = ""
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
    hours_a_week: float | None = Field(None, gt=0, le=168)
