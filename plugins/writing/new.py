"""A new entry for `./inv new`: asked for, checked as `./inv check` checks it, and only then written.

Nothing is ever overwritten. What can be new, each feature says in its module `forms`.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.core import files
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.sections.model import Newsroom
from plugins.sections.questions import Field, Form

Question = Callable[[str], str]
_KEY = re.compile(r"\s*([a-z_]+)\s*[=:]")


def new(form: Form, newsroom: Newsroom, given: Mapping[str, str], question: Question | None = None) -> tuple[Path, ...]:
    """Write an entry, and return the files that were written.

    What is not `given` is asked for where there is a `question` to ask by; who answers wrongly is told so, and asked
    that one again. Raises SiteError with all that is wrong; then nothing was written.
    """
    answers = {key: value.strip() for key, value in given.items() if value.strip()}
    wanted = [field for field in form.asked if field.key not in answers]
    if known := form.known(answers, newsroom):  # what the name stands for says all that there is to ask
        answers.pop(form.name, None)
        answers = {**known, **answers}
        wanted = []
    while True:
        if question:
            for field in wanted:
                answers[field.key] = question(_asking(field)).strip()
        try:
            return _written(form, newsroom, answers)
        except SiteError as error:
            wanted = _to_ask_again(form, error.problems)
            if question is None or not wanted:
                raise
            print(*error.problems, sep="\n")


def _asking(asked: Field) -> str:
    """Return a field's question."""
    if asked.asked == "optional" and "Enter" not in asked.says:
        return f"{asked.says} (Enter leaves it out): "
    return f"{asked.says}: "


def _written(form: Form, newsroom: Newsroom, answers: Mapping[str, str]) -> tuple[Path, ...]:
    if unanswered := list(_unanswered(form, answers)):
        raise MisuseError(unanswered)
    made = form.make(answers, newsroom)
    problems: list[Problem] = []
    for path in made:
        if path.suffix == ".md":  # a text is a file of its own, and must be new; a table is added to
            problems += files.problems_of_new(path)
    problems = problems or _problems(form, newsroom, made)
    if problems:
        raise SiteError(problems)
    for path, text in made.items():
        files.replace(path, text.encode())
    return tuple(made)


def _unanswered(form: Form, answers: Mapping[str, str]) -> Iterable[Problem]:
    for one in form.asked:
        value = answers.get(one.key, "")
        if not value and one.asked == "needed":
            yield Problem("", 0, f"{form.option(one.key)} is missing", f"give it: {one.says}")
        elif value and not value.isprintable():
            what = f"{form.option(one.key)} has characters that cannot be printed"
            yield Problem("", 0, what, f"give it: {one.says}")


def _problems(form: Form, newsroom: Newsroom, made: Mapping[Path, str]) -> list[Problem]:
    """Check what would be written, beside the content's own tables, in a folder that nobody else looks into."""
    content = newsroom.content
    with TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve() / "content"
        for path in [*content.glob("*.toml"), *content.glob("*/*.toml")]:
            target = folder / path.relative_to(content)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        places: dict[str, Path] = {}  # the content's own files, by what problems call those aside
        for path, text in made.items():
            aside = folder / path.relative_to(content)
            places[files.display_path(aside)] = path
            files.replace(aside, text.encode(), durable=False)
        found = list(form.check(replace(newsroom, content=folder)))
    return [_reworded(form, problem, places, made) for problem in found]


def _reworded(form: Form, problem: Problem, places: Mapping[str, Path], made: Mapping[Path, str]) -> Problem:
    """Return a problem of the folder aside under the option it is about, else at its line of the content's own file."""
    path = places.get(problem.where)
    if path is None:
        return problem
    before = files.read_text(path).split("\n") if path.exists() else []
    after = made[path].split("\n")
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    if same < problem.line <= same + len(after) - len(before):  # in what was added, not in what was there
        key = _KEY.match(after[problem.line - 1])
        for field in form.asked:
            if key and field.key == key[1]:
                what = re.sub(rf"^(not TOML: |([a-z]+ \d+\.)?{field.key} )", "", problem.what)
                return Problem("", 0, f"{form.option(field.key)}: {what}", problem.remedy)
    return Problem(files.display_path(path), problem.line, problem.what, problem.remedy)


def _to_ask_again(form: Form, problems: Iterable[Problem]) -> list[Field]:
    """Return the fields that problems are about, none where one is about something else."""
    by_option = {form.option(field.key): field for field in form.asked}
    again: list[Field] = []
    for problem in problems:
        option, *_ = re.split("[ :]", problem.what, maxsplit=1)
        if option not in by_option:
            return []
        if by_option[option] not in again:
            again.append(by_option[option])
    return again
