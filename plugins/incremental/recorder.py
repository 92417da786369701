"""What a build reads: recorded while it runs, by Python's own audit events (PEP 578), whoever opens a file.

Not every way to learn something raises an event: the clock is asked in silence, for which `code` looks into the code.
What other programs read, or what comes from the network, makes a build one that cannot be known again.
"""

import atexit
import importlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import get_ident
from types import FrameType
from zoneinfo import TZPATH

from . import disk

_ELSEWHERE = {
    "socket.connect": "the network was asked",
    "socket.sendto": "the network was asked",
    "os.system": "a program was run",
    "os.exec": "a program was run",
    "os.posix_spawn": "a program was run",
    "os.fork": "a process was started",
    "os.forkpty": "a process was started",
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OWN = f"{__name__.rpartition('.')[0]}."
_IMPORTS = ("<frozen importlib", os.path.dirname(importlib.__file__))
_DEVICES = ("/dev/", "/proc/", "/sys/")
_INSTALLED = tuple(f"{path}{os.sep}" for path in (*map(sysconfig.get_path, ("stdlib", "platstdlib")), *TZPATH))
_PACKAGES = tuple(f"{os.sep}{name}{os.sep}" for name in ("site-packages", "dist-packages"))


class Recorder:
    """What was read since the recording began, and where.

    What is in the folders `ignored` does not count, nor do their names, nor those of the files among them, where the
    folder around them is listed; but all `written` files are known. `by_others` are those files in the folders
    `sources` that were opened by others than Pelican and Jinja, which read texts and templates there: a plugin may keep
    what it found anywhere, but for those of the packages `pure`. `looked_into_output`: others than these have opened or
    listed something in the folder `output`, where the site is not built.
    """

    def __init__(
        self,
        ignored: Iterable[str],
        programs: frozenset[str] = frozenset(),
        sources: tuple[str, ...] = (),
        pure: tuple[str, ...] = (),
        output: str = "",
    ) -> None:
        self._output = f"{output}{os.sep}" if output else ""
        self.looked_into_output = False
        self.without = frozenset(ignored)
        self._sources, self._pure = sources, pure
        self._ignored = (*(f"{folder.rstrip(os.sep)}{os.sep}" for folder in self.without), *_DEVICES)
        self._programs = programs
        self.files: dict[str, disk.Stamp | None] = {}
        self.folders: dict[str, str] = {}
        self.written: set[str] = set()
        self.linked: set[str] = set()  # given another name, which counts as a change of the file's standing (st_ctime)
        self.elsewhere: set[str] = set()
        self.by_others: set[str] = set()
        self.traced: set[str] | None = None
        self.traced_thread = 0
        self.quiet: set[int] = set()  # threads of which nothing is recorded for the moment

    def note(self, event: str, args: tuple[object, ...]) -> None:
        """Take in an audit event."""
        if self.traced is not None and get_ident() == self.traced_thread:
            seen = event
            if event == "open":
                seen = self._path(args[0]) or ""
            self.traced.add(seen)
        match event:
            case "open":
                self._opened(args[0], args[2])
            case "os.listdir" | "os.scandir":
                self._listed(args[0])
            case "os.mkdir":
                self._made(args[0])
            case "os.rename" | "os.link" | "os.symlink":
                source = self._path(args[0])
                if source and event != "os.rename":
                    self.linked.add(source)
                    self.files.setdefault(source, disk.stamp(source))
                self._write(args[1])
            case "sqlite3.connect":
                self._opened(args[0], 0)
            case "subprocess.Popen":
                self._run(args[0], args[1])
            case _:
                self.elsewhere.add(_ELSEWHERE[event])

    def count(self, path: str, stamp: disk.Stamp) -> None:
        """Count a file as read by Pelican."""
        if path not in self.files and self._path(path):
            self.files[path] = stamp

    def absorb(self, early: "Recorder") -> None:
        """Count what another recorder has seen."""
        for path, stamp in early.files.items():
            if self._path(path):
                self.files.setdefault(path, stamp)
                if path.startswith(self._sources) and not self._pure:
                    self.by_others.add(path)
        for path in early.folders:
            if self._path(path):
                self.folders.setdefault(path, disk.listing(path, self.without))
        self.written |= early.written
        self.elsewhere |= early.elsewhere

    def _is_in_output(self, name: object) -> bool:
        """Say whether a file or folder is in the output, where it was not seen before that others look there."""
        if self.looked_into_output or not self._output or not isinstance(name, str | bytes | os.PathLike):
            return False
        return f"{os.path.abspath(os.fsdecode(name))}{os.sep}".startswith(self._output)

    def _opened(self, name: object, flags: object) -> None:
        if isinstance(flags, int) and flags & _WRITING:
            self._write(name)
            return
        if self._is_in_output(name):
            self.looked_into_output = _is_by_others(self._pure)
        path = self._path(name)
        if path is None:
            return
        if path not in self.files:
            self.files[path] = disk.stamp(path)
        if path.startswith(self._sources) and path not in self.by_others and _is_by_others(self._pure):
            self.by_others.add(path)

    def _listed(self, name: object) -> None:
        if name is None:
            name = "."  # as os.listdir() has it
        if self._is_in_output(name):
            self.looked_into_output = _is_by_others(self._pure)
        path = self._path(name)
        if path and path not in self.folders and not _is_import():
            self.folders[path] = disk.listing(path, self.without)

    def _write(self, name: object) -> None:
        if isinstance(name, str | bytes | os.PathLike):
            self.written.add(os.path.abspath(os.fsdecode(name)))

    def _made(self, name: object) -> None:
        """Take in that a folder is to be made, which may be there already."""
        path = self._path(name)
        if path and not os.path.lexists(path):
            self.written.add(path)

    def _run(self, program: object, arguments: object) -> None:
        named = program
        if not isinstance(named, str | bytes) and isinstance(arguments, list | tuple) and arguments:
            named = arguments[0]
        name = os.path.basename(os.fsdecode(named)) if isinstance(named, str | bytes) else ""
        if name not in self._programs:
            self.elsewhere.add(f"a program was run ({name})")

    def _path(self, name: object) -> str | None:
        """Return the whole path of what an event names; None for what has none, or does not count."""
        if not isinstance(name, str | bytes | os.PathLike):
            return None
        path = os.path.abspath(os.fsdecode(name))
        if f"{path}{os.sep}".startswith(self._ignored) or f"{os.sep}__pycache__{os.sep}" in path:
            return None
        return path


_AT_WORK = 4
"""Frames from a check up to whose code raised an event: the check, the method that asks it, `note`, and `_hook`."""


def _is_by_others(pure: tuple[str, ...]) -> bool:
    """Say whether neither Pelican, Jinja, a reader of texts nor pure code opens a file, or asks a library to."""
    opener: str | None = None  # who opens it, or has Python's own library open it
    frame: FrameType | None = sys._getframe(_AT_WORK)
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if (name == "pelican.readers" and frame.f_code.co_name == "read_file") or f"{name}.".startswith(pure):
            return False  # whoever opens it does so for a text, or for what gives the same each time
        root = name.partition(".")[0]
        if opener is None and root not in sys.stdlib_module_names and name != "pelican.utils":
            opener = name
        frame = frame.f_back
    # Plugins that are installed as packages are named below Pelican.
    return not f"{opener}.".startswith(("pelican.", "jinja2.", _OWN)) or f"{opener}.".startswith("pelican.plugins.")


def _is_import() -> bool:
    """Say whether Python itself lists a folder, to find modules in it; those are known as code and facts."""
    return sys._getframe(_AT_WORK).f_code.co_filename.startswith(_IMPORTS)


_EVENTS = frozenset({
    "open", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.link", "os.symlink", "sqlite3.connect",
    "subprocess.Popen", *_ELSEWHERE,
})  # fmt: skip
BEFORE = frozenset(sys.modules)
"""The modules that were there before this one: what they read while they were imported, nobody has recorded."""

_recorders: list[Recorder] = []
_early = [Recorder(())]
"""What is read between this plugin's import and the first run, as by plugins that are imported and registered then."""

_is_early = [True]


def _current() -> Recorder | None:
    """Return the recorder of the build that is under way; None between builds."""
    return _recorders[-1] if _recorders else None


def _hook(
    event: str,
    args: tuple[object, ...],
    events: frozenset[str] = _EVENTS,  # by these names of its own, as it outlives those of its module
    recorders: list[Recorder] = _recorders,
    is_early: list[bool] = _is_early,
) -> None:
    if event not in events or not (recorders or is_early[0]):
        return
    recorder = _current() or _early[0]
    thread = get_ident()
    if thread in recorder.quiet:  # what the recorder itself does raises events, too
        return
    recorder.quiet.add(thread)
    try:
        recorder.note(event, args)
    finally:
        recorder.quiet.discard(thread)


def end() -> None:
    """Record no more of what comes before a run: it has begun."""
    _is_early[0] = False


atexit.register(end)
sys.addaudithook(_hook)  # for the life of this process: an audit hook cannot be taken away


def is_installed(path: str) -> bool:
    """Say whether a file comes with Python, or with a package; a site may lie below Python's prefix, as in /usr/src."""
    return path.startswith(_INSTALLED) or any(folder in path for folder in _PACKAGES)


def begin() -> None:
    """Record what is read from now on, before a run: a site is opened."""
    _is_early[0] = True


def forget() -> None:
    """Leave out what this process has read and done so far: none of it was for the site that is opened now."""
    _early[0] = Recorder(())


def is_recording() -> bool:
    """Say whether a build is being recorded."""
    return bool(_recorders)


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Record until the block ends, and count what was read early."""
    recorder.absorb(_early[0])
    _recorders.append(recorder)
    try:
        yield
    finally:
        _recorders.remove(recorder)


def count(path: str, stamp: disk.Stamp) -> None:
    """Count a file as read, which was not, because it is as it was; by its whole path."""
    recorder = _current()
    if recorder is not None:
        recorder.count(path, stamp)


@contextmanager
def tracing() -> Iterator[set[str]]:
    """Note besides what this thread opens in the block, and other events; "" is a file that does not count."""
    traced: set[str] = set()
    recorder = _current()
    if recorder is None:
        yield traced
        return
    outer = recorder.traced
    recorder.traced, recorder.traced_thread = traced, get_ident()
    try:
        yield traced
    finally:
        recorder.traced = outer
        if outer is not None:
            outer |= traced


@contextmanager
def untraced() -> Iterator[None]:
    """Note in this block what is read, but not for the block around it that is traced."""
    recorder = _current()
    if recorder is None:
        yield
        return
    outer, recorder.traced = recorder.traced, None
    try:
        yield
    finally:
        recorder.traced = outer


@contextmanager
def paused() -> Iterator[None]:
    """Record nothing of what this thread does in this block, which is this plugin's own."""
    recorder, thread = _current(), get_ident()
    if recorder is None or thread in recorder.quiet:
        yield
        return
    recorder.quiet.add(thread)
    try:
        yield
    finally:
        recorder.quiet.discard(thread)
