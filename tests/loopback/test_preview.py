"""What `./inv serve` answers and to whom, and that it goes on whatever is saved: a real process, real HTTP."""

import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.copies import project
from tests.loopback.previewing import DRAFTS, NOW, Preview, preview, previewed  # noqa: F401 - a fixture
from tests.publishing.conftest import inv


@pytest.mark.parametrize(
    "asked",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Host": "192.168.0.9:8000"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"},
    ],
)
def test_only_this_machines_own_browser_is_answered(asked: dict[str, str], preview: Preview) -> None:  # noqa: F811
    """A name that another site leads here, and a page elsewhere that loads a part of ours, get nothing."""
    status, _, text = preview.get("/posts/day-one/", **asked)
    assert status == 403
    assert "Day one" not in text
    assert preview.get("/.preview/live", **asked)[0] == 403


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9999", "127.0.0.1:80", "[::1]:8000"])
def test_its_own_names_are_answered(host: str, preview: Preview) -> None:  # noqa: F811
    """By name or number, and through a forwarded port."""
    assert preview.get("/", Host=host)[0] == 200


def test_it_listens_on_loopback_only(preview: Preview) -> None:  # noqa: F811
    """Not even this machine's other addresses are listened on."""
    with socket.socket() as line, pytest.raises(OSError, match=r"refused|assign"):
        line.connect(("127.0.0.2", preview.port))


def test_it_answers_as_the_public_host_will(preview: Preview) -> None:  # noqa: F811
    """Folders, moves, types, the site's own page for what is not there; nothing is kept by the browser."""
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/theme/css/base.css": "text/css; charset=utf-8",
        "/theme/js/page.js": "text/javascript; charset=utf-8",
        "/theme/favicon.svg": "image/svg+xml; charset=utf-8",
        "/feeds/posts.atom.xml": "application/xml; charset=utf-8",
        "/feeds/posts.json": "application/json; charset=utf-8",
        "/site.webmanifest": "application/manifest+json; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
    }.items():
        status, given, _ = preview.get(path)
        assert (status, given["content-type"], given["cache-control"]) == (200, kind, "no-store"), path
    assert (preview.get("/posts")[0], preview.get("/posts?a=b")[1]["location"]) == (302, "/posts/?a=b")
    for path in (
        "/no/such/page",
        "/posts//day-one/",
        "/../tasks.py",
        "/%2e%2e/%2e%2e/tasks.py",
        "/a%00b",
        "/.preview/x",
    ):
        status, _, text = preview.get(path)
        assert (status, "import" in text) == (404, False), path
    assert "The page walked out" in preview.get("/no/such/page")[2]


@pytest.mark.parametrize("length", [300, 9_000, 70_000])
def test_an_address_without_end_is_not_there(length: int, preview: Preview) -> None:  # noqa: F811
    """No page, no file of that name, and no traceback in the terminal."""
    before = len(preview.said)
    status, _, _ = preview.get(f"/{'x' * length}")
    assert status == (404 if length < 65_000 else 400)
    assert "Traceback" not in preview.said[before:]


def test_the_script_is_in_what_is_served_and_in_no_file(preview: Preview) -> None:  # noqa: F811
    """Pages on the disk are as they are built; the preview's folder is not the output."""
    assert "/.preview/preview.js" in preview.page("/")
    files = [path for path in preview.folder.glob(".cache/preview/site/output/**/*") if path.is_file()]
    assert len(files) > 50
    assert not [path for path in files if b".preview" in path.read_bytes()]
    assert not (preview.folder / "output").exists()


def test_addresses_lead_to_the_port_it_has(preview: Preview) -> None:  # noqa: F811
    """Feeds and canonical addresses, which have to be whole, are of the preview."""
    page = preview.page("/")
    assert f'<link rel="canonical" href="{preview.address}/">' in page
    assert "localhost:8000" not in page


