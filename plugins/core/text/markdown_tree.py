"""What python-markdown makes of a text, each link, picture, heading and tag with its line in the source.

The text is parsed by the extensions that the site renders it with, up to the tree of elements that would be printed,
and only that tree is read: what is code there is code here too, however it was written.

python-markdown keeps no positions. So before it parses, signs are put into the text: a sign is one character of
Unicode's planes for private use, and its number is the line's. A sign stands only where it changes no structure (before
a word that begins a line, before a bracket, in an address, a tag or an attribute list), and goes through the parser
with what it stands in. tests/properties/test_markdown_tree.py holds that the tree is the same with signs and without.
What has no sign of its own is on the line that the signs before it and the line ends between give.
Source: https://python-markdown.github.io/extensions/api/
"""

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any, Literal
from xml.etree.ElementTree import Element, tostring

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from plugins.core.text.markdown_code import without_code
from plugins.core.text.markdown_model import NOTHING, Heading, Link, Markup, Passage, Picture, QuotedWords, Tag

_FIRST, _LAST = 0xF0000, 0x10FFFD  # signs for 131,070 lines; all that follow share the last
SIGN = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_UNSIGNED = re.compile(r"[ ]{0,3}(?:/{3,}|`{3,}|~{3,}|\*\[)")
"""Lines that are left as they are: of slashes, of fenced code, and an abbreviation's meaning."""
_BLOCK = re.compile(r"[ ]*/{3,} *[\w-]")
_OPTION = re.compile(r"[ ]{4,}\S")
_DEFINITION = re.compile(r"[ ]{0,3}\[(?!\^)[^\[\]]*\]:[ ]*<?")
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\]]*\]:")
_BEGINS = re.compile(r"[ \t>]*(?:(?:[-+*]|\d+\.)[ \t]+)*[ \t>]*(?:#{1,6}(?:[^\S\n]*(?=\S))?|(?=[^\W\d_]))")
_INLINE = re.compile(
    r"\]\([ \t]*<?(?![\s\"'])|(?<![\\\]!])(?<!\] )(?=!?\[)|<[a-zA-Z][\w-]*(?=[\s/>]|$)|\{:(?=[^}\n]*[^}\s])"
)
_ADDED = re.compile(rf" (?:l={SIGN.pattern} |({SIGN.pattern})\1)|{SIGN.pattern}")
"""What `signed` adds: an attribute in a list, one in a tag, which is the sign twice, and signs elsewhere."""

_ESCAPED = re.compile(f"{STX}(\\d+){ETX}")
_LEFT = re.compile(r"\]\(|\]\[|\] \[|\[\^|\{:")
_MARKDOWN_IN_HTML = re.compile(r"<[^<>]*\smarkdown\b")
_HEADING = re.compile(r"h([1-6])$")
QUOTES = "data-quotes"
"""The attribute of a quotation's element that names what it quotes."""


class MarkdownParser:
    """Parses texts with the settings of `Markdown`, `settings["MARKDOWN"]`, one after the other."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._markdown = Markdown(**settings)
        self._markdown.treeprocessors.deregister("prettify")  # which adds lines that the text has not

    def parse(self, text: str) -> Markup:
        """Return what a text is to python-markdown; lines count from 0."""
        text = SIGN.sub("\ufffd", text)
        if not text.strip():
            return NOTHING
        return read(self.tree(signed(text)), self._markdown, text)

    def tree(self, text: str) -> Element:
        """Return a text's elements as they stand before they are printed: the first three steps of `convert`."""
        markdown = self._markdown.reset()
        lines = text.split("\n")
        for preprocessor in markdown.preprocessors:
            lines = preprocessor.run(lines)
        markdown.parser.parseDocument(lines)
        root = markdown.parser.root
        processors = markdown.treeprocessors
        last = processors["inline"]
        if "attr_list" in processors:
            last = processors["attr_list"]
        for processor in processors:
            replaced = processor.run(root)
            if replaced is not None:
                root = replaced
            if processor is last:  # what follows only words and names what is there
                break
        return root


def read(root: Element, markdown: Markdown, text: str) -> Markup:
    """Return what stands in the tree of a signed text, as `markdown` has just parsed it; `text` has no signs."""
    reader = _TreeReader(markdown, text)
    reader.read(root)
    return reader.markup()


def signed(text: str) -> str:
    """Return a text with its signs."""
    lines = text.split("\n")
    in_options, awaits_address, before = False, False, ""
    for number, line in enumerate(lines):
        sign = chr(min(_FIRST + number, _LAST))
        in_options = bool(_BLOCK.match(line)) or (in_options and bool(_OPTION.match(line)))
        definition = _DEFINITION.match(line)
        if definition or awaits_address:  # which may stand on the line below its definition
            name = line[: len(line) - len(line.lstrip(" <"))]
            if definition:
                name = definition[0]
            address = line.removeprefix(name)
            awaits_address = not address.strip() and not awaits_address
            if address.strip():
                lines[number] = f"{name}{sign}{address}"
        elif not in_options and not _UNSIGNED.match(line):
            unsigned = 0
            # To the parser, a list of attributes can end where a link begins the next line, and brackets can be a pair.
            if before.endswith(("}", "]")) and line.startswith(("[", "![")):
                unsigned = line.index("[") + 1
            lines[number] = _signed_line(line, sign, unsigned)
        before = line.rstrip()
    return "\n".join(lines)


