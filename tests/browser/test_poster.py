"""The sheet to print: one page on either paper, black on white, with an address that a phone reads."""

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from plugins.poster import qr
from plugins.sections import build as door
from plugins.sections.site_reader import read_site
from tests.browser.conftest import served
from tests.copies import ROOT

ZONE = ZoneInfo("America/Los_Angeles")
WORDS = "International Alliance of Dockers, Crane Drivers, Tug Crews and Allied Trades of the Upper and Lower Harbour"
STRIKE = f'[[strike]]\nid = "{{0}}"\nunion = "{WORDS}"\nemployers = "{WORDS}"\nstart = 2025-12-01\nstatus = "running"\n'
FUND = (
    f'[[fund]]\nid = "{{0}}"\nname = "{WORDS} {{0}}"\nurl = "https://{{0}}.example.org/{"a" * 60}"\n'
    'hosts = ["{0}.example.org"]\n'
)
CHECKED = 'verified_on = 2026-02-20\nverified_by = "A. Editor"\n'


def event(number: int) -> SimpleNamespace:
    """Return one of what is upcoming, with long names."""
    start = datetime(2026, 3, 2, 9, tzinfo=ZONE) + timedelta(days=number)
    rest = {"title": f"Picket {number}: {WORDS}", "place": WORDS, "address": WORDS, "zone": "PST", "all_day": False}
    return SimpleNamespace(start=start, end=start + timedelta(hours=3), **rest)


def sheet(folder: Path) -> str:
    """Return the sheet of a site with as much to say as fits, and more."""
    content = folder / "content"
    (content / "posts").mkdir(parents=True)
    (content / "posts" / "first.md").write_text("---\ntitle: One\ndate: 2026-01-02\n---\n\nWords.\n", "utf-8")
    (content / "strikes.toml").write_text("\n".join(STRIKE.format(name) for name in "abc"), "utf-8")
    funds = [FUND.format(name) + CHECKED for name in "abcd"] + [FUND.format("unchecked").replace(WORDS, "Nobody’s")]
    (content / "funds.toml").write_text("\n".join(funds), "utf-8")
    site = read_site(door.settings(str(ROOT / "tests/sites/siteconf.py"), PATH=str(content)))
    upcoming = [event(number) for number in range(9)]
    code = qr.drawing("https://harbour.example.org/strike/")
    page = site.print("poster.html", upcoming=upcoming, qr=code, day=site.newsroom.now.date())
    return page.replace(f'href="{site.newsroom.siteurl}/theme', 'href="/theme')


def test_the_sheet_is_one_page_on_either_paper(
    tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much there is to say: the code and the address are on it whole, and no colour but black and white."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772366400")
    text = sheet(tmp_path)
    assert "unchecked" not in text
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "index.html").write_text(text, "utf-8")
    shutil.copytree(ROOT / "theme" / "static", tmp_path / "out" / "theme")
    (tmp_path / "out" / "404.html").write_text("", "utf-8")
    with served(tmp_path / "out") as address:
        page = browser.new_page(color_scheme="dark")
        page.goto(address)
        for paper in ("A4", "Letter"):
            pdf = page.pdf(format=paper)
            assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, paper
            (tmp_path / f"{paper}.pdf").write_bytes(pdf)
        # A page as high as Letter's and as wide as A4's, less the margins.
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 703, "height": 952})
        inside = "one => { const r = one.getBoundingClientRect(); return r.bottom <= 953 && r.right <= 703; }"
        for part in (".qr", ".poster-address", ".poster-foot"):
            assert page.locator(part).evaluate(inside), part
        covered = """one => { const r = one.getBoundingClientRect();
          return document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2).closest("svg") === one; }"""
        assert page.locator(".qr").evaluate(covered)
        page.close()
