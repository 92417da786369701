"""What is wrong in a demand that can be read: no source, parts that contradict each other, an answer before its demand.

Nothing here reaches the disk.
"""

from collections.abc import Iterator, Sequence

from plugins.core.config.toml_tables import Tables
from plugins.core.errors import Problem
from plugins.demands.model import PARTS, Demand, Preface

Keys = Sequence[str | int]
Finding = tuple[Keys, str, str]
"""What is wrong in a demand: the keys to where it stands there, what it is, what to do."""


def problems(read: Tables) -> list[Problem]:
    """Return every fault of the demands that could be read, each at its line; a preface needs a table below it."""
    found = []
    for number, demand in enumerate(read.rows["demand"]):
        for keys, what, remedy in (*_without_sources(demand), *_contradictions(demand), *_too_early(demand)):
            where = read.line_of(["demand", number, *keys])
            found.append(Problem(read.where, where, f"{demand.id}: {what}", remedy))
    return [*found, *_idle_prefaces(read)]


def _without_sources(demand: Demand) -> Iterator[Finding]:
    if not (demand.asked or demand.offered or demand.won):
        remedy = "write a [[demand.asked]], [[demand.offered]] or [[demand.won]] below it"
        yield ("id",), "nothing was asked, offered or won", remedy
    if demand.sources:  # which support each statement that has none of its own
        return
    for part in PARTS:
        for number, statement in enumerate(demand.statements(part)):
            if not statement.has_source:
                remedy = "add source, url or sources; or sources to the demand, where they support all of it together"
                yield (part, number), f"{part} {number + 1} has no source", remedy


def _contradictions(demand: Demand) -> Iterator[Finding]:
    """Yield each part that an editor says is open, and of which something is stated."""
    for part in demand.open:
        if demand.statements(part):
            yield ("open",), f"{part} is open, and something is stated of it", f"take {part} out of open"


def _too_early(demand: Demand) -> Iterator[Finding]:
    """Yield each answer that is older than its demand: of the two dates one is a mistake."""
    asked = min((one.date.first for one in demand.asked if one.date), default=None)
    if asked is None:
        return
    for part in PARTS[1:]:
        for number, statement in enumerate(demand.statements(part)):
            # Of a month only its last day counts: an answer of March may follow a demand of the 5th.
            if statement.date and statement.date.last < asked:
                what = f"{part} {number + 1} is dated {statement.date.iso}, before anything was asked ({asked})"
                yield (part, number, "date"), what, "correct one of the two dates"


def _idle_prefaces(read: Tables) -> Iterator[Problem]:
    """Yield a problem for a preface of a strike that has no demands: nobody would ever read it."""
    if read.problems:  # the demand below it may be one of those that cannot be read
        return
    strikes = {demand.strike for demand in read.rows["demand"]}
    prefaces: Sequence[Preface] = read.rows["preface"]
    for number, preface in enumerate(prefaces):
        if preface.strike not in strikes:
            what = f"the preface stands above no table: there is no demand of the strike {preface.strike}"
            line = read.line_of(["preface", number, "strike"])
            yield Problem(read.where, line, what, "correct strike, or take the preface out")
