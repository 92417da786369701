"""A whole small site against its golden output, byte for byte.

`./inv golden` writes the golden output anew; read the difference before committing it.
"""

import json
import shutil
from collections.abc import Mapping
from difflib import unified_diff
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path

import feedparser
import pytest

from tests.sites.conftest import Site, builder

SMALL = Path(__file__).with_name("small")
LINES = 40
"""How much is shown of one file's difference; a line is cut at ten times as many characters."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the small site, built now."""
    site = builder(tmp_path_factory.mktemp("small"))(files_of(SMALL / "content"))
    assert site.code == 0, site.said
    return site


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by their names."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def differences(made: Mapping[str, bytes], golden: Mapping[str, bytes]) -> list[str]:
    """Return, for each file that is missing, new or another, a text that says so: a unified diff, if it is text."""
    told = [f"{name}: missing" for name in sorted(golden.keys() - made.keys())]
    told += [f"{name}: new, of {len(made[name]):,} bytes" for name in sorted(made.keys() - golden.keys())]
    for name in sorted(made.keys() & golden.keys()):
        if made[name] != golden[name]:
            told.append(difference(name, golden[name], made[name]))
    return told


def difference(name: str, before: bytes, after: bytes) -> str:
    """Return what is another in a file, in LINES lines at the most."""
    try:
        old, new = (data.decode().splitlines() for data in (before, after))
    except UnicodeDecodeError:
        return f"{name}: {len(before):,} bytes became {len(after):,} others"
    lines = unified_diff(old, new, f"golden/{name}", f"made/{name}", lineterm="", n=1)
    shown = [line if len(line) <= 10 * LINES else f"{line[: 10 * LINES]}…" for line in islice(lines, LINES)]
    if next(lines, None) is not None:
        shown.append("…")
    return "\n".join(shown) or f"{name}: the ends of its lines differ"


def test_the_small_site_is_built_as_it_was(site: Site, request: pytest.FixtureRequest) -> None:
    """Every page, feed and file is the one that was looked at, and none is missing or new."""
    made = {name: data for name, data in site.files().items() if not name.startswith(("theme/", "pagefind/", "cards/"))}
    if request.config.getoption("--golden"):
        shutil.rmtree(SMALL / "golden", ignore_errors=True)
        for name, data in made.items():
            path = SMALL / "golden" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if told := differences(made, files_of(SMALL / "golden")):
        pytest.fail(f"{len(told)} files differ\n\n" + "\n\n".join(told), pytrace=False)


def test_what_differs_is_shown_line_by_line_and_not_without_end() -> None:
    """Whoever changed a template reads in the failure what it did to each page."""
    before = {"a.html": b"<p>\nOne\n</p>\n", "b.png": b"\x89", "c.xml": b"same", "old.html": b"", "long": b""}
    after = {"a.html": b"<p>\nTwo\n</p>\n", "b.png": b"\xff\xff", "c.xml": b"same", "new.html": b"x"}
    after["long"] = b"\n".join(b"%d" % number * 1000 for number in range(1000))
    missing, new, page, picture, long = differences(after, before)
    assert (missing, new) == ("old.html: missing", "new.html: new, of 1 bytes")
    assert page.splitlines() == [
        "--- golden/a.html",
        "+++ made/a.html",
        "@@ -1,3 +1,3 @@",
        " <p>",
        "-One",
        "+Two",
        " </p>",
    ]
    assert picture == "b.png: 1 bytes became 2 others"
    assert len(long.splitlines()) == LINES + 1
    assert len(long) < LINES * LINES * 11


class Scripts(HTMLParser):
    """What a page, or a text in a feed, would have a browser run: the text of its scripts, and attributes that run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag == "script"
        self.found += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self.within:
            self.found.append(data)


def bodies(name: str, text: str) -> list[str]:
    """Return the HTML that a feed brings its readers."""
    if name.endswith(".xml"):
        entries = feedparser.parse(text.encode(), sanitize_html=False).entries
        contents = [one.value for entry in entries for one in entry.get("content", ())]
        return [*contents, *(entry.get("summary", "") for entry in entries)]
    if name.startswith("feeds/") and name.endswith(".json"):
        return [item["content_html"] for item in json.loads(text)["items"]]
    return []


def test_a_hostile_item_is_text_wherever_it_stands(site: Site) -> None:
    """What a feed sent as a script can be read on the wire and in every feed, and runs in none."""
    told = {name: data.decode() for name, data in site.files().items() if b"alert(1)" in data}
    told = {name: text for name, text in told.items() if not name.startswith("theme/")}
    for prefix, ending in (("updates/", ".html"), ("feeds/", ".atom.xml"), ("feeds/", ".rss.xml"), ("feeds/", ".json")):
        assert any(name.startswith(prefix) and name.endswith(ending) for name in told), (prefix, ending)
    for name, text in told.items():
        if name.endswith(".html"):
            assert not [script for script in Scripts(text).found if "alert" in script or script.startswith("on")], name
        for body in bodies(name, text):
            assert Scripts(body).found == [], name
