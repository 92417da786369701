"""A month's file: read and checked against its seal, and made anew with as few rows written again as can be.

A door to the disk for reading; what is written is handed back. Knows rows and seals, and nothing of other months.
"""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem
from plugins.updates.archive import line_files, rows
from plugins.updates.archive.checksums import Broken, Seal, broken
from plugins.updates.archive.contents import Month
from plugins.updates.model import Update

MOST_PROBLEMS = 20
"""Damaged rows of one file that are told of."""


def is_as_sealed(path: Path, seals: tuple[Seal, ...]) -> bool:
    """Tell whether a month has the bytes of its only seal, and rows of the present version.

    What is sealed was written as a whole, so its first row's version is every row's.
    """
    if len(seals) != 1 or not path.exists():
        return False
    data = path.read_bytes()
    current = data.startswith(b'{"v": %d, ' % rows.UPDATES.version)
    return current and hashlib.sha256(data).hexdigest() == seals[0].digest


def read_month(path: Path, seals: tuple[Seal, ...]) -> tuple[Month, list[Problem], Broken | None]:
    """Return a month as its file has it, its damaged rows, and what is broken of its seal."""
    text = line_files.text(path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with _uncollected():
        updates, damaged = rows.read_rows(text, files.display_path(path), rows.UPDATES)
    if damaged:
        return Month((), ""), damaged[:MOST_PROBLEMS], None
    told = broken(files.display_path(path), len({update.id for update in updates}), digest, seals)
    return Month(tuple(updates), "" if told else digest), [], told


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of garbage from looking again and again through all that is being read and will be kept."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def planned(path: Path, updates: tuple[Update, ...], old: Month | None) -> tuple[Seal, bytes, bytes]:
    """Return a month's seal, its bytes (none where the disk has them), and bytes that still hold what leaves it."""
    name = path.name
    if old and old.digest and old.updates == updates:
        return Seal(name, len(updates), old.digest), b"", b""
    sealed = _lines(path, updates, old) if old and old.digest else None
    data = line_files.collected(sealed) if sealed else line_files.joined(map(rows.update_row, updates))
    ids = {update.id for update in updates}
    leaving = [update for update in old.updates if update.id not in ids] if old else []
    interim = line_files.joined(map(rows.update_row, (*updates, *leaving))) if leaving else b""
    return Seal(name, len(updates), hashlib.sha256(data).hexdigest()), data, interim


def _lines(path: Path, updates: tuple[Update, ...], old: Month) -> Iterator[bytes]:
    """Return the lines of a month that is as it was sealed; that of an update nobody touched is taken over as it is."""
    begins = b'{"v": %d, "id": "%%s", ' % rows.UPDATES.version
    with path.open("rb") as lines:
        before = zip(old.updates, lines, strict=False)
        was, line = next(before, (None, b""))
        for update in updates:
            while was and was is not update and place(was) < place(update):
                was, line = next(before, (None, b""))
            taken = was is update and line.startswith(begins % update.id.encode("utf-8", "surrogatepass"))
            yield line if taken else f"{rows.update_row(update)}\n".encode()


def place(update: Update) -> tuple[datetime, str]:
    """Return where an update stands in its month."""
    return update.first_seen, update.id
