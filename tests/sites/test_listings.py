"""Listings on a whole site: the boards' archive and the writer's commentary, on pages, in feeds and in the check."""

import json
import re
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from plugins.listings.archive import listings_folder
from plugins.listings.posting import ArchivedListing, Happening, Snapshot
from tests.sites.small_site import SmallSite
from tests.unit.listings.publish.archived import at, listing, sum_of

BEFORE = "You are flexible, and like a fast pace.\n\nCompetitive pay, a car and a gym.\n\nPay is $90,000 to $120,000."
AFTER = BEFORE.replace("a fast", "a calm").replace(" and a gym", "")
CRANE = listing(
    "12345",
    Snapshot(at(1), "Crane driver, automated quay", "The harbour", BEFORE, (sum_of(90000, 120000),)),
    Snapshot(at(5), "Crane driver", "The harbour", AFTER, (sum_of(90000, 120000),)),
    happenings=(Happening(at(1), "opened"), Happening(at(5), "changed")),
)
PLANNER = listing("7", happened=[(9, "missing"), (10, "closed")])
COMMENTARY = """---
employer: Harbour Works
role: Crane driver
board: "harbour/12345"
seen: 2026-02-01
---

They took a word out.

/// annotate | The advertisement
    listing: crane-driver
> You are flexible, and like a calm pace.

That is, the hours are.

> Competitive pay … and a *gym*

The gym is gone.
///
"""


def site_with(folder: Path, *archived: ArchivedListing, **files: str) -> SmallSite:
    """Return a site with these listings in its archive, and a commentary on each of `files`."""
    site = SmallSite(folder)
    place = site.content / "archive" / "listings"
    place.mkdir(parents=True)
    listings_folder.write(place, replace(listings_folder.read(place), listings={one.id: one for one in archived}))
    for name, text in files.items():
        site.write(f"listings/{name.replace('_', '-')}.md", text)
    return site


def text_of(html: str) -> str:
    """Return what a reader hears of HTML, on one line."""
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_a_reworded_listing_is_shown_before_and_after(tmp_path: Path) -> None:
    """The commentary has the history, the words that went and came, and every text; its links lead somewhere."""
    site = site_with(tmp_path, CRANE, PLANNER, crane_driver=COMMENTARY)
    site.post("one", "/// listing | crane-driver\n///\n\n[The other]({listing}harbour/7)")
    site.build()
    page = site.page("listings/crane-driver/index.html")
    assert "JobPosting" not in page
    assert "like a [removed: fast] [added: calm] pace." in text_of(page)
    assert "Crane driver[removed: , automated quay]" in text_of(page)
    assert "Changed: title; text" in text_of(page)
    for anchor in re.findall(r'href="(?:/repo/listings/crane-driver/)?#([^"]+)"', page):
        assert f'id="{anchor}"' in page, anchor
    quoted = re.findall(r'class="quoted-from quoted-line"><a href="([^"]*)">([^<]*)<', page)
    assert quoted == [
        ("/repo/listings/crane-driver/#text-20260205T120000Z", "5 February 2026"),
        ("/repo/listings/crane-driver/#text-20260201T120000Z", "1 February 2026"),
    ]
    assert 'url=/repo/listings/crane-driver/"' in site.page("listings/boards/harbour/12345/index.html")
    post = site.page("posts/one/index.html")
    assert "reworded" in text_of(post[post.index("The listing") :])
    assert 'href="/repo/listings/boards/harbour/7/"' in post


def test_every_listing_of_the_boards_has_a_row_and_a_page(tmp_path: Path) -> None:
    """What nobody has commented on is in the tables, with its bar in words, its state, and a page with its history."""
    site = site_with(tmp_path, CRANE, PLANNER, crane_driver=COMMENTARY)
    site.build()
    rows = site.page("listings/index.html").split("<tr>")[1:]
    assert len(rows) == 2
    assert "Crane driver" in rows[0]
    assert 'aria-label="$90,000 to $120,000 a year on a scale from zero to $120,000"' in rows[0]
    assert "closed 10 February 2026" in text_of(rows[1])
    for address in ("states/uncommented", "states/closed", "employers/harbour-works"):
        assert "/listings/boards/harbour/7/" in site.page(f"listings/{address}/index.html"), address
    assert "/listings/crane-driver/" in site.page("listings/states/reworded/index.html")
    page = text_of(site.page("listings/boards/harbour/7/index.html"))
    assert "Nobody here has commented on this listing yet." in page
    assert "Closed: absent from two complete reads of the board" in page
    assert "You are flexible." in page
    assert "cards/listings/boards" not in " ".join(site.files())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a calm pace.", "a calm place.", ":12: no text that is kept of the listing 'crane-driver' says this"),
        ("… and a *gym*", "and a gym", ":16: no text that is kept of the listing 'crane-driver' says this"),
        (
            'board: "harbour/12345"',
            "board: harbour/12346",
            ":4: there is no board listing 'harbour/12346'; did you mean",
        ),
        ('board: "harbour/12345"', "url: https://example.org/", ":12: no text that is kept of the listing"),
        ("listing: crane-driver", "listing: crane-diver", ":11: there is no listing 'crane-diver'; did you mean crane"),
    ],
    ids=["a letter", "an ellipsis left out", "a board's listing that is none", "no board", "no listing"],
)
def test_what_no_text_says_is_refused_at_its_line(before: str, after: str, told: str, tmp_path: Path) -> None:
    """A writer is told where a quotation is wrong, and what the advertisement says instead."""
    site = site_with(tmp_path, CRANE, PLANNER, crane_driver=COMMENTARY.replace(before, after))
    said = site.build(code=1, check=True)
    assert f"listings/crane-driver.md{told}" in said
    if "there is no" in told:
        assert "says this" not in said  # one mistake is one message
    if "place" in after:
        assert "it says “You are flexible, and like a calm pace.”" in said
    assert site.build(code=1) == said


