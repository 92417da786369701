"""A reader's issue, and the entry a feature makes of it. Knows no feature, and no issue form, by name.

A feature that takes issues has a module `issue_form`: its `KIND` is the form's file name without its ending, `NEEDS`
are the ids of the fields it cannot do without, and `make(Issue, Newsroom) -> Entry` says what would be written.
Everything in an issue is hostile.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plugins.core.config import checked, validation_errors
from plugins.core.config.checked import Model
from plugins.core.errors import Problem
from plugins.core.net.public_addresses import name_refusal
from plugins.core.text.urls import is_web
from plugins.sections.model import Newsroom
from plugins.sections.settings import plugin_modules

_JOINERS = "\u200c\u200d"  # unseen, and part of words in some scripts


@dataclass(frozen=True, slots=True)
class Issue:
    """What a reader answered, by the form's field ids; "" where nothing was. Labels and lines are those of the text.

    `where` is the text for messages, `origin` for comments in the repository, which know no machine's paths.
    """

    kind: str
    where: str
    origin: str
    answers: Mapping[str, str]
    labels: Mapping[str, str]
    lines: Mapping[str, int]

    def line(self, field: str, most: int = 0) -> str:
        """Return an answer on one line without unseen characters, cut at a word where it is longer than `most`."""
        answer = self.answers.get(field, "")
        unseen = {ord(char) for char in answer if not char.isprintable() and char not in _JOINERS}
        text = " ".join(answer.translate(dict.fromkeys(unseen, " ")).split())
        if not most or len(text) <= most:
            return text
        start = text[: most - 1]
        whole_words, _, _ = start.rpartition(" ")
        return f"{whole_words or start}…"

    def problem(self, field: str, what: str, remedy: str) -> Problem:
        """Return what is wrong with an answer, under the name the form gives the field."""
        return Problem(self.where, self.lines.get(field, 0), f"{self.labels.get(field, field)}: {what}", remedy)


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """What would be written, file by file and in this order, or what is wrong; `said` is for the editor."""

    files: Mapping[Path, str]
    said: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes an entry of an issue, and the form's fields it needs for that."""

    needs: frozenset[str]
    make: Callable[[Issue, Newsroom], IssueEntry]


def makers(plugins: Iterable[str]) -> dict[str, Maker]:
    """Return what makes entries, by the kind of issue, of all plugins that take issues."""
    found: dict[str, Maker] = {}
    for module in plugin_modules(plugins, "issue_form"):
        found[module.KIND] = Maker(module.NEEDS, module.make)
    return found


def length_problems(issue: Issue, most: Mapping[str, int]) -> list[Problem]:
    """Return a problem for each answer that is longer than its field allows, in characters."""
    found: list[Problem] = []
    for field, limit in most.items():
        length = len(issue.line(field))
        if length > limit:
            what = f"is too long ({length:,} characters, of at most {limit})"
            found.append(issue.problem(field, what, "say it in fewer words"))
    return found


def host_problems(issue: Issue, fields: Iterable[str]) -> list[Problem]:
    """Return a problem for each answer that is an address no reader can reach, such as a local network's."""
    found: list[Problem] = []
    for field in fields:
        address = issue.line(field)
        if is_web(address) and (why := name_refusal(urlsplit(address).hostname or "")):
            found.append(issue.problem(field, f"leads to no public page ({why})", "give the page's public address"))
    return found


def check(
    model: type[Model], data: Mapping[str, Any], issue: Issue, fields: Mapping[str, str]
) -> tuple[Model | None, list[Problem]]:
    """Hold an issue's values to the model of the file they are for; `fields` has the form's field of each key."""
    paths: list[Sequence[str | int]] = [()]

    def number(path: Sequence[str | int]) -> int:
        """Have the path of the wrong value told by the place of its line, for which there is no file."""
        paths.append(path)
        return len(paths) - 1

    value, problems = checked.check(model, data, "", number)
    found: list[Problem] = []
    for problem in problems:
        path = paths[problem.line]
        field = ""
        if path:
            key = str(path[0])
            field = fields.get(key, key)
        what = problem.what.removeprefix(validation_errors.key_path(path)).strip()
        found.append(issue.problem(field, what, problem.remedy))
    return value, found
