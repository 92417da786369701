"""A strike as strikes.toml says it, and as a page shows it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Clock, Day, Id, Link, Text, Zone

Status = Literal["running", "suspended", "ended", "settled"]


class Milestone(Checked):
    """A step of a strike, with the source that says so."""

    date: Day
    text: Text
    source: Text
    time: Clock = ""
    zone: Zone | Literal[""] = ""
    url: Link | Literal[""] = ""
    as_stated_by: str = ""


class Strike(Checked):
    """Who, against whom, from when to when. Figures on which sources disagree are given as stated."""

    id: Id
    union: Text
    employers: Text
    start: Day
    status: Status
    title: str = ""
    end: Day | None = None
    members: int | None = Field(None, gt=0)
    next: str = ""
    example: bool = False
    days_as_stated: str = ""
    milestone: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """A milestone as it is shown; `link` is "" where its source has no page."""

    id: str
    date: date
    time: str
    zone: str
    text: str
    source: str
    link: str
    as_stated_by: str


@dataclass(frozen=True, slots=True)
class StrikeView:
    """A strike as it is shown. `day` is which day it is, or, once over, how many days it lasted."""

    id: str
    title: str
    union: str
    employers: str
    status: Status
    start: date
    end: date | None
    day: int
    members: int | None
    next: str
    example: bool
    days_as_stated: str
    milestones: tuple[MilestoneView, ...]
    url: str
