"""The example's demands are those of the data they were made from: every figure, date and source, and no gap filled."""

import json
import re
import tomllib
from calendar import month_name
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.copies import ROOT
from tests.sites.conftest import Site, builder

DATA = ROOT / "tests" / "labelled" / "demands-2023.jsonl"
UNIONS = {"WGA": "wga-2023", "SAG-AFTRA": "sag-aftra-2023"}
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
GAP = "Not known to us"


def data() -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of the data by strike and topic."""
    rows = map(json.loads, DATA.read_text("utf-8").splitlines())
    return {(UNIONS[row["union"]], row["topic"]): row for row in rows}


def tables(file: str, key: str) -> list[dict[str, Any]]:
    """Return the tables of a file of the example."""
    return list(tomllib.loads((ROOT / "content" / file).read_text("utf-8"))[key])


def figures(text: str) -> list[str]:
    """Return every figure of a text, in order."""
    return sorted(FIGURE.findall(text))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site of the example's strikes and demands alone."""
    names = ("strikes.toml", "demands.toml")
    files = {name: (ROOT / "content" / name).read_bytes() for name in names}
    made = builder(tmp_path_factory.mktemp("example"))({**files, "pages/a.md": "---\ntitle: A\n---\n\nWords.\n"})
    assert made.code == 0, made.said
    return made


def cells(page: str) -> dict[str, list[str]]:
    """Return each row of a page's table by its topic: the HTML of its other cells."""
    found = {}
    for row in re.findall(r'<tr id="[^"]*">(.*?)</tr>', page, re.DOTALL):
        topic, *rest = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        found[words(topic)] = rest
    return found


def words(html: str) -> str:
    """Return what a reader sees of a piece of HTML."""
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", html).split()))


def test_every_figure_of_the_pages_is_in_the_data(site: Site) -> None:
    """Each cell has the figures of its cell in the data, no other and none less, but for the days that became dates."""
    rows = data()
    shown = {
        (strike, topic): row
        for strike in UNIONS.values()
        for topic, row in cells(site.page(f"demands/{strike}/index.html")).items()
    }
    assert shown.keys() == rows.keys()
    for key, row in rows.items():
        for part, cell in zip(("asked", "offered", "won"), shown[key], strict=False):
            text = row[part]
            assert (words(cell) == GAP) == (text is None), (key, part)
            if text is None:
                continue
            dates = " ".join(re.findall(r"<time[^>]*>(.*?)</time>", cell))
            own = figures(words(re.sub(r"<time.*?</time>", "", cell)))
            assert set(own) <= set(figures(text)), (key, part)
            assert set(figures(text)) <= {*own, *figures(dates)}, (key, part)
        links = re.findall(r'href="(http[^"]*)"', shown[key][3])
        assert sorted(map(unescape, links)) == sorted(row["sources"]), key


def test_every_date_is_one_that_the_data_or_a_milestone_names() -> None:
    """A day stands in the union's rows, or is a milestone's of its strike; a month stands in the row itself."""
    rows = data()
    milestones = {one["id"]: {stone["date"] for stone in one["milestone"]} for one in tables("strikes.toml", "strike")}
    texts = {strike: " ".join(str(row) for key, row in rows.items() if key[0] == strike) for strike in UNIONS.values()}
    for demand in tables("demands.toml", "demand"):
        strike, own = demand["strike"], str(rows[(demand["strike"], demand["topic"])])
        for statement in (one for part in ("asked", "offered", "won") for one in demand.get(part, ())):
            when = statement["date"]
            if isinstance(when, date):
                day = f"{when.day} {month_name[when.month]}"
                assert when.year == 2023
                assert day in texts[strike] or when in milestones[strike], (demand["id"], day)
            elif when != "unknown":
                assert month_name[int(when.removeprefix("2023-"))] in own, demand["id"]


def test_nothing_is_called_open_that_was_only_not_read() -> None:
    """A gap of the data is one of reading: the example says of none that there was no answer."""
    assert [one["id"] for one in tables("demands.toml", "demand") if "open" in one] == []


def test_what_is_uncertain_is_said_above_each_table() -> None:
    """Each strike has its prefaces, and they say that excerpts were read and that the contract was not."""
    for strike in UNIONS.values():
        said = " ".join(one["text"] for one in tables("demands.toml", "preface") if one["strike"] == strike)
        assert "excerpts" in said
        assert "not the contract" in said
        assert "support the row together" in said


def test_the_origin_stands_beside_the_data() -> None:
    """Whoever finds the file reads where it is from."""
    assert Path(DATA).with_suffix(".md").read_text("utf-8").startswith("# demands-2023.jsonl")
