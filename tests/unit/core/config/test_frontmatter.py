"""Front matter in both forms a writer may use."""

import pytest

from plugins.core.config import frontmatter


def test_yaml_keeps_values_lines_and_body_apart() -> None:
    """Each value's line is known, nested ones too, and the body starts where it starts."""
    text = "---\ntitle: A\ntags: [x, y]\npay:\n  low: 3\n---\n\nText.\n"
    front, problems = frontmatter.split(text, "a.md")
    assert problems == []
    assert front.data == {"title": "A", "tags": ["x", "y"], "pay": {"low": 3}}
    assert (front.line_of(["title"]), front.line_of(["pay", "low"]), front.line_of(["pay", "high"])) == (2, 5, 4)
    assert (front.body, front.body_line) == ("\nText.\n", 7)


def test_headers_are_read_as_pelican_reads_them() -> None:
    """`Key: value` lines up to a blank one, an indented line going on with the value above."""
    front, problems = frontmatter.split("Title: A: b\nDate: 2026-01-02\nSummary: one\n  two\n\nText.\n", "a.md")
    assert problems == []
    assert front.data == {"title": "A: b", "date": "2026-01-02", "summary": "one\ntwo"}
    assert (front.body, front.body_line, front.loose) == ("Text.\n", 6, True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\ntitle: [B\ndate: 2026-02-03\n---\n", 2),
        ("---\ntitle: B\n", 1),
        ("---\n- a\n---\n", 2),
        ("---\ntitle: A\ntitle: B\n---\n", 3),
        ("---\ntitle: A: b\n---\n", 2),
        ("---\ntitle: 'open\n---\n", 2),
        ("Just a text without a header.\n", 1),
        ("Title: A\nTitle: B\n\nx\n", 2),
    ],
)
def test_a_malformed_head_is_reported_at_its_line(text: str, line: int) -> None:
    """No malformed head passes, and each names a line to look at."""
    _, problems = frontmatter.split(text, "a.md")
    assert [problem.line for problem in problems] == [line]
    assert all(problem.remedy for problem in problems)


def test_yaml_can_run_no_code() -> None:
    """A tag that would build a Python object is an error, not an object."""
    _, problems = frontmatter.split("---\ntitle: !!python/object/apply:os.getcwd []\n---\n", "a.md")
    assert len(problems) == 1
