"""Listings to take away: CSV and JSON."""

import csv
import json
from io import StringIO

from plugins.listings.posting import Snapshot
from plugins.listings.publish import data
from tests.unit.listings.publish.archived import at, builder, listing, sum_of

SITE = "https://example.org"
HOSTILE = listing(
    "7",
    Snapshot(
        at(1), '=HYPERLINK("https://evil.example")', "@here", "Text.", (sum_of(90000.5, None, quote="+90,000.50"),)
    ),
    employer='-Quay, "Sons"',
)


def test_a_row_for_each_listing_with_the_documented_columns() -> None:
    """Whoever opens the table finds what the manual names, in its order, empty where nothing is known."""
    table, _ = data.files(builder(HOSTILE, listing("8")).uncommented(), SITE)
    rows = list(csv.DictReader(StringIO(table.text)))
    assert tuple(rows[0]) == data.COLUMNS
    assert len(rows) == 2
    paid = next(row for row in rows if row["pay_low"])
    assert (paid["pay_low"], paid["pay_high"], paid["pay_currency"], paid["pay_ranges"]) == ("90000.5", "", "USD", "1")
    assert paid["page"] == f"{SITE}/listings/boards/harbour/7/"


def test_no_cell_is_a_formula() -> None:
    """A spreadsheet that opens the table runs nothing that an employer wrote into an advertisement."""
    table, _ = data.files(builder(HOSTILE).uncommented(), SITE)
    cells = [cell for row in csv.reader(StringIO(table.text)) for cell in row]
    assert '\'=HYPERLINK("https://evil.example")' in cells
    assert '\'-Quay, "Sons"' in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_json_has_every_range_and_every_text_as_it_is() -> None:
    """Programs are given what was said, unchanged."""
    _, whole = data.files(builder(HOSTILE).uncommented(), SITE)
    (one,) = json.loads(whole.text)["listings"]
    assert (one["employer"], one["role"]) == ('-Quay, "Sons"', '=HYPERLINK("https://evil.example")')
    assert one["pay"][0]["quote"] == "+90,000.50"
    assert (one["pay"][0]["low"], one["pay"][0]["high"]) == (90000.5, None)
