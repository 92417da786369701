"""Parse the text of an issue that was written by a form: each field's answer, found by the form's own labels.

GitHub writes `### Label`, a blank line and the answer for each field of a form, in its order, and `_No response_` where
there is none; a browser's page shows the labels without their signs. Nothing of a form is repeated here: labels, ids
and options come from its file. A reader can write anything, a label too, so that an answer may pretend to be another.
Source: https://docs.github.com/en/communities (“Syntax for GitHub's form schema”)
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugins.core.confidential import has_password
from plugins.core.config.validation_errors import NO_PASSWORD
from plugins.core.errors import Problem
from plugins.sections.issue_entries import Issue

_HEADING = re.compile(r"(?P<sign>#{1,6}[ \t]+)?(?P<label>\S.*?)[ \t]*$")
_NOTHING = frozenset({"", "_no response_", "no response"})
_ASKING = frozenset({"input", "textarea", "dropdown", "checkboxes"})
_TICKED = re.compile(r"[-*][ \t]+\[[xX]\][ \t]+(.*)")
_FEW = 2  # one label alone may be a word like any other
_MOST = 60_000
"""Characters of an issue; GitHub takes 65,536."""


@dataclass(frozen=True, slots=True)
class IssueField:
    """A question of a form. `options` are those to choose from; of checkboxes, those that have to be ticked."""

    id: str
    label: str
    kind: str
    required: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueForm:
    """An issue form: `kind` is its file's name without its ending."""

    kind: str
    name: str
    fields: tuple[IssueField, ...]

    def labelled(self, label: str) -> IssueField | None:
        """Return the field with a label."""
        for field in self.fields:
            if _folded(field.label) == _folded(label):
                return field
        return None


@dataclass(frozen=True, slots=True)
class _Heading:
    line: int
    field: IssueField


def form(kind: str, data: Mapping[str, Any]) -> IssueForm:
    """Return a form out of its file's values, as far as it asks for something."""
    fields = [_field(part) for part in data.get("body") or () if part.get("type") in _ASKING and part.get("id")]
    return IssueForm(kind, str(data.get("name") or kind), tuple(fields))


@dataclass(frozen=True, slots=True)
class IssueText:
    """An issue's text, and how to call it in messages and in comments."""

    text: str
    where: str
    origin: str = "a reader's issue"


def read(given: IssueText, forms: Sequence[IssueForm]) -> tuple[Issue | None, IssueForm | None, list[Problem]]:
    """Return an issue's answers and its form, or everything that is wrong; lines count from 1."""
    text, where = given.text, given.where
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(text) > _MOST:
        what = f"too long for an issue ({len(text)} characters)"
        return None, None, [Problem(where, 0, what, "give the text of one issue")]
    found: list[list[_Heading]] = []
    counts: list[int] = []  # of each form, how many of its questions the text answers
    for one in forms:
        found.append(_headings(lines, one))
        counts.append(len({heading.field.id for heading in found[-1]}))
    best = max(counts, default=0)
    if best < _FEW or counts.count(best) > 1:
        names = ", ".join(f"“{one.name}”" for one in forms)
        remedy = "give its whole text, each answer below its label"
        return None, None, [Problem(where, 0, f"not an issue of a form ({names})", remedy)]
    place = counts.index(best)
    chosen, headings = forms[place], found[place]
    wrong = list(_misplaced(headings, chosen, where))
    issue = _issue(lines, headings, chosen, given)
    if not wrong:
        for field in chosen.fields:
            wrong += _unanswered(field, issue)
    if wrong:
        return None, chosen, wrong
    return issue, chosen, []


def _field(part: Mapping[str, Any]) -> IssueField:
    attributes = part.get("attributes") or {}
    options = attributes.get("options") or ()
    required = bool((part.get("validations") or {}).get("required"))
    if part["type"] == "checkboxes":
        options = [one["label"] for one in options if isinstance(one, dict) and one.get("required")]
        required = required or bool(options)
    label = str(attributes.get("label") or part["id"])
    return IssueField(str(part["id"]), label, part["type"], required, tuple(options))


def _headings(lines: list[str], asked: IssueForm) -> list[_Heading]:
    """Return the lines that are labels: those with a heading's sign where there are any, else those that say so."""
    signed: list[_Heading] = []
    bare: list[_Heading] = []
    for number, line in enumerate(lines, 1):
        match = _HEADING.match(line)
        field = match and asked.labelled(match["label"])
        if match and field:
            found = signed if match["sign"] else bare
            found.append(_Heading(number, field))
    return signed or bare


def _misplaced(headings: list[_Heading], asked: IssueForm, where: str) -> Iterator[Problem]:
    """Refuse labels that stand twice or out of order: some answer has a label in it, and could pass for another's."""
    remedy = "take the label out of the answer it stands in, and give the text as a file"
    seen: dict[str, int] = {}
    places = [field.id for field in asked.fields]
    last = -1
    for heading in headings:
        label, place = heading.field.label, places.index(heading.field.id)
        if heading.field.id in seen:
            what = f"{label}: stands a second time (first on line {seen[heading.field.id]})"
            yield Problem(where, heading.line, what, remedy)
        elif place < last:
            yield Problem(where, heading.line, f"{label}: stands below what it comes before in the form", remedy)
        seen.setdefault(heading.field.id, heading.line)
        last = max(last, place)


def _issue(lines: list[str], headings: list[_Heading], asked: IssueForm, given: IssueText) -> Issue:
    answers: dict[str, str] = {}
    labels: dict[str, str] = {}
    for field in asked.fields:
        answers[field.id] = ""
        labels[field.id] = field.label
    lines_of: dict[str, int] = {}
    ends = [heading.line - 1 for heading in headings[1:]] + [len(lines)]
    for heading, end in zip(headings, ends, strict=True):
        answers[heading.field.id] = _answer(lines[heading.line : end], heading.field)
        lines_of[heading.field.id] = heading.line
    return Issue(asked.kind, given.where, given.origin, answers, labels, lines_of)


def _answer(lines: list[str], field: IssueField) -> str:
    text = "\n".join(lines).strip()
    if text.lower() in _NOTHING or (field.kind == "dropdown" and text == "None" and "None" not in field.options):
        return ""
    return text


def _unanswered(field: IssueField, issue: Issue) -> Iterator[Problem]:
    """Hold an answer to what the form asks of it, as GitHub does: the text may come from elsewhere."""
    answer = issue.answers[field.id]
    if has_password(answer):
        remedy = "take out what stands between // and @, and tell the reader to change it"
        yield issue.problem(field.id, NO_PASSWORD, remedy)
    if field.kind == "checkboxes":
        ticked = list(_ticked(answer))
        for option in field.options:
            if _folded(option) not in ticked:
                what = f"“{option}” is not ticked"
                yield issue.problem(field.id, what, "ask the reader, or look yourself and tick it")
    elif not answer:
        if field.required:
            yield issue.problem(field.id, "there is no answer", "ask the reader, or write it in")
    elif field.kind == "input" and "\n" in answer:
        yield issue.problem(field.id, "the answer has several lines", "leave the one that is the answer")
    elif field.kind == "dropdown" and answer not in field.options:
        what = f"no such choice (got {issue.line(field.id, 40)})"
        yield issue.problem(field.id, what, f"one of {', '.join(field.options)}")


def _ticked(answer: str) -> Iterator[str]:
    for line in answer.split("\n"):
        if match := _TICKED.match(line.strip()):
            yield _folded(match[1])


def _folded(label: str) -> str:
    return " ".join(label.lower().split())
