"""What is promised against whom: every promise of docs/security.md names tests that are there."""

import re
from collections.abc import Iterator

from tests.copies import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
PARTIES = (
    "A feed",
    "A source that turns hostile",
    "The network",
    "A reader's form",
    "An import",
    "A neighbour process",
)
_TEST = re.compile(r"`(tests/[\w/]+\.py)`")


def promises() -> Iterator[tuple[str, list[str]]]:
    """Yield each row's promise, and its cells."""
    for line in PAGE.splitlines():
        if line.startswith("| ") and not line.startswith("| Promised"):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            yield cells[0], cells


def test_every_promise_says_how_it_is_held_and_where_it_is_tested() -> None:
    """Three cells, of which the last names tests; each of them is a file with tests in it."""
    rows = list(promises())
    assert len(rows) > 20
    for promise, cells in rows:
        assert len(cells) == 3 and all(cells), promise
        named = _TEST.findall(cells[2])
        assert ", ".join(f"`{name}`" for name in named) == cells[2], promise
        for name in named:
            assert (ROOT / name).is_file() and "def test_" in (ROOT / name).read_text("utf-8"), (promise, name)


def test_everybody_who_could_do_harm_is_named() -> None:
    """A table for each, and in each a promise."""
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert tuple(headings) == PARTIES
    for part in re.split(r"^## .+$", PAGE, flags=re.MULTILINE)[1:]:
        assert part.count("`tests/") > 1
    assert "(../SECURITY.md)" in PAGE
