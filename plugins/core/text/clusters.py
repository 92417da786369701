"""What a browser cannot break a line in: a letter with all its marks, bounded so that no page gets wider than a phone.

A headline of 450 marks on one letter made every page 2,500 pixels wide. Scripts need few: Vietnamese two, Hebrew with
points and accents four, Arabic four, Thai three, Burmese six, a Tibetan stack eight. What goes on for longer is cut to
that. Source: Unicode Standard Annex 29, section 3.1.1 (rules GB6 to GB13), which says what belongs together.
"""

import re
import unicodedata
from functools import cache

MOST_MARKS = 8
"""Marks that are kept on one letter, or of another run that cannot be broken, in characters."""
_JOINED = 8
"""Pictures that are joined to one: a family has four."""

# First bytes, in UTF-8, of all that has marks, and of what is joined: none is in English, French or Polish. To look for
# them takes 2 µs of 300 characters, the expression below 10.
_LEADS = bytes([*range(0xCC, 0xE2), 0xE3, *range(0xEA, 0xF5)])
_VIRAMAS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"
_JAMO = ("\u1100-\u115f\ua960-\ua97c", "\u1160-\u11a7\ud7b0-\ud7c6", "\u11a8-\u11ff\ud7cb-\ud7fb")
_BEFORE_NUMBERS = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e"
_JOINERS = "\u200c\u200d"
_ASTRAL_TONES = "\U0001f3fb-\U0001f3ff\U000e0100-\U000e01ef"
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?"
_PICTURES = re.compile(f"(?:{_PICTURE}\u200d){{{_JOINED},}}")
_STACKED = re.compile(f"(?:.[{_VIRAMAS}][\u200c\u200d]?){{{MOST_MARKS},}}")


def bounded(text: str) -> str:
    """Return the text in which no letter has more marks than MOST_MARKS; nearly always the same object."""
    if text.isascii() or not _may_have_marks(text):
        return text
    text = _runs().sub(lambda run: run[0][:MOST_MARKS], text)
    if sum(map(text.count, _VIRAMAS)) >= MOST_MARKS:
        text = _STACKED.sub(lambda run: run[0][: 2 * MOST_MARKS], text)
    if "\u200d" in text:
        text = _PICTURES.sub(lambda run: run[0].replace("\u200d", ""), text)
    return text


def _may_have_marks(text: str) -> bool:
    written = text.encode("utf-8", "surrogatepass")
    if len(written.translate(None, _LEADS)) < len(written):
        return True
    return b"\xe2\x83" in written or b"\xe2\x80\x8d" in written  # marks for symbols, from U+20D0 on, and the joiner


@cache
def _runs() -> re.Pattern[str]:
    """Return what finds runs that are too long: of marks, of one kind of Hangul's parts, of signs before numbers.

    Made when it is first needed, for it takes 50 ms.
    """
    marks, astral_marks = _marks(0x300, 0x10000) + _JOINERS, _marks(0x10000, 0x1F000) + _ASTRAL_TONES
    # A class of more than the basic plane is searched range by range: 174 µs for 300 characters in place of 10.
    mark = f"(?:[{marks}]|(?=[\U00010000-\U0010ffff])[{astral_marks}])"
    others = "".join((*_JAMO, _BEFORE_NUMBERS))
    rarer = "|".join(f"[{kind}]{{{MOST_MARKS + 1},}}" for kind in (*_JAMO, _BEFORE_NUMBERS))
    return re.compile(f"{mark}{{{MOST_MARKS + 1},}}|(?=[{others}])(?:{rarer})")


def _marks(first: int, end: int) -> str:
    """Return the marks between two code points as a class of an expression."""
    spans: list[list[int]] = []
    for code in range(first, end):
        if unicodedata.category(chr(code)).startswith("M"):
            if spans and spans[-1][1] == code - 1:
                spans[-1][1] = code
            else:
                spans.append([code, code])
    return "".join(f"{chr(low)}-{chr(high)}" for low, high in spans)
