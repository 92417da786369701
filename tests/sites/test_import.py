"""An old site comes here whole: every kind of export, as a writer has it."""

import http.server
import shutil
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from tests.copies import ROOT
from tests.publishing.conftest import inv
from tests.sites.conftest import SETTINGS, imported

EXPORTS = ROOT / "tests" / "exports"
GIVEN = {
    "substack": EXPORTS / "substack",
    "medium": EXPORTS / "medium",
    "wordpress": EXPORTS / "wordpress" / "harbour.xml",
}
FEED = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Quay notes</title><link>{base}/</link><item><title>The lamp at berth nine</title>
<link>{base}/2024/03/lamp/</link><pubDate>Tue, 05 Mar 2024 10:00:00 +0000</pubDate>
<content:encoded><![CDATA[<p>Someone left the lamp <b>burning</b>.</p><script>alert(1)</script>
<p><img src="{base}/lamp.png" alt="A lamp on a pole"></p>]]></content:encoded></item></channel></rss>"""


@pytest.mark.parametrize("kind", GIVEN)
def test_an_export_becomes_posts_that_pass_the_check(tmp_path: Path, kind: str) -> None:
    """Every text is here, or reported; the check finds nothing; a second run changes nothing."""
    content = tmp_path / "content"
    content.mkdir()
    command = (str(GIVEN[kind]), "--no-images", "--content", str(content))
    done = imported(*command)
    assert done.returncode == 0, done.stdout + done.stderr
    texts = {path: path.read_bytes() for path in content.rglob("*.md")}
    assert texts
    checked = inv(ROOT, "check", "--settings", SETTINGS, "--content", str(content), "--output", str(tmp_path / "none"))
    assert checked.returncode == 0, checked.stderr
    again = imported(*command)
    assert again.returncode == 0, again.stdout + again.stderr
    assert {path: path.read_bytes() for path in content.rglob("*.md")} == texts
    assert list((tmp_path / ".cache" / "import").glob(f"*{kind}.md"))


def test_of_a_folder_with_several_exports_it_is_said_which_was_read(tmp_path: Path) -> None:
    """Who gives a folder of downloads is told which of its exports was read, and which are still to be given."""
    folder, content = tmp_path / "downloads", tmp_path / "content"
    content.mkdir()
    shutil.copytree(EXPORTS / "substack", folder / "letters")
    shutil.copytree(EXPORTS / "substack", folder / "older-letters")
    for path in (folder / "older-letters").rglob("*.html"):
        path.write_text("<p>An older wording.</p>")
    shutil.copy(GIVEN["wordpress"], folder / "harbour.xml")
    (folder / "more.zip").write_bytes(b"PK")
    done = inv(ROOT, "import", str(folder), "--no-images", "--content", str(content))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Read: letters/posts.csv." in done.stdout
    assert not [path for path in content.rglob("*.md") if "An older wording" in path.read_text("utf-8")]
    left = "harbour.xml, more.zip, older-letters/posts.csv"
    assert f"Not read, and perhaps another export: {left}. Give its path to import it too." in done.stdout
    alone = inv(ROOT, "import", str(GIVEN["substack"]), "--no-images", "--content", str(content))
    assert "Not read" not in alone.stdout


def test_what_was_not_public_stays_a_draft(tmp_path: Path) -> None:
    """A draft, a private text and one behind a password come as drafts."""
    (tmp_path / "content").mkdir()
    imported(str(GIVEN["wordpress"]), "--no-images", "--content", str(tmp_path / "content"))
    posts = tmp_path / "content" / "posts"
    for name in ("private-matters.md", "behind-a-word.md"):
        assert "\nstatus: draft\n" in (posts / name).read_text("utf-8")


def test_a_zip_that_reaches_out_writes_nothing_outside(tmp_path: Path) -> None:
    """Names with .. or from the root write no file beside the content."""
    (tmp_path / "site" / "content").mkdir(parents=True)
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as out:
        for path in sorted((EXPORTS / "substack").rglob("*.*")):
            out.write(path, path.relative_to(EXPORTS / "substack").as_posix())
        out.writestr("../../escaped.html", "<p>out</p>")
        out.writestr("/tmp/escaped-too.html", "<p>out</p>")  # noqa: S108 - it must not be written
    before = {path for path in tmp_path.rglob("*") if "site" not in path.parts}
    content = str(tmp_path / "site" / "content")
    imported(str(tmp_path / "export.zip"), "--no-images", "--content", content)
    assert {path for path in tmp_path.rglob("*") if "site" not in path.parts} == before
    assert not Path("/tmp/escaped-too.html").exists()  # noqa: S108


@pytest.fixture
def old_site(tmp_path: Path) -> Iterator[str]:
    """Serve a feed and its picture on the loopback; return its address."""
    folder = tmp_path / "old"
    folder.mkdir()
    Image.new("RGB", (40, 20), "#a33").save(folder / "lamp.png")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        (folder / "feed.xml").write_text(FEED.format(base=base))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield base
        server.shutdown()


def test_a_feed_comes_with_its_pictures(tmp_path: Path, old_site: str) -> None:
    """By its address: the text, its picture with its words, its old address; no script, and only hosts let through."""
    content = tmp_path / "content"
    content.mkdir()
    refused = imported(f"{old_site}/feed.xml", "--content", str(content))
    assert refused.returncode == 1 and not list(content.rglob("*.md"))
    let = ("--allow-private-host", "127.0.0.1")
    done = imported(f"{old_site}/feed.xml", "--content", str(content), *let)
    assert done.returncode == 0, done.stdout + done.stderr
    (post,) = (content / "posts").glob("*.md")
    text = post.read_text("utf-8")
    assert "Someone left the lamp **burning**." in text
    assert "A lamp on a pole" in text
    assert "2024/03/lamp/" in text
    assert "alert" not in text
    assert list((content / "images").rglob("*.png"))
    where = ("--content", str(content), "--output", str(tmp_path / "none"))
    assert inv(ROOT, "check", "--settings", SETTINGS, *where).returncode == 0


def test_a_second_import_leaves_a_writers_work_alone(tmp_path: Path) -> None:
    """What was edited, renamed, moved to a folder, published or finished stays; what was removed may come again."""
    content = tmp_path / "content"
    content.mkdir()
    command = (str(GIVEN["substack"]), "--no-images", "--content", str(content))
    assert imported(*command).returncode == 0
    posts = content / "posts"
    edited = posts / "the-cranes-stop.md"
    edited.write_text(edited.read_text("utf-8").replace("nine keys", "ten keys").replace("title: The", "title: All"))
    renamed = (posts / "2024").resolve()
    renamed.mkdir()
    (posts / "voices-from-the-gate.md").rename(renamed / "voices.md")
    published = posts / "for-those-who-pay.md"
    published.write_text(published.read_text("utf-8").replace("status: draft\n", ""))
    (posts / "half-a-thought.md").unlink()
    (posts / "what-do-you-hear.md").write_text("---\ntitle: My own\ndate: 2026-01-02\n---\n\nNot imported.\n")
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    again = imported(*command)
    after = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert {path: after.get(path) for path in before} == before
    assert after.keys() - before.keys() == {posts / "half-a-thought.md"}
    assert again.returncode == 1, "a text of the export found its name taken by another"
    assert "what-do-you-hear.md is there already; it was not overwritten" in again.stdout + again.stderr
    assert "1 written, 4 there already, 1 left out" in again.stdout