def test_noise_beside_a_text_is_no_change(preview: Preview) -> None:  # noqa: F811
    """Swap files, probes, backups and locks of editors cost no build."""
    before = preview.rounds()
    for name in (".day-one.md.swp", "4913", "day-one.md~", "#day-one.md#", ".goutputstream-X1", "x.md.tmp"):
        preview.write(f"posts/{name}", "x")
    (preview.folder / "content/posts/.#day-one.md").symlink_to("writer@host.1:2")
    preview.settle()
    assert preview.rounds() == before + 1
    for path in (preview.folder / "content/posts").iterdir():
        if path.name not in {"day-one.md", "day-two.md"}:
            path.unlink()


def test_a_flood_of_changes_is_a_build_or_two(preview: Preview) -> None:  # noqa: F811
    """As when a branch is checked out."""
    before = preview.rounds()
    for number in range(500):
        preview.write(f"images/flood-{number}.svg", "<svg/>")
    preview.settle()
    assert preview.rounds() - before <= 3
    for number in range(500):
        preview.path(f"images/flood-{number}.svg").unlink()
    preview.settle()
    assert preview.rounds() - before <= 6


def test_a_change_during_a_build_makes_another(preview: Preview) -> None:  # noqa: F811
    """Whatever is saved while a slow build is going on is shown in the end."""
    whole = preview.path("plugins/posts/feed.py").read_text("utf-8")
    slow = whole.replace("    return Feed(", "    __import__('time').sleep(1)\n    return Feed(")
    assert slow != whole
    preview.write("plugins/posts/feed.py", slow)
    text = preview.path("posts/day-two.md").read_text("utf-8")
    for number in range(4):
        preview.write("posts/day-two.md", f"{text}\n\nTold-{number}-times.\n")
        time.sleep(0.4)  # a writer's pause: the build is going on
    preview.wait(lambda: "Told-3-times." in preview.page("/posts/day-two/"))
    preview.write("posts/day-two.md", text)
    preview.write("plugins/posts/feed.py", whole)
    preview.settle()


def test_an_edited_text_is_shown_before_the_whole_is_built(preview: Preview) -> None:  # noqa: F811
    """The writer of a large site sees new words at once; what is shown then is what is built."""
    whole = preview.path("posts/day-two.md").read_text("utf-8")
    before = preview.rounds()
    with preview.builds_held():
        preview.write("posts/day-two.md", f'{whole}\n\nShown -- "at once".\n')
        preview.wait(lambda: "Shown" in preview.page("/posts/day-two/"))
        assert preview.rounds() == before
        shown = preview.page("/posts/day-two/")
    preview.settle()
    assert words(preview.page("/posts/day-two/")) == words(shown)
    preview.write("posts/day-two.md", whole)
    preview.settle()


def test_a_page_and_a_title_are_shown_early_too(preview: Preview) -> None:  # noqa: F811
    """What stands in the front matter is the page's as much as what stands below it."""
    post, page = (preview.path(name).read_text("utf-8") for name in ("posts/day-two.md", "pages/about.md"))
    with preview.builds_held():
        preview.write("posts/day-two.md", post.replace("Title: Day two", "Title: Retitled"))
        preview.write("pages/about.md", f"{page}\n\nReworded.\n")
        preview.wait(lambda: "Retitled</h1>" in preview.page("/posts/day-two/"))
        preview.wait(lambda: "Reworded" in preview.page("/about/"))
        shown = words(preview.page("/posts/day-two/"))
    preview.settle()
    assert words(preview.page("/posts/day-two/")) == shown
    preview.write("posts/day-two.md", post)
    preview.write("pages/about.md", page)
    preview.settle()


