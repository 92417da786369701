"""A whole small site against its golden output, byte for byte.

`./inv golden` writes the golden output anew; read the difference before committing it.
"""

import shutil
from pathlib import Path

import pytest

from tests.sites.conftest import Build

SMALL = Path(__file__).with_name("small")


def test_the_small_site_is_built_as_it_was(build: Build, request: pytest.FixtureRequest) -> None:
    """Every page, feed and file is the one that was looked at, and none is missing or new."""
    content = {path.relative_to(SMALL / "content").as_posix(): path.read_bytes() for path in _files(SMALL / "content")}
    site = build(content)
    assert site.code == 0, site.said
    made = {name: data for name, data in site.files().items() if not name.startswith(("theme/", "pagefind/", "cards/"))}
    if request.config.getoption("--golden"):
        shutil.rmtree(SMALL / "golden", ignore_errors=True)
        for name, data in made.items():
            path = SMALL / "golden" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    golden = {path.relative_to(SMALL / "golden").as_posix(): path.read_bytes() for path in _files(SMALL / "golden")}
    assert sorted(made) == sorted(golden)
    assert [name for name in made if made[name] != golden[name]] == []


def test_a_hostile_item_is_text_wherever_it_stands() -> None:
    """What a feed sent as a script can be read on the wire and in every feed, and is markup in none."""
    pages = [path for path in _files(SMALL / "golden") if b"alert(1)" in path.read_bytes()]
    assert {path.suffix for path in pages} == {".html", ".xml", ".json"}
    for path in pages:
        assert path.suffix == ".json" or b"<script>alert" not in path.read_bytes(), path


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
