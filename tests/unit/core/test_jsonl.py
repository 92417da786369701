"""JSON Lines for people."""

from datetime import date

from plugins.core import jsonl
from plugins.core.config.checked import Checked


class Row(Checked):
    """A row of a test."""

    id: str
    day: date | None = None


def test_rows_go_out_sorted_and_come_back() -> None:
    """Each line is one row in a fixed order of keys, without what is not said."""
    rows = [Row(id="b", day=date(2026, 3, 1)), Row(id="a")]
    text = jsonl.write(rows, lambda row: row.id)
    assert text == '{"id": "a"}\n{"day": "2026-03-01", "id": "b"}\n'
    assert jsonl.read(text, Row, "x.jsonl") == (sorted(rows, key=lambda row: row.id), [])


def test_a_damaged_line_is_told_and_the_others_are_read() -> None:
    """No JSON, no object, an unknown key: each has its line, and a merge's blank lines are nothing."""
    rows, problems = jsonl.read('{"id": "a"}\n\n<<<<<<< HEAD\n[1]\n{"id": "b", "ids": 1}\n{"id": "c"}', Row, "x.jsonl")
    assert [row.id for row in rows] == ["a", "c"]
    assert [(one.where, one.line) for one in problems] == [("x.jsonl", 3), ("x.jsonl", 4), ("x.jsonl", 5)]
