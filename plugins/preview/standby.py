"""A build's process that stays when it is done, to show what is edited next before the next build is through."""

import logging
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from plugins.preview.edited_texts import BuiltTexts
from plugins.preview.model import EditedPages


def stay(asked: Connection, shown: Connection, texts: BuiltTexts, folder: Path) -> NoReturn:
    """Answer EditedFiles by EditedPages, until `asked` ends; not where there is nothing to show.

    Problems are the build's to tell. `folder` is the preview's own.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    logging.disable()
    code = 1
    try:
        while True:
            edited = asked.recv()
            if pages := texts.printed(edited.paths, folder):
                shown.send(EditedPages(edited.number, pages))
    except (EOFError, BrokenPipeError):  # a later build has taken this place, or the preview has ended
        code = 0
    finally:
        os._exit(code)
