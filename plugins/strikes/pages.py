"""Strikes as pages show them: the running first, each with its day. Today is an argument."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from plugins.core.config.toml_tables import Tables
from plugins.core.errors import Problem
from plugins.strikes.model import Milestone, MilestoneView, Strike, StrikeView


def views(strikes: Iterable[Strike], today: date, as_of: date | None = None) -> tuple[StrikeView, ...]:
    """Return the strikes, running ones first, then the latest.

    Those that had begun on `as_of`, the day at which an archive's clock was stopped, are as they stood then.
    """
    shown = []
    for strike in strikes:
        if as_of and strike.start <= as_of:
            shown.append(_view(_as_it_stood(strike, as_of), as_of))
        else:
            shown.append(_view(strike, today))
    return tuple(sorted(shown, key=lambda view: (view.status != "running", -view.start.toordinal(), view.id)))


def _as_it_stood(strike: Strike, day: date) -> Strike:
    """Return a strike as it stood on a day that is past: one that was over later was running then."""
    if strike.end is None or strike.end <= day:
        return strike
    return strike.model_copy(update={"status": "running", "end": None})


def problems(tables: Tables) -> Iterator[Problem]:
    """Yield what the dates of a strike contradict."""
    for number, strike in enumerate(tables.rows["strike"]):
        key = "end" if strike.end else "status"
        for what, remedy in _contradictions(strike):
            yield Problem(tables.where, tables.line_of(["strike", number, key]), what, remedy)


def _contradictions(strike: Strike) -> Iterator[tuple[str, str]]:
    if strike.end and strike.end < strike.start:
        yield f"{strike.id} ends before it starts", "correct start or end"
    if strike.end and strike.status == "running":
        yield f"{strike.id} is running and has an end", "correct status or end"
    if not strike.end and strike.status != "running":
        yield f"{strike.id} is {strike.status} and has no end", "add end, the first day without strike"


def day_of(strike: Strike, today: date) -> int:
    """Return which day of the strike it is, its first day being 1; once over, the days it lasted, end not counted."""
    if strike.end:
        return (strike.end - strike.start).days
    return max((today - strike.start).days + 1, 0)


def _view(strike: Strike, today: date) -> StrikeView:
    dated = sorted(enumerate(strike.milestone), key=lambda pair: (pair[1].date, pair[1].time, pair[0]))
    return StrikeView(
        id=strike.id,
        title=strike.title or f"{strike.union} strike",
        union=strike.union,
        employers=strike.employers,
        status=strike.status,
        start=strike.start,
        end=strike.end,
        day=day_of(strike, today),
        members=strike.members,
        next=strike.next,
        example=strike.example,
        days_as_stated=strike.days_as_stated,
        milestones=tuple(_milestone(strike.id, number, one) for number, (_, one) in enumerate(dated, 1)),
        url=f"timeline/#{strike.id}",
    )


def _milestone(strike: str, number: int, milestone: Milestone) -> MilestoneView:
    return MilestoneView(
        id=f"{strike}-{number}",
        date=milestone.date,
        time=milestone.time,
        zone=_zone_name(milestone),
        text=milestone.text,
        source=milestone.source,
        link=milestone.url,
        as_stated_by=milestone.as_stated_by,
    )


def _zone_name(milestone: Milestone) -> str:
    """Return how a zone was called at the time, as in PDT."""
    if not (milestone.zone and milestone.time):
        return ""
    at = datetime.combine(milestone.date, time.fromisoformat(milestone.time), ZoneInfo(milestone.zone))
    return at.tzname() or ""
