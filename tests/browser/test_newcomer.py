"""A newcomer's first hour, step by step as README.md tells it, in a copy of the project with an example in it."""

import io
import os
import re
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin

import feedparser
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import served as serving
from tests.copies import EXAMPLE, project
from tests.loopback.previewing import LIMIT, previewed

SITEURL = "https://dock.example.org/repo"
ANSWERS = {
    "--name": "The Dock Wire",
    "--address": SITEURL,
    "--strike": "Dockers’ Local 12 against Harbour Works",
    "--zone": "Europe/Lisbon",
}
POST, DRAFT = "content/posts/day-one-at-the-gate.md", "content/posts/zebra-weather.md"
SECRET = (b"zebra weather", b"zebra-weather", b"they fly at night")
_FILE = re.compile(r"\.\w+$")


class Newcomer:
    """A copy of the project in `folder`, and the empty repository it is to be published to."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin = folder / "clone", folder / "origin.git"
        config = folder / "gitconfig"
        config.write_text("[user]\n\tname = A Writer\n\temail = writer@example.org\n", "utf-8")
        kept = {
            name: value for name, value in os.environ.items() if name not in {"GIT_DIR", "SITEURL", "SOURCE_DATE_EPOCH"}
        }
        self.environment = {**kept, "GIT_CONFIG_GLOBAL": str(config), "GIT_CONFIG_NOSYSTEM": "1"}
        project(self.folder, EXAMPLE)
        self.run("git", "init", "--quiet", "--bare", str(self.origin), at=folder)
        self.run("git", "init", "--quiet", "--initial-branch", "main")
        self.run("git", "remote", "add", "origin", str(self.origin))
        self.commit()

    def run(self, *command: str, at: Path | None = None) -> bytes:
        """Run a command that has to succeed, and return its output."""
        done = subprocess.run(
            command,
            cwd=at or self.folder,
            env=self.environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=LIMIT,
            check=False,
        )
        assert done.returncode == 0, (command, (done.stdout + done.stderr).decode())
        return done.stdout

    def inv(self, *words: str) -> str:
        """Run a verb, with this machine's packages."""
        return self.run(sys.executable, "-m", "plugins.commands", *words).decode()

    def commit(self) -> None:
        """Commit everything."""
        self.run("git", "add", "--all")
        self.run("git", "commit", "--quiet", "--message", "Our own site")

    def write(self, name: str, text: str) -> None:
        """Put words of one's own in the place of a new post's."""
        path = self.folder / name
        head = path.read_text("utf-8").partition("\n---\n")[0]
        path.write_text(f"{head}\n---\n\n{text}\n", "utf-8")

    def publish_text(self, name: str) -> None:
        """Take out `status: draft`."""
        path = self.folder / name
        path.write_text(path.read_text("utf-8").replace("\nstatus: draft\n", "\n"), "utf-8")

    def take_back(self, name: str) -> None:
        """Make a post a draft, whatever it was."""
        self.publish_text(name)
        path = self.folder / name
        path.write_text(path.read_text("utf-8").replace("\n---\n", "\nstatus: draft\n---\n", 1), "utf-8")

    def published(self, folder: Path) -> Path:
        """Return what readers are served: the branch gh-pages of the repository."""
        archive = self.run("git", "archive", "gh-pages", at=self.origin)
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
        return folder


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """Return a newcomer who has looked at the example, made the site theirs, and begun two posts."""
    one = Newcomer(tmp_path_factory.mktemp("newcomer"))
    one.inv("build")
    # As `./inv site` leaves it where the machine is not on the net: what was remembered of the sources.
    remembered = one.folder / "content" / "archive" / "updates" / "sources.ndjson"
    remembered.parent.mkdir(parents=True, exist_ok=True)
    remembered.write_text("{}\n", "utf-8")
    one.inv("new", "site", *(word for pair in ANSWERS.items() for word in pair))
    for title in ("Day one at the gate", "Zebra weather"):
        assert "./inv serve --drafts" in one.inv("new", "post", title)
    about = one.folder / "content" / "pages" / "about.md"
    waiting = about.read_text("utf-8")
    assert "content/pages/about.md:8: is not written yet" in one.inv("check")
    about.write_text(
        waiting[: waiting.index("TO FINISH:")].replace("status: draft\n", "") + "We are Local 12.\n", "utf-8"
    )
    one.write(POST, "They came at six. See [who we are]({filename}../pages/about.md).")
    one.write(DRAFT, "They fly at night.")
    one.commit()
    return one


