"""Read and write files: text with clear errors, atomic replacement, and writing only what changed."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from plugins.core.errors import Problem, SiteError

_REMEDIES = {
    errno.EACCES: "change its rights (ls -l shows them), or choose another place",
    errno.EPERM: "change its rights (ls -l shows them), or choose another place",
    errno.EROFS: "choose a place that can be written",
    errno.ENOENT: "check that it exists, or make it",
    errno.EEXIST: "move what is there out of the way, or choose another place",
    errno.ENOTDIR: "a file stands where a folder is needed: move it out of the way, or choose another place",
    errno.EISDIR: "a folder stands where a file is needed: move it out of the way, or choose another place",
    errno.ENOSPC: "make room on the disk, then run this again",
    errno.EDQUOT: "make room on the disk, then run this again",
    errno.EFBIG: "allow larger files (ulimit -f), or make it smaller",
    errno.EMFILE: "allow more open files: ulimit -n 4096",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.ELOOP: "its links lead in a circle: remove one",
}

_CONTROL = bytes(code for code in range(0x20) if code not in b"\t\n\r")


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, without a byte-order mark.

    Raises SiteError where the file cannot be read, is not UTF-8, or has a control character.
    """
    return text_of(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises SiteError where it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - half of the time that Path.read_bytes takes
            return file.read()
    except OSError as error:
        why = error.strerror or str(error)
        raise SiteError([Problem(display_path(path), 0, f"cannot be read ({why})", "check that it exists")]) from error


def text_of(data: bytes, path: Path) -> str:
    """Return the text in a file's bytes, as `read_text` does; `path` is the file's. Raises SiteError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SiteError([Problem(display_path(path), line, "not UTF-8 text", "save the file as UTF-8")]) from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(data.translate(None, _CONTROL)) != len(data):
        sign = next(sign for sign in text if sign.encode() in _CONTROL)
        line = text.count("\n", 0, text.index(sign)) + 1
        what = f"a character that nobody sees (U+{ord(sign):04X})"
        raise SiteError([Problem(display_path(path), line, what, "remove it")])
    return text


def below(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Yield all that is below a folder, in no order: files, folders and links; not what is below links to folders.

    What is in a folder that cannot be opened is passed over. `Path.rglob("*")` finds the same in six times as long.
    """
    pending = [str(folder)]
    while pending:
        try:
            with os.scandir(pending.pop()) as found:
                entries = list(found)
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            yield entry


def problem(error: OSError) -> Problem:
    """Return what the system refused, as a problem: the path, what the system said, and what to do about it."""
    name = error.filename2 or error.filename
    where = ""
    if isinstance(name, str | bytes):
        where = display_path(Path(os.fsdecode(name)))
    remedy = _REMEDIES.get(error.errno or 0, "see to it, then run this again")
    return Problem(where, 0, f"the system refuses ({error.strerror or error})", remedy)


def read_lossy(path: Path) -> str:
    """Return a file's text with U+FFFD for what is not UTF-8, "" where it cannot be read: good enough for a guess."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def display_path(path: Path) -> str:
    """Return a path as messages show it: relative to the current folder where it lies below, else as it is."""
    try:
        here = os.getcwd()  # noqa: PTH109 - half of the time that Path takes for it
        below = f"{here.rstrip(os.sep)}{os.sep}"
        whole = os.path.abspath(path)  # noqa: PTH100 - as above
        if not whole.startswith(below):  # only then: to follow links takes ten times as long
            whole = os.path.realpath(path)
    except (ValueError, OSError):
        return str(path)
    if whole == here:
        return "."
    if not whole.startswith(below):
        return str(path)
    return whole.removeprefix(below)


def leads_out(folder: str | Path, name: str | Path) -> bool:
    """Say whether a path leads out of the folder it is seen from, by `..` or as a whole path. Follows no links."""
    root = os.path.normpath(folder)
    below = os.fspath(name).removeprefix(f"{root}{os.sep}")
    if ".." not in below and not below.startswith((".", os.sep)) and below:  # nearly always, and 3 µs less each time
        return False
    return not os.path.normpath(os.path.join(root, name)).startswith(f"{root.rstrip(os.sep)}{os.sep}")  # noqa: PTH118


def links_out(folder: Path, path: Path) -> bool:
    """Say whether a path, once all links on the disk are followed, is outside of a folder."""
    root = os.path.realpath(folder)
    return os.path.commonpath((root, os.path.realpath(path))) != root


def replace(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a whole file so that a reader, or a crash, sees the old bytes or the new, never a part.

    Where `durable`, the bytes reach the disk before the name does (fsync of the file, then of its folder);
    what can be made again need not pay for that. Raises OSError with this path where it cannot be written.
    """
    try:
        _replace(path, data, durable=durable)
    except OSError as error:  # its own words name the temporary file, or none
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, data: bytes, *, durable: bool) -> None:
    make = partial(tempfile.mkstemp, prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        handle, temporary = make()
    except FileNotFoundError:  # seldom: to ask for each file's folder was 2,000 calls in a build of 1,000 posts
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = make()
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
        raise SiteError([Problem(display_path(path), 0, what, remedy)]) from error


def problems_of_new(path: Path) -> list[Problem]:
    """Return what keeps a new file from being written: that there is one of its name."""
    if not path.exists():
        return []
    return [Problem(display_path(path), 0, "is there already", "edit it, or choose another name")]


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


def name_again(path: Path, target: Path) -> None:
    """Put a finished file at a second place too, without copying its bytes where the disk can name a file twice.

    What is there already is replaced where it differs, by bytes of its own: it may be being read. So this is for files
    whose maker finds out when somebody changes one in place, as by a digest.
    """
    try:
        try:
            os.link(path, target)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
    except OSError:
        if not (target.exists() and target.samefile(path)):
            write_if_changed(target, path.read_bytes(), durable=False)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
