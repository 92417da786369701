"""Work for other processes, forks of this one that know all it knows: shared out to several, or done beside it."""

import errno
import logging
import os
import pickle
import select
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any, Generic, TypeVar

from . import recorder
from .pack import cores

Item = TypeVar("Item")
Found = TypeVar("Found")


def shared_out(items: Sequence[Item], work: Callable[[Item], Found]) -> Generator[tuple[Item, Found], None, None]:
    """Yield items with what `work` finds for them, which must be possible to pickle.

    An item for which it raised is left out, and so is what a process had not done that came to an end, and all where
    there is one processor, or where a thread is running that a fork would be without (but for the one by which Pelican
    shows that it is at work): whoever asks does it then.

    What is found waits in files that have no name, one for each process, so that none waits for another to be read, and
    no more than one thing is held here.
    """
    count = cores()
    if not _may_fork():
        return
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


class Beside(Generic[Item]):
    """A process that does work on items while this one goes on, in the order in which they are handed over.

    It begins with the first item, and what it does is to be found in files. Where there can be none (see `shared_out`),
    and where it is behind by more than a pipe holds, it takes nothing: whoever asks does it then. What it took may not
    be done all the same, where the work raised or the process came to an end.
    """

    def __init__(self, work: Callable[[Item], object]) -> None:
        self._work = work
        self._has_begun = False
        self._child = self._pipe = -1
        self._stop: weakref.finalize[..., Beside[Item]] | None = None  # none where no process is at work

    def takes(self, item: Item) -> bool:
        """Hand over an item, which must be possible to pickle; say whether it was taken."""
        if not self._has_begun:
            self._begin()
        data = pickle.dumps(item, 5)
        if self._stop is None or len(data) > _WHOLE:
            return False
        try:
            os.write(self._pipe, data)
        except OSError:  # it is behind, or has come to an end
            return False
        return True

    def wait(self) -> None:
        """Wait until all is done that was taken; nothing is taken any more."""
        self._has_begun = True
        if self._stop:
            self._stop.detach()
            self._stop = None
            os.close(self._pipe)
            os.waitpid(self._child, 0)

    def _begin(self) -> None:
        self._has_begun = True
        if not _may_fork():
            return
        with suppress(OSError):  # no room for a process
            inbox, self._pipe = os.pipe()
            os.set_blocking(self._pipe, False)
            self._child = _fork(partial(self._work_through, inbox, os.getpid()))
            os.close(inbox)
            # A build that fails leaves nothing behind.
            self._stop = weakref.finalize(self, _stop, os.getpid(), self._child, self._pipe)

    def _work_through(self, inbox: int, parent: int) -> None:
        os.close(self._pipe)
        with open(inbox, "rb") as items, suppress(EOFError, pickle.UnpicklingError):
            while os.getppid() == parent:
                item = pickle.load(items)  # noqa: S301 - this program's own, from its own process
                with suppress(Exception):
                    self._work(item)


_WHOLE = getattr(select, "PIPE_BUF", 512)
"""Bytes that a pipe takes whole or not at all (POSIX, write)."""


def _stop(owner: int, child: int, pipe: int) -> None:
    if os.getpid() == owner:  # and no fork of it, which has the same objects
        os.close(pipe)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _may_fork() -> bool:
    """Say whether a process beside this one can be of use, and all that it would know is here."""
    return cores() > 1 and hasattr(os, "fork") and None not in _locks()


def _locks() -> list[Any]:
    """Return a lock for each other thread of this process, which it holds while it does anything; else None.

    Only that of rich has one: while Pelican's program builds, it turns what is shown on a terminal (`rich.live`).
    """
    locks: list[Any] = []
    if threading.active_count() == 1:
        return locks
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            is_known = type(thread).__module__ == "rich.live"
            locks.append(getattr(getattr(thread, "live", None), "_lock", None) if is_known else None)
    return locks


def _fork(work: Callable[[], None]) -> int:
    """Have a fork of this process do some work; return its number. Raises OSError where there can be none."""
    sys.stdout.flush()
    sys.stderr.flush()
    with ExitStack() as held, recorder.paused():  # no more than this: what the child opens is to be seen there
        for lock in _locks():
            if lock is None:
                raise BlockingIOError(errno.EAGAIN, "a thread has begun")
            held.enter_context(lock)
        child = os.fork()
    if not child:
        try:
            logging.getLogger().handlers = [logging.NullHandler()]  # what is wrong, whoever does it again will tell
            work()
        finally:
            os._exit(0)
    return child


def _start(places: range, items: Sequence[Item], work: Callable[[Item], Found]) -> tuple[int, IO[bytes]]:
    parent = os.getpid()
    with recorder.paused():
        found = TemporaryFile()  # noqa: SIM115 - closed once it is read

    def work_through() -> None:
        for place in places:
            if os.getppid() != parent:  # it was ended: nobody waits for this, and locks are held until here
                break
            with suppress(Exception):
                found.write(pickle.dumps((place, work(items[place])), 5))
        found.flush()

    return _fork(work_through), found


def _read(found: IO[bytes]) -> Iterator[tuple[int, Any]]:
    """Yield what a process has written, up to where it was stopped."""
    found.seek(0)
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(found)  # noqa: S301 - this program's own, from its own process
