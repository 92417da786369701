"""A reader's issue taken apart by its form's own labels, whatever the reader wrote."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plugins.writing import issue_forms

FOLDER = Path(__file__).parents[3] / ".github" / "ISSUE_TEMPLATE"
DATA: dict[str, Any] = {
    kind: yaml.safe_load((FOLDER / f"{kind}.yml").read_text("utf-8")) for kind in ("update", "fund", "correction")
}
FORMS = [issue_forms.form(kind, data) for kind, data in DATA.items()]
BY_KIND = {form.kind: form for form in FORMS}


def written(form: issue_forms.IssueForm, answers: dict[str, str], sign: str = "### ") -> str:
    """Return an issue as GitHub writes it."""
    return "\r\n\r\n".join(
        f"{sign}{field.label}\r\n\r\n{answers[field.id] or '_No response_'}" for field in form.fields
    )


def answered(form: issue_forms.IssueForm, words: str) -> dict[str, str]:
    """Return an answer to every field of a form."""
    answers = {}
    for field in form.fields:
        match field.kind:
            case "checkboxes":
                answers[field.id] = "\n".join(f"- [x] {one}" for one in field.options)
            case "dropdown":
                answers[field.id] = field.options[0]
            case _:
                answers[field.id] = words
    return answers


@pytest.mark.parametrize("kind", BY_KIND)
@pytest.mark.parametrize("sign", ["### ", ""])
def test_an_issue_is_known_by_its_labels(kind: str, sign: str) -> None:
    """GitHub's text and a page's, with signs and without, are the form's answers by its ids; no response is none."""
    form = BY_KIND[kind]
    answers = answered(form, "Some words")
    free = next((field.id for field in form.fields if not field.required), "")
    answers |= {free: ""} if free else {}
    issue, found, problems = issue_forms.read(issue_forms.IssueText(written(form, answers, sign), "i"), FORMS)
    assert (problems, found) == ([], form)
    assert issue is not None
    assert (issue.kind, dict(issue.answers)) == (kind, answers)
    assert issue.lines[form.fields[1].id] == 5


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_password_in_an_answer_is_refused_and_not_repeated(kind: str) -> None:
    """In every field, on whatever page: the form is public, and so is the repository."""
    form = BY_KIND[kind]
    answers = answered(form, "As https://editor:s3cret@private.example/ says")
    issue, _, problems = issue_forms.read(issue_forms.IssueText(written(form, answers), "i"), FORMS)
    asked = [field for field in form.fields if field.kind not in {"checkboxes", "dropdown"}]
    assert issue is None
    assert len(problems) == len(asked)
    assert "s3cret" not in repr(problems)


def test_a_fork_may_translate_and_reorder_its_forms() -> None:
    """Labels and their order are the form file's: nothing of them stands in the code."""
    body = [part for part in reversed(DATA["fund"]["body"]) if part["type"] != "markdown"]
    asked = [
        {**part, "attributes": {**part["attributes"], "label": f"¿Pregunta {number}?"}}
        for number, part in enumerate(body)
    ]
    form = issue_forms.form("fund", {**DATA["fund"], "body": asked})
    issue, _, problems = issue_forms.read(
        issue_forms.IssueText(written(form, answered(form, "Palabras")), "i"), [BY_KIND["update"], form]
    )
    assert problems == []
    assert issue is not None
    assert issue.answers["name"] == "Palabras"
    assert issue.problem("name", "x", "y").what == f"{form.labelled('¿Pregunta 6?').label}: x"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"headline": ""}, 1, "Headline: there is no answer"),
        ({"headline": "One\nTwo"}, 1, "Headline: the answer has several lines"),
        (
            {"summary": "One\n\n### Day it happened\n\n2020-01-01"},
            21,
            "Day it happened: stands a second time (first on line 9)",
        ),
        ({"fair": "- [ ] I have read the page, and it says what the headline says."}, 21, "is not ticked"),
    ],
)
def test_what_is_wrong_is_told_by_the_forms_own_words(change: dict[str, str], line: int, said: str) -> None:
    """Each problem has the line of its label in the text; a label in an answer cannot pass for another's."""
    form = BY_KIND["update"]
    issue, _, problems = issue_forms.read(
        issue_forms.IssueText(written(form, answered(form, "Words") | change).replace("\r", ""), "i"), FORMS
    )
    assert issue is None
    assert [(one.line, said in one.what) for one in problems] == [(line, True)], problems


def test_everything_wrong_is_told_at_once() -> None:
    """A form that was left empty, a choice that there is not."""
    form = BY_KIND["fund"]
    text = written(form, dict.fromkeys((field.id for field in form.fields), "") | {"relation": "Maybe"})
    _, _, problems = issue_forms.read(issue_forms.IssueText(text, "i"), FORMS)
    assert [one.what.partition(":")[0] for one in problems] == [
        *(field.label for field in form.fields if field.required and field.id != "relation"),
        "Are you part of this fund?",
    ]


@pytest.mark.parametrize("text", ["", "Hello", "### Page\n\nx", "# A\n\n## B\n\nc", "x" * 70_000])
def test_another_text_is_no_issue_of_a_form(text: str) -> None:
    """What is none is refused, with the forms there are."""
    issue, _, problems = issue_forms.read(issue_forms.IssueText(text, "i"), FORMS)
    assert issue is None
    assert len(problems) == 1


@given(st.text(), st.sampled_from(sorted(BY_KIND)), st.data())
def test_no_answer_ends_the_reading(words: str, kind: str, data: st.DataObject) -> None:
    """Whatever a reader writes is that field's answer, or the issue is refused; no other field has a letter of it."""
    form = BY_KIND[kind]
    field = data.draw(st.sampled_from([field for field in form.fields if field.kind in {"input", "textarea"}]))
    answers = answered(form, "Words")
    text = written(form, answers | {field.id: words})
    issue, _, problems = issue_forms.read(issue_forms.IssueText(text, "i"), FORMS)
    assert (issue is None) == bool(problems)
    if issue is not None:
        assert {name: one for name, one in issue.answers.items() if name != field.id} == {
            name: one for name, one in answers.items() if name != field.id
        }
        assert "\n" not in issue.line(field.id)
        assert len(issue.line(field.id, 20)) <= 20
