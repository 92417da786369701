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
from plugins.preview.loop import Rounds
from plugins.preview.model import HOST, Failed, Ready, SuccessfulBuild, Wish
from plugins.preview.server import Server
from plugins.preview.state import State

_NAMED = 3


def preview(wish: Wish) -> None:
    """Show the site until this process is asked to end. Raises SiteError where that cannot begin or go on."""
    asyncio.run(_preview(wish))


async def _preview(wish: Wish) -> None:
    state = State(first=time.time_ns() // 1_000_000)
    server = Server(state)
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    with contextlib.ExitStack() as held:
        try:
            port = await server.open(wish.port)
            desk = _Desk(replace(wish, port=port), state, server, held)
            beside = {Path.cwd(), Path(wish.settings).resolve().parent}
            rounds = Rounds(Builder(desk.wish), Path.cwd(), beside, desk.opened, desk.told)
            await _until(asked, rounds)
        finally:
            await server.close()
    _say("The preview has ended.")


async def _until(asked: asyncio.Event, rounds: Rounds) -> None:
    """Keep the preview up to date until asked to end, or until it cannot go on."""
    end, work = asyncio.create_task(asked.wait()), asyncio.create_task(rounds.run())
    await asyncio.wait({end, work}, return_when=asyncio.FIRST_COMPLETED)
    end.cancel()
    work.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await work


class _Desk:
    """Where the rounds' news goes: to the state, the tabs and the terminal. `held` is given back at the end."""

    def __init__(self, wish: Wish, state: State, server: Server, held: contextlib.ExitStack) -> None:
        self.wish, self._state, self._server, self._held = wish, state, server, held
        self._announced = False

    def opened(self, ready: Ready) -> None:
        """Take the preview's folder for this run; raises SiteError where another run has it."""
        before, self._state.ready = self._state.ready, ready
        if before is None or before.room != ready.room:
            self._held.enter_context(locks.run_lock(ready.room / "run.lock"))
            if self.wish.drafts:  # what shows drafts is not left lying about
                self._held.callback(shutil.rmtree, ready.room, ignore_errors=True)

    async def told(self, outcome: SuccessfulBuild | Failed, changed: Iterable[str], seconds: float) -> None:
        """Pass on what came of a round."""
        if isinstance(outcome, SuccessfulBuild):
            self._state.built(outcome.changed)
        else:
            self._state.failed(outcome.troubles)
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
        if not self._announced:
            self._announced = True
            base = self._state.ready.base if self._state.ready else ""
            where = f"http://{HOST}:{self.wish.port}{base}/"
            if self.wish.drafts:
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
    for one in outcome.troubles:
        place = f"{responses.place(one)}: " if one.where else ""
        yield for_terminal(f"{place}{one.what}; {one.remedy}")
        if one.trace:
            yield one.trace.rstrip()


def _say(*lines: str, to: TextIO | None = None) -> None:
    for line in lines:
        print(line, file=to or sys.stdout, flush=True)
