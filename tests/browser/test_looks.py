"""What a reader sees at a glance: nothing stands beside a hole, giving is near, words that differ are parted."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from playwright.sync_api import FloatRect, Locator, Page, ViewportSize

from tests.browser.conftest import DESKTOP, Served, served
from tests.sites.conftest import POST, Build, build  # noqa: F401 - a fixture

LATEST = datetime(2026, 3, 1, 1, tzinfo=UTC)
PHONE: ViewportSize = {"width": 360, "height": 780}
SOURCES = '[[source]]\nid = "union"\ntitle = "The union"\nsite = "https://union.example.org/"\nkind = "guild"\n'
FUND = (
    '[[fund]]\nid = "{0}"\nname = "Fund {0}"\nurl = "https://{0}.example.org/"\nhosts = ["{0}.example.org"]\n'
    'pays_for = "Rent, and meals at the gate."\n\n'
)
CHECKED = 'verified_on = 2026-02-01\nverified_by = "A. Editor"\n'
STRIKE = (
    '[[strike]]\nid = "{0}"\nunion = "The Union of Dockers, Crane Drivers and Tug Crews of the {0}"\n'
    'employers = "the Federation of Harbour Employers of the {0}"\nstart = 2025-12-01\nend = 2026-02-02\n'
    'status = "settled"\nmembers = 4200\nnext = "The members have ratified the contract, by nine in ten."\n\n'
)
STONE = (
    '[[strike.milestone]]\ndate = 2026-01-{0:02}\ntext = "On this day {0} gates were closed."\nsource = "The union"\n\n'
)
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COLUMNS = """() => {
  const box = document.querySelector(".front-wire-columns").getBoundingClientRect();
  const columns = new Map();
  for (const entry of document.querySelectorAll(".front-wire-columns .entry")) {
    const { left, right, bottom } = entry.getBoundingClientRect();
    const column = columns.get(Math.round(left)) ?? { left, right: 0, bottom: 0, rest: box.right - right };
    columns.set(Math.round(left), { ...column, right, bottom: Math.max(column.bottom, bottom) });
  }
  const heights = [...document.querySelectorAll(".front-wire-columns .entry")].map((one) => one.offsetHeight);
  return { columns: [...columns.values()], tallest: Math.max(...heights) };
}"""
BANDS = """() => {
  const front = document.querySelector(".front").getBoundingClientRect();
  return [...document.querySelectorAll(".front > *")].map((part) => {
    const { left, right } = part.getBoundingClientRect();
    return left - front.left + front.right - right;
  });
}"""
REACH = """([within, parts]) => [...document.querySelectorAll(within)].map((whole) => {
  const ends = [...whole.querySelectorAll(parts)].map((part) => part.getBoundingClientRect().right);
  return whole.getBoundingClientRect().right - Math.max(...ends);
})"""


def updates(count: int) -> dict[str, str]:
    """Return a wire of updates with headlines that have no word in common, five a day."""
    files = {"updates/sources.toml": SOURCES}
    for number in range(count):
        chance = Random(number)  # noqa: S311 - the same headlines in every run
        words = ["".join(chance.choices("abcdefghilmnoprstu", k=chance.randint(4, 9))) for _ in range(4 + number % 9)]
        at = LATEST - timedelta(hours=number * 5)
        files[f"updates/one-{number}.md"] = (
            f"---\ntitle: {' '.join(words).capitalize()}\nsource: union\ndate: {at:%Y-%m-%d %H:%M}\n"
            f"url: https://union.example.org/{number}\n---\n\nWords.\n"
        )
    return files


def box(part: Locator) -> FloatRect:
    """Return where a part stands, which is seen."""
    found = part.bounding_box()
    assert found is not None, part
    return found


@pytest.mark.parametrize("count", [3, 30, 300])
def test_no_column_of_the_front_page_is_empty(build: Build, desktop: Page, count: int) -> None:  # noqa: F811
    """Each part has the whole width; the wire's columns reach across it, and end within an update of each other."""
    site = build({**updates(count), "posts/first.md": POST, "funds.toml": FUND.format("rent")})
    assert site.code == 0, site.said
    with served(site.output) as address:
        desktop.goto(address)
        assert set(desktop.evaluate(BANDS)) == {0}
        seen = desktop.evaluate(COLUMNS)
        ends = [column["bottom"] for column in seen["columns"]]
        assert len(ends) > 1
        assert min(column["rest"] for column in seen["columns"]) < 2
        assert max(ends) - min(ends) <= seen["tallest"] + 60  # a day's heading stands over its first update
        for width in (320, 360, 800, 1280):
            desktop.set_viewport_size({"width": width, "height": 800})
            assert desktop.evaluate(WIDER) == 0, width


