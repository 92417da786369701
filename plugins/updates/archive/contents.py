"""The archive as it is held in memory: its updates, what is remembered of its sources, and the disk's state.

Shapes only, and the one decision that updates nobody asks for are not read. How they are read is handed in.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from plugins.core.errors import Problem
from plugins.updates.model import SourceRecord, Update


@dataclass(frozen=True, slots=True)
class Month:
    """A month's file as it was read: its updates in its order, and its digest ("" where nobody sealed these bytes)."""

    updates: tuple[Update, ...]
    digest: str


class Unopened(Mapping[str, Update]):
    """The updates of months that are byte for byte as they were sealed, read only when one is asked for.

    Most runs bring nothing new, and reading what nobody needs would be most of their work.
    """

    def __init__(self, read_whole: "Callable[[], Archive]") -> None:
        self._read_whole = read_whole
        self._whole: Archive | None = None

    def whole(self) -> "Archive":
        """Return the archive with its updates read. Raises SiteError as `read` does."""
        if self._whole is None:
            self._whole = self._read_whole()
        return self._whole

    def __getitem__(self, id: str) -> Update:
        return self.whole().updates[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole().updates)

    def __len__(self) -> int:
        return len(self.whole().updates)


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive: updates by id, what is remembered of each source by its id, and what its reader should be told.

    `ids` and `months` are the disk's state when it was read: what `write` compares with; `unopened` stands for both
    until the updates are asked for. To change an archive, replace `updates` and `records`.
    """

    updates: Mapping[str, Update] = field(default_factory=dict)
    records: Mapping[str, SourceRecord] = field(default_factory=dict)
    notices: tuple[Problem, ...] = ()
    ids: frozenset[str] = frozenset()
    months: Mapping[str, Month] = field(default_factory=dict)
    unopened: Unopened | None = None
