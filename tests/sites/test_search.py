"""The search page of a whole site."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

from tests.sites.small_site import _PLUGINS, SmallSite

_ALL = [f"plugins.{name}.plugin" for name in (*_PLUGINS, "updates", "funds", "demands")]
_SOURCES = """
[[source]]
id = "dockers"
title = "Dockers’ Union"
site = "https://dockers.example.org/"
kind = "guild"
"""
_FUND = """
[[fund]]
id = "kitchen"
name = "Harbour Kitchen"
url = "https://kitchen.example.org/"
hosts = ["kitchen.example.org"]
pays_for = "Hot meals at the gate."
"""
_STRIKE = """
[[strike]]
id = "dockers"
union = "Dockers’ Union"
employers = "Harbour Works"
start = 2026-02-10
status = "running"

[[strike.milestone]]
date = 2026-02-09
text = "Nine in ten vote to strike."
source = "Dockers’ Union"
"""
_DEMAND = """
[[demand]]
id = "harbour-pay"
strike = "dockers"
topic = "Pay"
asked = { text = "Sixpence more", date = 2026-02-08, source = "Dockers’ Union" }
"""
_UPDATE = "---\ntitle: {}\nsource: dockers\ndate: 2026-02-{} 18:00\nurl: https://dockers.example.org/{}\n---\nWords.\n"


def found(site: SmallSite) -> dict[str, dict[str, Any]]:
    """Return what the index tells of each result, by the address it leads to, below the site's root."""
    told = {}
    for path in (site.output / "pagefind" / "fragment").iterdir():
        one = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        told[one["meta"].get("url") or one["url"].lstrip("/")] = one
    return told


def test_everything_a_reader_can_open_is_found(tmp_path: Path) -> None:
    """Updates of one outlet, funds, milestones and pages are found as posts are, each as what it is, with its day."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.", "tags: [pay]\nauthor: A. Writer\n")
    site.write("updates/sources.toml", _SOURCES)
    site.write("updates/topics.toml", '[topic.strike]\ntitle = "The strike"\nany = ["vote"]\n')
    site.write("updates/vote.md", _UPDATE.format("Dockers vote to strike", "09", "vote"))
    site.write("updates/talks.md", _UPDATE.format("Talks resume at the harbour", "09", "talks"))
    site.write("funds.toml", _FUND)
    site.write("strikes.toml", _STRIKE)
    site.write("demands.toml", _DEMAND)
    site.write("listings/job.md", "---\nemployer: A studio\nrole: An actor\nseen: 2026-01-02\n---\nActors wanted.\n")
    site.build(PLUGINS=_ALL)
    told = found(site)
    kinds = {url: (one["meta"]["kind"], one["meta"].get("day", "")) for url, one in told.items()}
    assert kinds["posts/one/"] == ("post", "1 March 2026")
    assert kinds["about/"] == ("page", "")
    assert kinds["updates/2026/02/09/"] == ("day", "9 February 2026")
    assert kinds["updates/sources/dockers/"] == ("source", "")
    assert kinds["updates/topics/strike/"] == ("topic", "")
    assert kinds["donate/#kitchen"] == ("fund", "")
    assert kinds["timeline/#dockers"] == ("strike", "10 February 2026")
    assert kinds["timeline/#dockers-1"] == ("milestone", "9 February 2026")
    assert kinds["demands/dockers/#harbour-pay"] == ("demand", "8 February 2026")
    assert "Sixpence more" in told["demands/dockers/#harbour-pay"]["content"]
    assert kinds["listings/job/"] == ("listing", "2 January 2026")
    assert {kinds[f"{place}/"][0] for place in ("tags/pay", "authors/a-writer", "categories/notes")} == {
        "tag",
        "author",
        "category",
    }
    day = site.page("updates/2026/02/09/index.html")
    anchors = [one["id"] for one in told["updates/2026/02/09/"]["anchors"]]
    assert len(anchors) == 2
    assert all(f'id="{name}"' in day for name in anchors)


def test_without_scripts_the_archives_are_named(tmp_path: Path) -> None:
    """The page says where else to look, and is under the same policy as every other page."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.")
    site.build()
    search, other = site.page("search/index.html"), site.page("index.html")
    assert re.search(r"<noscript>.*/repo/posts/.*</noscript>", search, re.DOTALL)
    policies = [re.findall(r'Security-Policy" content="([^"]+)"', one) for one in (search, other)]
    assert policies[0] == policies[1] != []
    assert 'href="/repo/search/"' in other


def test_the_index_knows_public_texts_only(tmp_path: Path) -> None:
    """A site with posts has an index of them; a build from nothing makes the same, an edit another."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.")
    site.post("draft", "Secret.", "status: draft\n")
    site.build()
    first = {path: data for path, data in site.files().items() if path.startswith("pagefind/")}
    assert found(site).keys() == {"posts/one/", "about/", "subscribe/", "categories/notes/"}
    for path in (site.folder / ".cache" / "search").iterdir():
        path.rename(site.folder / path.name)
    site.build()
    assert {path: data for path, data in site.files().items() if path.startswith("pagefind/")} == first
