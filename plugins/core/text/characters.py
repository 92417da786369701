"""Other people's characters made legible: what nobody can see, or XML cannot hold, goes out; mojibake is repaired.

Marks heaped on one letter are bounded (`clusters`). Works on characters alone, and knows no markup.
"""

import re
import unicodedata

from plugins.core.text.clusters import bounded

# What the bytes 0x80-0x9F mean in Windows-1252, as browsers read them (WHATWG Encoding, index windows-1252).
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_C1_BYTE = {character: bytes([code]) for code, character in _C1.items() if character}

_SPACES = dict.fromkeys((0x0B, 0x0C, 0x2028, 0x2029), "\n")
# Controls and non-characters (XML 1.0, 2.2), lone surrogates, byte-order marks, invisible operators, soft hyphens,
# and the marks that turn the reading order round (Unicode TR 36, 2.1), with which a headline can lie.
_UNSEEN = (
    (0x00, 0x08), (0x0E, 0x1F), (0x7F, 0x7F), (0xAD, 0xAD), (0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200B),
    (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE007F),
)  # fmt: skip
_TABLE: dict[int, str] = _C1 | _SPACES
for _first, _last in _UNSEEN:
    _TABLE |= dict.fromkeys(range(_first, _last + 1), "")

# Joiners hold together emoji and the letters of Arabic, Syriac and Indic scripts; anywhere else they only hide.
_JOINER = re.compile("(?<![\u0600-\u1cff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]")

FILLERS = "\u115f\u1160\u2800\u3164\uffa0\ufffc\U0001d159"
"""Letters and symbols that show nothing: Hangul fillers, the empty braille pattern, the place of an object, a note."""
_SURELY_SEEN = re.compile("[!-~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u0481\u4e00-\u9fff\uac00-\ud7a3]")

_LEAD = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")
_PLAUSIBLE = re.compile("[\u00a0-\u00ff\u2010-\u2044\u20ac\u2122]*")
_CERTAIN = 3  # characters of any script that would turn back into UTF-8 by chance too seldom to reckon with


# The flags of England, Scotland, Wales and the like: a black flag and tags, which hide text anywhere else.
_TAGGED_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)")


def clean(text: str) -> str:
    """Return the text without unseen characters, and with no more marks on a letter than scripts need."""
    return bounded(without_unseen(text))


def without_unseen(text: str) -> str:
    """Return the text without unseen characters; C1 controls become what Windows-1252 meant by them."""
    if text.isprintable() or text.replace("\n", " ").replace("\t", " ").replace("\r", " ").isprintable():
        return text  # as nearly all text is, and asking costs next to nothing
    parts = _TAGGED_FLAG.split(text)
    parts[::2] = [part.translate(_TABLE) for part in parts[::2]]
    return _JOINER.sub("", "".join(parts))


def is_seen(text: str) -> bool:
    """Say whether a reader sees anything of a text: a link of fillers alone is none."""
    return bool(_SURELY_SEEN.search(text)) or any(_is_shown(character) for character in text)


def _is_shown(character: str) -> bool:
    return character not in FILLERS and unicodedata.category(character)[0] in "LNPS"


def unmangle(text: str) -> str:
    """Return text whose UTF-8 was once read as Windows-1252 as it was meant; any other text as it is.

    Only where the whole text turns back into valid UTF-8, and what appears is western letters and punctuation, or too
    much of anything to be chance: `CAFÉ”` is two honest characters, `cafÃ©` is not.
    """
    if text.isascii() or not _LEAD.search(text):
        return text
    try:
        mended = b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return text
    repaired = "".join(character for character in mended if character > "\x7f")
    if _PLAUSIBLE.fullmatch(repaired) or len(repaired) >= _CERTAIN:
        return mended
    return text


def fold(text: str) -> str:
    """Return the text on one line, with single spaces."""
    return " ".join(text.split())


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut at a word where one is near, ending with an ellipsis if cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    if text[limit - 1] != " ":  # the limit is within a word
        word = head.rfind(" ")
        if word > limit // 2:
            head = head[:word]
    return head.rstrip(" ,;:.–—-") + "…"


def _byte(character: str) -> bytes:
    return _C1_BYTE.get(character) or character.encode("latin-1")
