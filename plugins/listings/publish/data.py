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
    names = [one.employer or "other employers" for one in openings.series]
    rows = zip(openings.months, *(one.counts for one in openings.series), openings.totals, strict=True)
    return csv_text(("month", *names, "all"), (((f"{month:%Y-%m}", *counts)) for month, *counts in rows))


def of_pay(groups: Iterable[PaySpreads]) -> str:
    """Return the spreads of pay as a table."""
    columns = ("currency", "period", "kind", "employer", "listings", "lowest", "median_of_middles", "highest")
    return csv_text(
        columns,
        (
            (
                *(group.currency, group.period, group.kind, one.employer or "other employers", one.listings),
                *(_number(one.low), _number(one.middle), _number(one.high)),
            )
            for group in groups
            for one in group.spreads
        ),
    )


def of_rewordings(rewordings: Rewordings) -> str:
    """Return the days until listings were reworded as a table."""
    rows: list[tuple[Cell, ...]] = [(one.over + 1, one.up_to, one.listings) for one in rewordings.waits]
    return csv_text(("from_day", "to_day", "listings"), [*rows, ("not reworded", None, rewordings.never)])


def _number(value: float | None) -> float | int | None:
    """Return a sum without a decimal point where it is whole."""
    return int(value) if value is not None and value == int(value) else value


def _row(listing: ListingView, siteurl: str) -> tuple[Cell, ...]:
    whole = _as_json(listing, siteurl)
    ranges: list[dict[str, Any]] = whole["pay"]
    flat = {f"pay_{name}": value for name, value in ranges[0].items()} if ranges else {}
    cells = {**whole, **flat, "pay_ranges": len(ranges)}
    return tuple(_as_cell(cells.get(name)) for name in COLUMNS)


def _as_cell(value: Any) -> Cell:
    """Return a value as a table has it: yes and no for what is true or not, nothing for None."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value  # type: ignore[no-any-return]  # of the kinds that JSON has, and COLUMNS names


def _as_json(listing: ListingView, siteurl: str) -> dict[str, Any]:
    days = {
        "first_seen": listing.seen,
        "last_seen": listing.last_seen,
        "posted": listing.posted,
        "closed": listing.closed,
    }
    return {
        "id": listing.id,
        "employer": listing.employer,
        "role": listing.role,
        "location": listing.location,
        "state": listing.state,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "rewordings": listing.rewordings,
        "pay": [_pay_as_json(pay) for pay in listing.pays],
        "commented": listing.is_commented,
        "page": f"{siteurl}/{listing.url}",
        "advertisement": listing.link,
    }


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
