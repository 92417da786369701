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
    told = ((one.problem, one.trace) for one in failures(error, own, records))
    return tuple(Trouble(found.where, found.line, found.what, found.remedy, trace) for found, trace in told)
