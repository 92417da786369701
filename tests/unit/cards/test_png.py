"""A card's file has the very pixels that were drawn."""

from io import BytesIO
from random import Random

from PIL import Image

from plugins.cards.png import png


def test_a_picture_comes_back_as_it_was_drawn() -> None:
    """Each of sixteen colours is read by Pillow where it was put, above, below and beside each other."""
    chance = Random(7)  # noqa: S311 - the same picture each time
    colours = bytes(chance.randrange(256) for _ in range(48))
    image = Image.new("P", (30, 17))
    image.putpalette(colours)
    image.putdata([chance.choice((0, 0, chance.randrange(16))) for _ in range(30 * 17)])
    with Image.open(BytesIO(png(image, colours))) as read:
        read.load()
        assert (read.format, read.size) == ("PNG", image.size)
        assert read.convert("RGB").tobytes() == image.convert("RGB").tobytes()