def test_a_style_sheet_and_a_script_are_shown_before_the_whole_is_built(preview: Preview) -> None:  # noqa: F811
    """They lie in the site as they lie in the theme; what is shown then is what is built."""
    names = ("css/parts.css", "js/sort.js")
    whole = [preview.path(f"theme/static/{name}").read_text("utf-8") for name in names]
    with preview.builds_held():
        for name, text in zip(names, whole, strict=True):
            preview.write(f"theme/static/{name}", f"{text}\n/* Shown at once. */\n")
        for name in names:
            preview.wait(partial(_says_shown, preview, f"/theme/{name}"))
        assert preview.get("/theme/css/parts.css")[1]["content-type"] == "text/css; charset=utf-8"
    preview.settle()
    for name, text in zip(names, whole, strict=True):
        assert _says_shown(preview, f"/theme/{name}")
        preview.write(f"theme/static/{name}", text)
    preview.settle()
    assert not _says_shown(preview, "/theme/css/parts.css")


def test_a_template_is_shown_early_in_a_page_that_is_just_being_loaded(preview: Preview) -> None:  # noqa: F811
    """Its tab has no connection yet; what is saved then would else be seen only when the whole is built."""
    with preview.builds_held():
        preview.page("/about/")
        preview.edit("theme/templates/page.html", "<article", "<article data-loading")
        preview.wait(lambda: "<article data-loading" in preview.page("/about/"))
    preview.edit("theme/templates/page.html", "<article data-loading", "<article")
    preview.settle()


def _says_shown(running: Preview, path: str) -> bool:
    return running.page(path).endswith("/* Shown at once. */\n")


def test_what_was_shown_early_goes_with_a_build_that_fails(preview: Preview) -> None:  # noqa: F811
    """The page is as it was, as the terminal says; and a text that is wrong by itself is not shown early."""
    whole, strikes = (preview.path(name).read_text("utf-8") for name in ("posts/day-two.md", "strikes.toml"))
    with preview.builds_held():
        preview.write("posts/day-two.md", f"{whole}\n\nShown-a-moment.\n")
        preview.wait(lambda: "Shown-a-moment." in preview.page("/posts/day-two/"))
        preview.write("strikes.toml", "nonsense")
    preview.settle()
    assert "Shown-a-moment." not in preview.page("/posts/day-two/")
    preview.write("strikes.toml", strikes)
    preview.write("posts/day-two.md", f"{whole}\n\nShown [x]({{fund}}nobody).\n")
    preview.settle()
    assert "Shown" not in preview.page("/posts/day-two/")
    preview.write("posts/day-two.md", whole)
    preview.settle()


def words(page: str) -> str:
    """Return a page without the number of the build it was served by."""
    return re.sub(r'data-build="\d+"', "", page)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("while True: pass\n", ""),
        ("import os; os._exit(3)\n", "the code could not be started"),
        ("def register(): import os; os.kill(os.getpid(), 9)\n", "the build ended without a word (exit code -9)"),
        ("def register(): import sys; sys.exit(4)\n", "SystemExit"),
    ],
)
def test_code_that_hangs_or_ends_the_build_is_survived(fault: str, told: str, preview: Preview) -> None:  # noqa: F811
    """What can be told is told, and the next save is built."""
    code = "plugins/language/plugin.py"
    whole = preview.path(code).read_text("utf-8")
    seen = len(preview.lines)
    preview.write(code, whole + fault)
    preview.wait(lambda: not told or told in "".join(preview.lines[seen:]))
    preview.write(code, whole)
    preview.settle()
    assert preview.page("/posts/day-one/")


def test_a_folder_that_is_taken_away_and_put_back_is_still_watched(preview: Preview) -> None:  # noqa: F811
    """As when a theme is replaced by another: what watched the old one is not relied on."""
    theme = preview.folder / "theme"
    seen = len(preview.lines)
    theme.rename(preview.folder / "away")
    preview.wait(lambda: "problem" in "".join(preview.lines[seen:]))
    shutil.copytree(preview.folder / "away", theme)
    shutil.rmtree(preview.folder / "away")
    preview.settle()
    preview.edit("theme/templates/404.html", "The page walked out", "The page came back")
    preview.wait(lambda: "The page came back" in preview.get("/none")[2])
    preview.edit("theme/templates/404.html", "The page came back", "The page walked out")
    preview.settle()


