"""Pickets and meetings in a real browser: what a script adds a day later, and what is right without one."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served

SHOWN = "(time) => getComputedStyle(time, '::after').content"
A_DAY_LATER = datetime(2026, 3, 2, 13, 20, tzinfo=UTC)  # the site was built on 1 March, 4:00 PST


def test_the_page_goes_with_the_readers_clock(site: Served, desktop: Page) -> None:
    """What is over is folded away, today is today's, and what begins soon says when; nothing comes from elsewhere."""
    asked: list[str] = []
    desktop.on("request", lambda request: asked.append(request.url))
    desktop.clock.set_fixed_time(A_DAY_LATER)
    desktop.goto(f"{site.address}/pickets/")
    today = desktop.locator("[data-day='2026-03-02']")
    assert today.locator("h2").inner_text() == "Today, Monday, 2 March 2026"
    assert today.locator(".event-time").get_attribute("data-said") == "starts in 40 minutes"
    assert today.locator(".event-time").evaluate(SHOWN) == '" starts in 40 minutes"'
    assert desktop.locator("[data-day='2026-03-03'] h2").inner_text().startswith("Tomorrow, ")
    assert desktop.locator("[data-day='2026-03-03'] [data-said]").count() == 0, "what is cancelled does not start"
    over = desktop.locator("[data-day='2026-03-01'] details")
    assert (over.get_attribute("open"), over.locator("summary").inner_text()) == (None, "Over: 1")
    desktop.clock.set_fixed_time(datetime(2026, 3, 2, 14, 5, tzinfo=UTC))
    desktop.goto(f"{site.address}/")
    banner = desktop.locator(".strike-event:visible")
    assert banner.count() == 1
    assert banner.inner_text().endswith("Harbour gate")
    assert banner.get_attribute("data-said") == "on now"
    assert desktop.locator(".front-events .event").count() == 3
    assert all(url.startswith(site.address.removesuffix("/repo")) for url in asked)


def test_without_a_script_the_day_it_was_built_is_named(site: Served, browser: Browser) -> None:
    """It says of which day it is; every time has the name of its zone, and what is over stands where it stood."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(f"{site.address}/pickets/")
    assert "As of Sunday, 1 March 2026." in page.locator(".standfirst").inner_text()
    assert page.locator("h2").first.inner_text() == "Today, Sunday, 1 March 2026"
    times = page.locator(".event-clock").all_inner_texts()
    assert times[0] == "18:00–20:00 CET"
    assert all(time.endswith(("CET", "PST", "PDT")) for time in times)
    assert page.locator(".strike-event[hidden]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()