def test_a_listing_is_named_by_one_commentary_and_by_no_name_of_the_sites_own(tmp_path: Path) -> None:
    """Two texts about one listing, and a text at an address that a page of the site has, are told."""
    site = site_with(tmp_path, CRANE, crane_driver=COMMENTARY, again=COMMENTARY, embed=COMMENTARY.replace("board", "#"))
    said = site.build(code=1, check=True)
    assert "crane-driver.md:4: board: harbour/12345 has its commentary in " in said
    assert "embed.md: the address /listings/embed/ is a page of the site's own" in said


def entries(site: SmallSite) -> dict[str, dict[str, str]]:
    """Return the feed of what happened, in its JSON form, by the entries' ids."""
    return {item["id"]: item for item in json.loads(site.page("feeds/listing-changes.json"))["items"]}


def test_what_happens_is_an_entry_each_that_keeps_its_id(tmp_path: Path) -> None:
    """New, changed and closed listings are in a feed of their own; commenting on one makes no reader show it again."""
    site = site_with(tmp_path, CRANE, PLANNER)
    site.build()
    before = entries(site)
    boards = "https://example.org/repo/listings/boards/harbour"
    assert list(before) == [
        f"{boards}/7/#closed-20260210T120000Z",
        f"{boards}/12345/#changed-20260205T120000Z",
        f"{boards}/7/#opened-20260201T120000Z",
        f"{boards}/12345/#opened-20260201T120000Z",
    ]
    changed = before[f"{boards}/12345/#changed-20260205T120000Z"]
    assert changed["title"] == "Changed: Crane driver, Harbour Works"
    assert "<del>" in changed["content_html"]
    assert "like a [removed: fast] [added: calm] pace." in text_of(changed["content_html"])
    site.write("listings/crane-driver.md", COMMENTARY)
    site.build()
    assert list(entries(site)) == list(before)
    now = entries(site)[changed["id"]]
    assert now["url"] == "https://example.org/repo/listings/crane-driver/#change-20260205T120000Z"
    for form in ("atom.xml", "rss.xml"):
        parsed = feedparser.parse(site.page(f"feeds/listing-changes.{form}").encode())
        assert [entry.id for entry in parsed.entries] == list(before)
    assert "closed-2026" not in site.page("feeds/everything.atom.xml")


HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 7 * 7 }} ]]> &lt;b&gt; \u202egnirts Z\u0335\u0341\u0301"
)


def test_a_hostile_advertisement_is_text_wherever_it_stands(tmp_path: Path) -> None:
    """Scripts, marks that turn the order round and 200 kB in one word are words on pages and in feeds."""
    huge = HOSTILE + "x" * 200_000
    first = Snapshot(at(1), HOSTILE, HOSTILE, huge, (sum_of(1, 2, quote=HOSTILE, label=HOSTILE),))
    second = replace(first, seen=at(2), text=f"{HOSTILE}\n\n{huge}y", title=f"{HOSTILE}!")
    changes = (Happening(at(1), "opened"), Happening(at(2), "changed"))
    bad = listing(
        f"../../{HOSTILE}",
        first,
        second,
        happenings=changes,
        url='https://jobs.example.org/"onclick="alert(3)',
    )
    site = site_with(tmp_path, bad)
    site.build()
    (page,) = (name for name in site.files() if name.startswith("listings/boards/harbour/"))
    assert page.count("/") == 4
    told = [
        name
        for name, data in site.files().items()
        if b"alert(" in data and not name.startswith(("theme/", "pagefind/"))
    ]
    assert {name.partition("/")[0] for name in told} == {"listings", "feeds"}
    for name in told:
        text = site.page(name)
        if name.endswith(".csv"):
            continue  # text to whatever reads it
        if name.endswith(".json"):
            rows = json.loads(text)
            text = "".join(item["content_html"] for item in rows["items"]) if "items" in rows else ""
        assert "<script>alert" not in text, name
        assert not re.search(r"<img[^>]*onerror", text), name
        assert not re.search(r'<a[^>]*"\s*onclick=', text), name
        assert "\u202e" not in text, name
    for entry in feedparser.parse(site.page("feeds/listing-changes.atom.xml").encode(), sanitize_html=False).entries:
        assert "<img" not in entry.content[0].value
        assert len(entry.content[0].value) < 30_000
