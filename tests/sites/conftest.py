"""Whole small sites, built by real Pelican with the real theme."""

import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.copies import ROOT, SHIPPED
from tests.publishing.conftest import inv
from tests.sites.plain_site import PlainPelican

SETTINGS = "tests/sites/siteconf.py"
NOW = "1772366400"  # 2026-03-01 12:00 UTC
POST = "---\ntitle: A first post\ndate: 2026-01-02\ntags: [pay]\n---\n\nWords about a strike.\n"


@dataclass(frozen=True)
class Site:
    """A content folder, its output, and what was said when it was built."""

    content: Path
    output: Path
    code: int
    said: str

    def page(self, path: str) -> str:
        """Return a page's text."""
        return (self.output / path).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """Return every file of the output."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


Build = Callable[..., Site]


@pytest.fixture(scope="module")
def pelican() -> Iterator[PlainPelican]:
    """Return a process that builds plain sites for all tests of a module."""
    process = PlainPelican()
    yield process
    process.end()


def imported(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `./inv import WORDS` where the settings that are shipped are; it takes no others."""
    return inv(SHIPPED, "import", *words, PYTHONPATH=str(ROOT))


def builder(folder: Path) -> Build:
    """Return a function that writes content files and builds the site with `./inv build`, as a writer would."""

    def run(files: Mapping[str, str | bytes] = {}, output: str = "output", now: str = NOW, **settings: str) -> Site:
        content = folder / "content"
        for name, text in files.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        words = ["build", "--settings", SETTINGS, "--content", str(content), "--output", str(folder / output)]
        done = inv(ROOT, *words, SOURCE_DATE_EPOCH=now, CONTENT=str(content), **settings)
        return Site(content, folder / output, done.returncode, done.stdout + done.stderr)

    return run


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Return what builds a site in this test's folder."""
    return builder(tmp_path)
