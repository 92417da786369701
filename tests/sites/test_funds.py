"""Funds that nobody has checked: told of once, each on a line."""

import re

from tests.sites.conftest import POST, Build

FUND = (
    '[[fund]]\nid = "{0}"\nname = "Fund {0}"\nurl = "https://{0}.example.org/strike/"\nhosts = ["{0}.example.org"]\n'
    'pays_for = "Rent in {0}."\narchive_url = "https://kept.example.org/{0}.example.org/"\n'
    'vouches = [{{who = "A union", url = "https://{0}.example.org/union"}}]\n'
)
CHECKED = 'verified_on = 2026-02-20\nverified_by = "A. Editor"\n'


def test_what_nobody_has_checked_is_a_line_each_and_said_once(build: Build) -> None:
    """On the front page, on the funds' page and under a post: one sentence for all, and no address in any file."""
    names = ("one", "two", "three")
    funds = "\n".join([FUND.format("sure") + CHECKED, *(FUND.format(name) for name in names)])
    text = "/// fund | three\n///\n\n[The fund]({fund}two)\n"
    post = POST.replace("tags: [pay]", "funds: [sure, one, two]") + text
    site = build({"posts/first.md": post, "funds.toml": funds})
    assert site.code == 0, site.said
    for path, shown in (("index.html", 2), ("donate/index.html", 3), ("posts/first/index.html", 2)):
        page = site.page(path)
        lines = re.findall(r"<li[^>]*><strong>Fund (\w+)</strong>", page)
        assert lines == [*names[:shown]], path
        assert page.count("Nobody here has checked these funds yet, so their addresses are not printed.") == 1, path
        assert 'class="button" href="https://sure.example.org/strike/"' in page, path
    assert '<li id="one">' in site.page("donate/index.html")
    printed = [path for path, data in site.files().items() if re.search(rb"\b(one|two|three)\.example\.org", data)]
    assert printed == [], "what nobody has signed has no address anywhere"
