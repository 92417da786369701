"""The numbers page and the listings to take away, on a whole site."""

import csv
import json
import re
from dataclasses import replace
from io import StringIO
from pathlib import Path

from plugins.listings.archive import listings_folder
from plugins.listings.posting import Snapshot
from tests.sites.small_site import SmallSite
from tests.unit.listings.publish.archived import at, listing, sum_of


def site_of_boards(folder: Path) -> SmallSite:
    """Return a site whose archive has two employers' listings, one of them reworded."""
    texts = [Snapshot(at(1), "Planner", "", "A fast pace.", (sum_of(90000, 120000),))]
    texts.append(replace(texts[0], seen=at(5), text="A calm pace."))
    listings = (listing("1", *texts, happened=[(5, "changed")]), listing("2", employer="Quay & <b>Sons</b>"))
    site = SmallSite(folder)
    place = site.content / "archive" / "listings"
    place.mkdir(parents=True)
    listings_folder.write(place, replace(listings_folder.read(place), listings={one.id: one for one in listings}))
    return site


def test_each_chart_has_a_title_a_description_a_table_and_its_csv(tmp_path: Path) -> None:
    """Whoever does not see a chart hears what it shows, and everybody can have its figures; no script is asked for."""
    site = site_of_boards(tmp_path)
    site.build()
    page = site.page("listings/numbers/index.html")
    charts = re.findall(r"<svg class=\"(?:chart-columns|bar)\".*?</svg>", page, re.DOTALL)
    assert len(charts) == 2 + 1 + 4
    for chart in charts:
        title, described = re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', chart)
        assert re.search(rf'<title id="{title}">[^<]+</title>', chart)
        assert re.search(rf'<desc id="{described}">[^<]+</desc>', chart)
    assert page.count("<caption>") == 3
    assert "Quay &amp; &lt;b&gt;Sons" in page
    for name in ("openings", "pay", "rewordings"):
        assert f'href="/repo/listings/numbers/{name}.csv"' in page
        assert len(list(csv.reader(StringIO(site.page(f"listings/numbers/{name}.csv"))))) > 1
    assert 'href="/repo/listings/numbers/"' in site.page("listings/index.html")


def test_all_listings_can_be_taken_away(tmp_path: Path) -> None:
    """A table and a file for programs have each listing once."""
    site = site_of_boards(tmp_path)
    site.build()
    rows = list(csv.DictReader(StringIO(site.page("listings/listings.csv"))))
    whole = json.loads(site.page("listings/listings.json"))["listings"]
    assert sorted(row["id"] for row in rows) == sorted(one["id"] for one in whole) == ["harbour/1", "harbour/2"]


def test_without_a_board_there_are_no_numbers(tmp_path: Path) -> None:
    """A site that only comments on listings shows no page about an archive that it does not have."""
    site = SmallSite(tmp_path)
    site.write("listings/one.md", "---\nemployer: Harbour Works\nrole: Planner\nseen: 2026-02-01\n---\n\nText.\n")
    site.build()
    assert not (site.output / "listings" / "numbers").exists()
    assert "listings/numbers/" not in site.page("listings/index.html")
