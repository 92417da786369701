"""A body's bytes read as text: which characters they are, what kind of document they make, and where it begins.

Reads no feed. Whatever stands before the outermost element (declarations, document types and the entities they declare,
stray output of a server) is never handed on, so that nothing can expand it.
"""

import codecs
import html
import re
from collections.abc import Iterator

from plugins.updates.parse.formats.entry import Markup

_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b"\x00\x00\x00<": "utf-32-be",  # XML 1.0, appendix F: how "<" looks without a mark
    b"<\x00\x00\x00": "utf-32-le",
    b"\x00<\x00": "utf-16-be",
    b"<\x00": "utf-16-le",
}
_EBCDIC = "<?xm".encode("cp037")
# How the labels of the web's encodings begin (WHATWG Encoding, 4.2). UTF-7, which hides markup, is none of them.
_LABEL = re.compile(r"(?:utf-?8|iso-?8859|latin|l1$|windows-|cp|koi8|gb|big5|euc|shift|sjis|iso-2022|us-asc|asc|mac)")
_WESTERN = re.compile(r"(?:iso-?8859-?1|latin-?1|l1|us-?ascii|ascii)$")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
_LOSS = 100

_NAME = re.compile(r"(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_FEED_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF)(?=[\s>])")
_DOCTYPE_MARK = re.compile(r"[\"'\[\]<>]")

_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_AMPERSAND = re.compile(r"&(?:#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));|([A-Za-z][A-Za-z0-9]{0,31});)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LAST_CHARACTER = 0x10FFFF


def decode(body: bytes, content_type: str) -> str:
    """Return a body as text, whatever it claims to be in.

    A byte-order mark decides; then what is valid UTF-8 is UTF-8, for nothing else looks like it by chance; then the
    header (RFC 7303, 3), then the declaration, but the western default of servers comes last. Stray bytes in UTF-8 are
    read as Windows-1252. Never raises.
    """
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return body.decode(encoding, "replace").removeprefix("\ufeff")
    if body.startswith(_EBCDIC):
        return _read_as(_ebcdic(body), body) or body.decode("cp037")
    labels = sorted(_labels(body, content_type), key=lambda label: bool(_WESTERN.match(label)))
    if not (labels and labels[0].startswith("iso-2022") and b"\x1b" in body):
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass  # it is something else: found out below
    for text in (_read_as(label, body) for label in labels):
        if text is not None:
            return text
    return body.decode("utf-8", "picketwire.stray")


def outermost(text: str) -> tuple[str, int]:
    """Return the name (lower case, without prefix) and place of the outermost element; ("", -1) without one.

    Where a page's own output comes before a feed, the feed is what is found. Takes time linear in the text.
    """
    name, start = _first_element(text)
    if name in {"rss", "feed", "rdf", "html"}:
        return name, start
    feed = _FEED_ROOT.search(text)
    if not feed:
        return name, start
    found = _NAME.match(text, feed.start() + 1)
    return (found[1].lower() if found else "", feed.start())


def mended(markup: Markup) -> Markup:
    """Return markup with what commonly breaks XML put right, outside CDATA.

    That is: stray ampersands, HTML's names of characters, references to characters that do not exist, and controls.
    """
    parts = _CDATA.split(_NOT_XML.sub("", markup))
    return Markup("".join(p if p.startswith("<![CDATA[") else _AMPERSAND.sub(_reference, p) for p in parts))


def without_bad_references(markup: Markup) -> Markup:
    """Return markup in which every numeric reference, even within CDATA, is to a character that exists."""
    return Markup(re.sub(r"&#(?:(\d+)|[xX]([0-9a-fA-F]+));?", _numeric, markup))


def _labels(body: bytes, content_type: str) -> Iterator[str]:
    header, declared = _CHARSET.search(content_type), _DECLARED.match(body[:300])
    for label in (header[1] if header else "", declared[1].decode("ascii", "replace") if declared else ""):
        if _LABEL.match(label.lower()):
            yield {"gb2312": "gb18030", "gbk": "gb18030"}.get(label.lower(), label.lower())


def _ebcdic(body: bytes) -> str:
    """Return the declared kind of EBCDIC: its letters, in which it is declared, are the same in all kinds."""
    declared = _DECLARED.match(body[:300].decode("cp037").encode("ascii", "replace"))
    return declared[1].decode("ascii") if declared else "cp037"


def _read_as(label: str, body: bytes) -> str | None:
    """Return the body in a declared encoding, where that loses next to nothing."""
    if re.match("utf-?8", label):
        return None
    try:
        text = body.decode("latin-1" if _WESTERN.match(label) else label, "replace")
    except LookupError:
        return None
    return text if text.count("\ufffd") * _LOSS <= len(text) else None


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("picketwire.stray", _stray)


def _first_element(text: str) -> tuple[str, int]:
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!--", at):
            after = text.find("-->", at)
        elif text.startswith("<?", at):
            after = text.find("?>", at)
        elif text.startswith("<!", at):
            after = _doctype_end(text, at)
        elif found := _NAME.match(text, at + 1):
            return found[1].lower(), at
        else:
            after = at
        if after < 0:
            return "", -1
        at = text.find("<", after + 1)
    return "", -1


def _doctype_end(text: str, start: int) -> int:
    """Return where a document type ends, past its internal subset; -1 where it never does."""
    depth, quote = 0, ""
    for mark in _DOCTYPE_MARK.finditer(text, start):
        if quote or mark[0] in "\"'":
            quote = "" if mark[0] == quote else quote or mark[0]
            continue
        depth += 1 if mark[0] in "[<" else -1
        if depth == 0:
            return mark.start()
    return -1


def _reference(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return _numeric(found)
    name = found[3]
    if not name:
        return "&amp;"
    if name in _PREDEFINED:
        return found[0]
    character = html.unescape(found[0])
    return character if character != found[0] else f"&amp;{name};"


def _numeric(found: re.Match[str]) -> str:
    digits = (found[1] or found[2]).lstrip("0")[:9] or "0"
    code = int(digits, 10 if found[1] else 16)
    return found[0] if code <= _LAST_CHARACTER and not _NOT_XML.match(chr(code)) else "\ufffd"
