"""The process that builds for the preview, and its children: what runs on their side of the pipes.

Three generations. A *fork server* (multiprocessing's) has the libraries imported and nothing of ours. The *worker*,
forked from it, loads settings and plugins; when the code changes, it is ended and a new one is forked. Each *build* is
forked from the worker, so that Pelican's and the plugins' state is fresh each time, and ends with the build. What a
build has in memory when it is through stays for the next one in a process of its own (`standby`).

Nothing that may change while the preview runs is imported at the top of this module.
"""

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from importlib.util import cache_from_source
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, NoReturn

from plugins.preview.model import BuildOrder, EditedFiles, Failed, PreviewOptions, Trouble

LIBRARIES = (
    "aiohttp",
    "babel.dates",
    "babel.messages.extract",
    "babel.messages.mofile",
    "babel.messages.pofile",
    "babel.numbers",
    "cbor2",
    "concurrent.futures.thread",
    "courlan",
    "docutils.parsers.rst.directives.misc",
    "encodings.cp1252",
    "encodings.utf_8_sig",
    "feedgenerator",
    "icalendar",
    "jinja2.ext",
    "jinja2.meta",
    "listparser",
    "markdown.extensions.abbr",
    "markdown.extensions.attr_list",
    "markdown.extensions.codehilite",
    "markdown.extensions.def_list",
    "markdown.extensions.extra",
    "markdown.extensions.fenced_code",
    "markdown.extensions.footnotes",
    "markdown.extensions.md_in_html",
    "markdown.extensions.meta",
    "markdown.extensions.sane_lists",
    "markdown.extensions.tables",
    "markdown.extensions.toc",
    "nh3",
    "phonenumbers",
    "pelican",
    "PIL._avif",
    "PIL._webp",
    "PIL.features",
    "PIL.GifImagePlugin",
    "PIL.Image",
    "PIL.ImageCms",
    "PIL.ImageDraw",
    "PIL.ImageFile",
    "PIL.ImageFont",
    "PIL.ImageOps",
    "PIL.JpegImagePlugin",
    "pydantic._internal._dataclasses",
    "pydantic.dataclasses",
    "pydantic.fields",
    "pydantic.functional_validators",
    "pydantic.json_schema",
    "pydantic.main",
    "pydantic.plugin._loader",
    "pydantic.plugin._schema_validator",
    "pydantic.type_adapter",
    "pydantic.types",
    "pymdownx.blocks.block",
    "rapidfuzz.distance",
    "rich.progress",
    "secrets",
    "segno",
    "smartypants",
    "stdnum.bic",
    "stdnum.iban",
    "stdnum.us.rtn",
    "tld",
    "tomlkit",
    "tomllib",
    "typogrify.filters",
    "xml.parsers.expat",
    "yaml",
)
"""What the plugins import from elsewhere; one that is missing here costs time at each change of the code."""


_PATIENCE = 2.0  # seconds that a build which went well has until its process stands by


