"""Columns: what may stand under a key of a row of JSON, each kind of value with its check and its one way of writing.

Pure, and without a word of what the rows are about. A check raises ValueError with what the value must be.
"""

# ruff: noqa: TRY004 - a wrong type here is a wrong value in a file, as any other

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

T = TypeVar("T")
Raw = dict[str, Any]
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Column:
    """One key of a row. `read` raises ValueError on a wrong value; a value equal to `absent` is left out."""

    key: str
    read: Callable[[Any], Any]
    write: Callable[[Any], Any] = lambda value: value
    absent: Any = ...


def builder(make: Callable[..., T], columns: tuple[Column, ...]) -> Callable[[Any], T]:
    """Return what makes `make(**values)` of a row's object, every value checked.

    It raises ValueError naming the key that is wrong, missing, or unknown.
    """
    reads = {column.key: column.read for column in columns}
    needed = {column.key for column in columns if column.absent is ...}

    def built(raw: Any) -> T:
        if not isinstance(raw, dict):
            raise ValueError(f"an object is expected (found {shown(raw)})")
        try:
            values = {key: reads[key](found) for key, found in raw.items()}
        except (ValueError, KeyError):
            values = {}
        if not values or not needed <= values.keys():
            raise _fault(columns, raw)
        return make(**values)

    return built


def _fault(columns: tuple[Column, ...], raw: Raw) -> ValueError:
    """Return what is wrong with a row's object, the first fault in the order of the columns."""
    for column in columns:
        if column.key in raw:
            try:
                column.read(raw[column.key])
            except ValueError as error:
                return ValueError(f"{column.key} must be {error} (found {shown(raw[column.key])})")
        elif column.absent is ...:
            return ValueError(f"{column.key} is missing")
    unknown = min(raw.keys() - {column.key for column in columns})
    return ValueError(f"there is no such key ({shown(unknown)})")


def written(columns: tuple[Column, ...], value: Any) -> Raw:
    """Return a value's attributes as a row's object, keys in the order of the columns, absent ones left out."""
    held = ((column, getattr(value, column.key)) for column in columns)
    return {column.key: column.write(one) for column, one in held if one != column.absent}


def text(value: Any) -> str:
    """Read text."""
    if not isinstance(value, str):
        raise ValueError("text")
    return value


def name(value: Any) -> str:
    """Read text that says something."""
    if not isinstance(value, str) or not value:
        raise ValueError("text that is not empty")
    return value


def address(value: Any) -> str:
    """Read an http(s) address, or "" for none."""
    if not isinstance(value, str) or (value and not value.startswith(("http://", "https://"))):
        raise ValueError("an address that begins with http:// or https://, or nothing")
    return value


def count(value: Any) -> int:
    """Read a whole number from 0 up."""
    if type(value) is not int or value < 0:
        raise ValueError("a number from 0 up")
    return value


def flag(value: Any) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def time(value: Any) -> datetime:
    """Read a time as `stamp` writes it."""
    try:
        if _TIME.fullmatch(value):
            return datetime.fromisoformat(value)
    except (TypeError, ValueError):  # no text, or an hour that does not exist: worded below as any other
        pass
    raise ValueError("a time such as 2026-01-02T03:04:05Z")


def day(value: Any) -> date:
    """Read a day."""
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise ValueError("a day such as 2026-01-02")


def one_of(*choices: str) -> Callable[[Any], str]:
    """Return a check for one of a few words."""
    allowed = frozenset(choices)

    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(f"one of {', '.join(choices)}")
        return value

    return read


def list_of(read: Callable[[Any], T]) -> Callable[[Any], tuple[T, ...]]:
    """Return a check for a list, each of its values read by `read`."""

    def read_list(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError("a list")
        return tuple(map(read, value)) if value else ()

    return read_list


def object_of(make: Callable[..., T], columns: tuple[Column, ...]) -> Callable[[Any], T]:
    """Return a check for an object within a row."""
    built = builder(make, columns)

    def read_object(value: Any) -> T:
        try:
            return built(value)
        except ValueError as error:
            raise ValueError(f"whole, but {error}") from error

    return read_object


def stamp(time: datetime) -> str:
    """Return an aware time as the archive writes it: UTC, to the second."""
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return f"{time.replace(tzinfo=None, microsecond=0).isoformat()}Z"


def shown(value: Any) -> str:
    """Return a value as a message shows it, cut short."""
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
