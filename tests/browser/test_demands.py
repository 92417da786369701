"""What was asked, offered and won: its table is read on a phone, and by ear, as on a desk."""

from collections import Counter
from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, Served

PAGE = "/demands/dockers-2026/"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CELLS = """() => [...document.querySelectorAll("#harbour-pay > *")].map((cell) => {
  const { left, top, right, bottom } = cell.getBoundingClientRect();
  const label = getComputedStyle(cell, "::before").content;
  return { left, top, right, bottom, label };
})"""
HEADERS = ["Topic", "Asked", "Offered", "Won", "Sources"]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_table_is_one_to_a_screen_reader_at_every_width(site: Served, desktop: Page, width: int) -> None:
    """Its caption is its name, each column has its head and each row its topic, also on a phone."""
    desktop.set_viewport_size({"width": width, "height": 800})
    desktop.goto(site.address + PAGE)
    tree = desktop.context.new_cdp_session(desktop).send("Accessibility.getFullAXTree")
    nodes = [node for node in tree["nodes"] if not node["ignored"]]
    roles = Counter(node["role"]["value"] for node in nodes)
    assert (roles["table"], roles["columnheader"], roles["rowheader"], roles["cell"]) == (1, 5, 2, 8)
    names = {node["role"]["value"]: node["name"]["value"] for node in nodes if node["role"]["value"] == "table"}
    assert "not that there was none" in names["table"]
    heads = [node["name"]["value"] for node in nodes if node["role"]["value"] == "columnheader"]
    assert heads == HEADERS
    assert desktop.locator("td[headers]").count() == 0, "scope says it all"
    assert desktop.locator("thead th:not([scope=col]), tbody th:not([scope=row])").count() == 0


def test_on_a_phone_each_cell_has_its_label_and_the_whole_width(site: Served, desktop: Page) -> None:
    """Nothing is cut off or beside another; on a desk the cells stand side by side, without labels."""
    desktop.set_viewport_size({"width": 360, "height": 780})
    desktop.goto(site.address + PAGE)
    assert desktop.evaluate(WIDER) == 0
    cells = desktop.evaluate(CELLS)
    assert [cell["label"] for cell in cells] == ["none", *(f'"{head}"' for head in HEADERS[1:])]
    assert all(above["bottom"] <= below["top"] + 1 for above, below in pairwise(cells))
    assert {round(cell["right"] - cell["left"]) for cell in cells} == {328}

    desktop.set_viewport_size(DESKTOP)
    cells = desktop.evaluate(CELLS)
    assert {cell["label"] for cell in cells} == {"none"}
    assert len({round(cell["top"]) for cell in cells}) == 1
    assert desktop.evaluate(WIDER) == 0


def test_a_topic_and_its_sources_can_be_linked_to(site: Served, desktop: Page) -> None:
    """A link to a row shows and marks it; a cell without a source of its own leads to those of its row."""
    desktop.set_viewport_size({"width": 360, "height": 500})
    desktop.goto(f"{site.address}{PAGE}#harbour-cranes")
    row = desktop.locator("#harbour-cranes")
    assert row.evaluate("(row) => row.matches(':target')")
    assert row.bounding_box()["y"] < 500  # type: ignore[index]
    desktop.get_by_role("link", name="sources of the row").click()
    assert desktop.locator(":target").inner_text().split() == ["daily.example.org", "dockers.example.org"]


def test_the_front_page_leads_to_the_demands_of_a_running_strike(site: Served, desktop: Page) -> None:
    """On a phone too, in the strike's banner, with room for a finger."""
    desktop.set_viewport_size({"width": 360, "height": 780})
    desktop.goto(f"{site.address}/")
    link = desktop.locator(".strike-demands a")
    box = link.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    link.click()
    assert desktop.url == site.address + PAGE
