"""Bytes as text: which characters a feed, a page or an old site's export is written in."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

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
# How the labels of the web's encodings begin (WHATWG Encoding, 4.2). UTF-7, which hides markup, is none of them, nor
# are Python's own, such as punycode, with which a document could do harm.
_LABEL = re.compile(
    r"(?:utf-?8|iso-?8859|latin|l1$|windows-|cp|koi8|tis-?620|gb|big5|euc|shift|sjis|iso-2022|us-asc|asc|mac)"
)
_WESTERN = re.compile(r"(?:iso-?8859-?1|latin-?1|l1|us-?ascii|ascii)$")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
_META = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META_WITHIN = 2_048
_LARGER = {"gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}
"""Sets that hold another's characters in the same places: what is called by the smaller name often needs them."""
_MOST_LOST = 0.01
"""The share of its characters that a text may lose and still be what its label says."""

_GUESSED_FROM = 200_000
_MOST_SHOWN = 10_000
_LEAST_SHOWN = 200
_TAG = re.compile(rb"<[^<>]*>")
_ASCII = bytes(range(0x80))
_WESTERN_SHARE = 0.4
# What a guess may be (of WHATWG Encoding, 4.2), with what speaks against it from the start: any bytes at all make a
# text in a set of single bytes, and many in the larger sets of double bytes. Found by trying: of 104 headlines, alone
# or two together, these figures take 2 for what they are not, and the library's choice among all encodings 34.
_GUESSES = {
    **dict.fromkeys(("euc_jp", "cp932", "euc_kr", "gb2312"), 0.0),
    "big5": 0.03,
    **dict.fromkeys(("euc_jis_2004", "cp949", "gb18030", "big5hkscs"), 0.07),
    **dict.fromkeys(("cp1255", "cp1253", "cp1256", "cp874", "cp1251", "koi8_r"), 0.14),
}
_COHERENCE_COUNTS = 0.5


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body's text, and the encoding it was read in, as Python names it.

    `is_certain` is False where the encoding was guessed, or where UTF-8 has stray bytes that are read as Windows-1252.
    """

    text: str
    encoding: str = "utf-8"
    is_certain: bool = True


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Return a body as text, whatever it claims to be in; `content_type` is the header it came with. Never raises.

    A byte-order mark decides; then what is valid UTF-8 is UTF-8, for nothing else looks like it by chance; then the
    header (RFC 7303, 3), then the XML declaration or HTML's `meta`, but the western default of servers comes last. What
    is neither as declared nor mostly UTF-8 is guessed.
    """
    for mark, encoding in _MARKS.items():
        if body.startswith(mark):
            return Decoded(body.decode(encoding, "replace").removeprefix("\ufeff"), encoding)
    if body.startswith(_EBCDIC):
        return _decode_as(_ebcdic(body), body) or Decoded(body.decode("cp037"), "cp037")
    labels = sorted(_labels(body, content_type), key=lambda label: bool(_WESTERN.match(label)))
    is_iso_2022 = bool(labels) and labels[0].startswith("iso-2022") and b"\x1b" in body
    if not is_iso_2022:  # which is ASCII throughout
        with suppress(UnicodeDecodeError):
            return Decoded(body.decode("utf-8"))
    for label in labels:
        if decoded := _decode_as(label, body):
            return decoded
    return _guessed(body) or Decoded(body.decode("utf-8", "picketwire.stray"), is_certain=False)


def _labels(body: bytes, content_type: str) -> Iterator[str]:
    """Yield the encodings a body is said to be in, in lower case, the header's first."""
    labels = []
    if header := _CHARSET.search(content_type):
        labels.append(header[1].lower())
    if declared := _DECLARED.match(body[:300]) or _META.search(body[:_META_WITHIN]):
        labels.append(declared[1].decode("ascii", "replace").lower())
    for label in labels:
        if _LABEL.match(label):
            yield _LARGER.get(label, label)


def _ebcdic(body: bytes) -> str:
    """Return the declared kind of EBCDIC: its letters, in which it is declared, are the same in all kinds."""
    declared = _DECLARED.match(body[:300].decode("cp037").encode("ascii", "replace"))
    return declared[1].decode("ascii") if declared else "cp037"


def _decode_as(label: str, body: bytes, *, is_certain: bool = True) -> Decoded | None:
    """Return the body in an encoding, None where that loses more than next to nothing."""
    if re.match("utf-?8", label):  # as which it was read first, and could not be
        return None
    codec = label
    if _WESTERN.match(label):
        codec = "latin-1"
    try:
        text = body.decode(codec, "replace")
    except LookupError:
        return None
    if text.count("\ufffd") <= _MOST_LOST * len(text):
        return Decoded(text, label, is_certain)
    return None


def _guessed(body: bytes) -> Decoded | None:
    """Return a body in the encoding its words look like; None where it is UTF-8 with stray bytes, or western.

    In western languages few letters of a word are beyond ASCII; of any other script at least half of the bytes are.
    The library would take a short western text for anything, so it is not asked about those. It is shown the words
    alone: markup is ASCII in all these encodings, and drowns them.
    """
    loose = body.decode("utf-8", "replace")
    lost = loose.count("\ufffd")
    if len(loose) - len(loose.encode("ascii", "ignore")) >= 2 * lost:
        return None
    words = [word for word in _TAG.sub(b" ", body[:_GUESSED_FROM]).split() if len(word) > 1 and not word.isascii()]
    text = b" ".join(words)
    if len(text.translate(None, _ASCII)) <= _WESTERN_SHARE * len(text):
        return None
    # It is more careful with short texts, and so finds nothing in them; said over again, they count as longer ones.
    text = b" ".join([text[:_MOST_SHOWN]] * (1 + _LEAST_SHOWN // len(text)))
    best = min(_GUESSES, key=partial(_against, text))
    return _decode_as(_LARGER.get(best, best), body, is_certain=False)


def _against(text: bytes, encoding: str) -> float:
    """Return what speaks against a text's being in an encoding: 0 for nothing, below 0 where its letters look right."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - a slow import, and few bodies need it

    match = from_bytes(text, cp_isolation=[encoding]).best()
    if match is None:
        return 1.0
    return _GUESSES[encoding] + match.chaos - _COHERENCE_COUNTS * match.coherence


def _stray(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("picketwire.stray", _stray)
