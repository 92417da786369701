"""The main module of a process that reads one calendar: JSON and the calendar's bytes come in, JSON goes out.

Started by `reader_process`. The system bounds its memory and its time; a rule that never ends is given up after a
moment, so that one event spoils no other.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from types import FrameType

from plugins.events.calendars.read import NotACalendarError, read_calendar

if sys.platform != "win32":
    import resource

MEGABYTES = 768
SECONDS = 20
"""How long the whole may take."""
_OF_ONE, _HURRIED = 0.5, 0.05
"""Seconds for one event; and once some have taken that long, for each that follows."""
_PATIENCE = 8


class Bounds:
    """Bounds the time that is spent on each event in turn; only for a process's main thread."""

    def __init__(self) -> None:
        self._slow = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Raise TimeoutError in the block where it takes too long."""
        before = signal.signal(signal.SIGALRM, self._stop)
        signal.setitimer(signal.ITIMER_REAL, _OF_ONE if self._slow < _PATIENCE else _HURRIED)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._slow += 1
        raise TimeoutError


def main() -> None:
    """Read the question, bound this process, answer."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not print into the answer
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    asked = json.loads(sys.stdin.buffer.readline())
    body = sys.stdin.buffer.read()
    try:
        read = read_calendar(body, asked["zone"], datetime.fromisoformat(asked["now"]), Bounds())
        answer = asdict(read)
    except NotACalendarError as error:
        answer = {"refused": str(error)}
    json.dump(answer, answers, default=datetime.isoformat)
    answers.flush()


if __name__ == "__main__":
    main()
