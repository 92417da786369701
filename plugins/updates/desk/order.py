"""What an editor decides about single updates: orders as they are written, and the desk they add up to. Values only."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from plugins.updates.model import Update, without

Verb = Literal["pin", "hide", "retitle", "note", "join", "split", "takedown"]

WIDE: Set[Verb] = frozenset({"hide", "takedown"})
"""Orders that hold for every update with an address, also for those that come later: they give nobody a voice."""


@dataclass(frozen=True, slots=True)
class Order:
    """One table of desk.toml, the `number`th of its verb, counted from 0.

    `names` are ids of updates, of a verb in WIDE also addresses; `words` are the headline of a `retitle` or the
    sentence of a `note`, else "".
    """

    verb: Verb
    names: tuple[str, ...]
    words: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Edits:
    """What the desk says about single updates, by their ids: headlines of ours, and an editor's sentence."""

    titles: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """All orders together, by the ids of the updates they are about; `pins` in the order of the file.

    `hidden` updates are not published and stay in the archive; of those `taken_down` the archive keeps no text.
    """

    pins: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    edits: Edits = field(default_factory=Edits)
    joins: tuple[frozenset[str], ...] = ()
    splits: frozenset[str] = frozenset()
    taken_down: frozenset[str] = frozenset()

    @property
    def unpublished(self) -> frozenset[str]:
        """Return the ids of the updates that the site shows nowhere."""
        return self.hidden | self.taken_down

    def published(self, updates: Iterable[Update]) -> list[Update]:
        """Return those of the updates that the site shows, in the order given."""
        return without(updates, self.unpublished)

    @property
    def decided(self) -> frozenset[str]:
        """Return the ids of all updates that some order is about."""
        single = {*self.pins, *self.hidden, *self.edits.titles, *self.edits.notes, *self.splits, *self.taken_down}
        return frozenset(single.union(*self.joins))
