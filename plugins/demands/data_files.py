"""Demands as data for other programs, as JSON and as CSV; docs/demands.md explains every key and column.

No time of the build is in them, so that a build without changes changes no byte.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plugins.core.text.spreadsheet import csv_text
from plugins.demands.model import CitedSource, DemandView, PartView, StatementView, StrikeDemands

JSON_PATH = "demands/demands.json"
CSV_PATH = "demands/demands.csv"
COLUMNS = (
    *("demand", "strike", "topic", "part", "state", "order", "date", "text", "source", "links", "as_stated_by"),
    *("demand_links", "note", "url"),
)


def as_json(strikes: Iterable[StrikeDemands], siteurl: str) -> str:
    """Return every demand, as it is shown, with absolute addresses; what is not known or not said is left out."""
    document = {"version": 1, "strikes": [_strike(strike, siteurl) for strike in strikes]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(strikes: Iterable[StrikeDemands], siteurl: str) -> str:
    """Return a row for each statement, and one for each part of a demand of which nothing is stated."""
    return csv_text(COLUMNS, _rows(strikes, siteurl))


def _strike(strike: StrikeDemands, siteurl: str) -> dict[str, Any]:
    return {
        "strike": strike.strike,
        "url": f"{siteurl}/{strike.url}",
        "prefaces": strike.prefaces,
        "demands": [_demand(demand, siteurl) for demand in strike.demands],
    }


def _demand(demand: DemandView, siteurl: str) -> dict[str, Any]:
    values: dict[str, Any] = {"id": demand.id, "url": f"{siteurl}/{demand.url}", "topic": demand.topic}
    for part in demand.parts:
        values[part.key] = {"state": part.state, "statements": list(map(_statement, part.statements))}
    if demand.note:
        values["note"] = demand.note
    if demand.sources:
        values["links"] = _links(demand.sources)
    return values


def _statement(one: StatementView) -> dict[str, Any]:
    values = {
        "text": one.text,
        "date": one.date and one.date.iso,
        "source": _named(one),
        "links": _links(one.sources),
        "as_stated_by": one.as_stated_by,
        "nothing": one.kind == "lost",
    }
    return {key: value for key, value in values.items() if value}


def _rows(strikes: Iterable[StrikeDemands], siteurl: str) -> Iterator[Iterable[object]]:
    """Yield each row's cells, None where it says nothing of a column."""
    for strike in strikes:
        for demand in strike.demands:
            about = {
                "demand": demand.id,
                "strike": demand.strike,
                "topic": demand.topic,
                "demand_links": " ".join(_links(demand.sources)),
                "note": demand.note,
                "url": f"{siteurl}/{demand.url}",
            }
            for part in demand.parts:
                for stated in _part_rows(part):
                    # In this order: a statement that nothing was won has another state than its part.
                    row = {**about, "part": part.key, "state": part.state, **stated}
                    yield map(row.get, COLUMNS)


def _part_rows(part: PartView) -> Iterator[Mapping[str, object]]:
    if not part.statements:
        yield {}  # a row of its own: that a part is open, or not known, is said too
    for number, one in enumerate(part.statements, 1):
        row = {**_statement(one), "order": number, "links": " ".join(_links(one.sources))}
        if one.kind == "lost":
            row["state"] = "nothing"  # of this statement; others may say that something was won
        yield row


def _named(one: StatementView) -> str:
    """Return who says it, "" where its links alone are named."""
    for source in one.sources:
        # Who is named by a bare address has the link's host for a title, and the link stands beside it anyway.
        if source.title not in source.link:
            return source.title
    return ""


def _links(sources: Iterable[CitedSource]) -> list[str]:
    return [source.link for source in sources if source.link]
