"""What pydantic found wrong with a value, in the house's words: *what is wrong (what was found); what to do*. Pure."""

import difflib
import re
import textwrap
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from plugins.core.errors import Problem

Path = Sequence[str | int]

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
_PATTERNS = {
    r"^[A-Z]{3}$": "must be a currency’s three letters, such as USD",
    r"^$|^\d\d-\d{7}$": "must be an EIN, written 12-3456789",
    r"^$|^\d\d:\d\d$": "must be a time, written 06:30",
}


def place(error: ErrorDetails) -> tuple[str | int, ...]:
    """Return the content's keys to a faulty value, without pydantic's own steps (union branches and validators)."""
    return tuple(step for step in error["loc"] if not (isinstance(step, str) and ("[" in step or "-" in step)))


def problem(model: type[BaseModel], error: ErrorDetails, where: str, line: int) -> Problem:
    """Return what is wrong as a problem at its line."""
    path = place(error)
    name = spoken(path)
    if error["type"] == "extra_forbidden":
        return unknown(name, keys(model, path[:-1]), where, line)
    if error["type"] == "missing":
        return Problem(where, line, f"{name} is missing", f"add {name}")
    got = error["input"]
    if got is None:
        return Problem(where, line, f"{name} is empty", "give it a value, or remove the line")
    said = f" (got {_short(got)})" if not isinstance(got, dict) else ""
    return Problem(where, line, f"{name} {wording(error)}{said}".strip(), _remedy(model, error, path))


def unknown(name: str, known: Sequence[str], where: str, line: int) -> Problem:
    """Return the problem of a key that nobody knows, with the near miss among those that are known."""
    close = near(name.rsplit(".", 1)[-1], known)
    remedy = f"did you mean {close}?" if close else f"remove it, or use one of {', '.join(known)}"
    return Problem(where, line, f"unknown key {name}", remedy)


def near(word: str, known: Sequence[str]) -> str:
    """Return what was probably meant by a word, "" where nothing is like it."""
    as_written = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), as_written, n=1, cutoff=0.65)
    return as_written[close[0]] if close else ""


def keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys allowed at `path`: walks the model's own fields, as far as they are models."""
    here: Any = model
    for step in path:
        if isinstance(step, str) and here is not None:
            named = {field.alias or name: field for name, field in here.model_fields.items()}
            here = _inner_model(named[step].annotation) if step in named else None
    return [field.alias or name for name, field in (here or model).model_fields.items()]


def _remedy(model: type[BaseModel], error: ErrorDetails, path: Path) -> str:
    got, kind = error["input"], error["type"]
    if kind == "literal_error" and isinstance(got, str):
        close = near(got, re.findall(r"'([^']*)'", error["msg"]))
        return f"did you mean {close}?" if close else "correct it"
    if kind == "string_type" and isinstance(got, int | float):
        return "put it between quotation marks"
    inner = keys(model, path) if kind in {"model_type", "tuple_type"} else []
    if kind == "model_type":
        return f"write these below it, a line each: {', '.join(inner)}"
    if kind == "tuple_type" and inner != keys(model, ()):
        return f"begin each with a hyphen, and write below it: {', '.join(inner)}"
    return "write it between brackets, with a comma after each" if kind == "tuple_type" else "correct it"


def wording(error: ErrorDetails) -> str:
    """Return what a value must be, in words that follow its key."""
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "literal_error":
        return "must be one of " + ", ".join(filter(None, re.findall(r"'([^']*)'", error["msg"])))
    if error["type"] == "string_pattern_mismatch":
        pattern = error.get("ctx", {}).get("pattern", "")
        return _PATTERNS.get(pattern, _WORDING["string_pattern_mismatch"])
    if error["type"] in _WORDING:
        return _WORDING[error["type"]]
    if error["type"] == "greater_than_equal":
        return f"must be {error['ctx']['ge']} or more"
    if error["type"] == "too_short":
        return f"needs at least {error['ctx']['min_length']}"
    message = message.replace("Input should be", "must be")
    return message[:1].lower() + message[1:]


def _short(value: object) -> str:
    return textwrap.shorten(value if isinstance(value, str) else repr(value), 60, placeholder="...")


def spoken(path: Path) -> str:
    """Return keys as a message names them, numbers from 1."""
    words = ""
    for step in path:
        words += f" {step + 1}" if isinstance(step, int) else f"{'.' if words else ''}{step}"
    return words.strip()


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _inner_model(part):
            return found
    return None
