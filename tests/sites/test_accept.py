"""`./inv accept`: a reader's issue becomes an entry, of which the editor answers for every word."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import processes
from tests.copies import ROOT
from tests.sites.conftest import NOW, POST, SETTINGS, Build

UPDATE = """### Headline

Talks: “resume” at *noon*

### Where it can be read

https://union.example.org/talks

### Day it happened

2026-02-20

### Who says so

The union

### In two sentences

They meet <b>again</b>.

### Before you send it

- [X] I have read the page, and it says what the headline says.
"""
FUND = """### Name of the fund

Strike Kitchen

### Its own page

https://kitchen.example.org/give

### Who holds the money

Strike Kitchen, Inc. (EIN 12-3456789)

### Who vouches for it

https://union.example.org/funds

### Page where a worker asks for help

_No response_

### What it pays for

Meals.

### Are you part of this fund?

Yes
"""
CORRECTION = """### Page

https://example.org/posts/first/

### What stands there

Ten cranes

### What should stand there

Nine cranes

### How you know

I counted them.
"""
OURS = (
    "# Ours, in this order.\n"
    '[[fund]]  # the first\nid = "ours"\nname = "Ours"\nurl = "https://ours.example/"\nhosts = ["ours.example"]\n'
)
SOURCES = '# Ours.\n[[source]]\nid = "union"\ntitle = "U"\nsite = "https://union.example.org/"\nkind = "guild"\n'
SITE = {
    "funds.toml": OURS,
    "updates/sources.toml": SOURCES,
    "posts/first.md": POST.replace("tags:", "# what it is about\ntags:"),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a small content folder."""
    return laid(tmp_path)


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a content folder with an update and a fund that readers have sent."""
    content = laid(tmp_path_factory.mktemp("accepted"))
    for text in (UPDATE, FUND):
        assert accept(content, "-", text).returncode == 0
    return content


def laid(folder: Path) -> Path:
    """Write a small content folder."""
    for name, text in SITE.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, "utf-8")
    return folder / "content"


def accept(content: Path, name: str, given: str = "", path: str = "") -> subprocess.CompletedProcess[str]:
    """Run `./inv accept NAME` with a text to be pasted."""
    words = ["accept", name, "--settings", SETTINGS, "--content", str(content)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": NOW, **({"PATH": path} if path else {})}
    return processes.run(["-m", "plugins.commands", *words], cwd=ROOT, env=environment, given=given)


def everything(content: Path) -> dict[str, bytes]:
    """Return every file of the content."""
    return {str(path): path.read_bytes() for path in content.rglob("*") if path.is_file()}


def test_an_update_and_a_fund_are_on_the_site_and_nothing_of_theirs_is_trusted(content: Path, build: Build) -> None:
    """What was accepted builds as it is; the fund has no button; what was there keeps its bytes and its order."""
    for text, form in ((UPDATE, "An update for the wire"), (FUND, "A relief fund")):
        done = accept(content, "-", text)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith(f"{form}: written ")
    assert "Are you part of this fund? Yes" in done.stdout
    funds = (content / "funds.toml").read_text("utf-8")
    assert funds.startswith(OURS)
    record = tomllib.loads(funds)["fund"][1]
    assert (record["id"], record["hosts"], record["ein"], record["legal_name"]) == (
        "strike-kitchen",
        ["kitchen.example.org"],
        "12-3456789",
        "Strike Kitchen, Inc.",
    )
    assert "verified_by" not in record
    site = build()
    assert site.code == 0, site.said
    day = site.page("updates/2026/02/20/index.html")
    assert "Talks: “resume” at *noon*" in day
    assert "They meet &lt;b&gt;again&lt;/b&gt;." in day
    donate = site.page("donate/index.html")
    assert "Strike Kitchen" in donate
    assert 'class="button"' not in donate
    printed = [path for path, data in site.files().items() if b"kitchen.example.org" in data]
    assert printed == [], "what nobody has signed has no address anywhere"


def test_a_correction_waits_for_the_editors_own_words(content: Path, build: Build) -> None:
    """It stands in the post that was named, with its day, comments kept; with the reader's wording no site is built."""
    done = accept(content, "-", CORRECTION)
    assert done.returncode == 0, done.stderr
    post = content / "posts" / "first.md"
    text = post.read_text("utf-8")
    body = POST.partition("---\n\n")[2]
    assert text.endswith(f"---\n\n{body}")
    assert "# what it is about\n" in text
    assert "corrections:\n  - date: 2026-03-01\n    text: " in text
    assert "How you know: I counted them." in done.stdout
    line = text[: text.index("TO FINISH")].count("\n") + 1
    assert f"first.md:{line}" in done.stdout
    site = build()
    assert site.code == 1
    assert f"first.md:{line}: corrections 1.text is a reader's wording" in site.said
    finished = text.replace("TO FINISH: It said “Ten cranes”. It should say “Nine cranes”.", "It was nine cranes.")
    site = build({"posts/first.md": finished})
    assert site.code == 0, site.said
    assert "It was nine cranes." in site.page("posts/first/index.html")


