"""What the project ships for its owner to change is what the tests of everything else are run on."""

import pytest

from plugins.commands import manual
from tasks import program
from tests.copies import ROOT, SHIPPED


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py", "content/updates/topics.toml"])
def test_the_tests_run_on_what_is_shipped(name: str) -> None:
    """tests/shipped/ has the settings and the topics as they are shipped, to the letter."""
    copy = SHIPPED / name.rpartition("/")[2]
    assert (ROOT / name).read_bytes() == copy.read_bytes(), f"cp {name} {copy.relative_to(ROOT)}"


def test_the_manual_is_current() -> None:
    """docs/settings.md and docs/commands.md are what `./inv docs` would write now."""
    for name, text in manual.pages(ROOT, program).items():
        assert (ROOT / name).read_text("utf-8") == text, f"{name} is out of date: run ./inv docs"


def test_it_is_said_how_to_report_a_weakness() -> None:
    """In private, by the ways that a fork has: its owner's CONTACT, and GitHub's own where it is on."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    for words in ("`CONTACT` in `pelicanconf.py`", "Report a vulnerability", "docs/security.md", "no public issue"):
        assert words in " ".join(text.split())
    assert text.count("**Who runs this site:** ") == 1, "which `./inv new site` fills in"
