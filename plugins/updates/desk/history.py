"""What the desk has done with an update, each order with its line in desk.toml. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from plugins.updates.desk.order import Order, Verb
from plugins.updates.desk.orders import Names
from plugins.updates.desk.takedowns import takedowns
from plugins.updates.model import Update

_SAID: Mapping[Verb, str] = {
    "pin": "keeps it on top of the wire",
    "hide": "keeps it off the site and its feeds",
    "retitle": "gives it the headline “{words}”",
    "note": "says under it: “{words}”",
    "join": "joins it with {others}",
    "split": "lets it stand alone",
    "takedown": "took its text down for good",
}


class Placed(Protocol):
    """Orders, and where they stand."""

    @property
    def where(self) -> str:
        """Return the file."""

    @property
    def orders(self) -> tuple[Order, ...]:
        """Return its orders."""

    def line_of(self, order: Order, place: int = 0) -> int:
        """Return the line of one of an order's names."""


def decided(asked: str, file: Placed, updates: Iterable[Update]) -> Iterator[str]:
    """Return a line for each order about the updates of an id or address; a takedown holds when they are gone too."""
    names = Names(list(updates))
    ids = set(names.find(asked))
    for order in file.orders:
        if ids.intersection(names.of(order)) or takedowns([order]).cover(asked, asked):
            others = ", ".join(name for name in order.names if ids.isdisjoint(names.find(name)))
            said = _SAID[order.verb].format(words=order.words, others=others)
            yield f"  The desk {said} ({file.where}:{file.line_of(order)})."
