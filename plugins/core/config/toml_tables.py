"""Read a TOML file of tables, such as funds.toml, and check each table by a model; each value has its line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.core import files
from plugins.core.config import checked, toml, toml_lines
from plugins.core.errors import Problem, SiteError

_QUOTED = re.compile(r"[\"']([a-z0-9]+(?:-[a-z0-9]+)*)[\"']")


@dataclass(frozen=True, slots=True)
class Tables:
    """A file's tables by their key, checked; a file that is not there has none, and is no problem.

    `rows` are the valid tables; `places` has the number of each among all tables of its key. `ids` are the ids of all
    tables of a key, of invalid ones too; if some could not be parsed, every quoted text of the file that may be an id.
    `text` is the file's text, "" where it could not be read.
    """

    where: str
    rows: Mapping[str, Sequence[Any]]
    problems: tuple[Problem, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    document: toml.ParsedToml = field(default_factory=lambda: toml.ParsedToml({}))
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    text: str = ""

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of a value such as ("fund", 0, "url"), numbered as in `rows`."""
        key, number, *rest = path
        if places := self.places.get(str(key)):
            number = places[int(number)]
        return self.document.line_of([key, number, *rest])

    def invalid_rows(self) -> Iterator[tuple[toml_lines.Path, Mapping[str, Any]]]:
        """Yield the tables that did not pass the check, unchecked, each with its path in `document`."""
        for key, places in self.places.items():
            rows = self.document.data.get(key)
            if isinstance(rows, list):
                for number, row in enumerate(rows):
                    if number not in places and isinstance(row, dict):
                        yield (key, number), row


def read(path: Path, models: Mapping[str, type[checked.Checked]]) -> Tables:
    """Read a file's `[[key]]` tables, and check those of each key by its model; other keys are problems."""
    where = files.display_path(path)
    if not path.exists():
        return Tables(where, dict.fromkeys(models, ()), ids=dict.fromkeys(models, frozenset()))
    try:
        text = files.read_text(path)
    except SiteError as error:
        text = files.read_lossy(path)
        ids_of_all = dict.fromkeys(models, _possible_ids(text))
        return Tables(where, dict.fromkeys(models, ()), error.problems, ids_of_all, text=text)
    document = toml.read(text, where)
    unknown = checked.unknown_tables(document.data, models, where, document.line_of)
    problems = [*document.problems, *unknown]
    some_are_missing = bool(problems)
    rows: dict[str, Sequence[checked.Checked]] = {}
    places: dict[str, Sequence[int]] = {}
    ids: dict[str, frozenset[str]] = {}
    for key, model in models.items():
        listed = document.data.get(key, [])
        values, found = checked.check_all(model, listed, key, where, document.line_of, document.unparsable)
        problems += found
        rows[key], places[key] = tuple(values.values()), tuple(values)
        names = _ids(listed)
        ids[key] = frozenset(filter(None, names))
        # A table without an id may be meant by any name that stands in the file, and so may one that was not parsed.
        if some_are_missing or "" in names:
            ids[key] |= _possible_ids(text)
    return Tables(where, rows, tuple(problems), ids, document, places, text)


def _ids(rows: object) -> list[str]:
    """Return the id of each table, "" for a table without one."""
    if not isinstance(rows, list):  # a [key] in place of a [[key]]
        rows = [rows]
    names = []
    for table in rows:
        if isinstance(table, dict):
            name = table.get("id")
            if not isinstance(name, str):
                name = ""
            names.append(name.strip())
    return names


def _possible_ids(text: str) -> frozenset[str]:
    """Return every text between quotation marks that may be an id."""
    return frozenset(_QUOTED.findall(text))
