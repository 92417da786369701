"""Where the log of a command goes: warnings to the terminal, every decision there too on request, or to a file."""

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.core.escapes import for_terminal

_LOGGER = logging.getLogger("plugins")


@contextmanager
def logging_to_terminal(*, verbose: bool = False, file: Path | None = None) -> Iterator[None]:
    """Log to standard error while a command runs: warnings, or everything where it is `verbose`.

    With `file`, everything is written there too, each line with its time in UTC, in place of what the file had. Only
    our own loggers are concerned, and all is as before when the command has ended: Pelican brings a logger of its own.
    """
    terminal = logging.StreamHandler(sys.stderr)
    level = logging.DEBUG if verbose else logging.WARNING
    terminal.setLevel(level)
    terminal.addFilter(_worded)
    handlers: list[logging.Handler] = [terminal]
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        written = logging.FileHandler(file, mode="w", encoding="utf-8", errors="backslashreplace")
        written.setFormatter(_formatter())
        written.addFilter(_worded)
        handlers.append(written)
        level = logging.DEBUG
    before = _LOGGER.level, _LOGGER.propagate
    _LOGGER.setLevel(level)
    _LOGGER.propagate = False
    for handler in handlers:
        _LOGGER.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            _LOGGER.removeHandler(handler)
            handler.close()
        _LOGGER.setLevel(before[0])
        _LOGGER.propagate = before[1]


def _worded(record: logging.LogRecord) -> bool:
    """Have a record say its message as one line that no terminal obeys; much of it came from the network."""
    record.msg, record.args = for_terminal(record.getMessage()), ()
    return True


def _formatter() -> logging.Formatter:
    """Return what writes times as 2026-01-31T18:30:00Z (https://docs.python.org/3/library/logging.html)."""
    formatter = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    return formatter
