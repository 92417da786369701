"""Draw a card: paper, a red rule, the mark, the headline. A card in, a PNG out; the same card gives the same bytes.

A card has its sixteen colours from the first stroke. Drawing in all colours and looking for the nearest few afterwards
takes three times as long, and a wire has thousands of cards. The mark is that of theme/static/mark.svg.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from zlib import ZLIB_RUNTIME_VERSION

from PIL import Image, ImageDraw, ImageFont, features

from plugins.cards import typesetting
from plugins.cards.fonts import Face
from plugins.cards.model import HEIGHT, INK, PAPER, QUIET, RED, STICK, WHITE, WIDTH, Card, Colour
from plugins.cards.png import png

TOOLS = f"3 pil {features.version('pil')} freetype {features.version('freetype2')} zlib {ZLIB_RUNTIME_VERSION}"
"""The versions of the drawing and of what draws: others may give other bytes."""

_MARGIN = 80
_RULE = 14
_MARK = 84
_HEADLINE_TOP, _HEADLINE_BOTTOM = 236, 526
_SIZES = (88, 78, 70, 62, 54, 48)
_LEADING = 1.14
_FINE = 4  # the mark is drawn this much larger, then made small, for smooth edges
# The colours, each by its steps from the paper; sixteen in all, so that a pixel takes half a byte.
_STEPS = {INK: 6, RED: 4, QUIET: 3, STICK: 1, WHITE: 1}


def _palette() -> Iterator[Colour]:
    """Yield the paper, then each colour's steps from the paper to the colour itself."""
    yield PAPER
    for colour, steps in _STEPS.items():
        for step in range(1, steps + 1):
            yield _between(colour, step / steps)


def _between(colour: Colour, share: float) -> Colour:
    red, green, blue = (round(paper + (full - paper) * share) for paper, full in zip(PAPER, colour, strict=True))
    return red, green, blue


_PALETTE = tuple(_palette())
_COLOURS = bytes(chain.from_iterable(_PALETTE))
_FULL = {colour: _PALETTE.index(colour) for colour in _STEPS}


def drawn(card: Card, face: Face) -> bytes:
    """Return a card as PNG. Where the face cannot say the headline, the card has the mark instead of words."""
    headline = typesetting.legible(card.headline, face.has)
    if not headline:
        image, size = _paper(), 300
        image.paste(_mark(size), ((WIDTH - size) // 2, (HEIGHT - size) // 2))
        return png(image, _COLOURS)
    image = _letterhead(card.name, card.kicker, card.host, face).copy()
    _headline(image, headline, face)
    return png(image, _COLOURS)


def _paper() -> Image.Image:
    image = Image.new("P", (WIDTH, HEIGHT), 0)
    image.putpalette(_COLOURS)
    image.paste(_FULL[RED], (0, 0, WIDTH, _RULE))
    return image


@lru_cache(maxsize=8)
def _letterhead(name: str, kicker: str, host: str, face: Face) -> Image.Image:
    """Return what all cards of a section have in common."""
    image = _paper()
    image.paste(_mark(_MARK), (_MARGIN, 66))
    _line(image, name, (_MARGIN + _MARK + 24, 86), (face, 44), INK)
    _line(image, kicker, (_MARGIN, 184), (face, 30), RED)
    _line(image, host, (_MARGIN, 546), (face, 30), QUIET)
    return image


def _line(image: Image.Image, text: str, at: tuple[int, int], sized: tuple[Face, int], colour: Colour) -> None:
    """Write as much of a text as one line holds, in a face and its size in pixels; nothing where the face cannot."""
    face, size = sized
    said = typesetting.legible(text, face.has)
    if said:
        font, width = face.at(size), WIDTH - _MARGIN - at[0]
        rows = typesetting.lines(said, width, 1, font.getlength)
        _write(image, (rows or typesetting.shortened(said, width, 1, font.getlength))[0], at, font, colour)


def _headline(image: Image.Image, text: str, face: Face) -> None:
    """Write a headline in the largest size in which it fits; what does not fit in the smallest is cut."""
    width, height = WIDTH - 2 * _MARGIN, _HEADLINE_BOTTOM - _HEADLINE_TOP
    for size in _SIZES:
        font, line_height = face.at(size), size * _LEADING
        rows = typesetting.lines(text, width, int(height / line_height), font.getlength)
        if rows is not None:
            break
    else:
        rows = typesetting.shortened(text, width, int(height / line_height), font.getlength)
    for number, row in enumerate(rows):
        _write(image, row, (_MARGIN, round(_HEADLINE_TOP + number * line_height)), font, INK)


def _write(image: Image.Image, text: str, at: tuple[int, int], font: ImageFont.FreeTypeFont, colour: Colour) -> None:
    """Write a line on plain paper, its smooth edges in the colour's few steps."""
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text))
    grey = Image.new("L", (max(1, right - left), max(1, bottom - top)), 0)
    ImageDraw.Draw(grey).text((-left, -top), text, font=font, fill=255)
    image.paste(grey.point(_shades(colour)), (at[0] + left, at[1] + top))


@lru_cache(maxsize=len(_STEPS))
def _shades(colour: Colour) -> list[int]:
    """Return the place in the palette of each of 256 greys, from paper to the colour."""
    steps, full = _STEPS[colour], _FULL[colour]
    # A colour's own place is the last of its steps; the paper, which is no step of it, is the first of the palette.
    of_steps = [0, *range(full - steps + 1, full + 1)]
    return [of_steps[round(grey * steps / 255)] for grey in range(256)]


@lru_cache(maxsize=2)
def _mark(size: int) -> Image.Image:
    """Return the mark in a square of `size` pixels, in the palette's colours."""
    scale = size * _FINE / 48
    image = Image.new("RGB", (size * _FINE, size * _FINE), PAPER)
    pen = ImageDraw.Draw(image)

    def scaled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
        return [(x * scale, y * scale) for x, y in points]

    pen.line(scaled([*_curve()]), fill=STICK, width=round(1.75 * scale), joint="curve")
    pen.polygon(scaled([(25.6, 26), (27, 47), (22.5, 47), (21.6, 26)]), fill=STICK)
    pen.polygon(scaled([(5.2, 6.4), (41, 2.2), (43, 25.4), (7, 29.4)]), fill=RED)
    for start, end in (((11.5, 12.3), (35.5, 9.5)), ((12, 17.6), (30.6, 15.4)), ((12.5, 22.9), (33.9, 20.4))):
        pen.line(scaled([start, end]), fill=WHITE, width=round(2.6 * scale))
    palette = Image.new("P", (1, 1))
    palette.putpalette(_COLOURS)
    small = image.resize((size, size), Image.Resampling.BOX)
    return small.quantize(palette=palette, dither=Image.Dither.NONE)


def _curve() -> Iterator[tuple[float, float]]:
    """Return the wire's two arches as points on their Bézier curves."""
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in (
        ((1, 42.5), (8, 38.5), (14, 38.5), (24, 42.5)),
        ((24, 42.5), (34, 46.5), (40, 46.5), (47, 42.5)),
    ):
        for step in range(25):
            t = step / 24
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
