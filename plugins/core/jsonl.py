"""JSON Lines of checked values: what a program writes for itself and people read in a diff, correct and merge.

Every file of rows has this one codec: the wire's archive, what its topics dropped, and what is remembered of funds and
of cited pages. A feature says by a `JsonLines` which values its rows hold. Text goes in and bytes come out; the feature
opens its files. What people write for the program is TOML, and is read by `core.config`.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError

from plugins.core.config import validation_errors
from plugins.core.errors import Problem
from plugins.core.text.merge_conflicts import MARKER

T = TypeVar("T")
Raw = dict[str, Any]
Migration = Callable[[Raw], Raw]
"""Makes an object of one schema version one of the next. Raises ValueError for one that it cannot read."""

FROM_GIT = "correct the row, or get the file back with: git checkout -- {where}"
"""What to do about a damaged row of a file that cannot be made again."""
REMADE = "correct this line, or remove it: the next run makes it anew"
"""What to do about a damaged row of a file that is made anew from what it was made of."""
_LONGEST_SHOWN = 60
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
# JSON may have these as they are, but for some readers they end a line (`str.splitlines`, JavaScript, editors).
_ENDS_OF_LINES = re.compile(b"\x7f|\xc2\x85|\xe2\x80[\xa8\xa9]")
_HALF_PAIRS = re.compile("[\ud800-\udfff]")


class _NewerError(ValueError):
    """The row was written by a later version of this program."""


@dataclass(frozen=True, slots=True)
class JsonLines(Generic[T]):
    """One kind of row: an object a line, in a fixed order, so that equal values have equal bytes.

    `adapter` checks and writes the values; what they leave at its default is left out. A row of a kind that has a
    `version` begins with it, as `v`. To change such a kind, raise its version and add to its `migrations` a function by
    the version it reads: {1: from_1_to_2}. They are applied one after the other, and a file has the new form when it
    next changes. Such a kind has a key without a default. `remedy` says what a person does about a damaged row; in it,
    `{where}` is the file.
    """

    adapter: TypeAdapter[T]
    version: int = 0
    migrations: Mapping[int, Migration] = field(default_factory=dict)
    sorted_keys: bool = False
    remedy: str = FROM_GIT

    def read(self, text: str, where: str) -> tuple[list[T], list[Problem]]:
        """Return the values of a file's text in its order, and a problem for each damaged row, with its line.

        Blank lines are nothing. `where` is the file as the problems name it.
        """
        values: list[T] = []
        problems: list[Problem] = []
        for number, line in enumerate(_lines(text), 1):
            if not line or line.isspace():
                continue
            try:
                values.append(self.value(line))
            except (ValueError, RecursionError) as error:
                problems.append(self._problem(where, number, line, error))
        return values, problems

    def write(self, values: Iterable[T]) -> bytes:
        """Return a file's bytes: the values in their order, a line each."""
        data = io.BytesIO()  # a hundred thousand rows: no list of them beside their bytes
        data.writelines(map(self.row, values))
        return data.getvalue()

    def row(self, value: T) -> bytes:
        """Return a value as one line, with its end."""
        row = self._row(value)
        if not row.isascii() or b"\x7f" in row:  # to look through every row takes 2.5 µs more, of 8
            row = _ENDS_OF_LINES.sub(lambda end: f"\\u{ord(end[0].decode()):04x}".encode(), row)
        return row + b"\n"

    def begins(self) -> str:
        """Return what every row of the present version begins with."""
        return f'{{"v": {self.version}, ' if self.version else "{"

    def value(self, line: str) -> T:
        """Return a row's value. Raises ValueError, or RecursionError for what is nested without end."""
        begins = self.begins()
        if line.startswith(begins):
            # Where that fails, it is said below in our words what is wrong, or half a surrogate pair is read.
            with suppress(ValidationError):
                value: T = self.adapter.validator.validate_json("{" + line[len(begins) :])
                return value
        raw = json.loads(line)
        if not isinstance(raw, dict):
            raise ValueError(f"a row must be a JSON object (found {_shown(raw)})")  # noqa: TRY004 - a wrong value
        if self.version:
            raw = self._migrated(raw)
        return self.adapter.validate_python(raw)

    def _migrated(self, raw: Raw) -> Raw:
        """Return a row's object in the present version, its `v` taken out."""
        found = raw.pop("v", None)
        if type(found) is not int or found < 1:
            raise ValueError(f"v must be the schema version, a number from 1 up (found {_shown(found)})")
        if found > self.version:
            known = f"v {found}; it knows {self.version}"
            raise _NewerError(f"the row is of a newer form than this program knows ({known})")
        for step in range(found, self.version):
            if step not in self.migrations:
                raise ValueError(f"rows of this form can no longer be read (v {step})")
            raw = self.migrations[step](raw)
        return raw

    def _row(self, value: T) -> bytes:
        # A row has a space after each comma and colon, as Python's encoder writes it. pydantic writes none, but it can
        # write every item on a line of its own, which is made the same here: no text in JSON has an end of line in it.
        # 7 µs a row, where dumping to Python's values and encoding those takes 11.
        if self.sorted_keys:  # pydantic writes them in the order of the schema
            return self._plain_row(value)
        try:
            spread = self.adapter.serializer.to_json(value, indent=0, exclude_defaults=True)
        except PydanticSerializationError:  # half a surrogate pair, which is not UTF-8
            return self._plain_row(value)
        row = spread.replace(b",\n", b", ").replace(b"\n", b"")
        return self.begins().encode() + row[1:]

    def _plain_row(self, value: T) -> bytes:
        plain: Raw = self.adapter.dump_python(value, mode="json", exclude_defaults=True)
        if self.version:
            plain = {"v": self.version, **plain}
        row = json.dumps(plain, ensure_ascii=False, sort_keys=self.sorted_keys)
        return _HALF_PAIRS.sub(lambda half: f"\\u{ord(half[0]):04x}", row).encode()

    def _problem(self, where: str, number: int, line: str, error: Exception) -> Problem:
        what, remedy = str(error), self.remedy.format(where=where)
        if MARKER.match(line):
            what = "a merge left its conflict marks"
            remedy = "delete the lines with marks and no other; repeats are healed"
        elif isinstance(error, _NewerError):
            remedy = "bring this copy of the program up to date"
        elif isinstance(error, json.JSONDecodeError):
            what = f"the row is not whole JSON (column {error.colno}: {error.msg})"
        elif isinstance(error, ValidationError):
            what = ", ".join(map(_fault, error.errors()))
        return Problem(where, number, what, remedy)


def _lines(text: str) -> Iterator[str]:
    """Yield a text's lines one by one: a month has too many to hold them all beside the text."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _fault(error: ErrorDetails) -> str:
    """Return what is wrong with a value, by the path of its key."""
    key = ".".join(map(str, error["loc"]))
    if error["type"] == "missing":
        return f"{key} is missing"
    if error["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"unknown key {key}"
    return f"{key} {validation_errors.wording(error)} (found {_shown(error['input'])})".strip()


def _shown(value: Any) -> str:
    """Return a value of JSON as a message shows it, cut short."""
    text = json.dumps(value, ensure_ascii=True, default=repr)
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[: _LONGEST_SHOWN - 1]}…"
