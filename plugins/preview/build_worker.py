"""The process that builds for the preview, and its children: what runs on their side of the pipes.

Three generations. A *fork server* (multiprocessing's) has the libraries imported and nothing of ours. The *worker*,
forked from it, loads settings and plugins; when the code changes, it is ended and a new one is forked. Each *build* is
forked from the worker, so that Pelican's and the plugins' state is fresh each time, and ends with the build.

Nothing that may change while the preview runs is imported at the top of this module.
"""

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterable
from importlib import import_module
from importlib.util import cache_from_source
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

from plugins.preview.model import Failed, PreviewOptions, Trouble

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


def work(connection: Connection, options: PreviewOptions, changed: Iterable[str], bytecode: Path) -> None:
    """Load settings and plugins, say so, then build each time a word comes; `changed` are files edited since.

    Sends Ready or Failed first; then for each order, a pair of its number and SuccessfulBuild or Failed.
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
    with contextlib.suppress(EOFError):
        while True:
            _build_apart(connection, connection.recv(), build_job, loaded)


def _forget(changed: Iterable[str], bytecode: Path) -> None:
    """Keep compiled code apart, and drop that of edited files.

    Python takes compiled code for up to date by its source's size and second; two saves may well share both.
    """
    sys.pycache_prefix, sys.dont_write_bytecode = str(bytecode), False
    for path in changed:
        Path(cache_from_source(path)).unlink(missing_ok=True)


def _build_apart(connection: Connection, order: int, build_job: Any, loaded: Any) -> None:
    """Build in a child, until it ends or the next order comes."""
    ended, lives = os.pipe()
    child = os.fork()
    if not child:
        _build(connection, order, build_job, loaded)
    os.close(lives)
    signal.signal(signal.SIGTERM, lambda *_: _end(child))
    by_itself = ended in wait([connection, ended])  # the other end is closed with the child
    if not by_itself:
        _kill(child)
    _, status = os.waitpid(child, 0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.close(ended)
    if by_itself and status:
        said = f"the build ended without a word (exit code {os.waitstatus_to_exitcode(status)})"
        connection.send((order, Failed((Trouble("", 0, said, "look at what was printed in the terminal"),))))


def _build(connection: Connection, order: int, build_job: Any, loaded: Any) -> NoReturn:
    """Build, send what comes of it, and end this process."""
    code = 1
    try:
        os.setpgid(0, 0)  # with the programs it starts
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        build_job.make(loaded, lambda said: connection.send((order, said)))
        code = 0
    except Exception:  # the end of this process, told by its exit code
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end(child: int) -> None:
    _kill(child)
    os._exit(0)


def _kill(child: int) -> None:
    """End a build and the programs it started."""
    for end in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError):
            end(child, signal.SIGKILL)
