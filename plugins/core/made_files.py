"""A folder of the cache whose files have their digest in their names: what is damaged is made anew, never published.

A file is `KEY-DIGEST.ENDING`. Its key says what it was made from and how; its digest, of its bytes, whether it still is
what was made. To read and digest a card of 30 kB takes 40 µs, to draw one 20 ms.
"""

import hashlib
import shutil
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from plugins.core import files

_LENGTH = 32  # hexadecimal digits of a digest


class MadeFiles:
    """The files in a folder, by key. Several threads may use one; the folder may be lost at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return the names of the files that there are, by their keys; the folder is looked into once."""
        try:
            return {path.name.rpartition("-")[0]: path.name for path in self.folder.iterdir()}
        except OSError:
            return {}

    def all_keys(self) -> frozenset[str]:
        """Return the keys of all files that there are."""
        return frozenset(self._names)

    def find(self, key: str) -> tuple[Path, bytes] | None:
        """Return a file that was made before and is whole; one that is not is removed."""
        name = self._names.get(key)
        if name is None:
            return None
        path = self.folder / name
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if name.startswith(f"{key}-{digest(data)}."):
            return path, data
        remove(path)
        return None

    def forget(self, key: str) -> None:
        """Remove the file of a key, if there is one."""
        if name := self._names.pop(key, None):
            remove(self.folder / name)

    def kept(self, key: str, ending: str, make: Callable[[], bytes]) -> tuple[Path, bytes]:
        """Return a file with its bytes, made now where there is none that is whole."""
        found = self.find(key)
        if found:
            return found
        data = make()
        name = f"{key}-{digest(data)}.{ending}"
        files.replace(self.folder / name, data, durable=False)
        self._names[key] = name
        return self.folder / name, data


def digest(data: bytes) -> str:
    """Return what tells one file's bytes from all others."""
    return hashlib.sha256(data).hexdigest()[:_LENGTH]


def remove(path: Path) -> None:
    """Remove a file or a folder of the cache, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
