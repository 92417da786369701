"""All listings, and the figures of the numbers pages, as CSV and JSON: docs/listings-data.md explains the columns.

In the CSV a text that a spreadsheet would take for a formula begins with an apostrophe; the JSON has every text as
it is.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from plugins.core.text.spreadsheet import csv_text
from plugins.listings.publish.figures import Openings, PaySpreads, Rewordings
from plugins.listings.publish.views import ListingView, PayView
from plugins.sections.printed import File

VERSION = 1
_OTHERS = "other employers"
CSV, JSON = "listings/listings.csv", "listings/listings.json"
Cell = str | float | date | None
COLUMNS = (
    *("id", "employer", "role", "location", "state", "first_seen", "last_seen", "posted", "closed", "rewordings"),
    *("pay_low", "pay_high", "pay_currency", "pay_period", "pay_period_stated", "pay_basis", "pay_label", "pay_quote"),
    *("pay_ranges", "commented", "page", "advertisement"),
)


def files(listings: Sequence[ListingView], siteurl: str) -> Iterator[File]:
    """Return all listings as a table, one a row, and as JSON; drafts are not to be among them."""
    yield File(CSV, csv_text(COLUMNS, (_row(one, siteurl) for one in listings)))
    whole = {"version": VERSION, "listings": [_as_json(one, siteurl) for one in listings]}
    yield File(JSON, json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


def of_openings(openings: Openings) -> str:
    """Return the openings by month as a table: a column for each employer, the others and all."""
    names = ["month"]
    columns: list[Iterable[Cell]] = [[f"{month:%Y-%m}" for month in openings.months]]
    for one in openings.series:
        names.append(one.employer or _OTHERS)
        columns.append(one.counts)
    return csv_text([*names, "all"], zip(*columns, openings.totals, strict=True))


def of_pay(groups: Iterable[PaySpreads]) -> str:
    """Return the spreads of pay as a table."""
    columns = ("currency", "period", "kind", "employer", "listings", "lowest", "median_of_middles", "highest")
    rows: list[tuple[Cell, ...]] = []
    for group in groups:
        for one in group.spreads:
            figures = map(_number, (one.low, one.middle, one.high))
            rows.append((group.currency, group.period, group.kind, one.employer or _OTHERS, one.listings, *figures))
    return csv_text(columns, rows)


def of_rewordings(rewordings: Rewordings) -> str:
    """Return the days until listings were reworded as a table."""
    rows: list[tuple[Cell, ...]] = []
    for one in rewordings.waits:
        rows.append((one.over + 1, one.up_to, one.listings))
    rows.append(("not reworded", None, rewordings.never))
    return csv_text(("from_day", "to_day", "listings"), rows)


def _number(value: float | None) -> float | int | None:
    """Return a sum without a decimal point where it is whole."""
    if value is None or value != int(value):
        return value
    return int(value)


def _row(listing: ListingView, siteurl: str) -> tuple[Cell, ...]:
    cells = _as_json(listing, siteurl)
    ranges: list[dict[str, Any]] = cells["pay"]
    cells["pay_ranges"] = len(ranges)
    if ranges:
        for name, value in ranges[0].items():
            cells[f"pay_{name}"] = value
    return tuple(_as_cell(cells.get(name)) for name in COLUMNS)


def _as_cell(value: Any) -> Cell:
    """Return a value as a table has it: yes and no for what is true or not, nothing for None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value  # type: ignore[no-any-return]  # of the kinds that JSON has, and COLUMNS names


def _as_json(listing: ListingView, siteurl: str) -> dict[str, Any]:
    return {
        "id": listing.id,
        "employer": listing.employer,
        "role": listing.role,
        "location": listing.location,
        "state": listing.state,
        "first_seen": _day(listing.seen),
        "last_seen": _day(listing.last_seen),
        "posted": _day(listing.posted),
        "closed": _day(listing.closed),
        "rewordings": listing.rewordings,
        "pay": [_pay_as_json(pay) for pay in listing.pays],
        "commented": listing.is_commented,
        "page": f"{siteurl}/{listing.url}",
        "advertisement": listing.link,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _pay_as_json(pay: PayView) -> dict[str, Any]:
    return {
        "low": _number(pay.low),
        "high": _number(pay.high),
        "currency": pay.currency,
        "period": pay.period,
        "period_stated": bool(pay.period) and not pay.period_assumed,
        "basis": pay.basis,
        "label": pay.label,
        "quote": pay.quote,
    }
