"""The door to an export's files: a folder, a zip, or a single file, read and never unpacked.

Nothing is written, no name of a file in it becomes a path here, and no more is read than an export has.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.text.urls import is_web
from plugins.importing import text
from plugins.importing.reading import recognise

MOST_FILES = 50_000
LONGEST_FILE = 100 * 2**20
"""Bytes of one file, unpacked. WordPress itself splits exports long before."""
MOST_BYTES = 2**30
"""Bytes of all files that are read, unpacked."""

_NOT_TEXTS = ("__MACOSX/", ".")
_FOLDER = "/uploads/"


class Files:
    """An export's files by their names with `/` in them. Every read raises ValueError, worded, where it cannot be."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self._known = frozenset(names)
        self._left = MOST_BYTES
        self._uploads = {tail: name for name in names if (tail := f"/{name}".rpartition(_FOLDER)[2]) != f"/{name}"}

    def read(self, name: str, most: int = LONGEST_FILE) -> bytes:
        """Return a file's bytes."""
        if name not in self._known:
            raise ValueError("there is no such file in the export")
        data = self._bytes(name, min(most, self._left) + 1)
        if len(data) > min(most, self._left):
            raise ValueError(f"larger than {min(most, self._left):,} bytes")
        self._left -= len(data)
        return data

    def text(self, name: str) -> tuple[str, str]:
        """Return a file's text, and what it was read as where it is not UTF-8."""
        return text.decode(self.read(name))

    def head(self, name: str) -> str:
        """Return the beginning of a file's text, "" where it cannot be read."""
        try:
            return text.decode(self._bytes(name, recognise.HEAD))[0]
        except ValueError:
            return ""

    def find(self, address: str, beside: str) -> str:
        """Return the file that an address in the text `beside` means, "" where the export has none.

        A whole address is one of WordPress's uploads, wherever in the export those lie.
        """
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:
            return ""
        if is_web(address):
            return self._uploads.get(path.partition(f"/wp-content{_FOLDER}")[2], "")
        folder = [] if path.startswith("/") else beside.split("/")[:-1]
        steps: list[str] = []
        for step in [*folder, *path.split("/")]:
            if step == "..":
                steps = steps[:-1]
            elif step not in {"", "."}:
                steps.append(step)
        name = "/".join(steps)
        return name if name in self._known else ""

    def _bytes(self, name: str, most: int) -> bytes:
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file that was opened."""


class _Folder(Files):
    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        found = (path for path in sorted(root.rglob("*")) if path.is_file())
        inside = (path for path in found if path.resolve().is_relative_to(self._root))
        super().__init__(_sound(path.relative_to(root).as_posix() for path in islice(inside, MOST_FILES + 1)))

    def _bytes(self, name: str, most: int) -> bytes:
        try:
            with (self._root / name).open("rb") as opened:
                return opened.read(most)
        except OSError as error:
            raise ValueError(f"cannot be read ({error.strerror or error})") from error


class _Single(Files):
    def __init__(self, name: str, data: bytes) -> None:
        self._data = data
        super().__init__((name,))

    def _bytes(self, name: str, most: int) -> bytes:
        return self._data[:most]


class _Zip(Files):
    def __init__(self, packed: Path | BytesIO) -> None:
        self._zip = zipfile.ZipFile(packed)
        members = [
            one for one in self._zip.infolist() if not one.is_dir() and not stat.S_ISLNK(one.external_attr >> 16)
        ]
        self._members: Mapping[str, zipfile.ZipInfo] = {one.filename.replace("\\", "/"): one for one in members}
        super().__init__(_sound(self._members))

    def _bytes(self, name: str, most: int) -> bytes:
        try:
            with self._zip.open(self._members[name]) as opened:
                return opened.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise ValueError(f"the zip is broken there ({error})") from error
        except (RuntimeError, NotImplementedError) as error:  # how zipfile refuses passwords and rare packings
            raise ValueError(f"cannot be unpacked ({error})") from error

    def close(self) -> None:
        self._zip.close()


def opened(path: Path) -> Files:
    """Open what a writer names: a folder, a zip, or a file alone. Raises SiteError where there is nothing to read."""
    where = files.display_path(path)
    if not path.exists():
        raise SiteError([Problem(where, 0, "there is no such file or folder", "give the path of an export")])
    try:
        if path.is_dir() or path.name.lower() == "posts.csv":
            return _Folder(path if path.is_dir() else path.parent)
        if zipfile.is_zipfile(path):
            return _Zip(path)
        return _Single(path.name, _whole(path))
    except zipfile.BadZipFile as error:
        raise SiteError([Problem(where, 0, f"a broken zip ({error})", "download the export once more")]) from error
    except (ValueError, OSError) as error:
        raise SiteError([Problem(where, 0, f"cannot be read ({error})", "check that it is an export")]) from error


def _whole(path: Path) -> bytes:
    if path.stat().st_size > LONGEST_FILE:
        raise ValueError(f"larger than {LONGEST_FILE:,} bytes")
    return path.read_bytes()


def received(data: bytes, name: str) -> Files:
    """Open what came over the network. Raises SiteError where it is a broken zip."""
    try:
        return _Zip(BytesIO(data)) if zipfile.is_zipfile(BytesIO(data)) else _Single(name, data)
    except (zipfile.BadZipFile, ValueError) as error:
        raise SiteError([Problem(name, 0, f"a broken zip ({error})", "download it, and give its path")]) from error


def _sound(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that can be an export's. Raises ValueError where there are more than one has."""
    kept = tuple(filter(_is_sound, names))
    if len(kept) > MOST_FILES:
        raise ValueError(f"more than {MOST_FILES:,} files")
    return kept


def _is_sound(name: str) -> bool:
    steps = name.split("/")
    return not name.startswith(("/", *_NOT_TEXTS)) and ".." not in steps and ":" not in steps[0] and name.isprintable()