def test_a_front_page_with_little_says_so(build: Build, desktop: Page) -> None:  # noqa: F811
    """Without posts, funds and updates a reader is told that this is a beginning; an empty wire says that it is."""
    site = build(updates(0))
    assert site.code == 0, site.said
    with served(site.output) as address:
        desktop.goto(address)
        said = desktop.locator("main").inner_text()
    assert "We are just beginning" in said
    assert "Nothing yet." in said


def test_giving_and_the_lead_are_on_a_phones_first_screen(build: Build, desktop: Page) -> None:  # noqa: F811
    """Below the banners of two strikes that are over, a line leads to the funds, and the lead's headline begins."""
    strikes = STRIKE.format("north") + STRIKE.format("south")
    site = build({**updates(3), "posts/first.md": POST, "funds.toml": FUND.format("rent"), "strikes.toml": strikes})
    assert site.code == 0, site.said
    with served(site.output) as address:
        desktop.set_viewport_size(PHONE)
        desktop.goto(address)
        line = desktop.locator(".give-line a")
        for part in (line, desktop.locator(".lead h2")):
            place = box(part)
            assert place["y"] + place["height"] < PHONE["height"]
        assert box(line)["height"] >= 24
        line.click()
        assert desktop.url == f"{address}/donate/"


def test_a_caption_and_its_credit_are_parted(site: Served, desktop: Page) -> None:
    """Who drew a picture is never read as the end of what it shows, neither by eye nor as plain text."""
    for viewport in (PHONE, DESKTOP):
        desktop.set_viewport_size(viewport)
        desktop.goto(f"{site.address}/posts/day-one/")
        words = desktop.locator(".picture figcaption")
        assert [line for line in words.inner_text().split("\n") if line] == ["The gate", "Drawn for this test"]
        caption, credit = (box(one) for one in words.locator("p").all())
        assert credit["x"] - (caption["x"] + caption["width"]) >= 12 or credit["y"] >= caption["y"] + 12


def test_no_third_of_the_donate_page_and_the_timeline_is_empty(build: Build, desktop: Page) -> None:  # noqa: F811
    """On a desktop a fund's ways reach the page's edge, and a long chronicle has two columns of like height."""
    strike = STRIKE.format("north")
    files = {
        "funds.toml": FUND.format("rent")
        + CHECKED
        + FUND.format("food")
        + CHECKED
        + 'get_help = "https://food.example.org/help"\n',
        "strikes.toml": strike + "".join(STONE.format(day) for day in range(2, 13)),
    }
    site = build({**files, "posts/first.md": POST})
    assert site.code == 0, site.said
    with served(site.output) as address:
        desktop.goto(f"{address}/donate/")
        assert max(desktop.evaluate(REACH, ["main", ".fund-page"])) < 1
        assert max(desktop.evaluate(REACH, [".fund-page", ".fund-ways > *"])) < 1
        desktop.goto(f"{address}/timeline/")
        stones = [box(stone) for stone in desktop.locator(".milestones > li").all()]
        lefts = sorted({stone["x"] for stone in stones})
        ends = [max(stone["y"] + stone["height"] for stone in stones if stone["x"] == left) for left in lefts]
        assert len(lefts) == 2
        assert abs(ends[0] - ends[1]) <= max(stone["height"] for stone in stones)
        assert max(desktop.evaluate(REACH, ["main", ".milestones > li"])) < 1
