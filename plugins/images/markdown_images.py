"""The pictures a Markdown text shows, and what is wrong with how it shows them. Lines count from 0, the body's first.

Sources: https://daringfireball.net/projects/markdown/syntax#img,
https://python-markdown.github.io/extensions/attr_list/, https://www.w3.org/WAI/tutorials/images/decorative/
"""

import re
from pathlib import PurePosixPath

from plugins.core.errors import Problem
from plugins.core.text import file_links
from plugins.core.text.markdown_code import without_code
from plugins.core.text.markdown_model import Markup
from plugins.images.model import RASTER, VECTOR, Shown

_POSTER = re.compile(r"^ {4,}poster:[ \t]*[\"']?(?P<path>[^\n\"']*[^\s\"'])", re.MULTILINE)
_OWN = re.compile(r"[{|](static|attach|filename)[}|]")

NO_ALT = "picture without words for those who do not see it"
_SAY = "say what it shows, ![a picket line](…), or mark it as ornament, ![](…){: role=presentation }"


def shown(markup: Markup) -> list[Shown]:
    """Return every picture of a text in order of lines: Markdown's inline and reference forms, and `img` elements."""
    found = [Shown(*picture) for picture in markup.pictures]
    for tag in markup.tags:
        if tag.name == "img" and tag.kind != "end":
            decorative = tag.get("role") in {"presentation", "none"}
            found.append(Shown(tag.line, tag.get("alt"), tag.get("src"), decorative))
    return sorted(found, key=lambda one: one.line)


def posters(body: str, markup: Markup) -> list[tuple[int, str]]:
    """Return (line from 0, path below content) of each picture that stands for a video, in the video's block."""
    text = without_code(body, markup.code)
    found = []
    for poster in _POSTER.finditer(text):
        path = poster["path"].removeprefix("{static}").lstrip("/")
        found.append((text.count("\n", 0, poster.start()), path))
    return found


def problems(images: list[Shown], body_line: int, where: str) -> list[Problem]:
    """Return what is wrong with how pictures are shown; `body_line` is the body's first line in the file, from 1."""
    found = []
    for image in images:
        if wrong := _wrong(image):
            found.append(Problem(where, body_line + image.line, *wrong))
    return found


def _wrong(image: Shown) -> tuple[str, str] | None:
    """Return what is wrong with how a picture is shown, and what to do; none where nothing is."""
    if not image.alt.strip() and not image.decorative:
        return f"{NO_ALT} (got {image.src or 'an empty address'})", _SAY
    if re.match(r"(https?:)?//", image.src):
        what = f"a picture from another site (got {image.src})"
        return what, "save it below content/images and show it as {static}/images/…: nothing loads from elsewhere"
    if "\\" in image.src and not _OWN.match(image.src):
        what = f"a picture’s path with \\ in it (got {image.src})"
        name = image.src.rpartition("\\")[2]
        return what, f"copy it below content/images/ where it is not yet, and write / between folders: ../images/{name}"
    if not _OWN.match(image.src) and not file_links.indicator(image.src, shows=True):
        what = f"a picture that is not published (got {image.src or 'an empty address'})"
        return what, "write its path from the text’s folder, ../images/…, or from content/, {static}/images/…"
    if PurePosixPath(image.src.lower()).suffix not in {*RASTER, VECTOR}:
        return f"not a picture browsers show (got {image.src})", "save it as JPEG, PNG, WebP, AVIF, GIF or SVG"
    return None
