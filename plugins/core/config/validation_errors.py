"""Word what pydantic found wrong with a value as a Problem: *what is wrong (what was found); what to do*."""

import difflib
import re
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from plugins.core.confidential import without_passwords
from plugins.core.errors import Problem

Path = Sequence[str | int]

NO_PASSWORD = "must not carry a name or a password: whoever reads it could use them"  # noqa: S105 - words
"""The wording of an address's fault."""

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
    "dataclass_type": "must be a group of keys",
}


_ADDED = re.compile(r"[\[-]")
"""A sign in the names of the steps that pydantic adds to a path, such as function-after[check(), str]."""


def place(error: ErrorDetails) -> tuple[str | int, ...]:
    """Return the path of keys to a faulty value, without the steps that pydantic adds for unions and validators.

    An unknown key is the content's own, whatever it looks like: `as-stated-by` is a slip of its writer.
    """
    steps = error["loc"]
    unknown_key: tuple[str | int, ...] = ()
    if error["type"] == "extra_forbidden":
        steps, unknown_key = steps[:-1], steps[-1:]
    kept = [step for step in steps if isinstance(step, int) or not _ADDED.search(step)]
    return (*kept, *unknown_key)


def problem(model: type[BaseModel], error: ErrorDetails, where: str, line: int) -> Problem:
    """Return one of pydantic's findings about a value of `model` as a problem at its line."""
    path = place(error)
    name = key_path(path)
    if error["type"] == "extra_forbidden":
        return _misplaced(model, path, where, line) or unknown(name, keys(model, path[:-1]), where, line)
    if error["type"] == "missing":
        return Problem(where, line, f"{name} is missing", f"add {name}")
    got = error["input"]
    if got is None:
        return Problem(where, line, f"{name} is empty", "give it a value, or remove the line")
    what = f"{name} {wording(error)}"
    if not isinstance(got, dict):  # a whole table would say too much
        what += f" (got {_short(got)})"
    return Problem(where, line, what.strip(), _remedy(model, error, path, where))


def _misplaced(model: type[BaseModel], path: Path, where: str, line: int) -> Problem | None:
    """Return the problem of a key that belongs to the table around the one it is in, which is a common slip in TOML.

    None if the key belongs to neither.
    """
    *table, key = path
    if not table or key in keys(model, table):
        return None
    around = table[:-1]
    if isinstance(table[-1], int):  # one of a list of tables
        around = table[:-2]
    if key not in keys(model, around):
        return None
    group = next(step for step in reversed(table) if isinstance(step, str))
    what = f"unknown key {key_path(path)}: {key} is no part of a {group}, but of what the {group} belongs to"
    return Problem(where, line, what, f"move it above the first {group}")


def unknown(name: str, known: Sequence[str], where: str, line: int) -> Problem:
    """Return the problem of an unknown key; it suggests the near miss among the `known` ones."""
    remedy = f"remove it, or use one of {', '.join(known)}"
    if close := near(name.rsplit(".", 1)[-1], known):
        remedy = f"did you mean {close}?"
    return Problem(where, line, f"unknown key {name}", remedy)


def near(word: str, known: Sequence[str]) -> str:
    """Return the one of the `known` words that a word was probably meant to be, "" if none is like it."""
    as_written = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), as_written, n=1, cutoff=0.65)
    return as_written[close[0]] if close else ""


def fields_by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return a model's fields by the keys that they have in a file, which are their aliases where they have one."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def tables(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model whose values are models of their own, or lists of them."""
    return [key for key, field in fields_by_key(model).items() if _inner_model(field.annotation)]


def keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that are allowed in the table at `path`, by the fields of the models on the way."""
    here: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str) and here is not None:
            field = fields_by_key(here).get(step)
            here = field and _inner_model(field.annotation)
    return list(fields_by_key(here or model))


def _remedy(model: type[BaseModel], error: ErrorDetails, path: Path, where: str) -> str:
    got, kind = error["input"], error["type"]
    if kind == "literal_error" and isinstance(got, str):
        close = near(got, re.findall(r"'([^']*)'", error["msg"]))
        if close:
            return f"did you mean {close}?"
    if kind == "string_type" and isinstance(got, int | float):
        return "put it between quotation marks"
    if kind == "model_type":
        return f"write these below it, a line each: {', '.join(keys(model, path))}"
    if error["msg"].endswith(NO_PASSWORD):
        return "take out what stands between // and @; a password that was in a public file has to be changed too"
    if kind == "tuple_type":
        return _list_remedy(keys(model, path), path, where, of_tables=keys(model, path) != keys(model, ()))
    return "correct it"


def _list_remedy(inner: list[str], path: Path, where: str, *, of_tables: bool) -> str:
    """Return how a list is written in the file `where`: of tables with the keys `inner`, or of single values."""
    if not of_tables:
        return "write it between brackets, with a comma after each"
    if where.endswith(".toml"):
        return f"write its name in two brackets, [[…{path[-1]}]], above each, and below it: {', '.join(inner)}"
    return f"begin each with a hyphen, and write below it: {', '.join(inner)}"


def wording(error: ErrorDetails) -> str:
    """Return what a value must be, in words that follow its key."""
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "literal_error":
        return "must be one of " + ", ".join(filter(None, re.findall(r"'([^']*)'", error["msg"])))
    if error["type"] in _WORDING:
        return _WORDING[error["type"]]
    if error["type"] == "greater_than_equal":
        return f"must be {error['ctx']['ge']} or more"
    if error["type"] == "too_short":
        return f"needs at least {error['ctx']['min_length']}"
    message = message.replace("Input should be", "must be")
    return message[:1].lower() + message[1:]


def _short(value: object) -> str:
    """Return a value as messages show what was found."""
    match value:
        case str():
            text = value
        case date():
            text = value.isoformat()
        case _:
            text = repr(value)
    return textwrap.shorten(without_passwords(text), 60, placeholder="...")


def key_path(path: Path) -> str:
    """Return a path of keys as messages name it, its numbers from 1: `milestone 2.date`."""
    words = ""
    for step in path:
        if isinstance(step, int):
            words += f" {step + 1}"
        else:
            words += f".{step}"
    return words.removeprefix(".").strip()


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _inner_model(part):
            return found
    return None
