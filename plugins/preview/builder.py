"""Start a worker process, tell it to build, and end it: the server's side of the pipes."""

import asyncio
import contextlib
import multiprocessing
import signal
from collections.abc import Iterable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from plugins.preview import build_worker
from plugins.preview.model import Failed, PreviewOptions, Ready, SuccessfulBuild, Trouble

_PATIENCE = 2.0  # seconds a worker has to end when it is asked to


class Builder:
    """One worker at a time."""

    def __init__(self, options: PreviewOptions) -> None:
        self._wish = options
        self._bytecode = Path(options.settings).resolve().parent / ".cache" / "preview" / "bytecode"
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(build_worker.LIBRARIES))
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._orders = 0
        self._moving = asyncio.Lock()

    @property
    def is_open(self) -> bool:
        """Say whether there is a worker that can be told to build."""
        return self._connection is not None

    async def open(self, changed: Iterable[str] = ()) -> Ready | Failed:
        """Start a new worker, in which the code is as it is now; `changed` are files edited since the last one."""
        async with self._moving:
            await self._end()
            ours, theirs = self._context.Pipe()
            given = (theirs, self._wish, tuple(changed), self._bytecode)
            process = self._context.Process(target=build_worker.work, args=given, daemon=True)
            await asyncio.to_thread(_start, process)
            theirs.close()
            self._process, self._connection = process, ours
        said = await self._received()
        if not isinstance(said, Ready):
            await self.close()
        return said if isinstance(said, Ready | Failed) else _silent()

    async def build(self) -> SuccessfulBuild | Failed:
        """Have the site built; what an earlier build has still to finish is given up."""
        self._orders += 1
        if self._connection is None:
            return _silent()
        with contextlib.suppress(OSError):
            self._connection.send(self._orders)
        while (said := await self._received()) is not None:
            order, made = said
            if order == self._orders and isinstance(made, SuccessfulBuild | Failed):
                return made
        await self.close()
        return _silent()

    async def close(self) -> None:
        """End the worker and what it is building."""
        async with self._moving:
            await self._end()

    async def _end(self) -> None:
        # The connection closes itself once no thread waits for it any more: closed under one's hands, its number may
        # be another's at once.
        process, self._process, self._connection = self._process, None, None
        if process is not None:
            await asyncio.to_thread(_end, process)

    async def _received(self) -> Any:
        """Return the next thing the worker sends, none where it has ended."""
        connection = self._connection
        if connection is None:
            return None
        try:
            return await asyncio.to_thread(connection.recv)
        except (EOFError, OSError):
            return None


def _end(process: BaseProcess) -> None:
    process.terminate()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join(_PATIENCE)


def _silent() -> Failed:
    """Return what to tell of a worker that ended without a word."""
    said = "the code could not be started"
    return Failed((Trouble("", 0, said, "look at what was printed in the terminal, and correct it"),))


def _start(process: BaseProcess) -> None:
    """Start a process, and with the first the fork server, in a thread's own time.

    Ctrl-C at a terminal reaches the fork server too. It is for this process alone, and while the fork server imports
    its libraries it would end in a traceback: it inherits this thread's mask.
    """
    resource_tracker.ensure_running()  # it would take SIGINT out of the mask again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    process.start()
