"""Start a worker process, tell it to build, and end it: the server's side of the pipes."""

import asyncio
import contextlib
import multiprocessing
import signal
from collections.abc import Awaitable, Callable, Iterable
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from plugins.preview import build_worker
from plugins.preview.model import (
    BuildOrder,
    EarlyFiles,
    EditedFiles,
    Failed,
    PreviewOptions,
    Ready,
    SuccessfulBuild,
    Trouble,
)

Show = Callable[[EarlyFiles], Awaitable[None]]
"""Called with what can be shown before a build is through."""

_PATIENCE = 2.0  # seconds a worker has to end when it is asked to


class Builder:
    """One worker at a time."""

    def __init__(self, options: PreviewOptions) -> None:
        self._options = options
        self._bytecode = Path(options.settings).resolve().parent / ".cache" / "preview" / "bytecode"
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(list(build_worker.LIBRARIES))
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._edited: Connection | None = None  # from the process of the last build
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
            edited, shown = self._context.Pipe(duplex=False)
            given = (theirs, shown, self._options, tuple(changed), self._bytecode)
            process = self._context.Process(target=build_worker.work, args=given, daemon=True)
            await asyncio.to_thread(_start, process)
            theirs.close()
            shown.close()
            self._process, self._connection, self._edited = process, ours, edited
        said = await self._received()
        if not isinstance(said, Ready):
            await self.close()
        return said if isinstance(said, Ready | Failed) else _silent()

    def edited(self, edited: EditedFiles) -> None:
        """Tell that files changed, some of which may be shown before they are built."""
        self._send(edited)

    async def build(self, order: BuildOrder, show: Show) -> SuccessfulBuild | Failed:
        """Have the site built; what an earlier build has still to finish is given up."""
        self._send(order)
        while (said := await self._received()) is not None:
            if isinstance(said, EarlyFiles):
                if said.number >= order.number:
                    await show(said)
                continue
            number, made = said
            if number == order.number and isinstance(made, SuccessfulBuild | Failed):
                return made
        await self.close()
        return _silent()

    async def close(self) -> None:
        """End the worker and what it is building."""
        async with self._moving:
            await self._end()

    def _send(self, what: BuildOrder | EditedFiles) -> None:
        with contextlib.suppress(OSError):  # what waits for an answer finds that the worker has ended
            if self._connection:
                self._connection.send(what)

    async def _end(self) -> None:
        # The connection closes itself once no thread waits for it any more: closed under one's hands, its number may
        # be another's at once.
        process, self._process, self._connection, self._edited = self._process, None, None, None
        if process is not None:
            await asyncio.to_thread(_end, process)

    async def _received(self) -> Any:
        """Return the next thing the worker or a build sends, none where the worker has ended."""
        connection, edited = self._connection, self._edited
        if connection is None or edited is None:
            return None
        try:
            ready = await asyncio.to_thread(wait, [connection, edited])
            # Once a build is through, nobody needs a page from before it.
            return connection.recv() if connection in ready else edited.recv()
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
