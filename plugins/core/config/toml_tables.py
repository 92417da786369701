"""The door to a TOML file of tables, such as funds.toml: read, checked, each value with its line."""

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

    `ids` are those of all tables of a key, of those with problems too; where some could not be read, everything in the
    file that may be one.
    """

    where: str
    rows: Mapping[str, Sequence[Any]]
    problems: tuple[Problem, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    document: toml.Document = field(default_factory=lambda: toml.Document({}))
    places: Mapping[str, Sequence[int]] = field(default_factory=dict)
    text: str = ""

    def line_of(self, path: Sequence[str | int]) -> int:
        """Return the line of a value such as ("fund", 0, "url"), numbered as in `rows`."""
        key, number, *rest = path
        places = self.places.get(str(key))
        return self.document.line_of([key, places[int(number)] if places else number, *rest])

    @property
    def torn(self) -> Iterator[tuple[toml_lines.Path, Mapping[str, Any]]]:
        """Return the tables with problems, as they are written, each with its path in `document`."""
        for key, places in self.places.items():
            rows = self.document.data.get(key)
            for number, row in enumerate(rows if isinstance(rows, list) else ()):
                if number not in places and isinstance(row, dict):
                    yield (key, number), row


def read(path: Path, models: Mapping[str, type[checked.Checked]]) -> Tables:
    """Read `[[key]]` tables by the model of each key; other keys are refused."""
    where = files.display_path(path)
    if not path.exists():
        return Tables(where, dict.fromkeys(models, ()), ids=dict.fromkeys(models, frozenset()))
    try:
        text = files.read_text(path)
    except SiteError as error:
        text = files.read_lossy(path)
        perhaps = dict.fromkeys(models, _names_in(text))
        return Tables(where, dict.fromkeys(models, ()), error.problems, perhaps, text=text)
    document = toml.read(text, where)
    unknown = checked.unknown_tables(document.data, models, where, document.line_of)
    problems = [*document.problems, *unknown]
    torn = _names_in(text) if problems else frozenset[str]()
    values: dict[str, dict[int, checked.Checked]] = {}
    ids: dict[str, frozenset[str]] = {}
    for key, model in models.items():
        rows = document.data.get(key, [])
        values[key], found = checked.check_all(model, rows, key, where, document.line_of, document.gaps)
        problems += found
        names = _ids(rows)
        ids[key] = frozenset(filter(None, names)) | (_names_in(text) if "" in names else torn)
    return Tables(
        where,
        rows={key: tuple(found.values()) for key, found in values.items()},
        problems=tuple(problems),
        ids=ids,
        document=document,
        places={key: tuple(found) for key, found in values.items()},
        text=text,
    )


def _ids(rows: object) -> list[str]:
    """Return the id of each table, "" where there is none."""
    tables = rows if isinstance(rows, list) else [rows]
    names = [table.get("id") for table in tables if isinstance(table, dict)]
    return [name.strip() if isinstance(name, str) else "" for name in names]


def _names_in(text: str) -> frozenset[str]:
    """Return everything between quotation marks that may be an id."""
    return frozenset(_QUOTED.findall(text))
