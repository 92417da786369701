"""Find the typeface of cards: the site's own, else a serif where one is installed, else the one that comes with Pillow.

That last one has the letters of English only; a site in another language names a file in the setting CARDS_FONT.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

from plugins.core import files
from plugins.core.errors import Problem, SiteError

_SERIF = "font_source_serif_pro"
_MISSING = "\uffff"  # no character, so no typeface has it


@dataclass(frozen=True)
class Face:
    """A typeface: a file, or the one that comes with Pillow (none)."""

    file: Path | None

    @cached_property
    def name(self) -> str:
        """Return what tells this face from others in the cache."""
        if self.file:
            return f"{self.file.name} {self.file.stat().st_size}"
        return "default"

    @cached_property
    def _sizes(self) -> dict[int, ImageFont.FreeTypeFont]:
        return {}

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the face at a size in pixels. Raises SiteError where the file is no typeface."""
        if size not in self._sizes:
            self._sizes[size] = _load(self.file, size)
        return self._sizes[size]

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    def has(self, letter: str) -> bool:
        """Say whether the face can draw a letter."""
        if letter not in self._known:
            font = self.at(40)
            self._known[letter] = bytes(font.getmask(letter)) != bytes(font.getmask(_MISSING))
        return self._known[letter]


@lru_cache(maxsize=4)
def face(setting: str) -> Face:
    """Return the face that the setting CARDS_FONT names; "" leaves the choice here."""
    if setting:
        return Face(Path(setting))
    serif = find_spec(_SERIF)
    if serif and serif.origin:
        return Face(Path(serif.origin).parent / "files" / "SourceSerifPro-Bold.otf")
    return Face(None)


def _load(file: Path | None, size: int) -> ImageFont.FreeTypeFont:
    """Return a typeface in a size in pixels: a file's, or the one that comes with Pillow. Raises SiteError."""
    if file is None:
        font = ImageFont.load_default(size)
    else:
        try:
            # The basic layout draws the same on every machine, with or without Raqm.
            font = ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        except OSError as error:
            what, remedy = f"CARDS_FONT is no typeface ({error})", "name a .ttf or .otf file, or leave it empty"
            raise SiteError([Problem(files.display_path(file), 0, what, remedy)]) from error
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise SiteError([Problem("", 0, "Pillow was built without FreeType", "install Pillow from its wheel")])
    return font
