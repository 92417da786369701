"""A demand as demands.toml says it, and as a page shows it: what was asked, offered and won on one topic."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Dated, DayOrMonth, Id, Link, Text

PartKey = Literal["asked", "offered", "won"]
PARTS: tuple[PartKey, ...] = ("asked", "offered", "won")
"""The parts of a demand, in the order in which they are told."""
State = Literal["stated", "nothing", "open", "unknown"]
"""Of a part: something is stated of it; it is stated that nothing was won; an editor says that it is open; or else it
is not known to this newsroom."""
Kind = Literal["asked", "offered", "won", "lost"]
"""What a statement tells: of the part won, that something was, or that nothing was."""


class Statement(Checked):
    """Something that was asked, offered or won, and who says so.

    `date` is its day or month, None for one that is said to be unknown; `as_stated_by` is who states what, where
    sources disagree. A statement without any source rests on those of its demand.
    """

    text: Text
    date: Dated
    source: str = ""
    url: Link | Literal[""] = ""
    sources: tuple[Link, ...] = ()
    as_stated_by: str = ""

    @property
    def has_source(self) -> bool:
        """Say whether it names a source of its own."""
        return bool(self.source or self.url or self.sources)


class Outcome(Statement):
    """Something that was won, or, where `nothing` is set, that nothing was: it was given up, or refused for good."""

    nothing: bool = False


def _listed(value: object) -> object:
    """Take one table where a list of them may stand: most demands are answered once."""
    return [value] if isinstance(value, dict) else value


Statements = Annotated[tuple[Statement, ...], BeforeValidator(_listed)]
Outcomes = Annotated[tuple[Outcome, ...], BeforeValidator(_listed)]


class Demand(Checked):
    """One topic of a strike. A part without a statement is not known to us, unless `open` says that it is open.

    `sources` support the whole demand together, each perhaps only a part of it.
    """

    id: Id
    strike: Id
    topic: Text
    sources: tuple[Link, ...] = ()
    note: str = ""
    open: tuple[Literal["offered", "won"], ...] = ()
    asked: Statements = ()
    offered: Statements = ()
    won: Outcomes = ()

    def statements(self, part: PartKey) -> tuple[Statement, ...]:
        """Return what is stated of a part, as it stands in the file."""
        return {"asked": self.asked, "offered": self.offered, "won": self.won}[part]


class Preface(Checked):
    """A paragraph above a strike's table: where it is from, and what is uncertain about it."""

    strike: Id
    text: Text


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as it is shown; `link` is "" where it has no page."""

    title: str
    link: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as it is shown; `name` is its own within the site: `pay-offered-2026-02-03`."""

    name: str
    kind: Kind
    text: str
    date: DayOrMonth | None
    sources: tuple[CitedSource, ...]
    as_stated_by: str


@dataclass(frozen=True, slots=True)
class PartView:
    """What was asked, offered or won: its statements in the order of their dates, those without one last."""

    key: PartKey
    state: State
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class DemandView:
    """A demand as it is shown; `url` leads to its row, `strike_url` to the table it is in."""

    id: str
    url: str
    strike: str
    strike_url: str
    topic: str
    asked: PartView
    offered: PartView
    won: PartView
    sources: tuple[CitedSource, ...]
    note: str

    @property
    def parts(self) -> tuple[PartView, ...]:
        """Return asked, offered and won."""
        return (self.asked, self.offered, self.won)

    @property
    def statements(self) -> tuple[StatementView, ...]:
        """Return all statements, in the order of the parts."""
        return self.asked.statements + self.offered.statements + self.won.statements


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What of one kind is stated of some demands for a day, or a month: a line of the timeline.

    `date` is its place among days, where `stated` may be a month; `id` is the line's own on its page.
    """

    id: str
    kind: Kind
    date: date
    stated: DayOrMonth
    demands: tuple[DemandView, ...]


@dataclass(frozen=True, slots=True)
class StrikeDemands:
    """A strike's demands, in the file's order. `asked`, `offered`, `won` count those of which that part is stated.

    `open` counts those of which an editor says that nothing has been agreed on yet.
    """

    strike: str
    url: str
    prefaces: tuple[str, ...]
    demands: tuple[DemandView, ...]
    asked: int
    offered: int
    won: int
    open: int
    changes: tuple[TimelineEntry, ...]
