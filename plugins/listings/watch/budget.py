"""What one board may add to the archive in a day: a provider's answer can have advertisements without end.

What is held back is still on the board, and is taken in by a later run. Pure: the time is an argument.
"""

from collections.abc import Iterable
from datetime import datetime

from plugins.listings.board import BoardBudget
from plugins.listings.posting import ArchivedListing

_FIRST_DAY = 10
"""Times as much as on any other day that a board may bring on its first, with all the advertisements it has."""


class Room:
    """What a board's budget leaves room for; `known` are its archived listings. Grows smaller as texts are taken in."""

    def __init__(self, budget: BoardBudget, known: Iterable[ArchivedListing], now: datetime) -> None:
        known = tuple(known)
        opened = characters = 0
        for listing in known:
            opened += listing.first_seen.date() == now.date()
            for snapshot in listing.snapshots:
                if snapshot.seen.date() == now.date():
                    characters += len(snapshot.text)
        times = _FIRST_DAY if opened == len(known) else 1
        self._new = times * budget.new_a_day - opened
        self._text = times * budget.text_a_day - characters

    def takes(self, text: str, *, is_new: bool) -> bool:
        """Say whether there is room for a text, of a new listing or of a reworded one, and if so, take it in."""
        if self._text < len(text) or (is_new and self._new < 1):
            return False
        self._text -= len(text)
        self._new -= is_new
        return True
