"""A lock that lets one run of a command go on at a time.

The lock is the kernel's (`flock`), so it ends with the process that holds it, however that ends: no stale lock is ever
left to be cleaned up.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.core.errors import Problem, SiteError
from plugins.core.files import display_path


@contextmanager
def run_lock(path: Path) -> Iterator[None]:
    """Hold a lock for the time of a run.

    Raises SiteError at once where another run holds it, naming its process, or where the file system has no locks.
    The file stays when the run is over: removing it would let a third run lock a file that a second still holds.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _refused(path, error) from error
    try:
        _take(handle, path)
        os.truncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
        who = f"process {holder}" if holder.isdecimal() else "a process that has only just begun"
        what = f"another run is going on ({who} holds this lock)"
        remedy = "wait until it has ended, or stop that process"
        raise SiteError([Problem(display_path(path), 0, what, remedy)]) from error
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> SiteError:
    what = f"cannot be locked ({error.strerror or error})"
    remedy = "check that its folder is on a local disk and can be written"
    return SiteError([Problem(display_path(path), 0, what, remedy)])
