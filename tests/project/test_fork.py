"""A fork, made a site of its own as README.md tells it, and published as the workflow publishes it."""

import ast
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.copies import ROOT, lend_bytecode
from tests.publishing.conftest import Clone, inv, own_git  # noqa: F401 - a fixture
from tests.publishing.test_workflows import Run

ANSWERS = {
    "--name": "The Dock Wire",
    "--address": "https://dock.example.org/repo",
    "--strike": "Dockers’ Local 12 against Harbour Works",
    "--zone": "Europe/Lisbon",
}
POST = "content/posts/day-one-at-the-gate.md"
MILESTONE = """
[[strike.milestone]]
date = 2026-01-05
text = "They walk out at six."
source = "Dockers’ Local 12"
url = "https://dockers.example.org/out"
"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Ours</title></head><body>
<outline type="rss" text="Harbour News" xmlUrl="https://news.example.org/feed" htmlUrl="https://news.example.org/"/>
</body></opml>"""
TOPICS = '[topic.docks]\ntitle = "The docks"\nany = ["dockers", "harbour"]\n'
FUND = """
[[fund]]
id = "dockers-hardship"
name = "Dockers’ Hardship Fund"
url = "https://fund.example.org/"
hosts = ["fund.example.org"]
"""
OTHER: dict[str, object] = {
    "TIMEZONE": "Europe/London",
    "ANNOUNCE_MASTODON": "https://mastodon.example.org",
    "ANNOUNCE_BLUESKY": "ours.example.org",
    "ANNOUNCE_BLUESKY_SERVICE": "https://bluesky.example.org",
    "DEFAULT_LANG": "en-GB",
    "AS_OF": "2026-01-04",
    "FUNDS_RDAP": "https://rdap.example.org/{domain}",
    "FUNDS_REGISTER": "https://register.example.org/{ein}",
    "IMAGES_SIZES": "100vw",
    "LINKS_AVAILABILITY": "https://copies.example.org/?url={url}",
    "LINKS_TIMEGATE": "https://copies.example.org/timegate/",
    "LINKS_SAVE": "https://copies.example.org/save",
    "SITEURL": "https://elsewhere.example.org",
    "FEED_FIRST_SITEURL": "https://first.example.org",
    "UPDATES_MARKUP_DEPTH": 50,
    "UPDATES_SOURCE_SHARE": 0.5,
    "WEBSUB_HUB": "https://hub.example.org/",
    "CONTACT": "desk@dock.example.org",
    "REPOSITORY": "https://github.com/dock/wire",
    "DIGEST_FROM": "wire@dock.example.org",
    "CARDS_FONT": "own.otf",
    "IGNORE_FILES": [".#*", ".DS_Store", ".*.md", "_*.md", "*.orig"],
    "TYPOGRIFY_IGNORE_TAGS": ["pre", "code", "script", "svg", "title", "kbd"],
    "TYPOGRIFY_OMIT_FILTERS": ["widont"],
}
"""Another value of the settings that take not just any."""
ONLY = {
    *("PATH", "OUTPUT_PATH", "THEME"),  # the workflows take the archive and the output from there
    *("LOAD_CONTENT_CACHE", "CACHE_CONTENT"),  # see ARCHITECTURE.md, "Deliberately absent"
    *("ARCHIVES_URL", "ARCHIVES_SAVE_AS", "YEAR_ARCHIVE_URL", "YEAR_ARCHIVE_SAVE_AS", "SUBSCRIBE_SAVE_AS"),  # linked to
    *("SLUGIFY_SOURCE", "DEFAULT_PAGINATION"),  # pages with shifting numbers are deliberately absent
}
"""Settings that have one value here."""


def other(name: str, value: object) -> object:
    """Return another legal value of a setting, or the same where there is no other."""
    if name in ONLY:
        return value
    if name in OTHER:
        return OTHER[name]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str) and name.endswith(("_URL", "_SAVE_AS")):
        return value and f"our-{value}"
    return f"{value} Ours" if isinstance(value, str) else value


def with_other_values(text: str) -> tuple[str, dict[str, object]]:
    """Return a settings file with another value, in single quotes, wherever one is legal; and those values."""
    lines = text.splitlines(keepends=True)
    changed: dict[str, object] = {}
    plain = (node for node in ast.parse(text).body if isinstance(node, ast.Assign) and len(node.targets) == 1)
    for node in reversed(list(plain)):
        name = ast.unparse(node.targets[0])
        try:
            value = ast.literal_eval(node.value)
        except ValueError:  # made from others, as MARKDOWN is: the code's
            continue
        if (new := other(name, value)) == value:
            continue
        changed[name] = new
        assert node.value.end_lineno is not None
        first, last = node.value.lineno - 1, node.value.end_lineno - 1
        before = lines[first].encode()[: node.value.col_offset].decode()
        after = lines[last].encode()[node.value.end_col_offset :].decode()
        lines[first : last + 1] = [f"{before}{new!r}{after}"]
    return "".join(lines), changed


