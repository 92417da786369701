"""Demands as pages show them: by strike, each part's statements in the order of their dates."""

from collections import Counter, defaultdict
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
    paragraphs = defaultdict[str, list[str]](list)
    for preface in prefaces:
        paragraphs[preface.strike].append(preface.text)
    found = defaultdict[str, list[DemandView]](list)
    for demand in demands:
        found[demand.strike].append(_view(demand))
    made: list[StrikeDemands] = []
    for strike, views in found.items():
        made.append(_strike(strike, views, tuple(paragraphs[strike])))
    return tuple(made)


def dated(demand: DemandView) -> Iterator[tuple[DayOrMonth, StatementView]]:
    """Yield the statements of a demand whose day or month is known: what can be told as news."""
    for statement in demand.statements:
        if statement.date:
            yield statement.date, statement


def _strike(strike: str, views: list[DemandView], prefaces: tuple[str, ...]) -> StrikeDemands:
    stated = Counter[PartKey]()
    still_open = 0
    for view in views:
        still_open += view.won.state == "open"
        for part in view.parts:
            stated[part.key] += part.state == "stated"
    return StrikeDemands(
        strike=strike,
        url=_strike_url(strike),
        prefaces=prefaces,
        demands=tuple(views),
        asked=stated["asked"],
        offered=stated["offered"],
        won=stated["won"],
        open=still_open,
        changes=tuple(_changes(strike, views)),
    )


def _changes(strike: str, views: Iterable[DemandView]) -> Iterator[TimelineEntry]:
    """Yield a line for each day or month, and each part that something is stated of then, in order.

    What is known to be of a month alone is an answer at its end and a demand at its beginning: an answer comes later.
    """
    found = defaultdict[tuple[date, int, str], dict[str, DemandView]](dict)
    stated: dict[str, DayOrMonth] = {}
    for view in views:
        for when, statement in dated(view):
            stated[when.iso] = when
            day = when.last
            if statement.kind == "asked":
                day = when.first
            # By id: a demand that had two offers on one day is named once.
            found[day, _KINDS.index(statement.kind), when.iso][view.id] = view
    # By the key alone, for two dictionaries of demands have no order.
    for (day, number, iso), demands in sorted(found.items(), key=lambda pair: pair[0]):
        kind = _KINDS[number]
        yield TimelineEntry(f"{strike}-{kind}-{iso}", kind, day, stated[iso], tuple(demands.values()))


def _view(demand: Demand) -> DemandView:
    strike_url = _strike_url(demand.strike)
    return DemandView(
        id=demand.id,
        url=f"{strike_url}#{demand.id}",
        strike=demand.strike,
        strike_url=strike_url,
        topic=demand.topic,
        asked=_part(demand, "asked"),
        offered=_part(demand, "offered"),
        won=_part(demand, "won"),
        sources=tuple(map(_page, dict.fromkeys(demand.sources))),
        note=demand.note,
    )


def _strike_url(strike: str) -> str:
    return f"demands/{strike}/"


def _part(demand: Demand, key: PartKey) -> PartView:
    names = Counter[str]()
    shown: list[StatementView] = []
    for one in sorted(demand.statements(key), key=lambda one: one.date.first if one.date else date.max):
        # Anchors and a feed's entries are called so: it is made of what stays when other statements are added.
        name = f"{demand.id}-{key}"
        if one.date:
            name += f"-{one.date.iso}"
        names[name] += 1
        if names[name] > 1:
            name += f"-{names[name]}"
        shown.append(_statement(one, key, name))
    return PartView(key, _state(demand, key), tuple(shown))


def _state(demand: Demand, key: PartKey) -> State:
    stated = demand.statements(key)
    if not stated:
        return "open" if key in demand.open else "unknown"
    if all(map(_is_nothing, stated)):
        return "nothing"
    return "stated"


def _is_nothing(one: Statement) -> bool:
    return isinstance(one, Outcome) and one.nothing


def _statement(one: Statement, part: PartKey, name: str) -> StatementView:
    kind: Kind = "lost" if _is_nothing(one) else part
    return StatementView(name, kind, one.text, one.date, tuple(_sources(one)), one.as_stated_by)


def _sources(one: Statement) -> Iterator[CitedSource]:
    if one.source and not one.url and is_web(one.source):  # an address was written where a name is asked for
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
