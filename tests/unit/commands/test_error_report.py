"""How a command ends where something is wrong."""

import errno
import os
from pathlib import Path

import pytest

from plugins.commands.error_report import report
from plugins.core.errors import MisuseError, Problem, SiteError, UncheckedError


@pytest.mark.parametrize(("after", "said"), [((), "nothing was changed"), (("half was done",), "half was done")])
def test_how_things_stand_is_said_last(capsys: pytest.CaptureFixture[str], after: tuple[str, ...], said: str) -> None:
    """Every problem is a line; the last words are whether something was changed, and the exit code is 1."""
    error = SiteError([Problem("b", 0, "is wrong", "mend it"), Problem("a", 2, "is odd", "look")], *after)
    assert report(error) == 1
    assert capsys.readouterr().err == f"a:2: is odd; look\nb: is wrong; mend it\n2 problems; {said}\n"


@pytest.mark.parametrize(("kind", "code"), [(SiteError, 1), (MisuseError, 2), (UncheckedError, 3)])
def test_an_exit_code_says_what_kind_of_problem_it_was(kind: type[SiteError], code: int) -> None:
    """The site's problems are 1, a misused command 2, and what could not be checked 3."""
    assert report(kind([Problem("", 0, "is wrong", "mend it")])) == code


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room on the disk"),
        (errno.EACCES, "change its rights"),
        (errno.EROFS, "choose a place that can be written"),
        (errno.ENOTDIR, "a file stands where a folder is needed"),
        (errno.EIO, "see to it"),
    ],
)
def test_what_the_system_refuses_is_told_with_a_remedy(
    capsys: pytest.CaptureFixture[str], number: int, remedy: str
) -> None:
    """The path, what the system said, and what to do; no traceback."""
    assert report(OSError(number, os.strerror(number), str(Path.cwd() / "output" / "a.html"))) == 1
    problem, count = capsys.readouterr().err.splitlines()
    assert problem.startswith(f"output/a.html: the system refuses ({os.strerror(number)}); {remedy}")
    assert count == "1 problem; what was done before it stands"


def test_a_fault_of_ours_shows_its_way_and_asks_to_be_reported(capsys: pytest.CaptureFixture[str]) -> None:
    """What no writer can have caused keeps its traceback."""
    nothing: dict[str, str] = {}
    try:
        nothing["gone"]
    except KeyError as error:
        assert report(error) == 1
    said = capsys.readouterr().err
    assert said.startswith("Traceback") and "KeyError: 'gone'" in said
    assert said.splitlines()[-1].startswith("This is a fault of Picketwire")


def test_a_problem_is_an_annotation_on_github(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a workflow's run each problem stands beside its line, what the system refused too."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    report(OSError(errno.ENOSPC, "No space left on device", "output/a.html"))
    assert capsys.readouterr().out.startswith("::error file=output/a.html::the system refuses (No space left")
