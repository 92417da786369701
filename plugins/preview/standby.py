"""The processes beside a build, forked from it, which show single pages before the whole is on show.

One prints the pages in the tabs as soon as the build has read everything, and ends. The other stays when the build is
done, for what is edited next.
"""

import fcntl
import logging
import os
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from plugins.preview.built_site import BuiltSite
from plugins.preview.model import BuildOrder, EarlyFiles

_PATIENCE = 10  # seconds until a process is ended that is printing: a template may go on for ever


def print_open(shown: Connection, site: BuiltSite, order: BuildOrder, folder: Path) -> None:
    """Print the pages in tabs. `folder` is the preview's own."""
    _be_quiet()
    signal.alarm(_PATIENCE)
    _send(shown, order.number, site.pages(order.open), folder)


def stay(asked: Connection, shown: Connection, site: BuiltSite, folder: Path) -> NoReturn:
    """Answer EditedFiles by EarlyFiles, until `asked` ends; not where there is nothing to show."""
    code = 1
    try:
        _be_quiet()
        while True:
            edited = asked.recv()
            signal.alarm(_PATIENCE)
            _send(shown, edited.number, site.edited(edited.paths, edited.open), folder)
            signal.alarm(0)
    except (EOFError, BrokenPipeError):  # a later build has taken this place, or the preview has ended
        code = 0
    finally:
        os._exit(code)


def _be_quiet() -> None:
    """End when asked to, and leave problems to the build to tell."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.disable()


def _send(shown: Connection, number: int, files: Mapping[str, bytes], folder: Path) -> None:
    """Send files, if there are any. What two processes send at a time would be mixed up."""
    if files:
        with (folder / "shown.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            shown.send(EarlyFiles(number, files))
