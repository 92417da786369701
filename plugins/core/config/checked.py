"""Checked settings: plain values in, typed frozen values or every problem out.

pydantic checks, `faults` words what it found; here it is decided which of its findings are worth telling. It reads no
files.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from plugins.core.config import validation_errors
from plugins.core.errors import Problem

Path = Sequence[str | int]
LineOf = Callable[[Path], int]
Gaps = AbstractSet[tuple[str | int, ...]]
"""Paths of keys that are there and could not be read; "*" ends the path of one whose name is not known."""

_NO_GAPS: Gaps = frozenset()


class Checked(BaseModel):
    """A value whose every field was checked; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=True)


Model = TypeVar("Model", bound=Checked)


def check(
    model: type[Model], data: Mapping[str, Any], where: str, line_of: LineOf, gaps: Gaps = _NO_GAPS
) -> tuple[Model | None, list[Problem]]:
    """Return the typed value, or none and every problem, each with its line; nobody is told that a gap is missing."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        told = _worth_telling(error.errors(), model, gaps)
    return None, [validation_errors.problem(model, one, where, line_of(validation_errors.place(one))) for one in told]


def check_all(
    model: type[Model], rows: object, key: str, where: str, line_of: LineOf, gaps: Gaps = _NO_GAPS
) -> tuple[dict[int, Model], list[Problem]]:
    """Check a list of tables, `[[key]]` in TOML; also that no two have the same `id`.

    Returns the values by their number in the list, which is not dense where some have problems.
    """
    listed, problems = _listed(rows, key, where, line_of)
    values: dict[int, Model] = {}
    seen: dict[str, LineOf] = {}  # to look for a line is slow, and seldom needed
    for number, (top, row) in enumerate(listed):
        at = _below(line_of, top)
        value, found = check(model, row, where, at, {gap[len(top) :] for gap in gaps if gap[: len(top)] == top})
        problems += found
        if value:
            values[number] = value
        name = row.get("id")
        if isinstance(name, str) and name in seen:
            what = f"id {name!r} is taken by the {key} on line {seen[name](['id'])}"
            problems.append(Problem(where, at(["id"]), what, "give each its own"))
        elif isinstance(name, str):
            seen[name] = at
    return values, problems


def unknown_keys(data: Mapping[str, Any], known: Sequence[str], where: str, line_of: LineOf) -> list[Problem]:
    """Refuse keys at a document's top that are not in `known`."""
    return [validation_errors.unknown(key, known, where, line_of([key])) for key in data if key not in known]


def unknown_tables(
    data: Mapping[str, Any], models: Mapping[str, type[Checked]], where: str, line_of: LineOf
) -> list[Problem]:
    """Refuse tables at a document's top that are not in `models`; one that belongs below another is told so."""
    below = {inner: f"{name}.{inner}" for name, model in models.items() for inner in validation_errors.tables(model)}
    found = []
    for key in data:
        near = validation_errors.near(key, [*models, *below])
        if key not in models and near in below:
            name = below[near]
            remedy = f"write [[{name}]], below the [[{name.rpartition('.')[0]}]] it is about"
            found.append(Problem(where, line_of([key]), f"unknown key {key}", remedy))
        elif key not in models:
            found.append(validation_errors.unknown(key, list(models), where, line_of([key])))
    return found


_Row = tuple[tuple[str | int, ...], Mapping[str, Any]]


def _listed(rows: object, key: str, where: str, line_of: LineOf) -> tuple[list[_Row], list[Problem]]:
    """Return the tables of a list, each with its path; a table that stands alone is taken for the first of a list."""
    if not isinstance(rows, list):
        single = Problem(where, line_of([key]), f"{key} is one table", f"write [[{key}]], with two brackets")
        return [((key,), rows)] if isinstance(rows, dict) else [], [single]
    wrong = [
        Problem(where, line_of([key, number]), f"{key} {number + 1} is not a table", f"write [[{key}]]")
        for number, row in enumerate(rows)
        if not isinstance(row, dict)
    ]
    return [((key, number), row) for number, row in enumerate(rows) if isinstance(row, dict)], wrong


def _worth_telling(errors: list[ErrorDetails], model: type[Checked], gaps: Gaps) -> list[ErrorDetails]:
    """Return one finding for each mistake.

    A value is wrong once, however many forms it may have; what is misspelt is not missing as well; and what could not
    be read is neither missing nor at odds with the rest.
    """
    first = {validation_errors.place(one): one for one in reversed(errors)}
    meant = {
        (*path[:-1], validation_errors.near(str(path[-1]), validation_errors.keys(model, path[:-1])))
        for path, one in first.items()
        if one["type"] == "extra_forbidden"
    }
    torn = {gap[:-1] for gap in gaps}

    def is_told(path: tuple[str | int, ...], one: ErrorDetails) -> bool:
        if one["type"] == "missing":
            return path not in meant and path not in gaps and (*path[:-1], "*") not in gaps
        return not (one["type"] == "value_error" and path in torn)

    return [one for path, one in reversed(first.items()) if is_told(path, one)]


def _below(line_of: LineOf, top: Path) -> LineOf:
    return lambda path: line_of([*top, *path])
