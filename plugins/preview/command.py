"""`./inv serve`: the site on this machine, built again at every save, until Ctrl-C."""

import asyncio
import contextlib
import shutil
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from plugins.core import files, locks
from plugins.core.escapes import for_terminal
from plugins.preview import responses
from plugins.preview.builder import Builder
from plugins.preview.loop import BuildLoop
from plugins.preview.model import HOST, EarlyFiles, Failed, PreviewOptions, Ready, SuccessfulBuild
from plugins.preview.server import Server
from plugins.preview.state import State

_NAMED = 3


def preview(options: PreviewOptions) -> None:
    """Show the site until this process is asked to end. Raises SiteError where that cannot begin or go on."""
    asyncio.run(_preview(options))


async def _preview(options: PreviewOptions) -> None:
    state = State(first=time.time_ns() // 1_000_000)
    server = Server(state)
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    with contextlib.ExitStack() as held:
        try:
            port = await server.open(options.port)
            reporter = _Reporter(replace(options, port=port), state, server, held)
            beside = {Path.cwd(), Path(options.settings).resolve().parent}
            loop = BuildLoop(Builder(reporter.options), Path.cwd(), beside, reporter)
            await _until(asked, loop)
        finally:
            await server.close()
    _say("The preview has ended.")


async def _until(asked: asyncio.Event, loop: BuildLoop) -> None:
    """Keep the preview up to date until asked to end, or until it cannot go on."""
    end, work = asyncio.create_task(asked.wait()), asyncio.create_task(loop.run())
    await asyncio.wait({end, work}, return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


class _Reporter:
    """Tells the state, the tabs and the terminal what came of each build. `held` is given back at the end."""

    def __init__(self, options: PreviewOptions, state: State, server: Server, held: contextlib.ExitStack) -> None:
        self.options, self._state, self._server, self._held = options, state, server, held
        self._announced = False

    def opened(self, ready: Ready) -> None:
        """Take the preview's folder for this run; raises SiteError where another run has it."""
        before, self._state.ready = self._state.ready, ready
        if before is None or before.folder != ready.folder:
            self._held.enter_context(locks.run_lock(ready.folder / "run.lock"))
            if self.options.drafts:  # what shows drafts is not left lying about
                self._held.callback(shutil.rmtree, ready.folder, ignore_errors=True)

    def open_pages(self) -> frozenset[str]:
        """Return the pages in tabs."""
        return self._server.open_pages()

    async def show(self, early: EarlyFiles) -> None:
        """Show files while the whole is still being built."""
        self._state.show(early)
        await self._server.tell()

    async def told(
        self, number: int, outcome: SuccessfulBuild | Failed, changed: Iterable[str], seconds: float
    ) -> None:
        """Pass on what came of a build."""
        if isinstance(outcome, SuccessfulBuild):
            self._state.built(number, outcome.changed)
        else:
            self._state.failed(number, outcome.troubles)
        await self._server.tell()
        names = sorted(files.display_path(Path(path)) for path in changed)
        cause = ", ".join(names[:_NAMED])
        if len(names) > _NAMED:
            cause += f" and {len(names) - _NAMED} more"
        if names:
            cause += ": "
        _say(f"{time.strftime('%H:%M:%S')} {cause}{_summary(outcome, seconds)}")
        _say(*outcome.warnings, *_details(outcome), to=sys.stderr)
        self._announce()

    def _announce(self) -> None:
        """Say once where the site is."""
        if self._announced:
            return
        self._announced = True
        where = f"http://{HOST}:{self.options.port}"
        if self._state.ready:  # else the settings could not be loaded, and nobody knows below which path the site is
            where += self._state.ready.base
        where += "/"
        if self.options.drafts:
            where += " with drafts and what is scheduled, on this machine only"
        _say(f"The site is on {where}; Ctrl-C ends it.")


def _summary(outcome: SuccessfulBuild | Failed, seconds: float) -> str:
    if isinstance(outcome, Failed):
        count = len(outcome.troubles)
        return f"{count} problem{'s' * (count != 1)}; the page is as it was"
    changed = "all" if outcome.changed is None else len(outcome.changed)
    return f"{changed} files changed, {seconds:.2f} s"


def _details(outcome: SuccessfulBuild | Failed) -> Iterator[str]:
    if not isinstance(outcome, Failed):
        return
    for trouble in outcome.troubles:
        said = f"{trouble.what}; {trouble.remedy}"
        if trouble.where:
            said = f"{responses.place(trouble)}: {said}"
        yield for_terminal(said)
        if trouble.trace:
            yield trouble.trace.rstrip()


def _say(*lines: str, to: TextIO | None = None) -> None:
    for line in lines:
        print(line, file=to or sys.stdout, flush=True)
