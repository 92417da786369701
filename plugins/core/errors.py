"""What is wrong with a site, as a value and as an exception, worded *file:line: what (what was found); what to do*."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import ClassVar, Literal

from plugins.core import escapes


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong with the site's content or settings.

    `where` is the file's path as messages show it (files.display_path), "" where it is in no file; `line` counts from
    1, 0 where it is on no line. `what` says what is wrong and, in brackets, what was found; `remedy` what to do.
    """

    where: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem on one line, as editors and terminals understand it."""
        place = self.where
        if self.line:
            place += f":{self.line}"
        words = f"{self.what}; {self.remedy}"
        if place:
            words = f"{place}: {words}"
        return escapes.for_terminal(words.replace("\n", " "))


def did_you_mean(name: str, known: Iterable[str], otherwise: str, *, likeness: float = 0.6) -> str:
    """Return the remedy for a name that nothing has: the known one that is most like it, else `otherwise`.

    `likeness` is how much alike two names must be, from 0 to 1 (difflib's ratio): more where many names are much alike,
    as ids made of headlines are, less where people write a name as they say it.
    """
    near = get_close_matches(name, sorted(known), n=1, cutoff=likeness)
    if near:
        return f"did you mean {near[0]}?"
    return otherwise


def annotation(level: Literal["error", "warning", "notice"], problem: Problem, title: str = "") -> str:
    """Return the workflow command by which GitHub shows a problem beside the line it is about, below a `title`.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    place = []
    if problem.where:
        place.append(f"file={escapes.for_command(problem.where, ',:')}")
    if problem.line:
        place.append(f"line={problem.line}")
    if title:
        place.append(f"title={escapes.for_command(title, ',:')}")
    head = f"{level} {','.join(place)}".rstrip()
    return f"::{head}::{escapes.for_command(f'{problem.what}; {problem.remedy}')}"


class SiteError(Exception):
    """The run cannot go on. Carries every problem found, in order of file and line.

    `after` says what the run has changed when it ends so; `code` is the command's exit code.
    """

    code: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem], after: str = "nothing was changed") -> None:
        self.problems, self.after = tuple(sorted(set(problems))), after
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(SiteError):
    """What was typed after the command cannot be meant; nothing is wrong with the site."""

    code = 2


class UncheckedError(SiteError):
    """What was asked for could not be checked on this machine now, so that nothing is known about it."""

    code = 3
