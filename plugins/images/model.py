"""How a picture is offered and shown: values, and the tables of sizes and file endings."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.core.text.file_links import PICTURES

if TYPE_CHECKING:
    from plugins.core.media.image_kind import Format  # which imports Pillow

VECTOR = ".svg"

MOST_BYTES = 25_000_000
"""Bytes beyond which a picture's file is refused: no camera of 45 million pixels writes a JPEG as large as that.

What is larger is an original that nobody made ready for a page. To draw one of 51 MB in all its sizes took 189 seconds.
"""

RASTER = PICTURES - {VECTOR}
"""File endings of the pictures that browsers show and that are drawn anew before they are published."""

WIDTHS = (480, 800, 1200, 1600)
"""Widths in pixels a picture is offered in, where it has as many."""


@dataclass(frozen=True, slots=True)
class WantedVersion:
    """A version of a picture to be made: `width` pixels wide (0: as it is) in `format`."""

    width: int
    format: "Format"


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was made: `size` in bytes, published at `path` below the site's root."""

    wanted: WantedVersion
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class SourceElement:
    """The value of a `source` element: a media type and its srcset, addresses below the site's base."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class PublishedPicture:
    """A published picture: its size in pixels, `srcset` in its own format ("" where there is one size), and others."""

    width: int
    height: int
    srcset: str = ""
    sources: tuple[SourceElement, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageView:
    """A post's own picture as templates show it; `src` is below the site's root."""

    src: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int
    srcset: str = ""
    sources: tuple[SourceElement, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A place in a Markdown text that shows a picture: its line from 0, and what the writer gave."""

    line: int
    alt: str
    src: str
    decorative: bool