def work(
    connection: Connection, shown: Connection, options: PreviewOptions, changed: Iterable[str], bytecode: Path
) -> None:
    """Load settings and plugins, say so, then build for each order; `changed` are files edited since the last worker.

    Sends Ready or Failed first; then for each BuildOrder a pair of its number and SuccessfulBuild or Failed. EarlyFiles
    may be sent to `shown` before, and for EditedFiles.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    _forget(changed, bytecode)
    gc.disable()  # nothing here lives long enough
    try:
        build_job = import_module("plugins.preview.build_job")
        loaded = build_job.prepared(options)
    except BaseException as error:  # whatever it is, the writer is told and the preview goes on
        faults = import_module("plugins.preview.build_errors")
        connection.send(Failed(faults.troubles(error, [Path(__file__).parents[2]])))
        return
    gc.freeze()
    connection.send(loaded.ready)
    worker = _Worker(connection, shown, build_job, loaded)
    with contextlib.suppress(EOFError):
        while True:
            worker.build_apart(worker.next_order())


def _forget(changed: Iterable[str], bytecode: Path) -> None:
    """Keep compiled code apart, and drop that of edited files.

    Python takes compiled code for up to date by its source's size and second; two saves may well share both.
    """
    sys.pycache_prefix, sys.dont_write_bytecode = str(bytecode), False
    for path in changed:
        Path(cache_from_source(path)).unlink(missing_ok=True)


class _Worker:
    """Forks a process for each build. That of the last one that went well stays, to show what is edited next."""

    def __init__(self, connection: Connection, shown: Connection, build_job: Any, loaded: Any) -> None:
        self._connection, self._shown, self._job, self._loaded = connection, shown, build_job, loaded
        self._ordered: BuildOrder | None = None
        self._standby: Connection | None = None
        self._edited: list[EditedFiles] = []  # what the build of which that process stays does not know

    def next_order(self) -> BuildOrder:
        """Wait for the next order, and return it. Raises EOFError where there will be none."""
        while self._ordered is None:
            self._hear()
        order, self._ordered = self._ordered, None
        return order

    def _hear(self) -> None:
        """Receive an order; or what was edited, and ask for what comes of it."""
        match self._connection.recv():
            case BuildOrder() as order:
                self._ordered = order
            case EditedFiles() as edited:
                self._edited.append(edited)
                self._ask()

    def _ask(self) -> None:
        """Ask the process that stays for what comes of all that it does not know."""
        if self._standby and self._edited:
            paths = frozenset[str]().union(*(edited.paths for edited in self._edited))
            with contextlib.suppress(BrokenPipeError):  # it has ended; the whole is built in any case
                self._standby.send(replace(self._edited[-1], paths=paths))

    def build_apart(self, order: BuildOrder) -> None:
        """Build in a child, until it ends or the next order comes."""
        ended, lives = os.pipe()
        asked, ask = Pipe(duplex=False)
        child = os.fork()
        if not child:
            os.close(ended)
            ask.close()
            if self._standby:
                self._standby.close()
            self._build(order, lives, asked)
        os.close(lives)
        asked.close()
        signal.signal(signal.SIGTERM, lambda *_: _end(child))
        try:
            by_itself = self._follow(order, ended, ask)
        except EOFError:  # the server was killed
            _kill(child)
            raise
        if not by_itself:
            _kill(child)
        _, status = os.waitpid(child, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.close(ended)
        if by_itself and status:
            said = f"the build ended without a word (exit code {os.waitstatus_to_exitcode(status)})"
            self._connection.send(
                (order.number, Failed((Trouble("", 0, said, "look at what was printed in the terminal"),)))
            )

    def _follow(self, order: BuildOrder, ended: int, ask: Connection) -> bool:
        """Wait until a build has ended, which closes the other side of `ended`, and return True; or for the next order.

        In between the build writes a byte there: `ask` leads to its process that stays. An order may come just before.
        """
        stays = False
        try:
            while self._ordered is None or (not stays and wait([ended], _PATIENCE)):
                if ended not in wait([self._connection, ended]):
                    self._hear()
                elif os.read(ended, 1):
                    stays = True
                    if self._standby:
                        self._standby.close()
                    self._standby = ask
                    self._edited = [edited for edited in self._edited if edited.number > order.number]
                    self._ask()
                else:
                    return True
            return False
        finally:
            if not stays:
                ask.close()

    def _build(self, order: BuildOrder, lives: int, asked: Connection) -> NoReturn:
        """Build, send what comes of it, and end this process."""
        folder = self._loaded.ready.folder

        def tell(said: Any) -> None:
            self._connection.send((order.number, said))

        def print_open(site: Any) -> None:
            os.close(lives)
            asked.close()
            import_module("plugins.preview.standby").print_open(self._shown, site, order, folder)

        def stand_by(site: Any) -> None:
            process = os.fork()
            if not process:
                os.close(lives)
                import_module("plugins.preview.standby").stay(asked, self._shown, site, folder)
            asked.close()
            os.setpgid(process, process)  # the build is ended together with its own group
            os.write(lives, b".")

        code = 1
        try:
            os.setpgid(0, 0)  # with the programs it starts
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            self._job.make(self._loaded, tell, print_open if order.open else None, stand_by)
            code = 0
        except Exception:  # the end of this process, told by its exit code
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _end(child: int) -> None:
    _kill(child)
    os.waitpid(child, 0)  # it writes no longer: a folder that shows drafts is removed next
    os._exit(0)


def _kill(child: int) -> None:
    """End a build and the programs it started."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            end(child, signal.SIGKILL)
