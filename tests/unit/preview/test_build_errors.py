"""What a writer is told of an exception."""

import logging
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError

from plugins.core.errors import Problem, SiteError
from plugins.preview.build_errors import troubles

HERE = [Path(__file__).parent]


def caught(work: object) -> BaseException:
    """Return what is raised."""
    with pytest.raises(BaseException) as raised:
        work()  # type: ignore[operator]
    return raised.value


def test_problems_are_told_as_they_are() -> None:
    """All of them, in order."""
    error = SiteError([Problem("b.md", 2, "x", "y"), Problem("a.md", 1, "x", "y")])
    assert [(one.where, one.line, one.trace) for one in troubles(error, HERE)] == [("a.md", 1, ""), ("b.md", 2, "")]


def test_an_exception_is_told_at_our_own_innermost_line() -> None:
    """Not where a library noticed it."""

    def fail() -> None:
        int("seven")

    (told,) = troubles(caught(fail), HERE)
    assert Path(told.where).name == "test_build_errors.py"
    assert told.line == fail.__code__.co_firstlineno + 1
    assert told.what.startswith("ValueError: ")
    assert "Traceback" in told.trace


def test_a_template_and_a_module_are_told_by_their_line() -> None:
    """Syntax errors have no frame of their own."""
    jinja = Environment(loader=DictLoader({"a.html": "\n{% if %}"}), undefined=StrictUndefined, autoescape=True)
    error = caught(lambda: jinja.get_template("a.html"))
    assert isinstance(error, TemplateSyntaxError)
    error.filename = "theme/templates/a.html"
    assert [(one.where, one.line) for one in troubles(error, HERE)] == [("theme/templates/a.html", 2)]
    (told,) = troubles(caught(lambda: compile("x =\ny = (", "plugins/a.py", "exec")), HERE)
    assert (told.where, told.line) == ("plugins/a.py", 1)


def test_what_pelican_only_logged_is_told() -> None:
    """It raises an exception that says nothing, after it has logged what happened."""
    record = logging.LogRecord("pelican", logging.ERROR, "x.py", 1, "Could not process %s", ("a.md",), None)
    error = RuntimeError("Warning or error encountered")
    assert [one.what for one in troubles(error, HERE, [record])] == ["Could not process a.md"]
