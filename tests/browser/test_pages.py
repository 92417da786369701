"""Every kind of page as a reader meets it: phone and desktop, light and dark, with and without scripts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from plugins.core.text.plain_text import plain_line
from tests.browser.conftest import Served
from tests.unit.core.text.test_characters import HEAPS

AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""The rules that are about colours, which are asked in the dark too: all else is there as it is in the light."""
KINDS = {
    "front": "",
    "post": "posts/day-one/",
    "short post": "posts/day-two/",
    "quotations": "posts/lines/",
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
    "story": "updates/stories/vote/",
    "source": "updates/sources/daily/",
    "source’s month": "updates/sources/daily/2026/02/",
    "topic": "updates/topics/strike/",
    "topic’s month": "updates/topics/strike/2026/02/",
    "status": "updates/status/",
    "embed": "updates/embed/",
    "listings": "listings/",
    "listing": "listings/dock-planner/",
    "reworded listing": "listings/crane-driver/",
    "listing without commentary": "listings/boards/harbour/1207/",
    "employer": "listings/employers/harbour-works/",
    "state": "listings/states/uncommented/",
    "listings embed": "listings/embed/",
    "donate": "donate/",
    "pickets": "pickets/",
    "timeline": "timeline/",
    "subscribe": "subscribe/",
    "search": "search/",
    "not found": "no/such/page/at/any/depth/",
}


at_the_root = pytest.mark.parametrize("site", [""], indirect=True, ids=["root"])
"""For what is the same wherever the site is served, once all of a page's files came."""
BUILT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCREENS = [(width, scheme) for width in (360, 1280) for scheme in SCHEMES]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STOPS = "a[href], button, input, summary, [tabindex='0']"
WATCH_STOPS = """stops => {
  window.seen = [];
  document.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    const before = window.seen.at(-1)?.target;
    const inOrder = !before || Boolean(before.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
    window.seen.push({ target, inOrder, ring: outlineStyle === "none" ? 0 : parseFloat(outlineWidth) });
  });
  return [...document.querySelectorAll(stops)].filter((stop) => stop.checkVisibility()).length;
}"""
SEEN = "seen.map(({ target, inOrder, ring }) => [target.outerHTML.slice(0, 120), inOrder, ring])"


class Watched:
    """A page that remembers what its readers should never meet: errors, files that are not there, and other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("request", lambda asked: self._asked(asked.url, address))
        page.on("response", self._answered)

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "404 (Not Found)" not in text:
            self.faults.append(f"{kind}: {text}")

    def _asked(self, url: str, address: str) -> None:
        if not url.startswith((f"{address}/", "data:")):
            self.faults.append(f"request: {url}")

    def _answered(self, answer: Response) -> None:
        is_there = answer.ok or answer.status == HTTPStatus.NOT_MODIFIED
        if not is_there and not answer.request.is_navigation_request():
            self.faults.append(f"{answer.status}: {answer.url}")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Return the name of a kind of page."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def phone(browser: Browser, site: Served) -> Iterator[Watched]:
    """Return a reader's phone: one for all pages of a site, since to open one takes a second."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    context.clock.set_fixed_time(BUILT)  # later, what was to come is over
    yield Watched(context.new_page(), site.address)
    context.close()


@pytest.fixture(scope="module")
def watched(phone: Watched, site: Served, kind: str) -> Watched:
    """Return a page of that kind, opened on a phone."""
    phone.faults.clear()
    phone.page.set_viewport_size({"width": 360, "height": 800})
    phone.page.emulate_media(color_scheme="light")
    phone.page.goto(f"{site.address}/{KINDS[kind]}")
    return phone


@pytest.fixture(scope="module")
def without_scripts(browser: Browser) -> Iterator[Page]:
    """Return a page in which no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_everyone_can_read_every_page(watched: Watched, site: Served) -> None:
    """WCAG 2.2 AA with no violation, no sideways scrolling, no error, and no request to another host.

    On a phone and a desktop, light and dark; and with text at twice its size at 320 pixels nothing is cut off sideways.
    Below a path a page has the words that it has at the root, so there WCAG holds where all of its files came.
    """
    page = watched.page
    page.evaluate(Axe().axe_script)
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        if not site.address.endswith("/repo"):
            rules = AXE if scheme == "light" else COLOURS
            found = page.evaluate("async options => (await axe.run(document, options)).violations", rules)
            told = [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
            assert told == [], (width, scheme)
        assert page.evaluate(WIDER) == 0, width
    page.set_viewport_size({"width": 320, "height": 700})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(WIDER) == 0
    assert watched.faults == []


@at_the_root
def test_the_keyboard_reaches_everything_and_shows_where_it_is(watched: Watched) -> None:
    """Tab goes through a page in its order, first to the text, and every stop has a visible mark."""
    page = watched.page
    page.set_viewport_size({"width": 1280, "height": 800})
    page.reload()
    stops = page.evaluate(WATCH_STOPS, STOPS)
    for _ in range(stops):
        page.keyboard.press("Tab")
    seen = page.evaluate(SEEN)
    assert len(seen) == stops
    assert "embed/" in page.url or 'href="#main"' in seen[0][0]
    assert [stop for stop in seen if not stop[1] or stop[2] < 2] == []


@at_the_root
def test_no_script_is_needed_to_read(watched: Watched, without_scripts: Page, kind: str) -> None:
    """With scripts off a page says the same; but for search, which says that it needs them."""
    size = watched.page.viewport_size
    assert size is not None
    without_scripts.set_viewport_size(size)
    without_scripts.goto(watched.page.url)
    plain, scripted = (" ".join(one.locator("main").inner_text().split()) for one in (without_scripts, watched.page))
    assert (plain == scripted) is (kind != "search")


def test_every_page_has_a_strict_policy_and_one_heading(site: Served) -> None:
    """No page opens the door to an inline script or style, and each is named once."""
    pages = list(site.output.rglob("*.html"))
    assert len(pages) > 30
    for path in pages:
        text = path.read_text("utf-8")
        assert "default-src 'none'" in text and "unsafe" not in text, path
        assert text.count("<h1") == 1, path
        assert " style=" not in text, path


def test_no_headline_makes_a_page_wider_than_a_phone(site: Served, browser: Browser) -> None:
    """A headline with 450 marks on a letter, as it is archived: a page on a phone has no more width than with any."""
    context = browser.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site.address}/updates/")
    title = page.locator(".entry-title a").first
    for name, heap in HEAPS.items():
        title.evaluate("(link, words) => { link.textContent = words; }", plain_line(f"Strike {heap} {heap} over"))
        assert page.evaluate(WIDER) == 0, name
    context.close()
