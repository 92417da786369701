"""An archive whose clock was stopped: what is of that day, what is not, and what readers are told."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.sites.conftest import Build, Site
from tests.sites.test_wire import BASE, stored, update

POST = "---\ntitle: {}\ndate: {}\n---\n\nWords.\n"
CONTENT = {
    **BASE,
    "strikes.toml": """
[[strike]]
id = "dock"
union = "Local 12"
employers = "Harbour Works"
start = 2026-02-01
end = 2026-02-25
status = "settled"

[[strike]]
id = "later"
union = "Local 13"
employers = "Quay Works"
start = 2026-02-27
status = "running"
""",
    "events.toml": """
[[event]]
id = "then"
title = "A picket of the time"
start = "2026-02-21 09:00"
repeats = "daily"
until = 2026-02-24
strike = "dock"

[[event]]
id = "hindsight"
title = "Much later"
start = "2026-07-01 09:00"
""",
    "funds.toml": """
[[fund]]
id = "relief"
name = "Relief"
url = "https://relief.example/"
hosts = ["relief.example"]
give = "https://relief.example/give"
verified_on = 2025-11-28
verified_by = "A. Editor"
""",
    "posts/then.md": POST.format("Contemporaneous", "2026-02-20 23:30"),
    "posts/later.md": POST.format("Hindsight", "2026-02-24"),
    "posts/scheduled.md": POST.format("Unwritten", "2026-03-09"),
}


@pytest.fixture
def archive(build: Build, tmp_path: Path) -> Site:
    """Return a site built on 1 March whose clock was stopped on 20 February."""
    moments = {"talks": datetime(2026, 2, 20, 20, tzinfo=UTC), "rally": datetime(2026, 2, 23, 20, tzinfo=UTC)}
    stored(tmp_path, *(update(name, 200, published=at) for name, at in moments.items()))
    site = build(CONTENT, AS_OF="2026-02-20")
    assert site.code == 0, site.said
    return site


def test_the_front_page_is_that_of_the_day(archive: Site) -> None:
    """Day counts, posts and the wire are as they were; every page says so, and of which day it is."""
    front = archive.page("index.html")
    assert '<span class="strike-unit">Day</span> <span class="strike-days">20</span>' in front
    assert "Local 13" not in front
    assert "Contemporaneous" in front
    assert "Hindsight" not in front
    assert "Mediator calls" in front
    assert "Thousands march" not in front
    for page in ("index.html", "updates/index.html", "updates/topics/pay/index.html", "posts/later/index.html"):
        assert "as of 20 February 2026" in archive.page(page) or "as of February 20, 2026" in archive.page(page)
    assert "Thousands march" not in archive.page("updates/index.html")
    assert "Thousands march" not in archive.page("updates/sources/post/index.html")
    assert "Thousands march" not in archive.page("updates/embed/index.html")


def test_the_pickets_are_those_that_were_to_come(archive: Site) -> None:
    """On the page, on the front page and in the banner it is that day; what is far ahead stands under its month."""
    page = archive.page("pickets/index.html")
    assert re.search(r"As of \w+, (20 February|February 20,) 2026", page)
    assert page.count("A picket of the time") == 4
    assert "Much later" not in page
    assert "data-live" not in page
    assert "Much later" in archive.page("pickets/2026/07/index.html")
    front = archive.page("index.html")
    assert "21 February 2026, 09:00 PST" in front or "February 21, 2026, 09:00 PST" in front
    assert "Much later" not in front


def test_what_came_later_is_not_lost(archive: Site) -> None:
    """It stands under its own day and month, in its source's month, among all posts, and in the feeds."""
    for page in ("updates/2026/02/23/index.html", "updates/2026/02/index.html", "feeds/updates.atom.xml"):
        assert "Thousands march" in archive.page(page) or "/updates/2026/02/23/" in archive.page(page)
    assert "Thousands march" in archive.page("updates/sources/post/2026/02/index.html")
    assert "Hindsight" in archive.page("posts/index.html")


def test_a_promise_is_not_kept_young_by_a_stopped_clock(archive: Site) -> None:
    """A fund's check grows old and a scheduled post stays in, by the true time of the build."""
    assert "https://relief.example" in archive.page("donate/index.html")
    assert 'class="button' not in archive.page("donate/index.html")
    assert "Unwritten" not in "".join(data.decode("utf-8", "replace") for data in archive.files().values())


def test_a_clock_is_stopped_in_the_past(build: Build) -> None:
    """A day to come is a slip of the pen, and is told with what to do."""
    site = build(CONTENT, AS_OF="2026-03-02")
    assert site.code == 1
    assert "AS_OF is a day to come (2026-03-02); give the day on which" in site.said