def _signed_line(line: str, sign: str, end: int) -> str:
    """Return a line with its signs, none of them before `end`, nor in front of a footnote's text."""
    begins = None
    if note := _NOTE.match(line):
        end = note.end()
    elif not end and (begins := _BEGINS.match(line)):
        end = begins.end()

    def with_sign(place: re.Match[str]) -> str:
        if place[0].startswith("{"):
            return f"{place[0]} l={sign} "
        if place[0].startswith("<"):
            return f"{place[0]} {sign}{sign}"
        return f"{place[0]}{sign}"

    rest = _INLINE.sub(with_sign, line[end:])
    if begins and not rest.startswith(sign):
        rest = f"{sign}{rest}"
    return f"{line[:end]}{rest}"


def without_signs(text: str) -> str:
    """Return a text as it was before it was signed."""
    return _ADDED.sub("", text)


class _TreeReader:
    """Goes through a tree in the order of the text, and notes what stands in it."""

    def __init__(self, markdown: Markdown, source: str) -> None:
        self._markdown, self._source = markdown, source
        self._last = source.count("\n")
        self._line = 0
        self._words: list[str] = []
        self._first = self._at = 0
        self._in_heading = False
        self._links: list[Link] = []
        self._pictures: list[Picture] = []
        self._headings: list[Heading] = []
        self._tags: list[Tag] = []
        self._passages: list[Passage] = []
        self._attributes: list[tuple[int, str]] = []
        self._notes: set[str] = set()
        self._code: set[int] = set()
        self._quotations: list[QuotedWords] = []

    def markup(self) -> Markup:
        """Return what was found, in the order of its lines."""
        for url, _ in self._markdown.references.values():  # an address nobody leads to is judged too
            self._address(url)
        if _MARKDOWN_IN_HTML.search(self._source):
            # Elements with Markdown in them have left the HTML for the tree, where each is closed: read the source.
            source = without_code(self._source, self._code)
            self._tags = _tags(re.sub(r"\\<|<(?![a-zA-Z/!])|<(?=https?:)", "  ", source), 0)
        return Markup(
            tuple(sorted(dict.fromkeys(self._links), key=_line_of)),
            tuple(sorted(self._pictures, key=_line_of)),
            tuple(sorted(self._headings, key=_line_of)),
            tuple(self._tags),
            tuple(sorted(self._passages, key=_line_of)),
            tuple(sorted(self._attributes)),
            tuple(sorted(self._notes)),
            tuple(sorted(self._code)),
            tuple(self._quotations),
        )

    def read(self, element: Element) -> None:
        """Read one element and what it holds, without the text that follows it."""
        is_block = self._markdown.is_block_level(element.tag)
        heading = _HEADING.match(element.tag)
        if is_block:
            self._end_passage()
            self._in_heading = bool(heading)
        self._note_attributes(element)
        if quoted := element.get(QUOTES):
            self._quotations.append(QuotedWords(quoted, self._quoted_words(element)))
        if element.tag == "pre":
            self._read_code(element)
        elif element.tag == "code":
            _, code = self._place("".join(element.itertext()))
            self._words.append(code if self._in_heading else "x")
        elif element.tag == "img":
            self._read_picture(element)
        else:
            self._begin(element)
            self._read_text(element.text)
            for child in element:
                self.read(child)
                self._read_text(child.tail)
        if is_block:
            if heading:
                words = _unescaped("".join(self._words))
                self._headings.append(Heading(self._first, int(heading[1]), " ".join(words.split())))
                self._in_heading = False
            self._end_passage()

    def _quoted_words(self, quotation: Element) -> str:
        """Return a quotation's words without markup, but for the line below them that says whose they are."""
        texts = [quotation.text or ""]
        for part in quotation:
            if part.tag != "footer":
                texts.append("".join(part.itertext()) + (part.tail or ""))
        parts = HTML_PLACEHOLDER_RE.split(" ".join(texts))
        for number in range(1, len(parts), 2):  # these are the placeholders' numbers
            raw = self._markdown.htmlStash.rawHtmlBlocks[int(parts[number])]
            parts[number] = ""
            if isinstance(raw, str) and "<" not in raw:  # an entity, and no tag
                parts[number] = raw
        words = unescape(_unescaped("".join(parts)).replace(AMP_SUBSTITUTE, "&"))
        return " ".join(without_signs(words).split())

    def _begin(self, element: Element) -> None:
        if element.tag == "br":
            self._line += 1
        for name in ("href", "cite"):
            if address := element.get(name):
                self._read_address(element, address)

    def _read_address(self, element: Element, address: str) -> None:
        classes = (element.get("class") or "").split()
        if "footnote-ref" in classes:
            self._notes.add(address.removeprefix("#fn:"))
        elif "footnote-backref" not in classes:
            if SIGN.search(address):
                self._address(address)
            elif element.tag == "a" and isinstance(element.text, AtomicString):  # <https://example.org/>
                self._links.append(Link(self._line, unescape(address.replace(AMP_SUBSTITUTE, "&"))))
            elif address.startswith("{") and address in self._source:  # an option of a block: the first that is alike
                self._links.append(Link(self._source.count("\n", 0, self._source.index(address)), address))

    def _address(self, signed_url: str) -> None:
        """Note an address at its sign. One with a space is no address, unless it stands between < and >."""
        line, url = self._whole(_unescaped(signed_url), self._line)
        if re.search(r"\s", url) and f"<{url}>" not in self._source:
            self._passages.append(Passage(line, f"]({url})"))
        else:
            self._links.append(Link(line, url))

    def _read_picture(self, element: Element) -> None:
        source = element.get("src") or ""
        _, alt = self._whole(_unescaped(element.get("alt") or ""), self._line)
        _, url = self._whole(_unescaped(source), self._line)
        self._words.append(alt)
        is_of_block = not SIGN.search(source)  # its options are judged where the block is
        if not is_of_block:
            decorative = element.get("role") in {"presentation", "none"}
            self._pictures.append(Picture(self._line, alt, url, decorative))
        self._line += alt.count("\n")

    def _read_code(self, element: Element) -> None:
        code = "".join(element.itertext())
        first, clean = self._whole(code, -1)
        if first >= 0:
            count = clean.rstrip("\n").count("\n") + 1
            self._code.update(range(first, min(first + count, self._last + 1)))
            self._line = first + count

    def _read_text(self, text: str | None) -> None:
        """Read words; HTML stands in them as placeholders for what python-markdown put aside."""
        if not text:
            return
        parts = HTML_PLACEHOLDER_RE.split(text)
        for number, part in enumerate(parts):
            if number % 2:
                self._read_html(self._markdown.htmlStash.rawHtmlBlocks[int(part)])
            elif part:
                self._add(*self._place(part))

    def _read_html(self, raw: str | Element) -> None:
        if isinstance(raw, Element):
            raw = tostring(raw, "unicode", "html")
        first, clean = self._place(raw)
        if "<" in clean:
            self._tags += _tags(raw, first)
        else:
            self._add(first, clean)  # an entity

    def _note_attributes(self, element: Element) -> None:
        """Note the names of the attributes that a writer set, by a list of them or in HTML."""
        for name, value in element.items():
            sign = SIGN.match(name)
            if name == "l":
                sign = SIGN.search(value or "")
            if sign:
                line = ord(sign[0]) - _FIRST
                for other, _ in element.items():
                    if other not in {"l", "class", "id", name}:
                        self._attributes.append((line, other))
                return

    def _place(self, text: str) -> tuple[int, str]:
        """Return the line a text begins on, and the text without signs; what follows goes on from its end."""
        first, clean = self._whole(text, self._line)
        self._line = min(first + clean.count("\n"), self._last)
        return first, clean

    def _whole(self, text: str, line: int) -> tuple[int, str]:
        """Return a text's first line, by its first sign, else the one given, and the text without signs, as written."""
        sign = SIGN.search(text)
        if not sign:
            return min(line, self._last), text
        line = max(ord(sign[0]) - _FIRST - text.count("\n", 0, sign.start()), 0)
        return min(line, self._last), without_signs(text)

    def _add(self, line: int, text: str) -> None:
        """Add words to the passage, as many lines below its first as they stand in the source."""
        if not self._words:
            self._first = self._at = line
        self._words.append("\n" * (line - self._at))
        self._words.append(text)
        self._at = max(line, self._at) + text.count("\n")

    def _end_passage(self) -> None:
        if self._words:
            text = _ESCAPED.sub("x", "".join(self._words))
            if _LEFT.search(text):
                self._passages.append(Passage(self._first, text))
            self._words = []
        self._first = self._at = self._line


class _TagReader(HTMLParser):
    """Reads the tags of HTML that begins on line `first`; those with signs are on their own line."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self._from = first - 1
        self.tags: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens an element."""
        self._note(tag, "start", attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag of an element that is closed where it begins."""
        self._note(tag, "both", attrs)

    def handle_endtag(self, tag: str) -> None:
        """Note a tag that closes an element."""
        self._note(tag, "end", [])

    def _note(self, name: str, kind: Literal["start", "end", "both"], attrs: list[tuple[str, str | None]]) -> None:
        given = tuple((key, without_signs(value or "")) for key, value in attrs if not SIGN.match(key))
        self.tags.append(Tag(self._from + self.getpos()[0], name, kind, given))


def _tags(html: str, first: int) -> list[Tag]:
    reader = _TagReader(first)
    reader.feed(html)
    reader.close()
    return reader.tags


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda sign: chr(int(sign[1])), text)


def _line_of(found: tuple[Any, ...]) -> int:
    return int(found[0])
