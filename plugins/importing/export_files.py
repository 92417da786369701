"""An export's files, read and never unpacked: a folder, a zip, or a single file.

Nothing is written, no name of a file in it becomes a path here, and no more is read than an export has.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.text import charset
from plugins.core.text.urls import is_web
from plugins.importing.formats import detect

MOST_FILES = 50_000
LONGEST_FILE = 100 * 2**20
"""Bytes of one file, unpacked. WordPress itself splits exports long before."""
MOST_BYTES = 2**30
"""Bytes of all files that are read, unpacked."""

_NOT_TEXTS = ("__MACOSX/", ".")
_UPLOADS = "/uploads/"


Opener = Callable[[], IO[bytes]]


class Files:
    """An export's files by their names with `/` in them, each with what opens it; `close` lets go of the export."""

    def __init__(
        self, openers: Mapping[str, Callable[[], IO[bytes]]], close: Callable[[], None] = lambda: None
    ) -> None:
        """Take the files whose names can be an export's. Raises ValueError where there are more than one has."""
        self._openers = {name: opener for name, opener in openers.items() if _is_sound(name)}
        self.names = tuple(self._openers)
        if len(self.names) > MOST_FILES:
            raise ValueError(f"more than {MOST_FILES:,} files")
        self.close = close
        self._left = MOST_BYTES
        self._uploads = {f"/{name}".rpartition(_UPLOADS)[2]: name for name in self.names if _UPLOADS in f"/{name}"}

    def read(self, name: str, most: int = LONGEST_FILE) -> bytes:
        """Return a file's bytes. Raises ValueError, worded, where it cannot be read or is larger than it may be."""
        most = min(most, self._left)
        data = self._bytes(name, most + 1)
        if len(data) > most:
            raise ValueError(f"larger than {most:,} bytes")
        self._left -= len(data)
        return data

    def head(self, name: str) -> str:
        """Return the beginning of a file's text, "" where it cannot be read."""
        try:
            return charset.decode(self._bytes(name, detect.HEAD)).text
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
            return self._uploads.get(path.partition(f"/wp-content{_UPLOADS}")[2], "")
        name = normpath(join("/", dirname(beside), path)).lstrip("/")
        return name if name in self._openers else ""

    def _bytes(self, name: str, most: int) -> bytes:
        try:
            with self._openers[name]() as opened:
                return opened.read(most)
        except KeyError as error:
            raise ValueError("there is no such file in the export") from error
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise ValueError(f"the zip is broken there ({error})") from error
        except (RuntimeError, NotImplementedError) as error:  # how zipfile refuses passwords and rare packings
            raise ValueError(f"cannot be unpacked ({error})") from error
        except OSError as error:
            raise ValueError(f"cannot be read ({error.strerror or error})") from error


def _folder(root: Path) -> Files:
    found = (path for path in sorted(root.rglob("*")) if path.is_file())
    inside = (path for path in found if path.resolve().is_relative_to(root.resolve()))
    return Files({one.relative_to(root).as_posix(): partial(_open, one) for one in islice(inside, MOST_FILES + 1)})


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _zip(packed: Path | BytesIO) -> Files:
    opened = zipfile.ZipFile(packed)
    members = [one for one in opened.infolist() if not one.is_dir() and not stat.S_ISLNK(one.external_attr >> 16)]
    return Files({one.filename.replace("\\", "/"): partial(opened.open, one) for one in members}, opened.close)


def _single(name: str, data: bytes) -> Files:
    return Files({name: partial(BytesIO, data)})


def open_path(path: Path) -> Files:
    """Open what a writer names: a folder, a zip, or a file alone. Raises SiteError where there is nothing to read."""
    where = files.display_path(path)
    if not path.exists():
        raise SiteError([Problem(where, 0, "there is no such file or folder", "give the path of an export")])
    try:
        if path.is_dir() or path.name.lower() == "posts.csv":
            return _folder(path if path.is_dir() else path.parent)
        if zipfile.is_zipfile(path):
            return _zip(path)
        if path.stat().st_size > LONGEST_FILE:
            raise SiteError([Problem(where, 0, f"larger than {LONGEST_FILE:,} bytes", "check that it is an export")])
        return _single(path.name, path.read_bytes())
    except zipfile.BadZipFile as error:
        raise SiteError([Problem(where, 0, f"a broken zip ({error})", "download the export once more")]) from error
    except (ValueError, OSError) as error:
        raise SiteError([Problem(where, 0, f"cannot be read ({error})", "check that it is an export")]) from error


def open_bytes(data: bytes, name: str) -> Files:
    """Open what came over the network. Raises SiteError where it is a broken zip."""
    try:
        if zipfile.is_zipfile(BytesIO(data)):
            return _zip(BytesIO(data))
        return _single(name, data)
    except (zipfile.BadZipFile, ValueError) as error:
        raise SiteError([Problem(name, 0, f"a broken zip ({error})", "download it, and give its path")]) from error


def _is_sound(name: str) -> bool:
    steps = name.split("/")
    return not name.startswith(("/", *_NOT_TEXTS)) and ".." not in steps and ":" not in steps[0] and name.isprintable()
