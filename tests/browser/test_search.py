"""A reader's own browser searches the site, below a base and under its Content-Security-Policy."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.sites.small_site import SmallSite
from tests.sites.test_search import _ALL, _FUND, _SOURCES, _STRIKE, _UPDATE

_HARBOUR = {
    "pilots": "Harbour pilots refuse the night watch",
    "soup": "Soup kitchen opens by the harbour wall",
    "judge": "Judge hears what the harbour company says",
    "crane": "A crane stands still in the harbour",
}


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address, below /repo/, of a site of a dozen posts and a listing."""
    site = SmallSite(tmp_path_factory.mktemp("searched"))
    for number in range(13):
        site.post(f"post-{number}", f"The actors are on strike, day {number}.\n", title=f"Picket {number}")
    site.post("odd", "Nothing is said of <b>that</b> here: &lt;script&gt;alert(1)&lt;/script&gt; actors & all.\n")
    site.write("listings/job.md", "---\nemployer: A studio\nrole: An actor\nseen: 2026-01-02\n---\nActors wanted.\n")
    site.write("updates/sources.toml", _SOURCES)
    site.write("updates/topics.toml", '[topic.strike]\ntitle = "The strike"\nany = ["vote"]\n')
    site.write("updates/vote.md", _UPDATE.format("Dockers vote", "09", "vote"))
    for name, title in _HARBOUR.items():
        site.write(f"updates/{name}.md", _UPDATE.format(title, "09", name))
    site.write("funds.toml", _FUND)
    site.write("strikes.toml", _STRIKE)
    site.build(PLUGINS=_ALL)
    with served(site.output, "/repo") as address:
        yield f"{address}/"


@pytest.fixture
def page(browser: Browser, searched: str) -> Iterator[Page]:
    """Return the search page, which no complaint and no request to elsewhere may follow."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if searched not in request.url else None)
    page.goto(f"{searched}search/")
    yield page
    page.close()
    assert complaints == []


def test_a_reader_finds_posts_and_listings(page: Page, searched: str) -> None:
    """Words typed give results with marks and working links; the number is announced; more come on demand."""
    page.get_by_label("Words to look for").fill("actors")
    expect(page.get_by_role("status")).to_have_text("Results for “actors”: 15")
    results = page.locator("[data-search-results] > li")
    expect(results).to_have_count(10)
    expect(results.first.locator("mark").first).to_have_text(re.compile("actor", re.IGNORECASE))
    page.get_by_role("button", name="More results").click()
    expect(results).to_have_count(15)
    expect(page.get_by_role("button", name="More results")).to_be_hidden()
    expect(results.nth(10).locator("a")).to_be_focused()
    for link in results.locator("a").all():
        assert (link.get_attribute("href") or "").startswith(("/repo/posts/", "/repo/listings/job/"))
    results.first.locator("a").click()
    expect(page).to_have_url(re.compile(f"^{searched}(posts|listings)/"))


def test_sections_can_be_left_out_and_the_question_shared(page: Page, searched: str) -> None:
    """Ticking sections narrows the results; the address keeps words and sections, and opens the same again."""
    page.get_by_label("Words to look for").fill("actors")
    page.get_by_label("Posts").uncheck()
    expect(page.get_by_role("status")).to_have_text("Results for “actors”: 1")
    expect(page.locator("[data-search-results] a")).to_have_text("An actor")
    expect(page.locator("[data-search-results] .meta")).to_have_text("Listing 2 January 2026")
    expect(page).to_have_url(f"{searched}search/?q=actors&in=updates&in=listings&in=timeline&in=donate&in=pages")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Results for “actors”: 1")
    expect(page.get_by_label("Posts")).not_to_be_checked()


def test_nothing_found_is_said_and_markup_stays_text(page: Page) -> None:
    """No result is said in words; what a page says about markup is shown as text."""
    page.get_by_label("Words to look for").fill("zzzzqqq")
    expect(page.get_by_role("status")).to_have_text("Nothing found for “zzzzqqq”.")
    page.get_by_label("Words to look for").fill("alert")
    expect(page.locator("[data-search-results] .p-summary").first).to_contain_text("<script>alert(1)</script>")


def test_an_update_of_one_outlet_is_found_where_it_stands(page: Page, searched: str) -> None:
    """A day's updates that hold the words stand below it, the best first, and each link leads to the update itself."""
    page.get_by_label("Words to look for").fill("harbour crane")
    day = page.locator("[data-search-results] > li").filter(has_text="Day of the wire")
    expect(day.locator(".meta")).to_have_text("Day of the wire 9 February 2026")
    parts = day.locator(".search-parts a")
    expect(parts.first).to_have_text(_HARBOUR["crane"])
    expect(parts.last).to_have_text(re.compile(r"^\d more on this page$"))
    parts.first.click()
    expect(page).to_have_url(re.compile(f"^{searched}updates/2026/02/09/#"))
    expect(page.locator(":target")).to_contain_text(_HARBOUR["crane"])


def test_funds_and_milestones_are_found_by_the_keyboard_alone(page: Page, searched: str) -> None:
    """Tab, space and Enter narrow the search to the funds and open one at its place; a milestone has its day."""
    page.get_by_label("Words to look for").fill("gate")
    page.keyboard.press("Tab")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") != "donate":
            page.keyboard.press("Space")
    expect(page.locator("[data-search-results] .meta")).to_have_text(["Fund"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{searched}donate/#kitchen")
    page.goto(f"{searched}search/?q=nine+in+ten")
    expect(page.locator("[data-search-results] .meta")).to_have_text(["Milestone 9 February 2026"])


def test_without_scripts_no_form_is_shown(browser: Browser, searched: str) -> None:
    """A form that nothing answers is not there; the page says where everything is instead."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{searched}search/")
    expect(page.locator("form.search")).to_be_hidden()
    for name in ("Posts", "Wire", "Listings", "Timeline", "Give"):
        expect(page.locator("main").get_by_role("link", name=name)).to_be_visible()
    page.context.close()
