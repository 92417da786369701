"""Bad content stops the build: every problem at its place, nothing written over the last good output."""

import re

from tests.sites.conftest import POST, Build

BAD = {
    "posts/bad-date.md": "---\ntitle: A\ndate: 2026-02-31\n---\n\nx\n",
    "posts/no-title.md": "---\ndate: 2026-02-03\n---\n\nx\n",
    "posts/unknown-key.md": "---\ntitle: B\ndate: 2026-02-03\ncatgory: pay\n---\n\nx\n",
    "posts/bad-yaml.md": "---\ntitle: [B\ndate: 2026-02-03\n---\n\nx\n",
    "posts/headers.md": "Title: C\nDate: yesterday\n\nx\n",
    "posts/dead-link.md": "---\ntitle: D\ndate: 2026-02-03\n---\n\nSee [it]({filename}nowhere.md).\n",
    "posts/no-such-fund.md": "---\ntitle: E\ndate: 2026-02-03\nfunds: [a, nobody]\n---\n\nx\n",
    "posts/not-utf8.md": "---\ntitle: F\ndate: 2026-02-03\n---\n\ncaf\xe9\n".encode("latin-1"),
    "posts/twice.md": "---\ntitle: G\nslug: first\ndate: 2026-02-03\n---\n\nx\n",
    "pages/about.md": "---\ntitle: About\nstatus: hiden\n---\n\nx\n",
    "updates/sources.toml": '[[source]]\nid = "a"\ntitle = "A"\nfeed = "ftp://example.org/x"\n'
    'site = "https://example.org/"\nkind = "press"\n\n[[source]]\nid = "a"\ntitle = "A"\nfed = "x"\nkind = "pres"\n',
    "updates/topics.toml": '[topic.strike]\ntitle = "Strike"\nany = ["/(unclosed/"]\n',
    "updates/by-hand.md": "---\ntitle: H\nsource: nobody\ndate: 2026-02-03\n---\n\nx\n",
    "listings/one.md": "---\nemployer: E\nrole: R\nseen: 2026-02-03\npay: {quote: q, low: 9, high: 3}\n---\n\nx\n",
    "listings/two.md": "---\nemployer: E\nrole: R\nseen: 2026-02-03\nyardstick: nothing\n---\n\nx\n",
    "funds.toml": "[[fund]\nname = 3\n",
    "strikes.toml": '[[strike]]\nid = "s"\nunion = "U"\nemployers = "E"\nstart = 2026-02-03\nstatus = "over"\n',
    "yardsticks.toml": '[[yardstick]]\nid = "y"\ntitle = "Y"\namount = -1\ncurrency = "usd"\n',
}
LINES = {
    "posts/bad-date.md": 3,
    "posts/unknown-key.md": 4,
    "posts/headers.md": 2,
    "posts/dead-link.md": 6,
    "posts/no-such-fund.md": 4,
    "posts/not-utf8.md": 6,
    "posts/twice.md": 3,
    "pages/about.md": 3,
    "updates/topics.toml": 1,
    "updates/by-hand.md": 3,
    "listings/one.md": 5,
    "listings/two.md": 5,
    "funds.toml": 1,
    "strikes.toml": 6,
    "yardsticks.toml": 4,
}


def test_every_problem_is_told_in_one_run_and_nothing_is_touched(build: Build) -> None:
    """Eighteen bad files are eighteen reports, exit code 1, and the site of before."""
    good = build({"posts/first.md": POST})
    assert (good.code, "posts/first/index.html" in good.files()) == (0, True), good.said
    bad = build(BAD)
    assert bad.code == 1
    told = {name: [int(line) for line in re.findall(rf"{re.escape(name)}:(\d+): ", bad.said)] for name in BAD}
    assert [name for name, lines in told.items() if not lines and name != "listings/one.md"] == []
    assert {name: line for name, line in LINES.items() if line not in told[name]} == {}
    assert "did you mean category?" in bad.said
    assert "did you mean feed?" in bad.said
    assert "Traceback" not in bad.said
    assert bad.files() == good.files()


def test_the_check_says_what_the_build_says(build: Build) -> None:
    """A problem mended is a site built: there is no second set of rules."""
    assert build({"posts/first.md": POST, "posts/b.md": BAD["posts/bad-date.md"]}).code == 1
    assert build({"posts/b.md": POST.replace("A first", "Another")}).code == 0
