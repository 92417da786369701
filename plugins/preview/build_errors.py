"""What went wrong, as troubles a writer can act on: from a problem list, a template, a Python file, or any exception.

An exception is told at the innermost line of the site's own, with the whole way there for who wrote the code.
"""

import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from logging import ERROR, LogRecord
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from plugins.core.errors import SiteError
from plugins.core.files import spoken
from plugins.preview.model import Trouble

_FATAL = "Warning or error encountered"
"""What Pelican raises after it has logged an error; the words are in its log."""

_MARKUP = frozenset({".html", ".xml", ".txt"})


def troubles(error: BaseException, own: Sequence[Path], records: Iterable[LogRecord] = ()) -> tuple[Trouble, ...]:
    """Return what to tell of an exception.

    `own` are the folders of the site's code and theme, `records` what was logged on the way.
    """
    if isinstance(error, SiteError):
        return tuple(Trouble(one.where, one.line, one.what, one.remedy) for one in error.problems)
    if isinstance(error, RuntimeError) and str(error) == _FATAL:
        logged = [record for record in records if record.levelno >= ERROR]
        return tuple(_logged(record, own) for record in logged) or (_told(error, own),)
    return (_told(error, own),)


def _logged(record: LogRecord, own: Sequence[Path]) -> Trouble:
    cause = record.exc_info[1] if record.exc_info else None
    if cause is not None:
        found = _told(cause, own)
        return Trouble(found.where, found.line, f"{record.getMessage()}: {found.what}", found.remedy, found.trace)
    return Trouble("", 0, record.getMessage(), "correct what is named here")


def _told(error: BaseException, own: Sequence[Path]) -> Trouble:
    if isinstance(error, SiteError):
        return troubles(error, own)[0]
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Trouble(spoken(Path(error.filename)), error.lineno, f"template: {error.message}", "correct the template")
    if isinstance(error, SyntaxError) and error.filename:
        return Trouble(spoken(Path(error.filename)), error.lineno or 0, f"not Python: {error.msg}", "correct the file")
    where, line = _place(error, own)
    if isinstance(error, TemplateError):
        return Trouble(where, line, f"template: {error}", "correct the template")
    trace = "".join(traceback.format_exception(error))
    remedy = f"correct {'the template' if Path(where).suffix in _MARKUP else 'the code'}"
    return Trouble(where, line, f"{type(error).__name__}: {error}".rstrip(": "), remedy, trace)


def _place(error: BaseException, own: Sequence[Path]) -> tuple[str, int]:
    """Return the innermost line of the site's own on the way to an exception, or to what caused it."""
    for one in _causes(error):
        for frame, line in reversed(list(traceback.walk_tb(one.__traceback__))):
            path = Path(frame.f_code.co_filename)
            if any(path.is_relative_to(folder) for folder in own) and not path.is_relative_to(sys.prefix):
                return spoken(path), line
    return "", 0


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
