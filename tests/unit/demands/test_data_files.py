"""Demands as JSON and CSV say what the pages say, and the manual explains all of it."""

import csv
import io
import json
import re
from typing import Any

from plugins.demands import data_files, views
from plugins.demands.model import Demand, Preface
from tests.copies import ROOT

URL = "https://example.org/repo"
STRIKES = views.by_strike(
    [
        Demand.model_validate(
            {
                "id": "pay",
                "strike": "dock",
                "topic": "=Pay",
                "sources": ["https://a.example.org/", "https://b.example.org/"],
                "note": "Read in excerpts.",
                "won": {"text": "Given up.", "date": "unknown", "source": "The paper", "nothing": True},
                "asked": {
                    "text": "+10%",
                    "date": "2026-01-05",
                    "source": "The union",
                    "url": "https://u.example.org/x",
                },
                "offered": [
                    {"text": "4%", "date": "2026-02", "source": "The paper", "as_stated_by": "-"},
                    {"text": "Refused.", "date": "2026-01-07", "sources": ["https://c.example.org/"]},
                ],
            }
        )
    ],
    [Preface(strike="dock", text="Ours.")],
)


def rows() -> list[dict[str, str]]:
    """Return the CSV as a program reads it."""
    return list(csv.DictReader(io.StringIO(data_files.as_csv(STRIKES, URL), newline="")))


def test_each_statement_is_a_row_and_each_gap_is_one() -> None:
    """In the order of the dates; a formula is harmless; where nothing was won, its row says so."""
    assert [(one["part"], one["state"], one["order"], one["date"], one["text"], one["source"]) for one in rows()] == [
        ("asked", "stated", "1", "2026-01-05", "'+10%", "The union"),
        ("offered", "stated", "1", "2026-01-07", "Refused.", ""),
        ("offered", "stated", "2", "2026-02", "4%", "The paper"),
        ("won", "nothing", "1", "", "Given up.", "The paper"),
    ]
    assert {(one["topic"], one["url"], one["demand_links"]) for one in rows()} == {
        ("'=Pay", f"{URL}/demands/dock/#pay", "https://a.example.org/ https://b.example.org/")
    }
    assert [one["links"] for one in rows()] == ["https://u.example.org/x", "https://c.example.org/", "", ""]
    assert rows()[2]["as_stated_by"] == "'-"


def test_json_has_the_words_as_they_are() -> None:
    """Nothing is put before a formula, which JSON does not know; what is not said is left out."""
    (strike,) = json.loads(data_files.as_json(STRIKES, URL))["strikes"]
    (demand,) = strike["demands"]
    assert (strike["strike"], strike["url"], strike["prefaces"]) == ("dock", f"{URL}/demands/dock/", ["Ours."])
    assert demand["asked"]["statements"] == [
        {"text": "+10%", "date": "2026-01-05", "source": "The union", "links": ["https://u.example.org/x"]}
    ]
    assert demand["won"] == {
        "state": "nothing",
        "statements": [{"text": "Given up.", "source": "The paper", "nothing": True}],
    }
    assert (demand["topic"], demand["note"]) == ("=Pay", "Read in excerpts.")


def test_every_column_and_every_key_is_in_the_manual() -> None:
    """docs/demands.md has a line for each column, in order, and an example with each key of JSON."""
    page = (ROOT / "docs" / "demands.md").read_text("utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == data_files.COLUMNS
    example = re.search(r"^```json\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert example
    made = keys(json.loads(data_files.as_json(STRIKES, URL)))
    assert made - {"as_stated_by"} == keys(json.loads(example[1]))


def keys(value: Any) -> set[str]:
    """Return every key of a JSON value and of what is in it."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()