def _says_60_minutes(running: Preview, expected: bool) -> bool:
    """Tell whether the list of posts says that reading takes an hour, or does not, as expected."""
    return ("60 minutes" in running.page("/posts/")) is expected


def test_what_is_saved_while_a_folder_is_replaced_counts(preview: Preview) -> None:  # noqa: F811
    """As when a branch with another theme and other code is checked out."""
    code, rule = "plugins/posts/neighbours.py", "return max(1, round(words / _WORDS_A_MINUTE))"
    for old, new in ((rule, "return 60"), ("return 60", rule)):
        shutil.copytree(preview.folder / "theme", preview.folder / "away")
        shutil.rmtree(preview.folder / "theme")
        (preview.folder / "away").rename(preview.folder / "theme")
        preview.edit(code, old, new)
        expected = new == "return 60"
        preview.wait(partial(_says_60_minutes, preview, expected))
    preview.settle()


def test_a_port_that_is_taken_is_told(preview: Preview) -> None:  # noqa: F811
    """With the port, and what to do; the exit code is 1."""
    done = preview.inv("serve", "--port", str(preview.port))
    assert done.returncode == 1
    assert f"port {preview.port} cannot be had" in done.stderr
    assert f"./inv serve --port {preview.port + 1}" in done.stderr


def test_a_second_preview_of_the_same_site_is_refused(preview: Preview) -> None:  # noqa: F811
    """Two that write to one folder would undo each other's work."""
    done = preview.inv("serve", "--port", "0")
    assert done.returncode == 1
    assert "another run is going on" in done.stderr