_PRIVATE = ("127.0.0.1", "192.168.1.7", "[::1]", "localhost", "printer.local", "intranet", "0x7f.1", "169.254.169.254")


@pytest.mark.parametrize(
    ("text", "changes", "said"),
    [
        (UPDATE, {}, ["Where it can be read: is an update already ("]),
        (UPDATE, {"union.example.org/talks": "WWW.union.example.org/talks/?utm_source=x"}, ["is an update already ("]),
        (FUND, {}, ["Its own page: is that of strike-kitchen (", "Who holds the money: 12-3456789 is the number of"]),
        (FUND, {"kitchen.example.org/give": "bit.ly/give", "12-3": "21-3"}, ["Its own page: host is a link shortener"]),
        (
            UPDATE,
            {
                "https://union.example.org/talks": "javascript:alert(1)",
                "2026-02-20": "20 February",
                "The union": "_No response_",
            },
            ["Who says so: there is no answer"],
        ),
        (
            UPDATE,
            {"https://union.example.org/talks": "javascript:alert(1)", "2026-02-20": "20 February"},
            ["Where it can be read: must start with http://", "Day it happened: must be a date that exists"],
        ),
        (UPDATE, {"/talks": "/other", "2026-02-20": "2026-03-02"}, ["Day it happened: is still to come"]),
        (
            CORRECTION,
            {"posts/first/": "posts/second/"},
            ["Page: no post is there (got https://example.org/posts/second/)"],
        ),
        (CORRECTION, {"posts/first/": "listings/first/"}, ["Page: no post is there"]),
        (CORRECTION, {"https://example.org/posts/first/": "https://["}, ["Page: no post is there (got https://[)"]),
        (UPDATE, {"https://union.example.org/talks": "https://["}, ["Where it can be read: "]),
        (UPDATE, {"//union.example": "//desk:secret@union.example"}, ["Where it can be read: must not carry a name"]),
        (UPDATE, {"example.org/talks": "example.org:99999/talks"}, ["Where it can be read: must have a port"]),
        (UPDATE, {"example.org/talks": "example.org:0/talks"}, ["Where it can be read: must have a port"]),
        *(
            (UPDATE, {"union.example.org": host}, ["Where it can be read: leads to no public page"])
            for host in _PRIVATE
        ),
        (UPDATE, {"Talks": "Talks " * 8_000}, ["Headline: is too long (48,"]),
        (UPDATE, {"example.org/talks": f"example.org/{'x' * 9_000}"}, ["Where it can be read: is too long (9,"]),
        (FUND, {"Strike Kitchen\n": f"{'Strike ' * 6_000}\n"}, ["Name of the fund: is too long ("]),
        (
            FUND,
            {"Strike Kitchen\n": "Our\u0455\n", "kitchen.example.org/give": "our-s.example/give", "12-3456789": "none"},
            ["Name of the fund: it looks like Ours ", "Its own page: it looks like ours.example "],
        ),
        (FUND, {"union.example.org/funds": "vouches.internal/funds"}, ["Who vouches for it: leads to no public page"]),
    ],
)
def test_what_is_wrong_is_told_at_once_and_nothing_is_written(
    text: str, changes: dict[str, str], said: list[str], accepted: Path
) -> None:
    """Doubles are refused with where the first is; every problem has the form's own name for the field."""
    before = everything(accepted)
    for old, new in changes.items():
        text = text.replace(old, new)
    done = accept(accepted, "-", text)
    assert done.returncode == 1
    for words in said:
        assert words in done.stderr
    assert f"{len(done.stderr.splitlines()) - 1} problem" in done.stderr
    assert everything(accepted) == before


def test_an_issue_is_asked_of_github_by_the_editors_own_program(content: Path, tmp_path: Path) -> None:
    """A number or an address goes to gh; without it, or where it refuses, the editor is told what to do instead."""
    programs = tmp_path / "bin"
    programs.mkdir()
    fake = programs / "gh"
    answer = json.dumps({"title": "Fund: x", "body": FUND, "author": {}, "labels": [], "url": "u"})
    fake.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if sys.argv[1:3] != ['issue', 'view'] or sys.argv[3] not in ('12', 'https://github.example/o/r/issues/12'):\n"
        "    sys.exit('no such issue')\n"
        f"print({answer!r})\n",
        "utf-8",
    )
    fake.chmod(0o755)
    for name in ("https://github.example/o/r/issues/12#issuecomment-1", "#12"):
        (content / "funds.toml").write_text(OURS, "utf-8")
        done = accept(content, name, path=str(programs))
        assert done.returncode == 0, done.stderr
        assert "# ---- From issue 12." in (content / "funds.toml").read_text("utf-8")
    refused = accept(content, "13", path=str(programs))
    assert refused.returncode == 1
    assert "issue 13: gh refused: no such issue; gh auth login, or copy the issue's text into a file" in refused.stderr
    lacking = accept(content, "12", path=str(tmp_path))
    assert lacking.returncode == 1
    assert "there is no program gh" in lacking.stderr
