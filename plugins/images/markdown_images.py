"""Find the pictures a Markdown text shows, and what is wrong with how it shows them. Pure; reads no picture.

Sources: https://daringfireball.net/projects/markdown/syntax#img,
https://python-markdown.github.io/extensions/attr_list/, https://www.w3.org/WAI/tutorials/images/decorative/
"""

import re
from html.parser import HTMLParser
from pathlib import PurePosixPath

from plugins.core.errors import Problem
from plugins.core.text import file_links
from plugins.core.text.markdown_code import without_code
from plugins.images.model import RASTER, VECTOR, Shown

_WORDS = r"(?:[^\[\]]|\\[\[\]]|\[[^\[\]]*\])*?"
_TARGET = r"\(\s*(?P<src><[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
_IMAGE = re.compile(
    rf"(?<!\\)!\[(?P<alt>{_WORDS})\](?:{_TARGET}|[ ]?\[(?P<ref>[^\[\]]*)\])?(?P<attributes>\{{:?[^{{}}\n]*\}})?"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]\n]+)\]:[ \t]*<?([^\s>]+)", re.MULTILINE)
_POSTER = re.compile(r"^ {4,}poster:[ \t]*[\"']?(?P<path>[^\n\"']*[^\s\"'])", re.MULTILINE)
_TAG = re.compile(r"<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_DECORATIVE = re.compile(r"\brole\s*=\s*[\"']?(presentation|none)\b")
_OWN = re.compile(r"[{|](static|attach|filename)[}|]")

NO_ALT = "picture without words for those who do not see it"
_SAY = "say what it shows, ![a picket line](…), or mark it as ornament, ![](…){: role=presentation }"


def shown(body: str) -> list[Shown]:
    """Return every picture of a text in order: Markdown's inline and reference forms, and `img` elements."""
    text = without_code(body)
    named = {name.lower(): src for name, src in _DEFINITION.findall(text)}
    found = [
        (place.start(), image)
        for place in _IMAGE.finditer(text)
        if (image := _of_markdown(text, place, named)) is not None
    ]
    found += [(place.start(), _of_html(text, place)) for place in _TAG.finditer(text)]
    return [image for _, image in sorted(found, key=lambda one: one[0])]


def posters(body: str) -> list[tuple[int, str]]:
    """Return (line from 0, path below content) of each picture that stands for a video, in the video's block."""
    text = without_code(body)
    found = ((text.count("\n", 0, one.start()), one["path"]) for one in _POSTER.finditer(text))
    return [(line, path.removeprefix("{static}").lstrip("/")) for line, path in found]


def problems(images: list[Shown], body_line: int, where: str) -> list[Problem]:
    """Return what is wrong with how pictures are shown; `body_line` is the body's first line in the file, from 1."""
    return [Problem(where, body_line + image.line, *wrong) for image in images if (wrong := _wrong(image)) is not None]


def _wrong(image: Shown) -> tuple[str, str] | None:
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


def _of_markdown(text: str, place: re.Match[str], named: dict[str, str]) -> Shown | None:
    src = place["src"]
    if src is None:
        src = named.get((place["ref"] or place["alt"]).lower())
        if src is None:  # brackets after an exclamation mark, and no picture
            return None
    decorative = bool(_DECORATIVE.search(place["attributes"] or ""))
    return Shown(text.count("\n", 0, place.start()), place["alt"], src.strip("<>"), decorative)


def _of_html(text: str, place: re.Match[str]) -> Shown:
    reader = _Attributes()
    reader.feed(place[0])
    given = reader.given
    decorative = given.get("role") in {"presentation", "none"}
    return Shown(text.count("\n", 0, place.start()), given.get("alt", ""), given.get("src", ""), decorative)


class _Attributes(HTMLParser):
    """Reads the attributes of one tag."""

    given: dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.given = {name: value or "" for name, value in attrs}
