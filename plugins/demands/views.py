"""Demands as pages show them: by strike, each part's statements in the order of their dates. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from plugins.core.config.fields import DayOrMonth
from plugins.core.text.urls import host, is_web
from plugins.demands.model import (
    PARTS,
    CitedSource,
    Demand,
    DemandView,
    Kind,
    Outcome,
    PartKey,
    PartView,
    Preface,
    State,
    Statement,
    StatementView,
    StrikeDemands,
    TimelineEntry,
)

_KINDS: tuple[Kind, ...] = (*PARTS, "lost")


def by_strike(demands: Iterable[Demand], prefaces: Iterable[Preface]) -> tuple[StrikeDemands, ...]:
    """Return each strike's demands; strikes and demands are in the order in which the file first names them."""
    prefaces = list(prefaces)
    found: dict[str, list[DemandView]] = {}
    for demand in demands:
        found.setdefault(demand.strike, []).append(_view(demand))
    return tuple(
        _strike(strike, views, tuple(one.text for one in prefaces if one.strike == strike))
        for strike, views in found.items()
    )


def dated(demand: DemandView) -> Iterator[tuple[DayOrMonth, StatementView]]:
    """Yield the statements of a demand whose day or month is known: what can be told as news."""
    for part in demand.parts:
        for statement in part.statements:
            if statement.date:
                yield statement.date, statement


def _strike(strike: str, views: list[DemandView], prefaces: tuple[str, ...]) -> StrikeDemands:
    stated = Counter(part.key for view in views for part in view.parts if part.state == "stated")
    return StrikeDemands(
        strike=strike,
        url=_strike_url(strike),
        prefaces=prefaces,
        demands=tuple(views),
        asked=stated["asked"],
        offered=stated["offered"],
        won=stated["won"],
        open=sum(view.won.state == "open" for view in views),
        changes=tuple(_changes(strike, views)),
    )


def _changes(strike: str, views: Iterable[DemandView]) -> Iterator[TimelineEntry]:
    """Yield a line for each day or month, and each part that something is stated of then, in order.

    What is known to be of a month alone is an answer at its end and a demand at its beginning: an answer comes later.
    """
    found: dict[tuple[date, int, str], dict[str, DemandView]] = {}
    stated: dict[str, DayOrMonth] = {}
    for view in views:
        for when, statement in dated(view):
            stated[when.iso] = when
            day = when.first if statement.kind == "asked" else when.last
            found.setdefault((day, _KINDS.index(statement.kind), when.iso), {})[view.id] = view
    for (day, number, iso), demands in sorted(found.items(), key=lambda pair: pair[0]):
        kind = _KINDS[number]
        yield TimelineEntry(f"{strike}-{kind}-{iso}", kind, day, stated[iso], tuple(demands.values()))


def _view(demand: Demand) -> DemandView:
    strike_url = _strike_url(demand.strike)
    asked, offered, won = (_part(demand, key) for key in PARTS)
    return DemandView(
        id=demand.id,
        url=f"{strike_url}#{demand.id}",
        strike=demand.strike,
        strike_url=strike_url,
        topic=demand.topic,
        asked=asked,
        offered=offered,
        won=won,
        sources=tuple(_page(link) for link in dict.fromkeys(demand.sources)),
        note=demand.note,
    )


def _strike_url(strike: str) -> str:
    return f"demands/{strike}/"


def _part(demand: Demand, key: PartKey) -> PartView:
    statements = sorted(demand.statements(key), key=lambda one: one.date.first if one.date else date.max)
    names: Counter[str] = Counter()
    shown = []
    for one in statements:
        name = f"{demand.id}-{key}" + (f"-{one.date.iso}" if one.date else "")
        names[name] += 1
        shown.append(_statement(one, key, name if names[name] == 1 else f"{name}-{names[name]}"))
    return PartView(key, _state(demand, key), tuple(shown))


def _state(demand: Demand, key: PartKey) -> State:
    if stated := demand.statements(key):
        return "nothing" if all(map(_is_nothing, stated)) else "stated"
    return "open" if key in demand.open else "unknown"


def _is_nothing(one: Statement) -> bool:
    return isinstance(one, Outcome) and one.nothing


def _statement(one: Statement, part: PartKey, name: str) -> StatementView:
    kind: Kind = "lost" if _is_nothing(one) else part
    return StatementView(name, kind, one.text, one.date, tuple(_sources(one)), one.as_stated_by)


def _sources(one: Statement) -> Iterator[CitedSource]:
    if one.source and not one.url and is_web(one.source):
        yield _page(one.source)
    elif one.source:
        yield CitedSource(one.source, one.url)
    elif one.url:
        yield _page(one.url)
    for link in dict.fromkeys(one.sources):
        if link != one.url:
            yield _page(link)


def _page(link: str) -> CitedSource:
    return CitedSource(host(link), link)
