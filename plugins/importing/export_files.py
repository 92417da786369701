"""An export's files, read and never unpacked: a folder, a zip, or a single file.

Nothing is written, no name of a file in it becomes a path here, and no more is read than an export has.
"""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from functools import partial
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.text import charset
from plugins.core.text.urls import is_web
from plugins.importing.formats.texts import ExhaustedError

MOST_FILES = 50_000
LONGEST_FILE = 64 * 2**20
"""Bytes of one file, unpacked. WordPress itself splits exports long before."""
LONGEST_PAGE = 32 * 2**20
"""Bytes of one text's page, with the pictures within it."""
MOST_TEXTS = 256 * 2**20
"""Bytes of all texts of an export, unpacked: of more than ten thousand long ones."""
MOST_BYTES = 2**30
"""Bytes of all files that are read, pictures among them, unpacked."""
MOST_RATIO = 50
"""How many times its packed size a file, and all of them, may unpack to: texts come to 20, pictures to 1."""
FREE_OF_RATIO = 2**20
"""Bytes of one file that are unpacked however small they were packed; 16 times as many of all."""
_LONGEST_LIST = 16 * 2**20
"""Bytes of a zip's list of its files: of 50,000 with long names."""
_LIST_SIZE = struct.Struct("<4s4H2LH")
"""The end of a zip's list: its signature, four counts, its size and place, a comment's length (APPNOTE.TXT, 4.3.16)."""

_HEAD = 20_000
"""Bytes of a file by which its kind is told."""
_NOT_TEXTS = ("__MACOSX/", ".")
_UPLOADS = "/uploads/"


Opener = Callable[[], IO[bytes]]


class Files:
    """An export's files by their names with `/` in them, each with what opens it; `close` lets go of the export.

    `packed` has the bytes that each takes up within a zip, and `whole` is the zip's size: what they may unpack to
    depends on it. A folder's files are as large as they are.
    """

    def __init__(
        self,
        openers: Mapping[str, Opener],
        close: Callable[[], None] = lambda: None,
        packed: Mapping[str, int] | None = None,
        whole: int | None = None,
    ) -> None:
        """Take the files whose names can be an export's. Raises ValueError where there are more than one has."""
        self._openers = {name: opener for name, opener in openers.items() if _is_sound(name)}
        self._packed = packed or {}
        self.names = tuple(self._openers)
        if len(self.names) > MOST_FILES:
            raise ValueError(f"more than {MOST_FILES:,} files")
        self.close = close
        self._left = MOST_BYTES
        if whole is not None:
            self._left = min(MOST_BYTES, 16 * FREE_OF_RATIO + MOST_RATIO * whole)
        self._uploads: dict[str, str] = {}
        for name in self.names:
            _, is_upload, path = f"/{name}".rpartition(_UPLOADS)
            if is_upload:
                self._uploads[path] = name

    def read(self, name: str, most: int = LONGEST_FILE) -> bytes:
        """Return a file's bytes. Raises ValueError, worded, where it cannot be read or is larger than it may be.

        No more is unpacked than may be returned, whatever the zip says of the file's size.
        """
        by_ratio = most
        if name in self._packed:
            by_ratio = FREE_OF_RATIO + MOST_RATIO * self._packed[name]
        data = self._bytes(name, min(most, by_ratio, self._left) + 1)
        if len(data) > most:
            raise ValueError(f"larger than {most:,} bytes")
        if len(data) > by_ratio:
            raise ValueError(f"unpacks to more than {MOST_RATIO} times its size, as no text or picture does")
        if len(data) > self._left:
            self._left = 0
            raise ExhaustedError("the files before it and this one unpack to more than an export does")
        self._left -= len(data)
        return data

    def head(self, name: str) -> str:
        """Return the beginning of a file's text, "" where it cannot be read."""
        try:
            return charset.decode(self._bytes(name, _HEAD)).text
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
    """Return a folder's files; a link that leads out of it is none."""
    openers: dict[str, Opener] = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not files.links_out(root, path):
            openers[path.relative_to(root).as_posix()] = partial(_open, path)
    return Files(openers)


def _open(path: Path) -> IO[bytes]:
    return path.open("rb")


def _zip(packed: Path | BytesIO) -> Files:
    """Open a zip. Raises ValueError where its list of files alone is longer than an export's."""
    whole = _size_of_zip(packed)
    opened = zipfile.ZipFile(packed)
    openers: dict[str, Opener] = {}
    packed_sizes: dict[str, int] = {}
    for one in opened.infolist():
        if not one.is_dir() and not stat.S_ISLNK(one.external_attr >> 16):
            name = one.filename.replace("\\", "/")
            openers[name] = partial(opened.open, one)
            packed_sizes[name] = one.compress_size
    return Files(openers, opened.close, packed_sizes, whole)


def _size_of_zip(packed: Path | BytesIO) -> int:
    """Return a zip's size. Raises ValueError where its list of files, of which all is held, is longer than may be."""
    with packed.open("rb") if isinstance(packed, Path) else nullcontext(packed) as raw:
        whole = raw.seek(0, 2)
        raw.seek(-min(whole, 2**16 + _LIST_SIZE.size), 2)
        end = raw.read()
    at = end.rfind(b"PK\5\6")
    if at >= 0 and len(end) - at >= _LIST_SIZE.size and _LIST_SIZE.unpack_from(end, at)[5] > _LONGEST_LIST:
        raise ValueError(f"it lists more than {MOST_FILES:,} files")
    return whole


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
