"""Benches write their figures below a heading of their own, and nothing else of RESULTS.md changes."""

from benchmarks.results import put

TEXT = """# Results

## Building: `./inv bench build`

Prose.

### 10 posts

old

#### More of them

old

### 20 posts

others

## Growing

Prose.
"""


def test_a_bench_replaces_its_own_figures_and_nothing_else() -> None:
    """Also what it had below headings of a lower level."""
    assert put(TEXT, "Building", "10 posts", "new\n") == TEXT.replace("old\n\n#### More of them\n\nold\n", "new\n")
    assert put(TEXT, "Building", "20 posts", "new") == TEXT.replace("others", "new")


def test_new_figures_come_last_in_their_section() -> None:
    """And a new section last of all."""
    assert put(TEXT, "Building", "30 posts", "new") == TEXT.replace("others\n", "others\n\n### 30 posts\n\nnew\n")
    assert put(TEXT, "Growing", "30 posts", "new") == f"{TEXT}\n### 30 posts\n\nnew\n"
    assert put(TEXT, "Paying", "1 sum", "new") == f"{TEXT}\n## Paying\n\n### 1 sum\n\nnew\n"
