"""Again and again: something was saved, the site is built, the tabs are told. A change meanwhile is built after it."""

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from plugins.preview import ignore_rules
from plugins.preview.builder import Builder
from plugins.preview.model import BuildOrder, EarlyFiles, EditedFiles, Failed, Ready, SuccessfulBuild
from plugins.preview.watcher import ChangedPaths, Watch

_TICK = 0.05  # seconds between two looks at a build that is going on
_PATIENCE = 10.0  # seconds after which a change ends a build that is going on; twice as many each time it does


class Audience(Protocol):
    """Who is told of the builds."""

    def opened(self, ready: Ready) -> None:
        """Hear of each worker that is ready, before it is told to build."""

    def open_pages(self) -> frozenset[str]:
        """Return the pages that somebody looks at, by their paths below the output."""

    async def show(self, early: EarlyFiles) -> None:
        """Show what can be shown before a build is through."""

    async def told(
        self, number: int, outcome: SuccessfulBuild | Failed, changed: Iterable[str], seconds: float
    ) -> None:
        """Hear what came of the build of a number, which paths had changed before it, and how long it took."""


class BuildLoop:
    """Keeps the preview up to date. `root` is the code's folder, `beside` are those whose Python files count too."""

    def __init__(self, builder: Builder, root: Path, beside: Iterable[Path], audience: Audience) -> None:
        self._builder, self._audience = builder, audience
        self._plugins = root / "plugins"
        self._changes = ChangedPaths()
        self._watch = Watch(self._changes, beside)
        self._watched: tuple[Path, ...] = (self._plugins,)
        self._code: set[str] = set()  # edited since the worker was opened
        self._patience = _PATIENCE
        self._number = 0  # of the build that is going on, or went on last
        self._is_ordered = False  # that build, of a worker that is ready

    async def run(self) -> None:
        """Build, wait, build again, until cancelled. Raises SiteError where the preview cannot go on."""
        try:
            seen: set[str] = set()
            while True:
                given_up = await self._build_and_tell(seen)
                seen = given_up | await self._changes.taken()
        finally:
            await self._watch.close()
            await self._builder.close()

    async def _build_and_tell(self, seen: set[str]) -> set[str]:
        """Build and tell; return what had changed where that was given up for something newer."""
        begun = time.monotonic()
        self._code |= self._of_code(seen)
        self._number += 1
        self._is_ordered = False
        self._tell_edited(self._number)
        work = asyncio.create_task(self._made())
        try:
            while not (await asyncio.wait({work}, timeout=_TICK))[0]:
                self._tell_edited(self._number + 1)
                if self._is_outdated(time.monotonic() - begun):
                    if not self._is_ordered or self._of_code(self._changes.paths):
                        await self._builder.close()
                        await work
                    return seen  # the next order ends the build, and the last one's process still shows what is edited
        finally:
            work.cancel()
        self._patience = _PATIENCE
        await self._audience.told(self._number, work.result(), seen, time.monotonic() - begun)
        return set()

    def _tell_edited(self, number: int) -> None:
        """Have what changed just now shown before the build of that number is through, where that can be."""
        if paths := self._changes.take_fresh():
            self._builder.edited(EditedFiles(number, frozenset(paths), self._audience.open_pages()))

    async def _made(self) -> SuccessfulBuild | Failed:
        await self._watch.over(self._watched)
        if self._code or not self._builder.is_open:
            said = await self._builder.open(self._code)
            if isinstance(said, Failed):
                return said
            self._code, self._watched = set(), said.watched
            self._audience.opened(said)
            await self._watch.over(self._watched)
        self._is_ordered = True
        order = BuildOrder(self._number, self._audience.open_pages())
        return await self._builder.build(order, self._audience.show)

    def _is_outdated(self, seconds: float) -> bool:
        """Say whether the build that is going on is not worth waiting for: its code is old, or it may never end."""
        if self._of_code(self._changes.paths):
            return True
        if self._changes.paths and seconds > self._patience:
            self._patience *= 2
            return True
        return False

    def _of_code(self, paths: Iterable[str]) -> set[str]:
        return {path for path in paths if ignore_rules.is_code(path, str(self._plugins))}
