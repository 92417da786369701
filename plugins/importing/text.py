"""Bytes and markup of an export as text: decoded, without what no text has, on one line where one is wanted. Pure."""

import codecs
import html
import re

from unidecode import unidecode

LONGEST = 500
"""Letters of a title, a name, a summary beyond which it is cut."""

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
# Encodings that texts are written in. Python knows others, such as punycode, with which a file could do harm.
_WRITTEN = re.compile(
    r"(iso-?8859-\d+|latin-?1|windows-\d+|cp125\d|koi8-[ru]|macintosh|gb(k|2312|18030)|big5|euc-(jp|kr)|shift[_-]?jis)"
)
# C0 and C1 controls but tab and line breaks (python-markdown's marks among them), what XML and YAML cannot hold, and
# the letters Unicode keeps for programs, which mark places here.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile(r"<(?:!--.*?-->|/?[a-zA-Z][^<>]*>)", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|br|div|li|h[1-6]|blockquote)\b[^<>]*>", re.IGNORECASE)
_MARKUP = 10_000  # letters of an excerpt's markup that are read


def decode(data: bytes) -> tuple[str, str]:
    """Return a file's text, and what it was read as where it is not the UTF-8 an export should be."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return clean(data.decode(name, "replace")), "" if name == "utf-8-sig" else name
    try:
        return clean(data.decode("utf-8")), ""
    except UnicodeDecodeError:
        found = _DECLARED.match(data[:300].lstrip())
    label = found[1].decode("ascii").lower() if found else ""
    name = label if _WRITTEN.fullmatch(label) else "windows-1252"
    if name != "windows-1252":
        return clean(data.decode(name, "replace")), name
    return clean(data.decode("utf-8", "picketwire.import")), "UTF-8 with stray bytes"


def _stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("picketwire.import", _stray)


def clean(text: str) -> str:
    """Return text without controls, its lines ended as ours are."""
    return _CONTROL.sub("", _BREAK.sub("\n", text))


def line(text: str, limit: int = LONGEST) -> str:
    """Return plain text on one line of at most `limit` letters, cut at a word."""
    plain = " ".join(_DIRECTION.sub("", clean(text)).split())
    if len(plain) <= limit:
        return plain
    head = plain[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:.–—-") + "…"


def words(markup: str, limit: int = LONGEST) -> str:
    """Return the text of a little HTML, such as a title or an excerpt, on one line."""
    return line(html.unescape(_TAG.sub("", _BLOCK.sub(" ", markup[:_MARKUP]))), limit)


def slug(text: str, limit: int = 60) -> str:
    """Return a name for an address and a file: small letters, digits, single hyphens, cut at a word; "" if none."""
    plain = re.sub(r"[^a-z0-9]+", "-", unidecode(text.replace("'", "").replace("’", "")).lower()).strip("-")
    return plain if len(plain) <= limit else plain[: limit + 1].rpartition("-")[0] or plain[:limit]
