"""Funds that nobody has checked: told of once, each on a line."""

import json
import re

import pytest

from tests.sites.conftest import POST, Site, builder

FUND = (
    '[[fund]]\nid = "{0}"\nname = "Fund {0}"\nurl = "https://{0}.example.org/strike/"\nhosts = ["{0}.example.org"]\n'
    'pays_for = "Rent in {0}."\narchive_url = "https://kept.example.org/{0}.example.org/"\n'
    'vouches = [{{who = "A union", url = "https://{0}.example.org/union"}}]\n'
)
CHECKED = 'verified_on = 2026-02-20\nverified_by = "A. Editor"\n'
NAMES = ("one", "two", "three")
STATED = """
get_help = "https://sure.example.org/help"
paid_out = { text = "$9,000 in January", source = "Its report", date = 2026-02-03, url = "https://sure.example.org/r" }
who_may_ask = { text = "Dockers on strike", source = "Its page", date = "2026-01" }
how_long = { text = "About a week", source = "Its page", date = "2026-01" }

[[fund.bank]]
holder = "Relief"
iban = "GB82 WEST 1234 5698 7654 32"
source = "Its page"
date = 2026-01-12

[[fund.goods]]
what = "Tins <b>"
where = "The hall"
source = "Its page"
date = 2026-02-20
"""
SIGNED = {
    "fund": "sure",
    "signed": {
        "on": "2026-02-20",
        "by": "A. Editor",
        "hosts": ["sure.example.org"],
        "titles": {"https://sure.example.org/strike/": "", "https://sure.example.org/help": ""},
        "payees": ["account of Relief: iban GB82WEST12345698765432"],
    },
}
OVER = """
paid_out = { text = "All", source = "It", date = 2026-02-01 }
closed = { date = 2026-02-02, source = "Its page" }
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site with a fund of which all is known and signed, three that nobody checked, and one that closed."""
    record = FUND.format("sure") + CHECKED + STATED
    others = [FUND.format(name) for name in NAMES]
    funds = "\n".join([record, *others, FUND.format("past") + CHECKED + OVER])
    text = "/// fund | three\n///\n\n[The fund]({fund}two)\n"
    post = POST.replace("tags: [pay]", "funds: [sure, one, two, past]") + text
    files = {"posts/first.md": post, "funds.toml": funds, "archive/funds.jsonl": json.dumps(SIGNED) + "\n"}
    made = builder(tmp_path_factory.mktemp("funds"))(files)
    assert made.code == 0, made.said
    return made


def test_what_nobody_has_checked_is_a_line_each_and_said_once(site: Site) -> None:
    """On the front page, on the funds' page and under a post: one sentence for all, and no address in any file."""
    for path, shown in (("index.html", 2), ("donate/index.html", 3), ("posts/first/index.html", 2)):
        page = site.page(path)
        lines = re.findall(r"<li[^>]*><strong>Fund (\w+)</strong>", page)
        assert lines == [*NAMES[:shown]], path
        assert page.count("Nobody here has checked these funds yet, so their addresses are not printed.") == 1, path
        assert 'class="button" href="https://sure.example.org/strike/"' in page, path
    assert '<li id="one">' in site.page("donate/index.html")
    printed = [path for path, data in site.files().items() if re.search(rb"\b(one|two|three)\.example\.org", data)]
    assert printed == [], "what nobody has signed has no address anywhere"


def test_what_is_stated_of_a_fund_is_shown_with_its_source_and_what_is_not_signed_is_not(site: Site) -> None:
    """The donor's page and the one for who needs help, and data."""
    donate, helping = site.page("donate/index.html"), site.page("help/index.html")
    assert "GB82 WEST 1234 5698 7654 32" in donate and "GB82" not in helping
    assert (
        'href="https://sure.example.org/r">Its report</a>, <time datetime="2026-02-03">3 February 2026</time>' in donate
    )
    assert "Tins &lt;b&gt;" in donate
    for page in (donate, helping):
        assert (
            'Dockers on strike <span class="fact-source">(Its page, <time datetime="2026-01">January 2026</time>)'
            in page
        )
    assert 'class="button button-help" href="https://sure.example.org/help"' in helping
    assert "Who may ask" not in helping.split('id="more-of-funds"')[1]
    assert "Raised" not in donate + helping  # nobody stated it
    for path in ("donate/index.html", "posts/first/index.html"):
        assert "Closed since" in site.page(path), path
        assert not re.search(r'class="(button|host)[^>]*past.example.org', site.page(path)), path
    assert "Fund past" not in site.page("index.html")
    first, *_, last = json.loads(site.page("donate/funds.json"))["funds"]
    assert first["bank"][0]["iban"] == "GB82WEST12345698765432" and last["why_no_button"] == "closed"
