"""Work shared out to processes, one for each processor: forks of this one, which know all that it knows."""

import logging
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

from . import recorder
from .pack import cores

Item = TypeVar("Item")
Found = TypeVar("Found")


def shared_out(items: Sequence[Item], work: Callable[[Item], Found]) -> Generator[tuple[Item, Found], None, None]:
    """Yield items with what `work` finds for them, which must be possible to pickle.

    An item for which it raised is left out, and so is what a process had not done that came to an end, and all where
    there is one processor, or where a thread is running that a fork would be without: whoever asks does it then.

    What is found waits in files that have no name, one for each process, so that none waits for another to be read, and
    no more than one thing is held here.
    """
    count = cores()
    if count == 1 or not hasattr(os, "fork") or threading.active_count() > 1:
        return
    sys.stdout.flush()
    sys.stderr.flush()
    started: list[tuple[int, IO[bytes]]] = []
    try:
        with suppress(OSError):  # no room for a file, or for a process
            for number in range(count):
                started.append(_start(range(number, len(items), count), items, work))
        while started:
            child, found = started[0]
            os.waitpid(child, 0)
            del started[0]
            with found:
                for place, value in _read(found):
                    yield items[place], value
    finally:
        for child, found in started:  # where this run was stopped
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            found.close()


def _start(places: range, items: Sequence[Item], work: Callable[[Item], Found]) -> tuple[int, IO[bytes]]:
    parent = os.getpid()
    with recorder.paused():  # no more than this: what the child opens is to be seen there
        found = TemporaryFile()  # noqa: SIM115 - closed once it is read
        child = os.fork()
    if not child:
        try:
            logging.getLogger().handlers = [logging.NullHandler()]  # what is wrong, whoever does it again will tell
            for place in places:
                if os.getppid() != parent:  # it was ended: nobody waits for this, and locks are held until here
                    break
                with suppress(Exception):
                    found.write(pickle.dumps((place, work(items[place])), 5))
            found.flush()
        finally:
            os._exit(0)
    return child, found


def _read(found: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Yield what a process has written, up to where it was stopped."""
    found.seek(0)
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(found)  # noqa: S301 - this program's own, from its own process
