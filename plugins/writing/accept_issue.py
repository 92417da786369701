"""`./inv accept`: read a reader's issue from a file, standard input or GitHub, and write the entry it asks for.

Nothing is written unless all of it is right. The feature that takes a kind of issue makes the entry (`issue_form`).
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from plugins.core import files
from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.sections.issue_entries import Maker, makers
from plugins.sections.newsroom import newsroom
from plugins.sections.settings import SiteSettings
from plugins.writing import github, issue_forms

FORMS = Path(".github") / "ISSUE_TEMPLATE"


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which form it was, what was written, and what an editor has to know."""

    form: str
    files: tuple[Path, ...]
    said: tuple[str, ...]


def accept(name: str, settings: Settings, root: Path) -> Accepted:
    """Write the entry that an issue asks for; `root` has the issue forms.

    `name` is a file, `-` for what comes in, or an issue's number or address. Raises SiteError with everything that is
    wrong, in the words of the form; then nothing was written.
    """
    known = makers(settings.of(SiteSettings).plugins or ())
    issue, form, problems = issue_forms.read(_text(name), _forms(root / FORMS, known))
    if issue is None or form is None:
        raise SiteError(problems)
    entry = known[form.kind].make(issue, newsroom(settings))
    if entry.problems:
        raise SiteError(entry.problems)
    for path, content in entry.files.items():
        files.replace(path, content.encode())
    return Accepted(form.name, tuple(entry.files), entry.said)


def _text(name: str) -> issue_forms.IssueText:
    """Return the text that a file, the terminal or GitHub has."""
    if name == "-":
        return issue_forms.IssueText(sys.stdin.buffer.read().decode("utf-8", "replace"), "the pasted text")
    path = Path(name)
    if not path.exists() and github.is_issue(name):
        return github.issue(name)
    return issue_forms.IssueText(files.read_text(path), files.display_path(path))


def _forms(folder: Path, known: Mapping[str, Maker]) -> list[issue_forms.IssueForm]:
    """Return the forms that some feature takes. Raises SiteError where one cannot be read or lacks a field."""
    found: list[issue_forms.IssueForm] = []
    problems: list[Problem] = []
    for kind, maker in sorted(known.items()):
        path = next(filter(Path.exists, (folder / f"{kind}.yml", folder / f"{kind}.yaml")), None)
        if path is None:
            continue
        where = files.display_path(path)
        try:
            form = issue_forms.form(kind, yaml.safe_load(files.read_text(path)))
        except (yaml.YAMLError, AttributeError, TypeError, KeyError) as error:
            problems.append(Problem(where, 0, f"is no issue form ({type(error).__name__})", "see ./inv lint"))
            continue
        remedy = "give a field this id again; its label may be any, and in any language"
        for name in sorted(maker.needs.difference(field.id for field in form.fields)):
            problems.append(Problem(where, 0, f"has no field with the id {name}", remedy))
        found.append(form)
    if not found and not problems:
        problems.append(Problem(files.display_path(folder), 0, "has no issue forms", "see docs/editor.md"))
    if problems:
        raise SiteError(problems)
    return found
