"""Files that are as the last build knew them need not be read for their digest: the system's own stamps say so."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from . import disk, recorder
from .disk import Known

_active: list[Mapping[str, Known]] = []


@contextmanager
def active(files: Mapping[str, Known]) -> Iterator[None]:
    """Know the files of the last build, by their whole paths, until the block ends."""
    _active.append(files)
    try:
        yield
    finally:
        _active.remove(files)


def digest(path: str | os.PathLike[str]) -> str | None:
    """Return the digest of a file's bytes (SHA-256, in hexadecimal), None where that is not known without reading it.

    The file counts as read by this build, and by the one text, or the plugin that is said to be pure, that asks.
    """
    if not _active:
        return None
    whole = os.path.abspath(path)
    before = _active[-1].get(whole)
    if before is None or before.stamp is None or before.stamp != disk.stamp(whole):
        return None
    recorder.count(whole, before.stamp)
    return before.digest if len(before.digest) == disk.DIGEST_SIZE else None