def with_drafts(folder: Path) -> Path:
    """Lay down the small site with what is not public yet."""
    project(folder)
    for name, text in DRAFTS.items():
        (folder / "content" / name).parent.mkdir(exist_ok=True)
        (folder / "content" / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Return a preview that shows drafts, which a module's tests share: each leaves it as it found it."""
    with previewed(with_drafts(tmp_path_factory.mktemp("drafts")), "--drafts") as running:
        yield running


def test_what_is_not_public_is_shown_and_says_so(drafts: Preview) -> None:
    """On its own page and in every list: drafts, what is scheduled and until when, what has expired."""
    for path, mark in {
        "/posts/quokka-draft/": "Draft",
        "/posts/quokka-later/": "Scheduled for <time",
        "/quokka-page/": "Draft",
        "/listings/quokka-listing/": "Draft",
    }.items():
        page = drafts.page(path)
        assert f'<aside class="standing-strip" aria-label="Standing of this text"><p><strong>{mark}' in page, path
        assert '<meta name="robots" content="noindex">' in page
        assert "data-pagefind-body" not in page
    for path in ("/", "/posts/", "/tags/quokkatag/", "/posts/2026/"):
        assert '<p class="standing">Draft</p>' in drafts.page(path), path
    assert (
        '<p class="standing">Scheduled for <time datetime="2026-03-05T09:30:00-08:00">5 March 2026, 09:30</time></p>'
        in drafts.page("/")
    )
    assert 'Word of quokkas <span class="standing">Scheduled for <time' in drafts.page("/updates/2026/03/05/")
    assert '<p class="standing">Off the front page since <time' in drafts.page("/")
    assert '<p class="standing">Draft</p>' in drafts.page("/listings/")
    assert 'quokka-page/">Quokkas</a> <span class="standing">Draft</span>' in drafts.page("/")


def test_a_drafts_pictures_links_and_cards_work(drafts: Preview) -> None:
    """It looks as it will; its problems are told as a public text's are."""
    page = drafts.page("/posts/quokka-draft/")
    assert 'href="/posts/quokka-later/"' in page
    assert 'id="listing-quokka-listing"' in page
    assert drafts.get("/images/quokka.svg")[0] == 200
    drafts.wait(lambda: drafts.get("/cards/posts/quokka-draft.png")[0] == 200)
    drafts.edit("posts/quokka-draft.md", "{filename}quokka-later.md", "{filename}nowhere.md")
    drafts.wait(
        lambda: "content/posts/quokka-draft.md:10: {filename}nowhere.md leads to no published file" in drafts.said
    )
    drafts.edit("posts/quokka-draft.md", "{filename}nowhere.md", "{filename}quokka-later.md")
    drafts.settle()


def test_what_leaves_the_house_has_no_draft_in_a_preview_either(drafts: Preview) -> None:
    """Feeds, which other programs on this machine may read and pass on."""
    for path in ("/feeds/posts.atom.xml", "/feeds/everything.json", "/feeds/updates.rss.xml", "/updates/embed/"):
        assert "uokka" not in drafts.page(path), path


def test_no_byte_of_a_draft_is_built_after_its_preview(tmp_path: Path) -> None:
    """Nor does the preview leave one behind, in any cache but the pictures'."""
    with previewed(with_drafts(tmp_path), "--drafts") as drafts:
        assert "Quokkas" in drafts.page("/")
        assert drafts.end() == 0
    left = [path for path in tmp_path.glob(".cache/**/*") if path.is_file()]
    assert not [path for path in left if b"quokka" in path.read_bytes().lower() or "quokka" in path.name]
    done = drafts.inv("build")
    assert done.returncode == 0, done.stderr
    made = [path for path in tmp_path.glob("output/**/*") if path.is_file()]
    assert len(made) > 50
    leaks = [path for path in made if b"quokka" in path.read_bytes().lower() or "quokka" in path.name]
    assert leaks == []


def test_without_being_asked_no_draft_is_shown(tmp_path: Path) -> None:
    """The preview is what readers would see."""
    with previewed(with_drafts(tmp_path)) as plain:
        assert plain.get("/posts/quokka-draft/")[0] == 404
        assert "uokka" not in plain.page("/")
        assert plain.end(signal.SIGTERM) == 0
        assert "Traceback" not in plain.said
    assert plain.inv("serve", "--help").returncode == 0


def test_drafts_cannot_be_shown_where_the_site_is_built_to_be_published(tmp_path: Path) -> None:
    """Whoever sets what the preview sets is refused before anything is written."""
    with (with_drafts(tmp_path) / "pelicanconf.py").open("a") as settings:
        settings.write('\nPREVIEW = "drafts"\n')
    done = inv(tmp_path, "build", SOURCE_DATE_EPOCH=NOW)
    assert (done.returncode, "the output is not the preview's own" in done.stderr) == (1, True)
    assert not (tmp_path / "output").exists()


def test_a_site_that_is_wrong_from_the_start_is_shown_once_it_is_right(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Its problems are at every address until then; below a base, all is below it."""
    folder = project(tmp_path_factory.mktemp("wrong"))
    settings = (folder / "pelicanconf.py").read_text("utf-8")
    (folder / "pelicanconf.py").write_text(
        settings.replace('SITEURL = "http://localhost:8000"', "SITEURL = ("), "utf-8"
    )
    with previewed(folder) as running:
        status, _, text = running.get("/posts/day-one/")
        assert (status, "pelicanconf.py:" in text, "/.preview/preview.js" in text) == (503, True, True)
        running.write("pelicanconf.py", settings.replace("http://localhost:8000", "https://example.org/repo"))
        running.wait(lambda: running.get("/repo/posts/day-one/")[0] == 200)
        assert running.get("/")[1]["location"] == "/repo/"
        assert 'href="/repo/posts/"' in running.page("/repo/")
        assert running.get("/posts/")[0] == 404
        assert running.end() == 0
