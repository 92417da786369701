"""Read the pictures in the content folder, and refuse what must not be published."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.media import svg
from plugins.images.model import MOST_BYTES, RASTER, VECTOR

if TYPE_CHECKING:
    from plugins.core.media.image_kind import Facts

_EXPORT = "export it again, as JPEG, PNG or WebP, not larger than needed"


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that is a drawing and nothing more: its bytes; width and height in CSS pixels."""

    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Photograph:
    """A raster picture: its bytes, and what they are."""

    data: bytes
    facts: "Facts"


def is_picture(path: str) -> bool:
    """Say whether a file's name is that of a picture this module can load."""
    return Path(path.lower()).suffix in {*RASTER, VECTOR}


def picture(path: Path, *, to_its_end: bool = False) -> Drawing | Photograph:
    """Return a picture that may be published. Raises SiteError with every problem it has.

    Without `to_its_end` only its header is looked at, which is enough for whoever draws it anyway. A file that is too
    large is not opened at all.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            what = f"a picture of {size / 1_000_000:.0f} MB, more than {MOST_BYTES // 1_000_000} MB"
            raise SiteError([Problem(files.display_path(path), 0, what, _EXPORT)])
        data = path.read_bytes()
    except OSError as error:
        problem = Problem(files.display_path(path), 0, f"cannot be read ({error.strerror})", "check that it exists")
        raise SiteError([problem]) from error
    if path.suffix.lower() == VECTOR:
        return _drawing(path, data)
    from plugins.core.media import image_kind  # noqa: PLC0415 - Pillow takes its time, and many sites show drawings alone

    look = image_kind.look_through if to_its_end else image_kind.look
    try:
        return Photograph(data, look(data))
    except ValueError as error:
        raise SiteError([Problem(files.display_path(path), 0, str(error), _EXPORT)]) from error


def _drawing(path: Path, data: bytes) -> Drawing:
    where = files.display_path(path)
    faults = svg.faults(data)
    size = svg.size(data)
    if faults or size is None:
        raise SiteError(Problem(where, line, what, svg.DRAW_AGAIN) for line, what in faults)
    if b"data:" in data.lower():
        try:
            svg.cleaned(data, _looked_through)
        except ValueError as error:
            what = f"a picture in this drawing cannot be published ({error})"
            raise SiteError([Problem(where, 0, what, svg.DRAW_AGAIN)]) from error
    return Drawing(*size, data)


def _looked_through(data: bytes) -> tuple[str, bytes]:
    """Return a picture as it is. Raises ValueError where it cannot be published."""
    from plugins.core.media import image_kind  # noqa: PLC0415 - as above

    return image_kind.look_through(data).format.lower(), data
