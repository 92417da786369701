"""Describe the entries of content files: what `./inv new KIND` asks for, and how an entry and an example are written.

Each feature describes its own in its module `forms`. One description of a table serves `./inv new`, which writes a
finished entry, and a new site, whose files get a commented example of every table. In an example, a line that begins
with `#` and no space is a line of the file once the `#` is taken away; one with a space is an explanation.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from plugins.core import files
from plugins.core.config import toml_lines
from plugins.core.config.fields import quoted
from plugins.core.errors import Problem, SiteError
from plugins.sections.model import Newsroom
from plugins.sections.settings import plugin_modules

_BARE = re.compile(r"\d{4}-\d\d-\d\d|-?\d+(\.\d+)?|true|false")

_LISTED = 12
"""Ids that a message names at most."""

Answers = Mapping[str, str]
"""The answers by the fields' keys, "" for a field that was left out."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of an entry.

    `says` explains it, as a comment in the file and as a question; `example` is a value as TOML writes it. `asked` is
    whether an entry needs it ("needed"), may have it ("optional"), or is not asked for it (""). `shape` is how the
    value is written: as a text, "bare" without quotation marks (a day, a number), or as a list of texts.
    """

    key: str
    says: str
    example: str = ""
    asked: Literal["needed", "optional", ""] = ""
    shape: Literal["text", "bare", "list"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file: its header, such as `[[strike.milestone]]`, what it is, and its keys in their order."""

    header: str
    says: str
    fields: tuple[Field, ...]

    def example(self, today: date) -> str:
        """Return the table as a comment in which every key is set and explained."""
        text = f"# ---- {self.says}\n#{self.header}\n"
        for field in self.fields:
            example = field.example.replace("TODAY", today.isoformat())
            text += f"# {field.says}\n#{field.key} = {example}\n"
        return text

    def entry(self, values: Answers) -> str:
        """Return the table with the given values, which are not checked here."""
        text = f"{self.header}\n"
        for field in self.fields:
            if value := values.get(field.key):
                text += f"{field.key} = {_toml(field, value)}\n"
        return text


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of entry that `./inv new` writes. `name` is the key of the field that `--name` fills.

    `make` returns the texts of the files that would be written, or raises SiteError. `check` returns what is wrong with
    them; its newsroom's content folder has those files and the site's tables, and nothing else. `said` is printed when
    an entry was written. `known` returns what is known of an entry by the answers that were given, such as by its name:
    where that is anything, nothing more is asked.
    """

    kind: str
    name: str
    fields: tuple[Field, ...]
    make: Callable[[Answers, Newsroom], Mapping[Path, str]]
    check: Callable[[Newsroom], Iterable[Problem]]
    is_draft: bool = False
    said: str = ""
    known: Callable[[Answers, Newsroom], Answers] = lambda given, newsroom: {}

    @property
    def asked(self) -> tuple[Field, ...]:
        """Return the fields to ask for, in order."""
        return tuple(field for field in self.fields if field.asked)

    def option(self, key: str) -> str:
        """Return what a field is called on the command line."""
        return "--name" if key == self.name else f"--{key.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Examples:
    """The example in a file of a new site: commented tables, or a whole text of Markdown.

    `text` makes it for a day. `begun` is the comment that the file begins with if there is none to keep.
    """

    file: str
    text: Callable[[date], str]
    begun: str = ""


def forms(plugins: Iterable[str]) -> dict[str, Form]:
    """Return the forms of all plugins, by their kind."""
    found: dict[str, Form] = {}
    for module in plugin_modules(plugins, "forms"):
        for form in module.FORMS:
            found[form.kind] = form
    return found


def examples(plugins: Iterable[str]) -> list[Examples]:
    """Return the examples for all files of all plugins."""
    return list(chain.from_iterable(module.EXAMPLES for module in plugin_modules(plugins, "forms")))


def commented(tables: Iterable[Table]) -> Callable[[date], str]:
    """Return a function that writes these tables as comments for a day, with a blank line between two."""
    kept = tuple(tables)
    return lambda today: "\n".join(table.example(today) for table in kept)


def appended(path: Path, entry: str, begun: str) -> str:
    """Return a file's text with an entry at its end; if there is no file, it begins with `begun`."""
    text = files.read_text(path) if path.exists() else begun
    return f"{text.rstrip()}\n\n{entry}" if text.strip() else entry


def below(text: str, table: tuple[str, int], entry: str) -> str:
    """Return a text that is TOML with an entry behind the last statement of a list's table, such as ("strike", 0).

    What stands below that statement, a comment too, is about the next table.
    """
    lines = text.rstrip().split("\n")
    end = len(lines)  # how many lines stand before the table that comes next
    is_own = False
    for line, path in toml_lines.layout(text).tables:
        if path[:2] == table:  # the table, or one below it, such as [[strike.milestone]]
            is_own, end = True, len(lines)
        elif is_own:
            is_own, end = False, line - 1
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    return "\n".join([*lines[:end], "", *entry.rstrip().split("\n"), *lines[end:]]) + "\n"


def chosen(wanted: str, known: Sequence[str], kind: str) -> str:
    """Return the id of a kind of thing that an answer means; where there is but one, it need not be said.

    Raises SiteError for one that is not `known`.
    """
    if wanted in known:
        return wanted
    if not wanted and len(known) == 1:
        return known[0]
    what = f"--{kind} {wanted} is none that there is" if wanted else f"--{kind} does not say which {kind}"
    if not known:
        raise refused(what, f"write one first: ./inv new {kind}")
    if near := get_close_matches(wanted, known, n=1):
        raise refused(what, f"did you mean {near[0]}?")
    more = ", …" if len(known) > _LISTED else ""
    raise refused(what, f"one of {', '.join(known[:_LISTED])}{more}")


def rows_of(path: Path, key: str) -> list[dict[str, Any]]:
    """Return a file's tables of a list, unchecked. Raises SiteError for a file that is not TOML."""
    try:
        rows = tomllib.loads(files.read_text(path)).get(key) if path.exists() else None
    except tomllib.TOMLDecodeError as error:
        raise refused(f"{files.display_path(path)} is not TOML: {error}", "correct it first: ./inv check") from error
    if not isinstance(rows, list):
        return []
    return [row for row in rows if isinstance(row, dict)]


def _toml(given: Field, value: str) -> str:
    """Return an answer as TOML. One that should be bare and cannot be is quoted: the check then says what is wrong."""
    if given.shape == "list":
        parts = [part.strip() for part in value.split(",")]
        return f"[{', '.join(quoted(part) for part in parts if part)}]"
    if given.shape == "bare" and _BARE.fullmatch(value):
        return value
    return quoted(value)


def refused(what: str, remedy: str) -> SiteError:
    """Return the error of an answer that cannot be used."""
    return SiteError([Problem("", 0, what, remedy)])
