"""The example: what it shows of 2023 is what the data says, and it is all there without a network."""

import html
import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from tests.copies import ROOT
from tests.project.example import collect_and_build

COVERAGE = ROOT / "content/updates/coverage-2023"
DATA = COVERAGE / "coverage-2023.jsonl"


def test_the_feeds_are_what_the_script_makes_of_the_data() -> None:
    """Whoever doubts a feed can make it again, and gets the same bytes; no feed lies there that it does not make."""
    made = runpy.run_path(str(COVERAGE / "make_feeds.py"))["feeds"](DATA.read_text("utf-8").splitlines())
    assert made == {path.name: path.read_bytes() for path in COVERAGE.glob("*.xml")}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example, collected from its files and built."""
    return collect_and_build(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def shown(output: Path) -> list[dict[str, Any]]:
    """Return what the site publishes of each update of 2023 that came from a feed with real headlines."""
    months = sorted(output.glob("updates/2023/*/updates.json"))
    rows = [row for path in months for row in json.loads(path.read_text("utf-8"))["updates"]]
    return [row for row in rows if not row["entered_by_hand"] and not row["source"]["id"].startswith("made-up")]


def test_it_is_alive(output: Path, shown: list[dict[str, Any]]) -> None:
    """The main job can be seen: eight months of days, and stories that several outlets tell."""
    assert len(shown) >= 500
    assert len(list(output.glob("updates/2023/*/*/index.html"))) >= 100
    assert len(list(output.glob("updates/stories/*/index.html"))) >= 40


def test_every_fact_on_its_pages_is_in_the_data(output: Path, shown: list[dict[str, Any]]) -> None:
    """Of each update on a day's page, headline, address, outlet, author, and day or time are those of a row."""
    rows = {row["url"]: row for row in map(json.loads, DATA.read_text("utf-8").splitlines())}
    unions = {"Writers Guild of America": "WGA (", "SAG-AFTRA": "SAG-AFTRA ("}
    for update in shown:
        row = rows[update["url"]]
        outlet = update.get("outlet") or update["source"]["title"]
        assert row["outlet"].startswith(unions.get(outlet, outlet))
        assert update["title"] == row["title"]
        assert ", ".join(update.get("authors", [])) == (row["author"] or "")
        written = update["date"] if update["date_is"] == "day" else update["date"].replace("+00:00", "Z")
        assert written == row["published"]
        assert "summary_html" not in update

        page, anchor = update["permalink"].split("/updates/")[1].split("#")
        text = html.unescape((output / "updates" / page / "index.html").read_text("utf-8"))
        of_update = text[text.index(f'id="{anchor}"') :].partition("</li>")[0]
        assert f'href="{update["url"]}"' in of_update
        assert row["title"] in of_update
        assert outlet in of_update


def test_no_page_of_a_day_shows_a_headline_that_is_nobodys(output: Path, shown: list[dict[str, Any]]) -> None:
    """What stands on a day's page and is not in the data was entered by hand, or says that it is made up."""
    known = {row["title"] for row in map(json.loads, DATA.read_text("utf-8").splitlines())}
    by_hand = "".join(path.read_text("utf-8") for path in (ROOT / "content/updates").glob("*.md"))
    for path in output.glob("updates/2023/*/*/index.html"):
        for title in re.findall(r'class="u-url" href="[^"]*">([^<]*)</a>', path.read_text("utf-8")):
            words = html.unescape(title)
            assert words in known or f"title: {words}\n" in by_hand or words.startswith("Made up: "), (path, words)


def test_the_agreement_leads_to_its_terms_and_to_the_vote(output: Path) -> None:
    """From what most outlets told, the actors' agreement, a reader comes step by step to its ratification, and back."""
    pages = {path.parent.name: path.read_text("utf-8") for path in output.glob("updates/stories/*/index.html")}
    largest = max(pages, key=lambda id_: pages[id_].count('class="entry'))
    steps = [largest]
    while found := re.search(r'href="[^"]*/updates/stories/([^"/]+)/" rel="next"', pages[steps[-1]]):
        back = re.search(r'href="[^"]*/updates/stories/([^"/]+)/" rel="prev"', pages[found[1]])
        assert back is not None
        assert back[1] == steps[-1]
        steps.append(found[1])
    titles = [html.unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", pages[step], re.DOTALL)[0]) for step in steps]
    assert "agreement" in titles[0].casefold()
    assert any("bonuses" in title for title in titles)
    assert "ratif" in titles[-1].casefold()