def watched(page: Page) -> list[str]:
    """Return the list to which a page's complaints are added."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return complaints


def secrets(files: Iterator[Path]) -> list[Path]:
    """Return the files that know of the draft."""
    return [path for path in files if path.is_file() and any(word in path.read_bytes().lower() for word in SECRET)]


def test_nothing_of_the_example_and_of_a_draft_is_in_the_output(newcomer: Newcomer) -> None:
    """After the first own build no page of the example is left, and no byte tells of a post that is a draft."""
    newcomer.take_back(POST)
    assert "Built output" in newcomer.inv("site")
    assert "No problems" in newcomer.inv("check")
    output = newcomer.folder / "output"
    names = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert "index.html" in names
    assert [name for name in names if "hollywood" in name or "paper" in name] == []
    assert secrets(output.rglob("*")) == []
    assert [name for name in names if "zebra" in name or "day-one" in name] == []


def test_what_is_written_is_seen_at_once_and_a_draft_by_nobody(newcomer: Newcomer, browser: Browser) -> None:
    """`./inv serve` shows the site; a post is there once it is no draft any more, and every word saved after that."""
    newcomer.take_back(POST)
    # A new post has the date it was begun on, which for the preview has to be past.
    with previewed(newcomer.folder, now=str(int(time.time()) + 60)) as preview:
        page = browser.new_page()
        page.set_default_timeout(LIMIT * 1000)
        page.goto(f"{preview.address}/")
        expect(page).to_have_title(re.compile("The Dock Wire"))
        expect(page.locator("main")).not_to_contain_text("Day one at the gate")
        newcomer.publish_text(POST)
        expect(page.locator("main")).to_contain_text("Day one at the gate", timeout=LIMIT * 1000)
        page.get_by_role("link", name="Day one at the gate").first.click()
        expect(page.locator("main")).to_contain_text("They came at six.")
        newcomer.write(POST, "They came at seven. See [who we are]({filename}../pages/about.md).")
        expect(page.locator("main")).to_contain_text("They came at seven.", timeout=LIMIT * 1000)
        assert preview.get("/posts/zebra-weather/")[0] == 404
        page.close()
    assert secrets((newcomer.folder / "output").rglob("*")) == []


@pytest.fixture(scope="module")
def served(newcomer: Newcomer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """Return what `./inv publish` has pushed, and where it is served: below /repo, as its host does."""
    newcomer.publish_text(POST)
    newcomer.commit()
    assert newcomer.inv("publish").splitlines()[-1] == f"Pushed: {SITEURL}"
    folder = newcomer.published(tmp_path_factory.mktemp("published"))
    with serving(folder, "/repo") as address:
        yield folder, address


def test_readers_can_follow_every_link(served: tuple[Path, str], browser: Browser) -> None:
    """From the front page every link within the site leads to a page; no page has an error in the browser."""
    folder, address = served
    page = browser.new_page()
    complaints = watched(page)
    waiting, seen = [f"{address}/"], set[str]()
    while waiting:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = page.goto(url)
        assert answer is not None
        assert answer.status == 200, url
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
        found = {urldefrag(urljoin(url, link)).url for link in links}
        ours = {link for link in found if link.startswith(address.rpartition("/")[0])}
        assert [link for link in ours if not link.startswith(f"{address}/")] == []
        files = {link.removeprefix(f"{address}/") for link in ours if _FILE.search(link)}
        assert [name for name in files if not (folder / name).is_file()] == []
        waiting += sorted(link for link in ours if not _FILE.search(link))
    assert complaints == []
    assert f"{address}/posts/day-one-at-the-gate/" in seen
    assert f"{address}/subscribe/" in seen
    page.close()


def test_readers_of_feeds_are_led_to_the_site(served: tuple[Path, str]) -> None:
    """Every feed can be read, and every address in it is whole; of the draft no byte was published."""
    folder, _ = served
    feeds = [path for path in folder.rglob("feeds/*.xml") if path.is_file()]
    assert feeds
    links: list[str] = []
    for path in feeds:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path
        entries = [entry.link for entry in feed.entries]
        html = [one.value for entry in feed.entries for one in entry.get("content", ())]
        links += [*entries, *(link for text in html for link in re.findall(r'(?:href|src)="([^"]*)"', text))]
    assert f"{SITEURL}/posts/day-one-at-the-gate/" in links
    assert f"{SITEURL}/about/" in links
    assert [link for link in links if not link.startswith(f"{SITEURL}/")] == []
    assert secrets(folder.rglob("*")) == []
