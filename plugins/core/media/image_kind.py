"""What a picture is: its format, size and kind, told by its bytes and never by its name.

Reads pictures and changes none. Source: https://pillow.readthedocs.io/en/stable/handbook/image-file-formats.html
"""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Literal, cast

from PIL import Image, UnidentifiedImageError

Format = Literal["JPEG", "PNG", "WEBP", "AVIF", "GIF"]

ENDINGS: dict[Format, str] = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "GIF": "gif"}

MOST_PIXELS = 80_000_000
"""Pixels beyond which a picture is refused: it would fill the memory. Pillow's own limit is a little higher."""

_MILLIONS = MOST_PIXELS // 1_000_000

_TURNED = frozenset({5, 6, 7, 8})  # EXIF orientations that exchange width and height


@dataclass(frozen=True, slots=True)
class Facts:
    """A raster picture as it will be seen: width and height in pixels, turned as its orientation tag says.

    `lossy`: it was compressed as photographs are.
    """

    format: Format
    width: int
    height: int
    animated: bool = False
    lossy: bool = False


def look(data: bytes) -> Facts:
    """Say what a picture is from its header. Raises ValueError with the reason where it cannot be published."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(data), formats=tuple(ENDINGS))
            width, height = image.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(f"more than {_MILLIONS} million pixels") from error
    except UnidentifiedImageError as error:
        raise ValueError(f"not a picture in {', '.join(ENDINGS)}") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"a picture that cannot be read ({error})") from error
    if width * height > MOST_PIXELS:
        raise ValueError(f"more than {_MILLIONS} million pixels ({width} × {height})")
    if _is_turned(image):
        width, height = height, width
    animated = bool(getattr(image, "is_animated", False))
    if animated and (frames := int(getattr(image, "n_frames", 1))) * width * height > MOST_PIXELS:
        raise ValueError(f"a moving picture of more than {_MILLIONS} million pixels in its {frames} frames")
    lossy = image.format in {"JPEG", "AVIF"} or (image.format == "WEBP" and b"VP8L" not in data[:64])
    return Facts(cast("Format", image.format), width, height, animated, lossy)


def _is_turned(image: Image.Image) -> bool:
    try:
        return image.getexif().get(0x0112) in _TURNED  # of a PNG, Pillow reads all of it for that
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"a picture that cannot be read ({error})") from error


def look_through(data: bytes) -> Facts:
    """Say what a picture is, having read it to its end; of a moving one as many frames as have MOST_PIXELS together.

    Raises ValueError with the reason where the picture cannot be published, as where its file was cut short.
    """
    facts = look(data)
    try:
        image = Image.open(BytesIO(data), formats=(facts.format,))
        # An eighth of a JPEG's width and height takes every byte of it, and half the time.
        image.draft("L", (max(1, facts.width // 8), max(1, facts.height // 8)))
        image.load()
        frames = min(getattr(image, "n_frames", 1), MOST_PIXELS // (facts.width * facts.height))
        for number in range(1, frames):
            image.seek(number)
            image.load()
    except Exception as error:  # Pillow's decoders raise whatever their reading of a damaged file ends in
        raise ValueError(f"a picture that cannot be read to its end ({error})") from error
    return facts


def opened(data: bytes, form: Format) -> Image.Image:
    """Return a picture of that format, read to its end. Raises ValueError with the reason where it cannot be."""
    try:
        image = Image.open(BytesIO(data), formats=(form,))
        image.load()
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"a picture that cannot be read to its end ({error})") from error
    return image
