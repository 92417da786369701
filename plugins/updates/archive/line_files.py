"""The door to files of rows: read as text, and written whole, where their bytes differ and the disk has room.

Knows no row.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError


def text(path: Path) -> str:
    """Return a file's text, "" where there is none. Raises SiteError as `files.read_text` does."""
    return files.read_text(path) if path.exists() else ""


def write(path: Path, data: bytes, written: list[str]) -> None:
    """Write a file where its bytes differ, and add its name to those written; a file of no bytes is none."""
    with _told(path):
        if data:
            changed = files.write_if_changed(path, data)
        elif changed := path.exists():
            path.unlink()
    if changed:
        written.append(path.name)


def joined(rows: Iterable[str]) -> bytes:
    """Return rows as a file's bytes."""
    return collected(f"{row}\n".encode() for row in rows)


def collected(lines: Iterable[bytes]) -> bytes:
    """Return lines with their ends as a file's bytes."""
    data = io.BytesIO()  # a month is large: no list of its lines, nor a text of them, beside its bytes
    data.writelines(lines)
    return data.getvalue()


def clear(folder: Path, leftover: re.Pattern[str]) -> None:
    """Remove what a killed run left half written; the run's lock sees to it that no other run is writing."""
    with _told(folder):
        for path in folder.iterdir() if folder.is_dir() else ():
            if leftover.fullmatch(path.name):
                path.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Word what the disk refuses: no space, no right to write."""
    try:
        yield
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        remedy = "it is as it was; see to the disk's space and rights, then run again"
        raise SiteError([Problem(files.display_path(path), 0, what, remedy)]) from error
