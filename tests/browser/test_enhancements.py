"""What scripts add where they run: links to copy, a scheme that is remembered, sorting, when the site was refreshed."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served

Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, site: Served) -> Iterator[Open]:
    """Return a function that opens a page of the site; `before` is a script that runs before its own."""
    contexts = []

    def to(path: str, before: str = "") -> Page:
        context = browser.new_context(color_scheme="light", permissions=["clipboard-read", "clipboard-write"])
        contexts.append(context)
        context.add_init_script(before)
        page = context.new_page()
        page.goto(f"{site.address}/{path}")
        return page

    yield to
    for context in contexts:
        context.close()


def clipboard(page: Page) -> str:
    """Return what was copied."""
    copied: str = page.evaluate("navigator.clipboard.readText()")
    return copied


def test_every_quotation_has_a_link_to_copy(opened: Open, site: Served) -> None:
    """Each button has a name of its own, is large enough for a finger, and copies a link to its quotation."""
    page = opened("posts/lines/?from=elsewhere")
    buttons = page.get_by_role("button", name=re.compile("^Copy a link to “"))
    expect(buttons).to_have_count(8)  # a quotation, a pull quote, two annotated lines, three moments, a chat
    names = {button.get_attribute("aria-label") for button in buttons.all()}
    assert len(names) == 8
    copied = set()
    for button in buttons.all():
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= 24
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("main [role=status]")).to_have_text("Link copied")
        copied.add(clipboard(page))
    ids = {link.removeprefix(f"{site.address}/posts/lines/#") for link in copied}
    assert {"quote-we-regret-the-noise-at-the", "quote-you-are-flexible", "at-1-02-03"} <= ids
    assert all(page.locator(f"#{name}").count() == 1 for name in ids)
    assert len(ids) == 8
    page.emulate_media(media="print")
    assert not any(button.is_visible() for button in page.locator(".copy").all())


def test_a_browser_that_refuses_is_led_to_the_quotation(opened: Open, site: Served) -> None:
    """Where nothing may be copied, the address bar has the link, and the page says so."""
    page = opened("posts/lines/", before="Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy a link to “A notice that regrets the noise has heard …”").click()
    expect(page).to_have_url(f"{site.address}/posts/lines/#quote-a-notice-that-regrets-the-noise")
    expect(page.locator("main [role=status]")).to_have_text("The link is in the address bar")


def test_every_update_has_a_link_to_copy(opened: Open, site: Served) -> None:
    """On the wire's front as on its day, an update's button copies its permanent link."""
    for path in ("updates/", "updates/2026/02/09/"):
        page = opened(path)
        button = page.get_by_role("button", name="Copy a link to “Dockers vote to strike”")
        button.click()
        assert clipboard(page) == f"{site.address}/updates/2026/02/09/#vote"
        page.emulate_media(media="print")
        assert not button.is_visible()


def test_the_chosen_scheme_is_remembered(opened: Open, site: Served) -> None:
    """The switch turns the page dark, and pages opened later are dark too; the way back is the same."""
    page = opened("")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.goto(f"{site.address}/donate/")
    assert page.evaluate(paper) == dark
    page.get_by_role("button", name="Light").click()
    page.reload()
    assert page.evaluate(paper) == light


def test_a_table_is_sorted_and_put_back(opened: Open) -> None:
    """A column's head sorts up, down and not at all, and says which to a screen reader."""
    page = opened("listings/")
    head = page.get_by_role("columnheader", name="Pay")
    for order in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", order)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None


def test_listings_are_sorted_by_what_they_pay(opened: Open) -> None:
    """Sums are compared as sums, whatever words they stand in; what states no pay comes last when the highest lead."""
    page = opened("listings/")
    roles = page.locator("tbody .listing-role")
    page.get_by_role("columnheader", name="Pay").get_by_role("button").press("Enter")
    page.get_by_role("columnheader", name="Pay").get_by_role("button").press("Enter")
    expect(roles).to_have_text(["Planner, automated quay", "Crane driver", "Fork-lift driver", "Fork-lift driver"])
    page.get_by_role("columnheader", name="First seen").get_by_role("button").press("Enter")
    expect(roles.first).to_have_text("Planner, automated quay")


def test_an_advertisement_stands_beside_its_remarks_where_there_is_room(browser: Browser, site: Served) -> None:
    """Line and remark are side by side on a wide screen, one above the other on a phone."""
    for width, is_beside in ((1280, True), (360, False)):
        page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
        page.goto(f"{site.address}/listings/crane-driver/")
        line = page.locator(".annotated .line").first
        quoted, remark = line.locator("blockquote").bounding_box(), line.locator("> div").bounding_box()
        assert quoted
        assert remark
        assert (remark["x"] >= quoted["x"] + quoted["width"]) == is_beside
        assert (remark["y"] >= quoted["y"] + quoted["height"]) != is_beside
        page.context.close()


def test_a_listing_on_a_phone_is_a_card(browser: Browser, site: Served) -> None:
    """The pay bar has the whole width, and no column of labels stands beside it."""
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{site.address}/listings/")
    row, bar = page.locator("tbody tr").first.bounding_box(), page.locator("tbody .bar").first.bounding_box()
    assert row
    assert bar
    assert bar["width"] > 0.95 * row["width"]
    page.context.close()


def test_a_quotation_leads_to_the_text_that_has_it(opened: Open) -> None:
    """The link below a quoted line jumps to the advertisement as it was then."""
    page = opened("listings/crane-driver/")
    page.locator(".quoted-from a").first.click()
    expect(page.locator(":target")).to_contain_text("twelve automated cranes")


@pytest.mark.parametrize("path", ["", "updates/"])
def test_the_wire_says_when_the_site_was_refreshed(path: str, opened: Open, site: Served) -> None:
    """The hour is in the site's zone; after a day it has its day; the page's own text stays as it came."""
    line = "document.querySelector('[data-refreshed]')"
    page = opened(path)
    expect(page.locator("[data-refreshed]")).to_have_attribute("data-said", re.compile("."))
    text = page.locator("main").inner_text().split()
    assert page.evaluate(f"getComputedStyle({line}, '::after').content").startswith(
        '"Site refreshed 1 March, 04:00 PST, '
    )
    built = datetime.now(UTC) - timedelta(hours=3, minutes=1)
    page.route("**/status.json", lambda route: route.fulfill(body=json.dumps({"deployed_at": built.isoformat()})))
    page.goto(f"{site.address}/{path}")
    expect(page.locator("[data-refreshed]")).to_have_attribute("data-said", re.compile("."))
    assert re.fullmatch(r"Site refreshed \d\d:\d\d P[DS]T, 3 hours ago\.", page.evaluate(f"{line}.dataset.said"))
    assert page.locator("main").inner_text().split() == text


def test_nothing_is_said_where_nothing_is_known(opened: Open, site: Served) -> None:
    """A status that tells no time leaves the line as it came, without an error."""
    page = opened("about/")
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/status.json", lambda route: route.fulfill(body='{"version": 1, "deployed_at": null}'))
    page.goto(f"{site.address}/updates/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('[data-refreshed]').dataset.said") is None
    assert faults == []


def test_search_finds_what_the_site_says(opened: Open, site: Served) -> None:
    """The index is read from where the site is served, and its results lead there."""
    page = opened("search/?q=kettle")
    link = page.locator("[data-search-results] a").first
    expect(link).to_have_text("Day one at the “gate” & after")
    link.click()
    expect(page).to_have_url(f"{site.address}/posts/day-one/")
