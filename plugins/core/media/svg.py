"""Is an SVG file a drawing and nothing more? And the drawing alone, as it is published.

An SVG opened by itself runs its scripts with the rights of the site, and tells what its maker's program wrote into it.
So one with an element that could do anything but draw, or with a reference to outside of it, is refused; and what is
published is written anew from the elements, attributes and styles on the lists of `svg_allowed`. Sources:
https://www.w3.org/TR/SVG2/interact.html, https://www.w3.org/TR/SVG2/linking.html
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree
from xml.parsers import expat

from plugins.core.media.svg_allowed import ATTRIBUTES, DROPPED, ELEMENTS, FUNCTIONS, READ_OUT, RULES, WITH_TEXT

_SVG, _XLINK, _XML = (
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
)
_XHTML = "http://www.w3.org/1999/xhtml"
_LINKS = frozenset({"href", "src", "data", "action", "formaction"})
_OWN = re.compile(r"\s*(#|data:image/(png|jpe?g|webp|gif|avif)[;,])", re.IGNORECASE)
_OWN_URL = re.compile(
    r"url\(\s*[\"']?\s*(#|data:image/(png|jpe?g|webp|gif|avif)[;,]|data:(font/|application/(x-)?font-))"
)
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|webp|gif|avif)((?:;[\w=-]+)*),([^\"')]*)", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_FUNCTION = re.compile(r"([\w-]+)\(")
_TELLING = frozenset({"export-filename", "absref"})
_RULE = re.compile(r"@([\w-]+)")
_REFERENCE = re.compile(r"#([^\s\"'(){},;.:>+~\[\]]+)")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(px|pt|pc|mm|cm|in)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_DOTS = 60

DRAW_AGAIN = "take it out, or save the drawing anew as plain SVG"

Redraw = Callable[[bytes], tuple[str, bytes]]
"""Takes a raster picture's bytes; returns its format as a media type names it, and the picture drawn anew."""


class _SvgReader:
    """Reads a drawing with its lines: `faults` are (line, what), `size` is in CSS pixels, or none."""

    def __init__(self, data: bytes) -> None:
        self.faults: list[tuple[int, str]] = []
        self.size: tuple[int, int] | None = None
        self._open: list[str] = []
        self._skipped = 0  # the depth of the element whose content is passed over
        self._line = 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.ProcessingInstructionHandler = lambda target, _: self._note(
            f"an instruction to load or run (<?{target}?>)"
        )
        self._parser.EntityDeclHandler = lambda name, *_: self._note(f"an entity of its own ({name})")
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            self._note(f"not SVG: {expat.ErrorString(error.code)}", error.lineno)

    def _note(self, what: str, line: int = 0) -> None:
        self.faults.append((line or self._parser.CurrentLineNumber, what))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._open:
            self._root(name, attributes)
        self._open.append(name)
        self._line = self._parser.CurrentLineNumber
        if self._skipped:
            return
        for what in _faults_of(name, attributes):
            self._note(what)
        if not _is_drawn(*_parts(name)):
            self._skipped = len(self._open)

    def _end(self, _: str) -> None:
        if self._skipped == len(self._open):
            self._skipped = 0
        self._open.pop()

    def _text(self, words: str) -> None:
        if not self._skipped and _parts(self._open[-1])[1] == "style" and (what := _css_fault(words)):
            self._note(f"a style sheet with {what}", self._line)

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if _parts(name)[1] != "svg":
            self._note(f"not SVG (its first element is {_parts(name)[1]})")
            return
        self.size = _stated(attributes)
        if self.size is None:
            self._note("no size: neither width and height nor a viewBox")


def faults(data: bytes) -> list[tuple[int, str]]:
    """Return (line, what) of everything in an SVG file that makes it unfit to be published."""
    return _SvgReader(data).faults


def size(data: bytes) -> tuple[int, int] | None:
    """Return a drawing's width and height in CSS pixels; none where it does not say."""
    return _SvgReader(data).size


def cleaned(data: bytes, redraw: Redraw) -> bytes:
    """Return a drawing without faults, written anew: only what draws, and the pictures in it drawn anew by `redraw`.

    Comments, metadata, other programs' elements and attributes, text that is not shown, and names that nothing refers
    to are gone. Raises ValueError where a picture in it cannot be drawn.
    """
    root = ElementTree.fromstring(data)  # noqa: S314 - one with entities of its own has faults
    named = set(_REFERENCE.findall(ElementTree.tostring(root, "unicode")))
    has_styles = False
    for element in root.iter():
        has_styles = has_styles or _parts(element.tag) == (_SVG, "style")
        for key in ("aria-labelledby", "aria-describedby"):
            named.update(element.get(key, "").split())
        for key in ("begin", "end"):  # such as "gate.click; march.end+2s"
            for event in element.get(key, "").split(";"):
                named.add(event.partition(".")[0].strip())
    made = _element(root, named, has_styles, redraw)
    spaces = {"xmlns": _SVG}
    if any("xlink:href" in element.attrib for element in made.iter()):
        spaces["xmlns:xlink"] = _XLINK
    made.attrib = spaces | made.attrib
    text: str = ElementTree.tostring(made, "unicode")
    return (text.replace(" />", "/>") + "\n").encode()  # in a text or a value, > is written &gt;


