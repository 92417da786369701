"""What was asked, offered and won, on a whole site: table, timeline, feed and data, whatever anybody's words are."""

import csv
import io
import json
import re
from html import unescape

import feedparser
import pytest

from plugins.demands.data_files import COLUMNS
from tests.sites.conftest import Build, Site, build, builder  # noqa: F401 - a fixture

BAD = "</td><script>alert(1)</script> =1+1 \"' {fund}x **b** &amp; \u202ereversed"
STRIKES = (
    '[[strike]]\nid = "dock"\nunion = "Dockers"\nemployers = "Harbour Works"\ntitle = "The dock strike"\n'
    'start = 2026-01-05\nstatus = "running"\n[[strike.milestone]]\ndate = 2026-01-06\ntext = "They walk out."\n'
    'source = "The union"\n'
    '[[strike]]\nid = "mill"\nunion = "Weavers"\nemployers = "The Mill"\nstart = 2026-02-01\nstatus = "running"\n'
)
DEMANDS = f"""
[[preface]]
strike = "dock"
text = {json.dumps(BAD)}

[[demand]]
id = "dock-pay"
strike = "dock"
topic = "Pay"
sources = ["https://paper.example.org/one", "https://union.example.org/two"]

[[demand.asked]]
text = "10% a year"
date = 2026-01-05

[[demand.offered]]
text = "4% a year"
date = 2026-02-20
source = "The paper"
url = "https://paper.example.org/four"

[[demand.offered]]
text = "Refused"
date = "2026-01"
source = "The employers"
as_stated_by = "The union says 2 January."

[[demand]]
id = "dock-bad"
strike = "dock"
topic = {json.dumps(BAD)}
open = ["won"]
note = {json.dumps(BAD)}

[[demand.asked]]
text = {json.dumps("=" + BAD)}
date = 2026-01-05
source = {json.dumps(BAD)}
as_stated_by = {json.dumps(BAD)}

[[demand]]
id = "mill-rest"
strike = "mill"
topic = "Rest"
open = ["offered"]
won = {{ text = "Tea at four", date = "unknown", source = "The union" }}

[[demand]]
id = "mill-songs"
strike = "mill"
topic = "Songs"
won = {{ text = "Given up", date = 2026-02-27, source = "The union", nothing = true }}
"""
SITE = {"strikes.toml": STRIKES, "demands.toml": DEMANDS, "pages/about.md": "---\ntitle: About\n---\n\nUs.\n"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with two strikes' demands."""
    made = builder(tmp_path_factory.mktemp("demands"))(SITE, SITEURL="https://example.org/repo")
    assert made.code == 0, made.said
    return made


def rows(page: str) -> dict[str, list[str]]:
    """Return each row of a page's table by its id: the words of its cells, line by line."""
    found = re.findall(r'<tr id="([^"]*)">(.*?)</tr>', page, re.DOTALL)
    cells = {name: re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for name, row in found}
    return {
        name: [unescape(" ".join(re.sub(r"<[^>]*>", " ", one).split())) for one in row] for name, row in cells.items()
    }


def test_the_table_has_each_cell_with_its_day_and_source(site: Site) -> None:
    """Answers in the order of their dates; a cell without a source of its own leads to the row's; gaps are words."""
    table = rows(site.page("demands/dock/index.html"))
    assert table["dock-pay"] == [
        "Pay",
        "10% a year 5 January 2026 sources of the row",
        "Refused January 2026 The employers as stated: The union says 2 January. 4% a year 20 February 2026 The paper",
        "Not known to us",
        "paper.example.org union.example.org",
    ]
    assert table["dock-bad"][2:4] == ["Not known to us", "Still open"]
    assert rows(site.page("demands/mill/index.html"))["mill-rest"][1:4] == [
        "Not known to us",
        "No answer yet",
        "Tea at four day not known The union",
    ]
    assert rows(site.page("demands/mill/index.html"))["mill-songs"][3] == "Not won: Given up 27 February 2026 The union"
    page = site.page("demands/dock/index.html")
    assert re.findall(r'<th scope="(\w+)"', page) == ["col"] * 5 + ["row"] * 2
    assert "<caption>" in page
    assert 'href="#dock-pay--sources"' in page
    assert 'id="dock-pay--sources"' in page


def test_the_overview_leads_to_every_strike_and_topic(site: Site) -> None:
    """Each topic with its outcome in words; the strike by its name, its counts in a line; the data below."""
    page = site.page("demands/index.html")
    for url in ("dock/", "mill/", "dock/#dock-pay", "mill/#mill-rest", "demands.json", "demands.csv"):
        assert re.search(rf'href="[^"]*/demands/{re.escape(url)}"', page), url
    words = unescape(" ".join(re.sub(r"<[^>]*>", " ", page).split()))
    assert "The dock strike" in words
    assert "2 topics: 2 asked, 1 answered, 0 won, 1 still open" in words
    assert "Pay outcome not known to us" in words
    assert "Rest Won" in words
    assert "Songs Not won" in words
    sitemap = site.page("sitemap.xml")
    assert "/demands/</loc>" in sitemap
    assert "/demands/dock/</loc>" in sitemap


def test_changes_are_on_the_timeline_by_date(site: Site) -> None:
    """Between the milestones, one line for a day and a part, each topic with a link to its row."""
    page = site.page("timeline/index.html")
    lines = re.findall(r'<li id="(dock-[^"]*)">.*?<p class="milestone-text">(.*?)</p>', page, re.DOTALL)
    assert [name for name, _ in lines] == [
        *("dock-asked-2026-01-05", "dock-1", "dock-offered-2026-01", "dock-offered-2026-02-20")
    ]
    assert re.search(
        r'Answered: <a href="[^"]*/demands/dock/#dock-pay">Pay</a>', dict(lines)["dock-offered-2026-02-20"]
    )
    assert "2 topics: 2 asked, 1 answered" in page
    assert "2 topics: 2 asked, 1 answered" in site.page("index.html")


def test_the_feed_has_the_dated_changes(site: Site) -> None:
    """In all three forms and in the feed of everything, the latest first, each leading to its row."""
    feed = feedparser.parse(site.page("feeds/demands.atom.xml").encode())
    assert [entry.title for entry in feed.entries][:2] == ["Not won: Songs", "Answered: Pay"]
    assert [entry.published[:10] for entry in feed.entries] == [
        "2026-02-27",
        "2026-02-20",
        "2026-01-05",
        "2026-01-05",
        "2026-01-01",
    ]
    assert feed.entries[1].link.endswith("/demands/dock/#dock-pay")
    assert len({entry.id for entry in feed.entries}) == 5
    assert "The dock strike" in feed.entries[1].content[0].value
    assert "4% a year" in feed.entries[1].content[0].value
    assert len(json.loads(site.page("feeds/demands.json"))["items"]) == 5
    assert len(feedparser.parse(site.page("feeds/demands.rss.xml").encode()).entries) == 5
    assert "Answered: Pay" in site.page("feeds/everything.atom.xml")
    assert "feeds/demands.atom.xml" in site.page("subscribe/index.html")


def test_hostile_words_are_words_everywhere(site: Site) -> None:
    """No script on any page or in any feed, no formula in the table for spreadsheets; the words can be read."""
    told = {name: data.decode() for name, data in site.files().items() if name.startswith(("demands/", "timeline/"))}
    told |= {name: data.decode() for name, data in site.files().items() if name.startswith("feeds/demands")}
    for name, text in told.items():
        if name.endswith((".html", ".xml")):
            assert "<script>alert" not in text, name
    for entry in feedparser.parse(told["feeds/demands.atom.xml"].encode(), sanitize_html=False).entries:
        assert "<script" not in entry.content[0].value
    assert BAD.replace("\u202e", "") in rows(told["demands/dock/index.html"])["dock-bad"][0].replace("\u202e", "")
    made = list(csv.DictReader(io.StringIO(told["demands/demands.csv"], newline="")))
    assert tuple(made[0]) == COLUMNS
    assert [one["text"][:2] for one in made if one["demand"] == "dock-bad"] == ["'=", "", ""]
    assert not [cell for one in made for cell in one.values() if cell.startswith(("=", "+", "-", "@"))]
    strikes = json.loads(told["demands/demands.json"])["strikes"]
    assert strikes[0]["demands"][1]["topic"] == BAD


def test_a_strike_that_is_none_and_a_card_of_none_stop_the_build(build: Build) -> None:  # noqa: F811
    """Each is told at its line, with the nearest that there is."""
    wrong = DEMANDS.replace('strike = "mill"', 'strike = "mil"')
    post = "---\ntitle: A\ndate: 2026-01-02\n---\n\n/// demand | dock-pai\n///\n\n[x]({demand}dock-pai)\n"
    made = build({**SITE, "demands.toml": wrong, "posts/a.md": post})
    assert made.code == 1
    line = wrong[: wrong.index('strike = "mil"')].count("\n") + 1
    assert f"demands.toml:{line}: there is no strike 'mil'; did you mean mill?" in made.said
    assert "a.md:6: there is no demand 'dock-pai'; did you mean dock-pay?" in made.said
    assert "a.md:9: there is no demand 'dock-pai'" in made.said


def test_a_site_without_demands_has_no_word_of_them(build: Build) -> None:  # noqa: F811
    """No page, feed or place in the navigation, and the strike's banner has no line of them."""
    made = build({key: text for key, text in SITE.items() if key != "demands.toml"})
    assert made.code == 0, made.said
    assert not [name for name in made.files() if "demands" in name]
    assert "demands" not in made.page("index.html")
