"""What is seen of a build while it runs, by Pelican's own signals and its log."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import MAXYEAR, datetime
from typing import Any

from pelican import signals
from pelican.contents import Content


@dataclass
class Observed:
    """Pages rendered; warnings, as logger, level and text; when (seconds since 1970) the next text's date comes."""

    pages: int = 0
    said: list[tuple[str, int, str]] = field(default_factory=list)
    until: float | None = None


class _Warnings(logging.Handler):
    """Takes down warnings and errors, after Pelican's filters have left out what was said before."""

    def __init__(self, observed: Observed) -> None:
        super().__init__(logging.WARNING)
        self._observed = observed

    def emit(self, record: logging.LogRecord) -> None:
        self._observed.said.append((record.name, record.levelno, record.getMessage()))


@contextmanager
def observing() -> Iterator[Observed]:
    """Observe a build until the block ends."""
    observed, begun = Observed(), time.time()

    def count(_: str, context: object) -> None:
        observed.pages += 1

    def note_date(content: Content) -> None:
        date = getattr(content, "date", None)
        if isinstance(date, datetime) and date.year < MAXYEAR and not content.settings.get("WITH_FUTURE_DATES", True):
            moment = date.timestamp()
            if moment > begun and (observed.until is None or moment < observed.until):
                observed.until = moment

    handler = _Warnings(observed)
    logging.getLogger().addHandler(handler)
    with signals.content_written.connected_to(count), signals.content_object_init.connected_to(note_date):
        try:
            yield observed
        finally:
            logging.getLogger().removeHandler(handler)


@contextmanager
def noticing() -> Iterator[list[str]]:
    """Collect what is warned of in this block, also what Pelican says only once and so leaves out."""
    noticed: list[str] = []
    factory = logging.getLogRecordFactory()

    def notice(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = factory(*args, **kwargs)
        if record.levelno >= logging.WARNING:
            noticed.append(record.name)
        return record

    logging.setLogRecordFactory(notice)
    try:
        yield noticed
    finally:
        logging.setLogRecordFactory(factory)


def say_again(said: list[tuple[str, int, str]]) -> None:
    """Repeat what a build warned of; where warnings are fatal, they are so again."""
    for name, level, text in said:
        logging.getLogger(name).log(level, "%s", text)
