"""A social card: what is on it, and its look. Values and tables only."""

from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 630
"""Pixels; the size that the readers of og:image ask for (https://ogp.me/)."""

Colour = tuple[int, int, int]

PAPER: Colour = (251, 250, 246)
INK: Colour = (23, 24, 27)
QUIET: Colour = (89, 87, 80)
RED: Colour = (173, 31, 25)
WHITE: Colour = (255, 255, 255)
STICK: Colour = (115, 112, 106)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says: the section, the headline, whose it is, and where that is found."""

    headline: str
    kicker: str
    name: str
    host: str
