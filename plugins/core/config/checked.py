"""Check plain values, as YAML and TOML have them, by a pydantic model: a typed frozen value, or every problem.

`validation_errors` words what pydantic finds; here is decided which of its findings are reported, one for each mistake.
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
Unparsable = AbstractSet[tuple[str | int, ...]]
"""Paths of keys that are in the file and could not be parsed; "*" stands for a key whose name is not known."""

_ALL_PARSED: Unparsable = frozenset()


class Checked(BaseModel):
    """The base of all models of content and settings: frozen, unknown keys refused, blanks around a text dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=True)


Model = TypeVar("Model", bound=Checked)


def check(
    model: type[Model],
    data: Mapping[str, Any],
    where: str,
    line_of: LineOf,
    unparsable: Unparsable = _ALL_PARSED,
) -> tuple[Model | None, list[Problem]]:
    """Return the typed value, or None and every problem, each at its line; what is `unparsable` is not missing as well.

    `where` is the file's path for messages; `line_of` gives the line of a key's path.
    """
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        reported = _distinct(error.errors(), model, unparsable)
    problems = []
    for one in reported:
        line = line_of(validation_errors.place(one))
        problems.append(validation_errors.problem(model, one, where, line))
    return None, problems


def check_all(
    model: type[Model],
    rows: object,
    key: str,
    where: str,
    line_of: LineOf,
    unparsable: Unparsable = _ALL_PARSED,
) -> tuple[dict[int, Model], list[Problem]]:
    """Check a list of tables, `[[key]]` in TOML; also that no two have the same `id`.

    Returns the values by their number in the list, which is not dense where some have problems.
    """
    listed, problems = _listed(rows, key, where, line_of)
    values: dict[int, Model] = {}
    seen: dict[str, LineOf] = {}  # a line takes time to find, and is seldom asked for
    for number, (top, row) in enumerate(listed):
        at = _below(line_of, top)
        below = {path[len(top) :] for path in unparsable if path[: len(top)] == top}
        value, found = check(model, row, where, at, below)
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
    """Return a problem for every key at a document's top that is not in `known`."""
    return [validation_errors.unknown(key, known, where, line_of([key])) for key in data if key not in known]


def unknown_tables(
    data: Mapping[str, Any], models: Mapping[str, type[Checked]], where: str, line_of: LineOf
) -> list[Problem]:
    """Return a problem for every table at a document's top that is not in `models`.

    For one that belongs below another, such as a [[milestone]] in place of a [[strike.milestone]], it says so.
    """
    below: dict[str, str] = {}
    for name, model in models.items():
        for inner in validation_errors.tables(model):
            below[inner] = name
    found = []
    for key in data:
        if key in models:
            continue
        near = validation_errors.near(key, [*models, *below])
        if near in below:
            remedy = f"write [[{below[near]}.{near}]], below the [[{below[near]}]] it is about"
            found.append(Problem(where, line_of([key]), f"unknown key {key}", remedy))
        else:
            found.append(validation_errors.unknown(key, list(models), where, line_of([key])))
    return found


_Row = tuple[tuple[str | int, ...], Mapping[str, Any]]


def _listed(rows: object, key: str, where: str, line_of: LineOf) -> tuple[list[_Row], list[Problem]]:
    """Return the tables of a list, each with its path; a table that stands alone is taken for the first of a list."""
    listed: list[_Row] = []
    wrong: list[Problem] = []
    if not isinstance(rows, list):
        wrong.append(Problem(where, line_of([key]), f"{key} is one table", f"write [[{key}]], with two brackets"))
        if isinstance(rows, dict):
            listed.append(((key,), rows))
        return listed, wrong
    for number, row in enumerate(rows):
        if isinstance(row, dict):
            listed.append(((key, number), row))
        else:
            what = f"{key} {number + 1} is not a table"
            wrong.append(Problem(where, line_of([key, number]), what, f"write [[{key}]]"))
    return listed, wrong


def _distinct(errors: list[ErrorDetails], model: type[Checked], unparsable: Unparsable) -> list[ErrorDetails]:
    """Return one of pydantic's findings for each mistake.

    pydantic reports a value once for each form that it may have; what is misspelt is not missing as well; and what
    could not be parsed is neither missing nor contradicts the rest.
    """
    first: dict[tuple[str | int, ...], ErrorDetails] = {}
    explained = set(unparsable)  # keys that are not there for a reason that is reported already
    for one in errors:
        path = validation_errors.place(one)
        first.setdefault(path, one)
        if one["type"] == "extra_forbidden":
            meant = validation_errors.near(str(path[-1]), validation_errors.keys(model, path[:-1]))
            explained.add((*path[:-1], meant))
    incomplete = {path[:-1] for path in unparsable}
    mistakes = []
    for path, one in first.items():
        if one["type"] == "missing":  # "*" stands for a key of the table whose name could not be parsed
            is_mistake = path not in explained and (*path[:-1], "*") not in unparsable
        else:  # a value error at a table's own path is about several of its keys, one of which could not be parsed
            is_mistake = one["type"] != "value_error" or path not in incomplete
        if is_mistake:
            mistakes.append(one)
    return mistakes


def _below(line_of: LineOf, top: Path) -> LineOf:
    return lambda path: line_of([*top, *path])
