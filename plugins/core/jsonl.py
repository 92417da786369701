"""JSON Lines that people read in a diff: one checked value a line, in a fixed order. Pure: text in and out.

A line that is damaged is a problem with its line number; the others are still read.
"""

import json
from collections.abc import Callable, Iterable
from typing import TypeVar

from plugins.core.config.checked import Checked, check
from plugins.core.errors import Problem

Row = TypeVar("Row", bound=Checked)

_REMEDY = "correct this line, or remove it: the next run makes it anew"


def read(text: str, model: type[Row], where: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a file, and what is wrong with it; empty lines are nothing."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        row, found = _row(line, model, where, number)
        rows += [row] if row else []
        problems += [Problem(one.where, one.line, one.what, _REMEDY) for one in found]
    return rows, problems


def write(rows: Iterable[Row], key: Callable[[Row], str]) -> str:
    """Return rows as text, ordered by key, each line's keys too; what a row leaves at its default is left out."""
    return "".join(f"{_line(row)}\n" for row in sorted(rows, key=key))


def _row(line: str, model: type[Row], where: str, number: int) -> tuple[Row | None, list[Problem]]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, [Problem(where, number, f"not JSON ({error})", _REMEDY)]
    if not isinstance(data, dict):
        return None, [Problem(where, number, "not an object of keys and values", _REMEDY)]
    return check(model, data, where, lambda _: number)


def _line(row: Checked) -> str:
    return json.dumps(row.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False, sort_keys=True)
