"""Which build is on show, and what each tab is sent about it."""

import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from plugins.preview.model import EarlyFiles, Ready, Trouble


@dataclass
class State:
    """The preview at this moment.

    `build` numbers the last build that went well. Numbers begin at `first`, which is later than any of an earlier run,
    so that a tab left open since then is told to load again.
    """

    first: int
    build: int = 0
    ready: Ready | None = None
    troubles: tuple[Trouble, ...] = ()
    _early: dict[str, EarlyFiles] = field(default_factory=dict)  # by path, until the build that they are of has ended
    _changed: dict[str, int] = field(default_factory=dict)
    _unknown: int = 0

    @property
    def is_good(self) -> bool:
        """Say whether there is a site to show."""
        return self.build > 0

    def has(self, path: str) -> bool:
        """Say whether a file is on show, by its path below the output."""
        if path in self._early:
            return True
        return self.ready is not None and os.path.isfile(self.ready.output / path)  # noqa: PTH113 - never raises

    def page(self, path: str) -> bytes | None:
        """Return a page that is on show, by its path below the output; none where there is none."""
        early = self.early(path)
        return self._of_output(path) if early is None else early

    def early(self, path: str) -> bytes | None:
        """Return what is shown of a file before the build that makes it is through; none where the output's is."""
        return self._early[path].files[path] if path in self._early else None

    def show(self, early: EarlyFiles) -> None:
        """Show files before the build that makes them is through."""
        changed = [path for path, data in early.files.items() if self.page(path) != data]
        self._early |= dict.fromkeys(early.files, early)
        self._next(changed)

    def built(self, number: int, changed: Iterable[str] | None) -> None:
        """Note that the build of a number went well, and what it changed; none where that is not known."""
        self.troubles = ()
        as_shown, others = self._taken_away(number)
        if changed is None:
            self._next(())
            self._unknown = self.build
        else:
            self._next({*changed, *others} - as_shown - self._early.keys())

    def failed(self, number: int, troubles: Iterable[Trouble]) -> None:
        """Note that the build of a number did not go well."""
        self.troubles = tuple(troubles)
        _, others = self._taken_away(number)
        if others:
            self._next(others)

    def _taken_away(self, number: int) -> tuple[set[str], set[str]]:
        """Show the files of a build no longer; return those that the output has as they were shown, and the others."""
        as_shown, others = set[str](), set[str]()
        for path, early in list(self._early.items()):
            if early.number <= number:
                kind = as_shown if self._of_output(path) == early.files[path] else others
                kind.add(path)
                del self._early[path]
        return as_shown, others

    def _next(self, changed: Iterable[str]) -> None:
        self.build = max(self.build + 1, self.first)
        self._changed |= dict.fromkeys(changed, self.build)

    def _of_output(self, path: str) -> bytes | None:
        try:
            return (self.ready.output / path).read_bytes() if self.ready else None
        except OSError:
            return None

    def told(self, since: int) -> dict[str, Any]:
        """Return what a tab is told whose page is of the build `since`: what changed after it (none: all may have)."""
        changed: list[str] | None = None
        # A number below `first` is an earlier run's, and 0, as long as nothing was built, this one's.
        if since >= max(self.first, self._unknown) or since == self.build:
            changed = sorted(path for path, build in self._changed.items() if build > since)
        return {"build": self.build, "changed": changed, "problems": [asdict(trouble) for trouble in self.troubles]}
