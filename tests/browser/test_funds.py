"""Where to give, as a reader meets it: a button only where it can be trusted, and everywhere the same."""

from playwright.sync_api import Browser

from tests.browser.conftest import served
from tests.sites.conftest import POST, Build, build  # noqa: F401 - a fixture

FUND = '[[fund]]\nid = "{0}"\nname = "Fund {0}"\nurl = "https://{0}.example.org/"\nhosts = ["{0}.example.org"]\n'
CHECKED = 'verified_on = {0}\nverified_by = "A. Editor"\n'
STATED = """
get_help = "https://fresh.example.org/help"
pays_for = "Rent and food for dockers on strike, and their children."
who_may_ask = { text = "Members of the dockers’ union on strike", source = "The fund’s page", date = "2026-01" }
how_long = { text = "About a week", source = "The fund’s page", date = "2026-01" }
vouches = [{ who = "The dockers’ union", date = 2026-01-05, text = "Names it." }]
"""
FUNDS = "\n".join(
    [
        FUND.format("fresh") + CHECKED.format("2026-02-20") + STATED,
        FUND.format("old") + CHECKED.format("2025-11-01"),
        FUND.format("unchecked"),
        FUND.format("alarmed") + CHECKED.format("2026-02-20"),
    ]
)
ALARM = (
    '{"fund": "alarmed", "alarm_since": "2026-02-25", '
    '"alarms": [{"kind": "new host", "text": "url now ends at casino.example"}]}\n'
)


def test_a_button_is_there_only_while_it_can_be_trusted(build: Build, browser: Browser) -> None:  # noqa: F811
    """A fresh check has buttons, an old one a plain link and the reason, an alarm no link, none at all no address."""
    post = POST.replace("tags: [pay]", "funds: [fresh, alarmed]")
    site = build({"posts/first.md": post, "funds.toml": FUNDS, "archive/funds.jsonl": ALARM})
    assert site.code == 0, site.said
    with served(site.output) as address:
        page = browser.new_page()
        for path in ("donate/", "posts/first/", ""):
            page.goto(f"{address}/{path}")
            buttons = page.locator("a.button").evaluate_all("found => found.map(a => a.href)")
            assert buttons
            assert set(buttons) <= {"https://fresh.example.org/", "https://fresh.example.org/help"}, path
            assert page.locator('a[href*="alarmed.example.org"], a[href*="casino"]').count() == 0, path
        page.goto(f"{address}/donate/")
        said = page.locator("main").inner_text()
        for words in (
            "Checked 20 February 2026 by A. Editor",
            "Last checked 1 November 2025",
            "Nobody here has checked",
            "Stop:",
        ):
            assert words in said, words
        for name in ("fresh", "old", "alarmed"):
            assert f"{name}.example.org" in said
        assert "unchecked.example.org" not in page.content()
        assert page.locator('a.host[href="https://old.example.org/"]').count() == 1
        page.close()
        page = browser.new_page(viewport={"width": 360, "height": 740})
        for path, answers in (("donate/", 4), ("help/", 3)):
            page.goto(f"{address}/{path}")
            shown = page.locator(".first-answers .answers > div")
            ends = shown.evaluate_all("found => found.map(one => one.getBoundingClientRect().bottom)")
            assert len(ends) == answers and max(ends) <= 740, (path, ends)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        page.close()
