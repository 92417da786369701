"""Rows: the archive's values as lines of JSON, and back, every value checked.

One object a line, its schema version `v` first and its keys in a fixed order, so that equal values have equal bytes.
Pure: text in, text out. Nothing here opens a file, and a damaged row is reported, never mended or left out.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, cast, get_args

from plugins.core.errors import Problem
from plugins.updates.archive.columns import (
    Column,
    Raw,
    T,
    address,
    builder,
    count,
    day,
    flag,
    list_of,
    name,
    object_of,
    one_of,
    shown,
    stamp,
    text,
    time,
    written,
)
from plugins.updates.model import DateFrom, EarlierTitle, Field, Identity, Match, SourceRecord, Update
from plugins.updates.outcomes import FailureKind

Migrations = Mapping[int, Callable[[Raw], Raw]]

# These end a line for some readers (`str.splitlines`, JavaScript, editors), and half a surrogate pair is not UTF-8.
_ESCAPED = re.compile("[\x7f\x85\u2028\u2029\ud800-\udfff]")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


@dataclass(frozen=True, slots=True)
class Drop:
    """An update that no topic kept: the day it was dropped, and why. Its `topics` are empty."""

    day: date
    reason: str
    update: Update


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of row: its columns, its schema version, and how a row of an earlier version becomes one of the next.

    To change a kind: raise its version and add to its migrations, {1: from_1_to_2}, a function from row to row that
    raises ValueError on a row it cannot read; they are applied one after the other on reading. A file is rewritten in
    the new form when it next changes.
    """

    make: Callable[..., T]
    columns: tuple[Column, ...]
    version: int = 1
    migrations: Migrations = field(default_factory=dict)
    built: Callable[[Any], T] = field(init=False)

    def __post_init__(self) -> None:
        """Make ready to build values of rows."""
        object.__setattr__(self, "built", builder(self.make, self.columns))


def _drop(day: date, reason: str, **update: Any) -> Drop:
    return Drop(day, reason, Update(**update))


_MATCH = (Column("topic", name), Column("term", name), Column("field", one_of(*get_args(Field))))
_EARLIER = (Column("title", text), Column("until", time, stamp))
_UPDATE = (
    Column("id", name),
    Column("source", name),
    Column("url", address),
    Column("title", text),
    Column("summary", text),
    Column("authors", list_of(text), list),
    Column("published", time, stamp),
    Column("date_from", one_of(*get_args(DateFrom))),
    Column("first_seen", time, stamp),
    Column("topics", list_of(object_of(Match, _MATCH)), lambda all: [written(_MATCH, one) for one in all]),
    Column(
        "earlier_titles",
        list_of(object_of(EarlierTitle, _EARLIER)),
        lambda all: [written(_EARLIER, one) for one in all],
        (),
    ),
    Column("guid", text, absent=""),
    Column("tags", list_of(text), list, ()),
    Column("language", text, absent=""),
    Column("via", list_of(address), list, ()),
    Column("revisions", count, absent=0),
    Column("by_hand", flag, absent=False),
)
_RECORD = (
    Column("source", name),
    Column("last_success", day, date.isoformat, None),
    Column("last_new", day, date.isoformat, None),
    Column("failing_since", day, date.isoformat, None),
    Column("failure", one_of(*get_args(FailureKind)), absent=""),
    Column("detail", text, absent=""),
    Column("gone_on", day, date.isoformat, None),
    Column("gone_feed", text, absent=""),
    Column("moved_to", address, absent=""),
    Column("moved_runs", count, absent=0),
    Column("identity", one_of(*get_args(Identity))),
    Column("identity_reason", text, absent=""),
)
_DROP = (Column("day", day, date.isoformat), Column("reason", name))

UPDATES = Kind(Update, _UPDATE)
RECORDS = Kind(SourceRecord, _RECORD)
DROPS = Kind(_drop, _DROP + _UPDATE)


def update_row(update: Update) -> str:
    """Return an update as one line, without its end."""
    return _line({"v": UPDATES.version, **written(_UPDATE, update)})


def record_row(record: SourceRecord) -> str:
    """Return what is remembered of a source as one line, without its end."""
    return _line({"v": RECORDS.version, **written(_RECORD, record)})


def drop_row(drop: Drop) -> str:
    """Return a dropped update as one line, without its end."""
    return _line({"v": DROPS.version, **written(_DROP, drop), **written(_UPDATE, drop.update)})


def read_rows(lines: str, where: str, kind: Kind[T]) -> tuple[list[T], list[Problem]]:
    """Return the values of a file's lines, in its order, and a problem for every line that is damaged.

    Blank lines are nothing. `where` is the file as the problems name it.
    """
    values: list[T] = []
    problems: list[Problem] = []
    for number, line in enumerate(_each(lines), 1):
        if not line or line.isspace():
            continue
        try:
            values.append(kind.built(_raw(line, kind)))
        except (ValueError, RecursionError) as error:
            problems.append(_problem(where, number, line, error))
    return values, problems


def _each(lines: str) -> Iterator[str]:
    """Return a text's lines one by one: a month's are too many to have them twice."""
    start = 0
    while (end := lines.find("\n", start)) >= 0:
        yield lines[start:end]
        start = end + 1
    yield lines[start:]


class _NewerError(ValueError):
    """The row was written by a later version of this program."""


def _raw(line: str, kind: Kind[T]) -> Raw:
    """Return a line's object in the present version, its `v` taken out."""
    raw = json.loads(line)
    if not isinstance(raw, dict):
        raise ValueError(f"a row must be a JSON object (found {shown(raw)})")  # noqa: TRY004 - a wrong value in a file
    found = raw.pop("v", None)
    if type(found) is not int or found < 1:
        raise ValueError(f"v must be the schema version, a number from 1 up (found {shown(found)})")
    if found > kind.version:
        raise _NewerError(f"the row is of a newer form than this program knows (v {found}; it knows {kind.version})")
    for step in range(found, kind.version):
        if step not in kind.migrations:
            raise ValueError(f"rows of this form can no longer be read (v {step})")
        raw = kind.migrations[step](raw)
    return cast("Raw", raw)


def _line(raw: Raw) -> str:
    text = json.dumps(raw, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _problem(where: str, number: int, line: str, error: Exception) -> Problem:
    what, remedy = str(error), f"correct the row, or get the file back with: git checkout -- {where}"
    if _CONFLICT.match(line):
        what, remedy = "a merge left its conflict marks", "delete the lines with marks and no other; repeats are healed"
    elif isinstance(error, _NewerError):
        remedy = "bring this copy of the program up to date"
    elif isinstance(error, json.JSONDecodeError):
        what = f"the row is not whole JSON (column {error.colno}: {error.msg})"
    return Problem(where, number, what, remedy)
