"""What an editor decides about single updates: orders, what is wrong with one, and all of them settled. Shapes only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Verb = Literal["pin", "hide", "retitle", "note", "join", "split", "takedown"]


@dataclass(frozen=True, slots=True)
class Order:
    """One table of desk.toml: `names` are ids or addresses of updates; it is the `number`th of its verb, from 0."""

    verb: Verb
    names: tuple[str, ...]
    words: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """An order that cannot be carried out, what is wrong and what to do; `place` is its name's place among `names`."""

    order: Order
    place: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Edits:
    """What the desk says about single updates, by their ids: headlines of ours, and an editor's sentence."""

    titles: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """The orders by the ids of the updates they are about; pins in the order of the file."""

    pins: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    edits: Edits = field(default_factory=Edits)
    joins: tuple[frozenset[str], ...] = ()
    splits: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    @property
    def off(self) -> frozenset[str]:
        """Return the ids of the updates that the site shows nowhere."""
        return self.hidden | self.gone

    @property
    def named(self) -> frozenset[str]:
        """Return the ids of all updates that something was decided about."""
        single = {*self.pins, *self.hidden, *self.edits.titles, *self.edits.notes, *self.splits, *self.gone}
        return frozenset(single.union(*self.joins))
