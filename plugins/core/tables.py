"""The door to a TOML file of tables, such as funds.toml: read, checked, each value with its line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plugins.core import files, settings, toml
from plugins.core.errors import Problem, SiteError


@dataclass(frozen=True, slots=True)
class Tables:
    """A file's tables by their key, checked; a file that is not there has none, and is no problem.

    `line_of` takes a path such as ("fund", 0, "url"), counting the file's tables, valid or not.
    """

    where: str
    rows: Mapping[str, Sequence[Any]]
    line_of: Callable[[Sequence[str | int]], int]
    problems: tuple[Problem, ...] = ()
    text: str = ""

    def line_with(self, part: str) -> int:
        """Return the first line that has a text, 0 where none has: quick, where `line_of` looks closely."""
        before, found, _ = self.text.partition(part)
        return before.count("\n") + 1 if found else 0


def read(path: Path, models: Mapping[str, type[settings.Checked]]) -> Tables:
    """Read `[[key]]` tables by the model of each key; other keys are refused."""
    where = files.spoken(path)
    if not path.exists():
        return Tables(where, dict.fromkeys(models, ()), lambda _: 0)
    try:
        text = files.read_text(path)
    except SiteError as error:
        return Tables(where, dict.fromkeys(models, ()), lambda _: 0, error.problems)
    data, problems = toml.read(text, where)

    def line_of(at: Sequence[str | int]) -> int:
        return toml.line_of(text, at)

    problems += settings.unknown_keys(data, list(models), where, line_of)
    rows: dict[str, Sequence[Any]] = {}
    for key, model in models.items():
        rows[key], found = settings.check_all(model, data.get(key, []), key, where, line_of)
        problems += found
    return Tables(where, rows, line_of, tuple(problems), text)
