"""Which build is on show, and what each tab is sent about it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from plugins.preview.model import Ready, Trouble


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
    _changed: dict[str, int] = field(default_factory=dict)
    _unknown: int = 0

    @property
    def is_good(self) -> bool:
        """Say whether there is a site to show."""
        return self.build > 0

    def built(self, changed: Iterable[str] | None) -> None:
        """Note a build that went well, and what it changed; none where that is not known."""
        self.build = max(self.build + 1, self.first)
        self.troubles = ()
        if changed is None:
            self._unknown = self.build
        else:
            self._changed |= dict.fromkeys(changed, self.build)

    def failed(self, troubles: Iterable[Trouble]) -> None:
        """Note a build that did not."""
        self.troubles = tuple(troubles)

    def told(self, since: int) -> dict[str, Any]:
        """Return what a tab is told whose page is of the build `since`: what changed after it (none: all may have)."""
        changed: list[str] | None = None
        # A number below `first` is an earlier run's, and 0, as long as nothing was built, this one's.
        if since >= max(self.first, self._unknown) or since == self.build:
            changed = sorted(path for path, build in self._changed.items() if build > since)
        return {"build": self.build, "changed": changed, "problems": [asdict(trouble) for trouble in self.troubles]}
