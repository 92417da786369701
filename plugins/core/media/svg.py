"""Is an SVG file a drawing and nothing more? Finds scripts, and whatever reaches outside of the file.

An SVG opened by itself runs its scripts with the rights of the site. Sources: https://www.w3.org/TR/SVG2/interact.html,
https://www.w3.org/TR/SVG2/linking.html
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

_ACTIVE = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "listener"})
_LINKS = frozenset({"href", "src", "data", "action", "formaction"})
_OWN = re.compile(r"\s*(#|data:image/(png|jpeg|webp|gif|avif)[;,])", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?(?![\"'\s#]|data:(image|font)/)|@import", re.IGNORECASE)
_TELLING = frozenset({"export-filename", "absref"})
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(px|pt|pc|mm|cm|in)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}

DRAW_AGAIN = "take it out, or save the drawing anew as plain SVG"


@dataclass
class _Reading:
    """What was found so far."""

    faults: list[tuple[int, str]] = field(default_factory=list)
    size: tuple[int, int] | None = None
    depth: int = 0
    line: int = 0


def faults(data: bytes) -> list[tuple[int, str]]:
    """Return (line, what) of everything in an SVG file that makes it unfit to be published."""
    return _read(data).faults


def size(data: bytes) -> tuple[int, int] | None:
    """Return a drawing's width and height in CSS pixels; none where it does not say."""
    return _read(data).size


def _read(data: bytes) -> _Reading:
    reading = _Reading()
    parser = expat.ParserCreate()

    def note(what: str, line: int = 0) -> None:
        reading.faults.append((line or parser.CurrentLineNumber, what))

    def start(name: str, attributes: dict[str, str]) -> None:
        if reading.depth == 0:
            _root(name, attributes, reading, note)
        reading.depth += 1
        reading.line = parser.CurrentLineNumber
        for what in _element(name, attributes):
            note(what)

    def text(words: str) -> None:
        if _URL.search(words):
            note("a style sheet that loads from elsewhere", reading.line)

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.ProcessingInstructionHandler = lambda target, _: note(f"an instruction to load or run (<?{target}?>)")
    parser.EntityDeclHandler = lambda name, *_: note(f"an entity of its own ({name})")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reading.faults.append((error.lineno, f"not SVG: {expat.ErrorString(error.code)}"))
    return reading


def _root(name: str, attributes: dict[str, str], reading: _Reading, note: Callable[[str], None]) -> None:
    if _local(name) != "svg":
        note(f"not SVG (its first element is {name})")
        return
    reading.size = _stated(attributes)
    if reading.size is None:
        note("no size: neither width and height nor a viewBox")


def _stated(attributes: dict[str, str]) -> tuple[int, int] | None:
    lengths = [_LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
    if all(lengths):
        width, height = (float(one[1]) * _PIXELS[one[2]] for one in lengths if one)
    else:
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        try:
            width, height = float(box[2]), float(box[3])
        except (IndexError, ValueError):
            return None
    if width > 0 and height > 0:
        return (max(1, round(width)), max(1, round(height)))
    return None


def _element(name: str, attributes: dict[str, str]) -> list[str]:
    found = [f"an element that can run or load (<{name}>)"] if _local(name) in _ACTIVE else []
    for key, value in attributes.items():
        local = _local(key)
        if local.startswith("on"):
            found.append(f"an event handler ({key})")
        elif local in _LINKS and not _OWN.match(value):
            found.append(f"a reference to something outside of it ({key}={value[:60]})")
        elif local == "attributename" and _local(value).startswith(("on", "href")):
            found.append(f"an animation that changes what a click does ({key}={value})")
        elif local in _TELLING:
            found.append(f"the name of a file on the computer it was drawn on ({key})")
        elif _URL.search(value):
            found.append(f"a reference to something outside of it ({key}={value[:60]})")
    return found


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1].lower()
