"""JSON Lines of checked values."""

from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter

from plugins.core.config.checked import Checked
from plugins.core.jsonl import REMADE, JsonLines


class Row(Checked):
    """A row of a test."""

    id: str
    day: date | None = None


ROWS = JsonLines(TypeAdapter(Row), sorted_keys=True, remedy=REMADE)


def test_rows_have_a_fixed_order_of_keys_and_come_back() -> None:
    """Each line is one row, its keys sorted or as the value has them, without what is not said."""
    rows = [Row(id="a"), Row(id="é\u2028a", day=date(2026, 3, 1))]
    text = ROWS.write(rows).decode()
    assert text == '{"id": "a"}\n{"day": "2026-03-01", "id": "é\\u2028a"}\n'
    assert replace(ROWS, sorted_keys=False).row(rows[1]).decode() == '{"id": "é\\u2028a", "day": "2026-03-01"}\n'
    assert ROWS.read(text, "x.jsonl") == (rows, [])


def test_a_damaged_line_is_told_and_the_others_are_read() -> None:
    """No JSON, no object, an unknown key: each has its line, and a merge's blank lines are nothing."""
    rows, problems = ROWS.read('{"id": "a"}\n\n<<<<<<< HEAD\n[1]\n{"id": "b", "ids": 1}\n{"id": "c"}', "x.jsonl")
    assert [row.id for row in rows] == ["a", "c"]
    assert [(one.where, one.line) for one in problems] == [("x.jsonl", 3), ("x.jsonl", 4), ("x.jsonl", 5)]
    assert "a merge left its conflict marks" in problems[0].what
    assert (problems[2].what, problems[2].remedy) == ("unknown key ids", REMADE)
