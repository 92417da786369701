"""What ended a start or a build, as the preview's page shows it."""

from collections.abc import Iterable, Sequence
from logging import LogRecord
from pathlib import Path

from plugins.preview.model import Trouble
from plugins.sections.failures import failures


def troubles(error: BaseException, own: Sequence[Path], records: Iterable[LogRecord] = ()) -> tuple[Trouble, ...]:
    """Return what to tell of an exception, with the whole way there for who wrote the code.

    `own` are the folders of the site's code and theme, `records` what was logged on the way.
    """
    found: list[Trouble] = []
    for failure in failures(error, own, records):
        problem = failure.problem
        found.append(Trouble(problem.where, problem.line, problem.what, problem.remedy, failure.trace))
    return tuple(found)
