"""Bytes as text: which characters a document from the network or an old export is written in."""

import codecs
import re
from collections.abc import Iterator

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