@pytest.fixture
def fork(tmp_path: Path) -> Clone:
    """Return a clone of what is committed."""
    Clone(tmp_path).git("clone", "--quiet", "--depth", "1", f"file://{ROOT}", "fork")
    lend_bytecode(tmp_path / "fork")
    return Clone(tmp_path / "fork")


def done(clone: Clone, *words: str) -> None:
    """Run a verb that has to succeed."""
    run = inv(clone.folder, *words)
    assert run.returncode == 0, (words, run.stdout + run.stderr)


def add(clone: Clone, name: str, text: str) -> None:
    """Write at a file's end, as its owner would."""
    with (clone.folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


def seven_steps(fork: Clone) -> None:
    """Do what README.md says under "Yours in ten minutes", but for what needs the network."""
    done(fork, "build")
    done(fork, "new", "site", *(word for pair in ANSWERS.items() for word in pair))
    fork.commit({}, "Our own site")
    add(fork, "content/strikes.toml", MILESTONE)
    fork.write({"ours.opml": OPML, "content/updates/topics.toml": TOPICS})
    done(fork, "sources-import", "ours.opml")
    add(fork, "content/funds.toml", FUND)
    done(fork, "new", "post", "Day one at the gate")
    head = (fork.folder / POST).read_text("utf-8").partition("\n---\n")[0].replace("\nstatus: draft", "")
    fork.write({POST: f"{head}\n---\n\nNobody crossed. See [how we correct]({{filename}}../pages/corrections.md).\n"})
    done(fork, "check")
    fork.commit({}, "Day one")


def test_a_site_of_ones_own_is_published_whatever_its_settings(fork: Clone) -> None:
    """With a strike, sources, topics, funds, a post and settings of its own, all the publish workflow runs passes."""
    seven_steps(fork)
    text, changed = with_other_values((fork.folder / "pelicanconf.py").read_text("utf-8"))
    assert len(changed) > 50, "the settings file is not read as it was"
    fork.write({"pelicanconf.py": f"{text}\n# Ours\nOUR_COLOUR = 'red'  # what our theme is painted with\n"})
    fonts = find_spec("font_source_serif_pro")
    assert fonts is not None and fonts.origin is not None
    font = Path(fonts.origin).parent / "files" / "SourceSerifPro-Bold.otf"
    shutil.copy(font, fork.folder / "own.otf")
    fork.commit({}, "Our own settings")

    run = Run(fork, event="push").play("publish", "build")

    assert not run.failed, run.said
    assert {"Build", "Check"} <= run.said.keys()
    output = fork.folder / "output"
    assert "Nobody crossed." in (output / "our-posts/day-one-at-the-gate/index.html").read_text("utf-8")
    assert (output / "our-categories/notes-ours/index.html").is_file()
    assert str(changed["TAGLINE"]) in (output / "index.html").read_text("utf-8")
    assert "Disallow: /" not in (output / "robots.txt").read_text("utf-8")
    assert "They walk out at six." in (output / "timeline/index.html").read_text("utf-8")
    assert "Hardship Fund" in (output / "donate/index.html").read_text("utf-8")
    assert "https://news.example.org/feed" in "".join(path.read_text("utf-8") for path in output.rglob("*.opml"))
    pages = {path.relative_to(output).as_posix(): path.read_text("utf-8") for path in output.rglob("*.html")}
    assert [name for name, page in pages.items() if "Hollywood" in page or "ai-work" in page] == []


def test_the_tests_read_nothing_of_the_owners(fork: Clone) -> None:
    """Without content, and with settings that cannot be read, lint and tests of a fork are as green as before."""
    shutil.rmtree(fork.folder / "content")
    fork.commit(dict.fromkeys(("pelicanconf.py", "publishconf.py"), "raise RuntimeError('read')\n"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", *words]
        ended = subprocess.run(
            command, cwd=fork.folder, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert ended.returncode == 0, (words, ended.stdout[-4000:] + ended.stderr[-2000:])
        return ended.stdout

    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")
    collected = run("pytest", "--collect-only", "-q")
    assert "tests/browser/test_newcomer.py" in collected
    assert "tests/project/" not in collected
    units = (
        "unit/core/config/test_settings_file.py",
        "unit/updates/filter/test_shipped_topics.py",
        "unit/writing/test_blocks.py",
    )
    wholes = ("publishing/test_manual.py", "sites/test_golden.py")
    run("pytest", *(f"tests/{name}" for name in (*units, *wholes)))
