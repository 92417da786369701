"""Turn what ended a build into problems to act on, whether it is a list of them or any exception.

An exception is placed at the innermost line of the site's own code or templates in its traceback.
"""

import re
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from logging import ERROR, LogRecord
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from pelican.writers import FileOverwriteFailedError

from plugins.core.errors import Problem, SiteError
from plugins.core.files import display_path, problem

_FATAL = "Warning or error encountered"
"""What Pelican raises after it has logged an error; the words are in its log."""

_OVERWRITTEN = re.compile(r'.*?"(?:[^"]*/\.cache/build/[^/"]*/)?([^"]*)".*', re.DOTALL)
"""What Pelican says of a page that two texts would make: the page, without the folder a build is made in."""

_MARKUP = frozenset({".html", ".xml", ".txt"})


@dataclass(frozen=True, slots=True)
class SectionFailure:
    """The problem to correct, and the traceback if our own code is at fault, else ""."""

    problem: Problem
    trace: str = ""


def failures(
    error: BaseException, own: Sequence[Path], records: Iterable[LogRecord] = ()
) -> tuple[SectionFailure, ...]:
    """Return what to report of an exception that ended a build.

    `own` are the folders of the site's code and theme, `records` what was logged on the way.
    """
    if isinstance(error, SiteError):
        return tuple(map(SectionFailure, error.problems))
    found: list[SectionFailure] = []
    if isinstance(error, RuntimeError) and str(error) == _FATAL:
        for record in records:
            if record.levelno >= ERROR:
                found.append(_logged(record, own))
    return tuple(found) or (_failure(error, own),)


def _logged(record: LogRecord, own: Sequence[Path]) -> SectionFailure:
    cause = record.exc_info[1] if record.exc_info else None
    if cause is None:
        return SectionFailure(Problem("", 0, record.getMessage(), "correct what is named here"))
    found = _failure(cause, own)
    what = f"{record.getMessage()}: {found.problem.what}"
    return SectionFailure(Problem(found.problem.where, found.problem.line, what, found.problem.remedy), found.trace)


def _failure(error: BaseException, own: Sequence[Path]) -> SectionFailure:
    known = _known(error)
    if known is not None:
        return SectionFailure(known)
    where, line = _place(error, own)
    if isinstance(error, TemplateError):
        return SectionFailure(Problem(where, line, f"template: {error}", "correct the template"))
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    if Path(where).suffix in _MARKUP:
        return SectionFailure(Problem(where, line, what, "correct the template"))
    return SectionFailure(Problem(where, line, what, "correct the code"), "".join(traceback.format_exception(error)))


def _known(error: BaseException) -> Problem | None:
    """Return the problem of an exception that names its own place, None for any other."""
    match error:
        case SiteError():
            return error.problems[0]
        case OSError():
            return problem(error)
        case FileOverwriteFailedError():
            page = _OVERWRITTEN.sub(r"\1", str(error))
            return Problem("", 0, f"two texts make the same page ({page})", "give one of them another slug")
        case TemplateSyntaxError(filename=str(name)):
            return Problem(display_path(Path(name)), error.lineno, f"template: {error.message}", "correct the template")
        case SyntaxError(filename=str(name)):
            return Problem(display_path(Path(name)), error.lineno or 0, f"not Python: {error.msg}", "correct the file")
    return None


def _place(error: BaseException, own: Sequence[Path]) -> tuple[str, int]:
    """Return the innermost line of the site's own on the way to an exception, or to what caused it."""
    for one in _causes(error):
        for frame, line in reversed(list(traceback.walk_tb(one.__traceback__))):
            path = Path(frame.f_code.co_filename)
            # A virtual environment may lie in the site's own folder, and what is in there is not the site's.
            if any(map(path.is_relative_to, own)) and not path.is_relative_to(sys.prefix):
                return display_path(path), line
    return "", 0


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__  # the first is given by `raise … from`
