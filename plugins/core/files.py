"""The door to the disk: read text, replace atomically, write only what changed.

Nothing here knows what a file means.
"""

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.core.errors import Problem, SiteError

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, without a byte-order mark.

    Raises SiteError where the file cannot be read, is not UTF-8, or has a control character.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise SiteError([Problem(spoken(path), line, "not UTF-8 text", "save the file as UTF-8")]) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise SiteError([Problem(spoken(path), 0, f"cannot be read ({why})", "check that it exists")]) from error
    if control := _CONTROL.search(text):
        what = f"a character that nobody sees (U+{ord(control[0]):04X})"
        raise SiteError([Problem(spoken(path), text.count("\n", 0, control.start()) + 1, what, "remove it")])
    return text


def legible(path: Path) -> str:
    """Return what can be made out of a file's text, "" where it cannot be read at all: enough to guess by."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def spoken(path: Path) -> str:
    """Return a path as its owner would type it: from the current folder where it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def replace(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a whole file so that a reader, or a crash, sees the old bytes or the new, never a part.

    Where `durable`, the bytes reach the disk before the name does (fsync of the file, then of its folder);
    what can be made again need not pay for that.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            if durable:
                os.fsync(out.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(path.parent)


@contextmanager
def disk_errors_reported(path: Path) -> Iterator[None]:
    """Raise SiteError, with what to do, where the disk refuses to write `path`: it is full, or a right is missing."""
    try:
        yield
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        remedy = "it is as it was; see to the disk's space and rights, then run again"
        raise SiteError([Problem(spoken(path), 0, what, remedy)]) from error


def problems_of_new(path: Path) -> list[Problem]:
    """Return what keeps a new file from being written: that there is one of its name."""
    return [Problem(spoken(path), 0, "is there already", "edit it, or choose another name")] if path.exists() else []


def create(path: Path, data: bytes) -> None:
    """Write a new file. Raises SiteError where there is one: nothing is written over."""
    if problems := problems_of_new(path):
        raise SiteError(problems)
    replace(path, data)


def move(path: Path, target: Path) -> None:
    """Put a finished file in another's place, whole or not at all; from another disk its bytes are copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    path.chmod(0o644)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        replace(target, path.read_bytes(), durable=False)
        path.unlink()


def write_if_changed(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Replace a file only where its bytes differ; say whether it was written."""
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except FileNotFoundError:
        pass
    replace(path, data, durable=durable)
    return True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
