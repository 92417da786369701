"""Again and again: something was saved, the site is built, the tabs are told. A change meanwhile is built after it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from plugins.preview import ignore_rules
from plugins.preview.builder import Builder
from plugins.preview.model import Failed, Ready, SuccessfulBuild
from plugins.preview.watcher import ChangedPaths, Watch

_TICK = 0.05  # seconds between two looks at a build that is going on
_PATIENCE = 10.0  # seconds after which a change ends a build that is going on; twice as many each time it does

Tell = Callable[[SuccessfulBuild | Failed, Iterable[str], float], Awaitable[None]]
"""Called with what came of a build, the paths that had changed before it, and the seconds it took."""

Open = Callable[[Ready], None]
"""Called with the word of each worker that is ready, before it is told to build."""


class BuildLoop:
    """Keeps the preview up to date. `root` is the code's folder, `beside` are those whose Python files count too."""

    def __init__(self, builder: Builder, root: Path, beside: Iterable[Path], opened: Open, told: Tell) -> None:
        self._builder, self._opened, self._told = builder, opened, told
        self._plugins = root / "plugins"
        self._changes = ChangedPaths()
        self._watch = Watch(self._changes, beside)
        self._watched: tuple[Path, ...] = (self._plugins,)
        self._code: set[str] = set()  # edited since the worker was opened
        self._patience = _PATIENCE

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
        work = asyncio.create_task(self._made())
        try:
            while not (await asyncio.wait({work}, timeout=_TICK))[0]:
                if self._is_outdated(time.monotonic() - begun):
                    await self._builder.close()
                    await work
                    return seen
        finally:
            work.cancel()
        self._patience = _PATIENCE
        await self._told(work.result(), seen, time.monotonic() - begun)
        return set()

    async def _made(self) -> SuccessfulBuild | Failed:
        await self._watch.over(self._watched)
        if self._code or not self._builder.is_open:
            said = await self._builder.open(self._code)
            if isinstance(said, Failed):
                return said
            self._code, self._watched = set(), said.watched
            self._opened(said)
            await self._watch.over(self._watched)
        return await self._builder.build()

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
