"""TOML and the line on which a value stands."""

import pytest

from plugins.core import toml

TEXT = """\
# a comment
title = "x"

[[source]]
id = "a"  # first
notes = \"\"\"
two
lines\"\"\"
feed = "f"

[[source]]
id = "b"
[[source.part]]
day = 2023-05-02

[topic.pay]
any = ["one", "two"]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["title"], 2),
        (["source", 0], 4),
        (["source", 0, "id"], 5),
        (["source", 0, "feed"], 9),
        (["source", 1, "id"], 12),
        (["source", 1, "part", 0, "day"], 14),
        (["topic", "pay", "any"], 17),
        (["topic", "pay"], 16),
    ],
)
def test_a_value_is_found_on_its_line(path: list[str | int], line: int) -> None:
    """Comments, strings of several lines and nested tables do not shift the count."""
    assert toml.line_of(TEXT, path) == line


def test_a_missing_key_is_reported_at_its_table() -> None:
    """What is not there has no line; the table that lacks it has."""
    assert toml.line_of(TEXT, ["source", 1, "feed"]) == 11


@pytest.mark.parametrize(
    ("text", "line"), [("[[fund]\nname = 3\n", 1), ('a = 1\nb = "open\n', 2), ("a = 1\na = 2\n", 2), ("[t\n", 1)]
)
def test_what_is_not_toml_is_reported_at_its_line(text: str, line: int) -> None:
    """A document that cannot be read gives no values and one problem."""
    values, problems = toml.read(text, "funds.toml")
    assert values == {}
    assert [(one.where, one.line) for one in problems] == [("funds.toml", line)]
