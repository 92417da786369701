"""Draw cards while pages are rendered, in a process beside: rendering keeps one processor busy, drawing another.

Threads do not: rendering took half as long again then, and the whole was no quicker.
"""

from functools import partial

from PIL import Image

from plugins.cards.draw import drawn
from plugins.cards.fonts import Face
from plugins.cards.model import Card
from plugins.core.made_files import MadeFiles
from plugins.incremental.workers import Beside

_FEW = 8
"""Cards that are left to the build itself: to start a process takes as long as to draw three."""

_BLOCKS = 8
"""Pieces of memory that Pillow keeps for pictures to come: the four that a card takes are of 0.4 to 0.8 MiB."""


class CardsAhead:
    """The cards of one build that are drawn before it needs them. `cache` is where drawn cards are kept."""

    def __init__(self, cache: MadeFiles, face: Face) -> None:
        self._known = cache.all_keys()
        self._new = 0
        self._beside = Beside[tuple[str, Card]](partial(_draw, cache, face))
        self._taken: set[str] = set()

    def order(self, key: str, card: Card) -> None:
        """Have a card drawn that is not kept yet, where a process is free for it."""
        if key in self._known:
            return
        self._new += 1
        if self._new > _FEW and self._beside.takes((key, card)):
            self._taken.add(key)

    def has_taken(self, key: str) -> bool:
        """Say whether a card is being drawn."""
        return key in self._taken

    def wait(self) -> None:
        """Wait until all cards are drawn that were taken."""
        self._beside.wait()


def _draw(cache: MadeFiles, face: Face, order: tuple[str, Card]) -> None:
    key, card = order
    # Pillow gives memory back after each picture, and asks for it anew, which takes a fork 0.6 ms of 4 for a card
    # (https://pillow.readthedocs.io/en/stable/reference/block_allocator.html).
    Image.core.set_blocks_max(_BLOCKS)  # type: ignore[attr-defined]
    cache.kept(key, "png", lambda: drawn(card, face))