def _element(element: ElementTree.Element, named: set[str], has_styles: bool, redraw: Redraw) -> ElementTree.Element:
    name = _parts(element.tag)[1]
    made = ElementTree.Element(name)
    for key, value in element.attrib.items():
        kept = _kept_attribute(key)
        is_of_no_use = (kept == "id" and value not in named) or (kept == "class" and not has_styles)
        if kept in READ_OUT:
            made.set(kept, value)
        elif kept and not is_of_no_use:
            made.set(kept, _redrawn(value, redraw))
    if name in WITH_TEXT:
        made.text = element.text or ""
    if name == "style":
        made.text = _redrawn(element.text or "", redraw)
    for child in element:
        if _is_drawn(*_parts(child.tag)):
            drawn = _element(child, named, has_styles, redraw)
            if name in WITH_TEXT:
                drawn.tail = child.tail
            made.append(drawn)
    return made


def _is_drawn(space: str, name: str) -> bool:
    return space in {"", _SVG} and name in ELEMENTS


def _kept_attribute(key: str) -> str:
    """Return an attribute's name as it is written, "" where it is not."""
    space, name = _parts(key)
    if space == _XLINK and name == "href":
        return "xlink:href"
    if space == _XML and name in {"space", "lang"}:
        return f"xml:{name}"
    if not space and name in ATTRIBUTES:
        return name
    return ""


def _redrawn(text: str, redraw: Redraw) -> str:
    """Return a style sheet, or an attribute's value, without comments, and with the pictures in it drawn anew."""

    def again(found: re.Match[str]) -> str:
        kind, data = redraw(_decoded(found))
        return f"data:image/{kind};base64,{b64encode(data).decode()}"

    text = _without_comments(text)
    if "data:" not in text.lower():
        return text
    return _EMBEDDED.sub(again, text)


def _decoded(found: re.Match[str]) -> bytes:
    data = unquote_to_bytes(found[2])
    if "base64" in found[1].lower():
        data = b64decode(b"".join(data.split()))
    return data


def _without_comments(text: str) -> str:
    return _CSS_COMMENT.sub(" ", text)


def _stated(attributes: dict[str, str]) -> tuple[int, int] | None:
    """Return the size that a drawing states, in CSS pixels: its width and height, else those of its viewBox."""
    wide, high = _LENGTH.fullmatch(attributes.get("width", "")), _LENGTH.fullmatch(attributes.get("height", ""))
    if wide and high:
        width, height = float(wide[1]) * _PIXELS[wide[2]], float(high[1]) * _PIXELS[high[2]]
    else:
        box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
        try:
            width, height = float(box[2]), float(box[3])
        except (IndexError, ValueError):
            return None
    if 0 < width < float("inf") > height > 0:
        return (max(1, round(width)), max(1, round(height)))
    return None


def _faults_of(name: str, attributes: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with an element. What another program added has no faults: it is not published."""
    space, local = _parts(name)
    if space == _XHTML or (space in {"", _SVG} and local not in ELEMENTS | DROPPED):
        yield f"an element that can run or load (<{local}>)"
    elif _is_drawn(space, local):
        for key, value in attributes.items():
            if what := _attribute_fault(key, value):
                yield what


def _attribute_fault(key: str, value: str) -> str:
    local, shown = _parts(key)[1].lower(), f"({_parts(key)[1]}={value[:_DOTS]})"
    if local.startswith("on"):
        return f"an event handler ({local})"
    if local in _LINKS and not _OWN.match(value):
        return f"a reference to something outside of it {shown}"
    if local == "attributename" and _parts(value.replace(":", "}"))[1].lower().startswith(("on", "href")):
        return f"an animation that changes what a click does {shown}"
    if local in _TELLING:
        return f"the name of a file on the computer it was drawn on ({local})"
    may_be_css = _kept_attribute(key) and local not in READ_OUT and local not in _LINKS
    if may_be_css and (what := _css_fault(value)):
        return f"{what} {shown}"
    return ""


def _css_fault(text: str) -> str:
    """Return what in a style sheet, or in a value of one, could take something from elsewhere; "" where nothing could.

    An escape hides a name from whoever reads it, and drawing programs write none.
    """
    plain = _without_comments(text).lower()
    if "\\" in plain:
        return "an escape"
    for found in _FUNCTION.finditer(plain):
        if found[1] not in FUNCTIONS:
            return f"{found[1]}(…), which may load something"
        if found[1] == "url" and not _OWN_URL.match(plain, found.start()):
            return "a reference to something outside of it"
    for rule in _RULE.findall(plain):
        if rule not in RULES:
            return f"a rule that may load something (@{rule})"
    return ""


def _parts(name: str) -> tuple[str, str]:
    """Return the namespace and the local part of a name, as the parsers write them: `{NAMESPACE}name`, or without {."""
    space, _, local = name.lstrip("{").rpartition("}")
    return space, local
