"""`./inv publish` against a real remote: what readers get, and what is refused before anything is pushed."""

import re
from pathlib import Path

import feedparser
import pytest

from tests.copies import project
from tests.publishing.conftest import Clone, Origin, inv

POST = "---\ntitle: Day one\ndate: 2026-01-02\n---\n\nThey came at six. {more}\n"
ABOUT = "---\ntitle: About\n---\n\nWe are writers.\n"
SMALL = {"posts/day-one.md": POST.format(more=""), "pages/about.md": ABOUT}
REPO = "https://you.github.io/repo"
_LINK = re.compile(r'\b(?:href|src|action)="?([^"\s>]+)')


@pytest.fixture
def site(origin: Origin) -> Clone:
    """Return a clone that is a whole small site, pushed."""
    clone = origin.clone("site")
    project(clone.folder, SMALL)
    clone.push({}, "A site")
    return clone


def test_serves_below_a_path_and_keeps_history(site: Clone, origin: Origin) -> None:
    """Below /repo/ every link of every page, the 404 page's too, keeps to the path; feeds are absolute; no Jekyll.

    Publishing again, from another copy, adds to the branch; the branch with the sources is left alone.
    """
    done = inv(site.folder, "publish", SITEURL=f"{REPO}/")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"Pushed: {REPO}"

    names = origin.git("ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert {".nojekyll", "404.html", "index.html", "posts/day-one/index.html"} <= set(names)
    assert "CNAME" not in names
    for name in (name for name in names if name.endswith(".html")):
        links = _LINK.findall(origin.read(name, "gh-pages"))
        ours = [link for link in links if link.startswith(("/", "https://you.github.io"))]
        lost = [link for link in ours if not link.startswith(("/repo/", REPO)) or link.startswith("//")]
        assert ours
        assert (name, lost) == (name, [])
    feeds = [name for name in names if name.endswith((".atom", ".rss", "atom.xml", "rss.xml"))]
    assert feeds
    for name in feeds:
        feed = feedparser.parse(origin.read(name, "gh-pages"))
        assert all(entry.link.startswith(f"{REPO}/") for entry in feed.entries), name

    other = origin.clone("other")
    other.push({"content/posts/day-two.md": POST.format(more="Again.")}, "Another day")
    assert inv(other.folder, "publish", SITEURL=REPO).returncode == 0
    assert origin.git("rev-list", "--count", "gh-pages") == "2"
    assert "posts/day-two/index.html" in origin.git("ls-tree", "-r", "--name-only", "gh-pages")
    assert origin.git("log", "--format=%s", "main").splitlines() == ["Another day", "A site", "First"]


def test_says_what_is_not_pushed(site: Clone, origin: Origin) -> None:
    """A commit that origin has not got is published, and whoever publishes is told of it, and how to push it."""
    assert "not pushed" not in inv(site.folder, "publish", SITEURL=REPO).stdout
    site.commit({"content/posts/day-two.md": POST.format(more="Again.")}, "Day two")
    site.commit({"content/posts/day-three.md": POST.format(more="On.")}, "Day three")

    done = inv(site.folder, "publish", SITEURL=REPO)

    assert done.returncode == 0, done.stderr
    assert "2 commits are on main alone, and not pushed to origin (Day three; Day two)." in done.stdout
    assert "git push origin main" in done.stdout
    assert done.stdout.splitlines()[-1] == f"Pushed: {REPO}"
    assert origin.git("log", "--format=%s", "main").splitlines() == ["A site", "First"]
    site.git("push", "--quiet", "origin", "main")
    assert "not pushed" not in inv(site.folder, "publish", SITEURL=REPO).stdout


def test_serves_a_domain_of_its_own(site: Clone, origin: Origin) -> None:
    """With a domain of one's own the pages are at its root, and the host is told its name."""
    done = inv(site.folder, "publish", SITEURL="https://strike.example.net")

    assert done.returncode == 0, done.stderr
    assert origin.read("CNAME", "gh-pages") == "strike.example.net"
    assert 'href="/posts/' in origin.read("404.html", "gh-pages").replace("href=/", 'href="/')
    assert "https://strike.example.net/posts/day-one/" in origin.read("index.html", "gh-pages") + _all_feeds(origin)


def _all_feeds(origin: Origin) -> str:
    names = origin.git("ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    return "".join(origin.read(name, "gh-pages") for name in names if name.endswith((".xml", ".json")))


def test_refuses_what_is_not_committed(site: Clone, origin: Origin) -> None:
    """A changed or a new file stops publishing before anything is built, and is named."""
    site.write({"content/posts/day-two.md": POST.format(more=""), "README.md": "Changed.\n"})

    done = inv(site.folder, "publish", SITEURL=REPO)

    assert done.returncode == 1
    assert "2 files are not committed (README.md, content/posts/day-two.md)" in done.stderr
    assert origin.git("branch", "--format=%(refname:short)") == "main"
    assert not (site.folder / ".cache" / "publish").exists()


@pytest.mark.parametrize(
    ("more", "said"), [("[This](/repo/nowhere/) is lost.", "leads nowhere"), ("[This]({filename}lost.md).", "lost.md")]
)
def test_refuses_what_does_not_pass(site: Clone, origin: Origin, more: str, said: str) -> None:
    """A link that leads nowhere, in the text or in what was built, stops publishing: nothing is pushed."""
    site.push({"content/posts/day-two.md": POST.format(more=more)})

    done = inv(site.folder, "publish", SITEURL=REPO)

    assert done.returncode == 1
    assert said in done.stderr
    assert origin.git("branch", "--format=%(refname:short)") == "main"


def test_refuses_a_placeholder(site: Clone) -> None:
    """Nobody publishes feeds that point at a placeholder's address."""
    done = inv(site.folder, "publish")

    assert done.returncode == 1
    assert "publishconf.py: SITEURL is a placeholder (found 'https://example.org')" in done.stderr
    assert "SITEURL=https://you.github.io/repo ./inv publish" in done.stderr


def test_refuses_outside_git(tmp_path: Path) -> None:
    """A copy without git's history cannot be published, and is told why."""
    project(tmp_path / "copy", SMALL)

    done = inv(tmp_path / "copy", "publish", SITEURL=REPO, GIT_CEILING_DIRECTORIES=str(tmp_path))

    assert done.returncode == 1
    assert "is in no git repository" in done.stderr
