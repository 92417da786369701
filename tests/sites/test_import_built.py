"""An old site that was brought here is built: its pages, pictures and old addresses are there, its drafts are not."""

import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.core.config import frontmatter
from plugins.core.text import aliases
from tests.copies import ROOT
from tests.publishing.conftest import inv
from tests.sites.conftest import NOW, SETTINGS, imported

EXPORTS = ROOT / "tests" / "exports"
SERVED = {
    "substack": [f"public/images/{name}.png" for name in ("gate_1200x800", "kettle_800x600")],
    "medium": ["max/1200/1*kettle.png", "max/600/1*a.png", "max/600/1*b.png"],
    "wordpress": ["uploads/2012/05/gate.png", "uploads/2012/05/kettle.png"],
}
WITHHELD = {
    "substack": ["The kettle is yours", "who was there", "What if the tenth crane"],
    "medium": ["Who took the tenth spoon"],
    "wordpress": ["Names that stay here", "The word is rope"],
}
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay notes</title><link href="BASE/"/><id>BASE/</id>
<entry><title>The lamp at berth nine</title><id>BASE/lamp</id><link href="BASE/2024/03/lamp.html"/>
<published>2024-03-05T10:00:00Z</published><updated>2024-03-05T10:00:00Z</updated>
<content type="html">&lt;p>Someone left the &lt;a href="BASE/2024/04/oil.html">lamp&lt;/a> burning.&lt;/p>
&lt;p>&lt;img src="BASE/lamp.png" alt="A lamp on a pole">&lt;/p></content></entry>
<entry><title>Oil</title><id>BASE/oil</id><link href="BASE/2024/04/oil.html"/>
<published>2024-04-05T10:00:00Z</published><updated>2024-04-05T10:00:00Z</updated>
<content type="html">&lt;p>It was whale oil, they say.&lt;/p></content></entry>
<entry><title>A cut one</title><id>BASE/cut</id><link href="BASE/2024/05/cut.html"/>
<published>2024-05-05T10:00:00Z</published><updated>2024-05-05T10:00:00Z</updated>
<summary>It begins well [...]</summary></entry></feed>"""


@dataclass(frozen=True)
class Moved:
    """A content folder into which an old site was brought, and what was built of it."""

    kind: str
    content: Path
    output: Path

    def texts(self) -> Iterator[tuple[str, dict[str, object], str]]:
        """Return each text's address, front matter and body."""
        for path in sorted(self.content.rglob("*.md")):
            front, problems = frontmatter.split(path.read_text("utf-8"), path.name)
            assert problems == []
            yield f"posts/{path.stem}/" if path.parent.name == "posts" else f"{path.stem}/", front.data, front.body


@pytest.fixture(scope="module")
def old_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Serve the pictures and the feed of old sites on the loopback; return the address, and the folder."""
    folder = tmp_path_factory.mktemp("old")
    for path in ["lamp.png", *(one for paths in SERVED.values() for one in paths)]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        out = BytesIO()
        Image.radial_gradient("L").resize((900, 600)).save(out, "PNG")
        (folder / path).write_bytes(out.getvalue())
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_address[1]}"
        (folder / "feed.xml").write_text(FEED.replace("BASE", base), "utf-8")
        yield base, folder
        server.shutdown()


def _given(kind: str, folder: Path, base: str, served: Path) -> str:
    """Return an export as it would be given: with its pictures where it says they are."""
    if kind == "feed":
        return f"{base}/feed.xml"
    shutil.copytree(EXPORTS / kind, folder)
    if kind == "wordpress":
        shutil.copytree(served / "uploads", folder / "wp-content" / "uploads")
    for path in (one for one in folder.rglob("*.html") if kind != "wordpress"):
        text = re.sub(r"https://(media|cdn-images-1)\.example\.org", base, path.read_text("utf-8"))
        path.write_text(text, "utf-8")
    return str(folder)


@pytest.fixture(scope="module", params=["substack", "medium", "wordpress", "feed"])
def moved(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, old_site: tuple[str, Path]
) -> Moved:
    """Bring an old site of each kind here, and build it; every check passes on the way."""
    folder = tmp_path_factory.mktemp(request.param)
    content, output = folder / "content", folder / "output"
    content.mkdir()
    given = _given(request.param, folder / "export", *old_site)
    to = ("--content", str(content))
    done = imported(given, *to, "--allow-private-host", "127.0.0.1")
    assert done.returncode == 0, done.stdout + done.stderr
    where = (*to, "--output", str(output))
    built = inv(ROOT, "build", "--settings", SETTINGS, *where, SOURCE_DATE_EPOCH=NOW)
    assert built.returncode == 0, built.stdout + built.stderr
    checked = inv(ROOT, "check", "--settings", SETTINGS, *where, SOURCE_DATE_EPOCH=NOW)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return Moved(request.param, content, output)


def test_what_was_public_has_a_page_and_what_was_not_has_none(moved: Moved) -> None:
    """A text is published or a draft as it was; no word of what was withheld is anywhere in the output."""
    published = 0
    for address, front, _ in moved.texts():
        there = (moved.output / address / "index.html").exists()
        assert there == (front.get("status") != "draft"), address
        published += there
    assert published
    files = [path.read_bytes() for path in moved.output.rglob("*") if path.is_file()]
    for words in WITHHELD.get(moved.kind, ["It begins well"]):
        assert any(words in body for _, _, body in moved.texts()), words
        assert not [data for data in files if words.encode() in data], words


def test_old_addresses_lead_to_the_new_pages(moved: Moved) -> None:
    """Each has a page that leads on to the text that was there, and to one that is there; a draft's has none."""
    led = 0
    for address, front, _ in moved.texts():
        named = front.get("aliases", [])
        assert isinstance(named, list)
        for alias in named:
            file = moved.output / aliases.file_of(str(alias))
            if front.get("status") == "draft":
                assert not file.exists()
                continue
            assert f'content="0; url=/{address}"' in file.read_text("utf-8")
            assert (moved.output / address / "index.html").exists()
            led += 1
    assert led


def test_its_pictures_are_there(moved: Moved) -> None:
    """Every picture of a public text was brought, has its size, and is shown from here, nothing from afar."""
    shown: list[str] = []
    for address, front, body in moved.texts():
        if front.get("status") == "draft" or "![" not in body:
            continue
        page = (moved.output / address / "index.html").read_text("utf-8")
        tags = re.findall(r"<img[^>]*>", page)
        assert not [tag for tag in tags if re.search(r'src="https?://(?!localhost:8000/)', tag)]
        sized = [tag for tag in tags if 'width="900" height="600"' in tag]
        shown += [found[1] for tag in sized if (found := re.search(r' src="/(images/[^"]+)"', tag))]
        assert len(sized) >= body.count("![")
    assert shown
    assert all((moved.output / path).exists() for path in shown)
