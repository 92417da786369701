"""Every kind of page as a reader meets it: phone and desktop, light and dark, with and without scripts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
KINDS = {
    "front": "",
    "post": "posts/day-one/",
    "short post": "posts/day-two/",
    "posts": "posts/",
    "year": "posts/2026/",
    "page": "about/",
    "tags": "tags/",
    "tag": "tags/picket/",
    "categories": "categories/",
    "category": "categories/picket/",
    "authors": "authors/",
    "author": "authors/a-writer/",
    "wire": "updates/",
    "month": "updates/2026/02/",
    "day": "updates/2026/02/09/",
    "source": "updates/sources/daily/",
    "topic": "updates/topics/strike/",
    "status": "updates/status/",
    "embed": "updates/embed/",
    "listings": "listings/",
    "listing": "listings/dock-planner/",
    "donate": "donate/",
    "timeline": "timeline/",
    "subscribe": "subscribe/",
    "search": "search/",
    "not found": "no/such/page/at/any/depth/",
}


class Watched:
    """A page that remembers what its readers should never meet: errors, and requests to another host."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.faults = page, []
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda asked: self._asked(asked.url, address))

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "404 (Not Found)" not in text:
            self.faults.append(f"{kind}: {text}")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((address, "data:")):
            self.faults.append(f"request: {url}")


def opened(browser: Browser, address: str, **options: object) -> Iterator[Watched]:
    """Open a page in a context of its own."""
    context = browser.new_context(**options)
    yield Watched(context.new_page(), address)
    context.close()


@pytest.fixture(params=[360, 1280], ids=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> int:
    """Return a screen's width."""
    return request.param


@pytest.fixture(params=["light", "dark"])
def watched(request: pytest.FixtureRequest, browser: Browser, address: str, width: int) -> Iterator[Watched]:
    """Return a page on a screen of that width, in that scheme."""
    yield from opened(browser, address, viewport={"width": width, "height": 800}, color_scheme=request.param)


@pytest.mark.parametrize("kind", KINDS)
def test_everyone_can_read_every_page(kind: str, watched: Watched, address: str) -> None:
    """WCAG 2.2 AA with no violation, no sideways scrolling, no error, and no request to another host."""
    watched.page.goto(f"{address}/{KINDS[kind]}")
    found = Axe().run(watched.page, options=AXE).response["violations"]
    told = [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
    assert told == []
    wide = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0
    assert watched.faults == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "search"])  # which says that it needs them
def test_no_script_is_needed_to_read(kind: str, browser: Browser, address: str) -> None:
    """With scripts off a page says the same."""
    said = []
    for scripts in (True, False):
        for watched in opened(browser, address, java_script_enabled=scripts):
            watched.page.goto(f"{address}/{KINDS[kind]}")
            said.append(watched.page.locator("main").inner_text())
    assert said[0] == said[1]


def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser: Browser, address: str) -> None:
    """Tab goes through the front page in order, first to the text, and every stop has a visible mark."""
    for watched in opened(browser, address, viewport={"width": 1280, "height": 800}):
        page = watched.page
        page.goto(f"{address}/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
        stops = page.locator("a[href]:visible, button:visible").count()
        seen = 1
        while seen < stops:
            page.keyboard.press("Tab")
            mark = page.evaluate(
                "(() => { const s = getComputedStyle(document.activeElement);"
                " return [document.activeElement.tagName, s.outlineStyle, parseFloat(s.outlineWidth)] })()"
            )
            if mark[0] == "BODY":
                break
            assert mark[1] != "none" and mark[2] >= 2, mark
            seen += 1
        assert seen >= stops


def test_every_page_has_a_strict_policy_and_one_heading(output: Path) -> None:
    """No page opens the door to an inline script or style, and each is named once."""
    pages = list(output.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        text = path.read_text("utf-8")
        assert "default-src 'none'" in text and "unsafe" not in text, path
        assert text.count("<h1") == 1, path
        assert " style=" not in text, path


def test_a_long_title_and_large_text_stay_on_the_page(browser: Browser, address: str) -> None:
    """At 320 pixels, with text at twice its size, nothing is cut off sideways."""
    for watched in opened(browser, address, viewport={"width": 320, "height": 700}):
        for kind in ("front", "post", "wire", "listings", "donate", "timeline"):
            watched.page.goto(f"{address}/{KINDS[kind]}")
            watched.page.evaluate("document.documentElement.style.fontSize = '200%'")
            wide = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide == 0, kind
