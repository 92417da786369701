"""Checked settings: plain values in, typed frozen values or every problem out.

pydantic checks; this room words what it found: *file:line: what (what was found); what to do*.
It reads no files.
"""

import difflib
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from plugins.core.errors import Problem

Path = Sequence[str | int]
LineOf = Callable[[Path], int]


class Checked(BaseModel):
    """A value whose every field was checked; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=True)


Model = TypeVar("Model", bound=Checked)


def check(
    model: type[Model], data: Mapping[str, Any], where: str, line_of: LineOf
) -> tuple[Model | None, list[Problem]]:
    """Return the typed value, or none and every problem, each with its line."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(model, one, where, line_of) for one in error.errors()]


def check_all(
    model: type[Model], rows: object, key: str, where: str, line_of: LineOf
) -> tuple[list[Model], list[Problem]]:
    """Check a list of tables, `[[key]]` in TOML; also that no two have the same `id`."""
    if not isinstance(rows, list):
        return [], [Problem(where, line_of([key]), f"{key} is one table", f"write [[{key}]], with two brackets")]
    values: list[Model] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}  # by number: to look for a line is slow, and seldom needed
    for number, row in enumerate(rows):
        at = _below(line_of, [key, number])
        if not isinstance(row, dict):
            problems.append(Problem(where, at([]), f"{key} {number + 1} is not a table", f"write [[{key}]]"))
            continue
        value, found = check(model, row, where, at)
        problems += found
        values += [value] if value else []
        name = row.get("id")
        if isinstance(name, str) and name in seen:
            line = line_of([key, seen[name], "id"])
            what = f"id {name!r} is taken by the {key} on line {line}"
            problems.append(Problem(where, at(["id"]), what, "give each its own"))
        elif isinstance(name, str):
            seen[name] = number
    return values, problems


def unknown_keys(data: Mapping[str, Any], known: Sequence[str], where: str, line_of: LineOf) -> list[Problem]:
    """Refuse keys at a document's top that are not in `known`."""
    return [_unknown(key, known, where, line_of([key])) for key in data if key not in known]


def _below(line_of: LineOf, top: Path) -> LineOf:
    return lambda path: line_of([*top, *path])


def _problem(model: type[Checked], error: ErrorDetails, where: str, line_of: LineOf) -> Problem:
    path = [step for step in error["loc"] if not _is_branch(step)]
    line = line_of(path)
    name = _spoken(path)
    if error["type"] == "extra_forbidden":
        return _unknown(name, _keys(model, path[:-1]), where, line)
    if error["type"] == "missing":
        return Problem(where, line, f"{name} is missing", f"add {name}")
    got = error["input"]
    said = f" (got {_short(got)})" if not isinstance(got, dict) else ""
    what = f"{name} {_wording(error)}{said}".strip()
    remedy = "correct it"
    if error["type"] == "literal_error" and isinstance(got, str):
        remedy = _near(got, re.findall(r"'([^']*)'", error["msg"])) or remedy
    return Problem(where, line, what, remedy)


def _unknown(name: str, known: Sequence[str], where: str, line: int) -> Problem:
    last = name.rsplit(".", 1)[-1]
    remedy = _near(last, known) or f"remove it, or use one of {', '.join(known)}"
    return Problem(where, line, f"unknown key {name}", remedy)


def _near(word: str, known: Sequence[str]) -> str:
    as_written = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), as_written, n=1, cutoff=0.6)
    return f"did you mean {as_written[near[0]]}?" if near else ""


_WORDING = {
    "string_pattern_mismatch": "must be small letters, digits and hyphens",
    "string_too_short": "must not be empty",
    "string_type": "must be text",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "date_type": "must be a day, written 2026-01-31",
    "datetime_type": "must be a date, written 2026-01-31 or 2026-01-31 18:30",
    "model_type": "must be a group of keys",
}


def _wording(error: ErrorDetails) -> str:
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "literal_error":
        return "must be one of " + ", ".join(re.findall(r"'([^']*)'", error["msg"]))
    if error["type"] == "greater_than_equal":
        return f"must be {error['ctx']['ge']} or more"
    if error["type"] in _WORDING:
        return _WORDING[error["type"]]
    return message[:1].lower() + message[1:]


def _short(value: object) -> str:
    return textwrap.shorten(value if isinstance(value, str) else repr(value), 60, placeholder="...")


def _is_branch(step: str | int) -> bool:
    """Tell pydantic's own steps (names of union branches and validators) from the content's keys."""
    return isinstance(step, str) and ("[" in step or "-" in step)


def _spoken(path: Path) -> str:
    words = ""
    for step in path:
        words += f" {step + 1}" if isinstance(step, int) else f"{'.' if words else ''}{step}"
    return words.strip()


def _keys(model: type[Checked], path: Path) -> list[str]:
    """Return the keys allowed at `path`: walks the model's own fields, as far as they are models."""
    here: Any = model
    for step in path:
        if isinstance(step, str) and here is not None:
            field = here.model_fields.get(step)
            here = _inner_model(field.annotation) if field else None
    fields = (here or model).model_fields
    return [field.alias or name for name, field in fields.items()]


def _inner_model(annotation: Any) -> type[Checked] | None:
    if isinstance(annotation, type) and issubclass(annotation, Checked):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _inner_model(part):
            return found
    return None
