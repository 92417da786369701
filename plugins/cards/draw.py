"""Draw a card: paper, a red rule, the mark, the headline. A card in, a PNG out; the same card gives the same bytes.

The mark is that of theme/static/mark.svg.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont, features

from plugins.cards import setting
from plugins.cards.faces import Face
from plugins.cards.models import HEIGHT, INK, PAPER, QUIET, RED, STICK, WHITE, WIDTH, Card, Colour

TOOLS = f"1 pil {features.version('pil')} freetype {features.version('freetype2')} zlib {features.version('zlib')}"
"""The versions of the drawing and of what draws: others may give other bytes."""

_MARGIN = 80
_RULE = 14
_MARK = 84
_HEADLINE_TOP, _HEADLINE_BOTTOM = 236, 526
_SIZES = (88, 78, 70, 62, 54, 48)
_LEADING = 1.14
_FINE = 4  # the mark is drawn this much larger, then made small, for smooth edges
_SHADES = 20


def drawn(card: Card, face: Face) -> bytes:
    """Return a card as PNG. Where the face cannot say the headline, the card has the mark instead of words."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, _RULE), fill=RED)
    headline = setting.legible(card.headline, face.has)
    if not headline:
        size = 300
        image.paste(_mark(size), ((WIDTH - size) // 2, (HEIGHT - size) // 2))
        return _png(image)
    image.paste(_mark(_MARK), (_MARGIN, 66))
    _line(pen, card.name, (_MARGIN + _MARK + 24, 86), (face, 44), INK)
    _line(pen, card.kicker, (_MARGIN, 184), (face, 30), RED)
    _line(pen, card.host, (_MARGIN, 546), (face, 30), QUIET)
    _headline(pen, headline, face)
    return _png(image)


def _line(pen: ImageDraw.ImageDraw, text: str, at: tuple[int, int], face: tuple[Face, int], colour: Colour) -> None:
    font = face[0].at(face[1])
    said = setting.legible(text, face[0].has)
    if said:
        rows = setting.shortened(said, WIDTH - _MARGIN - at[0], 1, font.getlength)
        whole = setting.lines(said, WIDTH - _MARGIN - at[0], 1, font.getlength)
        pen.text(at, (whole or rows)[0], font=font, fill=colour)


def _headline(pen: ImageDraw.ImageDraw, text: str, face: Face) -> None:
    width, room = WIDTH - 2 * _MARGIN, _HEADLINE_BOTTOM - _HEADLINE_TOP
    for size in _SIZES:
        font = face.at(size)
        rows = setting.lines(text, width, int(room / (size * _LEADING)), font.getlength)
        if rows is not None:
            break
    else:
        rows = setting.shortened(text, width, int(room / (size * _LEADING)), font.getlength)
    _rows(pen, rows, font, size)


def _rows(pen: ImageDraw.ImageDraw, rows: list[str], font: ImageFont.FreeTypeFont, size: int) -> None:
    for number, row in enumerate(rows):
        pen.text((_MARGIN, _HEADLINE_TOP + number * size * _LEADING), row, font=font, fill=INK)


def _mark(size: int) -> Image.Image:
    """Return the mark in a square of `size` pixels."""
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
    return image.resize((size, size), Image.Resampling.BOX)


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


def _png(image: Image.Image) -> bytes:
    """Return a PNG in the few colours a card has: each pair's shades."""
    palette = Image.new("P", (1, 1))
    shades = [
        round(one + (other - one) * step / _SHADES)
        for first, second in ((PAPER, INK), (PAPER, RED), (PAPER, QUIET), (PAPER, STICK), (RED, WHITE))
        for step in range(_SHADES + 1)
        for one, other in zip(first, second, strict=True)
    ]
    palette.putpalette(shades)
    out = BytesIO()
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(out, "PNG", compress_level=6)
    return out.getvalue()
