"""Watch the disk for files that are saved, as it happens (watchfiles: inotify, FSEvents, kqueue)."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

from watchfiles import awatch

from plugins.core.errors import Problem, SiteError
from plugins.preview import ignore_rules

_QUIET = 15  # milliseconds without a change after which what there is is told
_MOST = 250  # milliseconds after which it is told anyway
_OVERLAP = 2.0  # seconds for which a watch that was replaced still tells what it has seen


class ChangedPaths:
    """Paths that changed and were not yet taken."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self._fresh: set[str] = set()
        self._some = asyncio.Event()
        self._fault: BaseException | None = None

    def add(self, paths: Iterable[str]) -> None:
        """Add paths."""
        self.paths.update(paths)
        self._fresh.update(paths)
        self._some.set()

    def end(self, fault: BaseException) -> None:
        """Let who takes paths know that there will be none any more."""
        self._fault = fault
        self._some.set()

    def take_fresh(self) -> set[str]:
        """Return the paths that changed since this was last asked, whether they were taken or not."""
        fresh, self._fresh = self._fresh, set()
        return fresh

    async def taken(self) -> set[str]:
        """Wait until there are paths, and take them all."""
        await self._some.wait()
        self._some.clear()
        if self._fault:
            raise self._fault
        taken, self.paths = self.paths, set()
        return taken


class Watch:
    """Watches folders, and the Python files in those `beside`; folders may be taken away and come back."""

    def __init__(self, changes: ChangedPaths, beside: Iterable[Path]) -> None:
        self._changes, self._beside = changes, frozenset(beside)
        self._watched: tuple[Path, ...] = ()
        self._inodes: dict[Path, int] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._replaced: list[asyncio.Task[None]] = []

    async def over(self, watched: Iterable[Path]) -> None:
        """Watch these folders from now on; once this returns, no change is missed."""
        self._watched = tuple(watched)
        found = _inodes(self._watched)
        if self._tasks and found == self._inodes:
            return
        before, self._inodes = self._tasks, found
        # Their parents too: there a folder comes back that was taken away, and no longer by the watch it had.
        around = {path.parent for path in self._watched if path.parent.is_dir()} | self._beside
        self._tasks = []
        if found:
            self._tasks.append(asyncio.create_task(self._follow(found, deep=True)))
        if around:
            self._tasks.append(asyncio.create_task(self._follow(around, deep=False)))
        await asyncio.sleep(0)  # the tasks run up to where they wait, and watching has begun
        self._replaced += before
        for task in before:
            asyncio.get_running_loop().call_later(_OVERLAP, task.cancel)

    async def close(self) -> None:
        """Watch nothing."""
        every = (*self._tasks, *self._replaced)
        for task in every:
            task.cancel()
        await asyncio.gather(*every, return_exceptions=True)
        self._tasks, self._replaced = [], []

    async def _follow(self, paths: Iterable[Path], *, deep: bool) -> None:
        try:
            async for found in awatch(*paths, watch_filter=None, debounce=_MOST, step=_QUIET, recursive=deep):
                self._add({path for _, path in found})
        except OSError as error:
            what, remedy = f"folders cannot be watched ({error})", "set WATCHFILES_FORCE_POLLING=true, and start again"
            self._changes.end(SiteError([Problem("", 0, what, remedy)]))

    def _add(self, paths: set[str]) -> None:
        if kept := ignore_rules.worth_a_build(paths, [*map(str, self._watched)], {*map(str, self._beside)}):
            self._changes.add(kept)


def _inodes(folders: Iterable[Path]) -> dict[Path, int]:
    """Tell folders that are there from others of their names; what watches a folder is bound to the one it was."""
    return {path: path.stat().st_ino for path in folders if path.is_dir()}
