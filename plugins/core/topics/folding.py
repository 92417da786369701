"""Text made comparable: `fold` takes away case, accents and typography, `words` cuts folded text into its words.

An item's fields and a topic's terms both go through these two functions, so that “GRÈVE” is found by `greve`.
"""

import re
import unicodedata
from functools import cache

# Letters that no normal form takes apart, and that people leave out or write plainly. Turkish ı: an uppercase I is
# its capital as well as that of i, so only folding both to i finds a headline set in capitals.
_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
_SHAPES = dict.fromkeys("’‘‛ʼʻʹ′", "'") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟«»", '"')
# Accents are dropped only where they are accents: general combining marks, and Hebrew and Arabic pointing. Marks of
# other scripts are vowels (Devanagari, Thai) or make another sound (Japanese), so they stay.
_ACCENTS = ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_HEBREW = ((0x591, 0x5BD), (0x5BF, 0x5BF), (0x5C1, 0x5C2), (0x5C4, 0x5C5))
_ARABIC = ((0x640, 0x640), (0x64B, 0x65F), (0x670, 0x670))
_UNSEEN = ((0xAD, 0xAD), (0x200B, 0x200F), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF))
_DROPPED: dict[int, None] = {}
for _first, _last in (*_ACCENTS, *_HEBREW, *_ARABIC, *_UNSEEN):
    _DROPPED |= dict.fromkeys(range(_first, _last + 1))
_FOLDING = str.maketrans(_LETTERS | _SHAPES) | _DROPPED

# These marks part words as a space does, and so does a possessive 's. Any other mark counts as a word, so that no
# phrase runs across it. A full stop before a space ends a sentence, except in abbreviations such as “U.S.” or “St.”.
_JOINING = frozenset("'\"/_-")
_END = "¶"
_AFTER = r"(?:(?<=')s(?!\w)|(?<=[.!?])(?<!\b[a-z]\.)(?<!\b[a-z][a-z]\.) )?"
_ASCII_MARK = re.compile(rf"[^a-z0-9 ]{_AFTER}")
# Scripts written without spaces between words: there each letter stands for itself.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
)
# Planes with marks that are part of a word and that `\w` leaves out.
_MARKED = (*range(0x300, 0x1E00), *range(0xA000, 0xAC00), *range(0x10000, 0x12000))

SENTENCE_ENDS = frozenset((_END, *(mark + _END for mark in ".!?"), "。"))
"""The words by which `words` marks the end of a sentence, or of one value of a list (a tag, an author)."""
STOPS = SENTENCE_ENDS | frozenset(".!?")


def fold(text: str) -> str:
    """Return text as terms and fields are compared: no case, no accents, one space where there was any white space."""
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda letter: _PLAIN[letter[0]], text)
    folded = text.lower() if text.isascii() else _folded(text)
    return " ".join(folded.split())


def words(folded: str) -> list[str]:
    """Return the words of a folded text in their order; each mark that does not join words is an item of its own."""
    mark = _ASCII_MARK if folded.isascii() else _any_mark()
    return mark.sub(lambda found: _APART[found[0]], folded).split()


def _folded(text: str) -> str:
    # The acute accent standing alone is an apostrophe; its compatible form would be a space.
    plain = unicodedata.normalize("NFKD", text.replace("\u00b4", "'")).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", plain).translate(_FOLDING))


class _Plain(dict[str, str]):
    """Maps a letter to what it folds to, where that is ASCII; any other to itself. Filled as letters are met.

    At most one entry for each character of Unicode.
    """

    def __missing__(self, letter: str) -> str:
        folded = _folded(letter)
        if not folded.isascii():
            folded = letter
        self[letter] = folded
        return folded


class _Apart(dict[str, str]):
    """Maps a mark to what `words` writes in its place: a space, or the mark between spaces. Filled as marks are met.

    At most three entries for each mark of Unicode: the pattern matches no longer texts.
    """

    def __missing__(self, mark: str) -> str:
        if mark[0] in _JOINING:
            made = " "
        elif mark == "\n":
            made = f" {_END} "
        elif mark in {". ", "! ", "? "}:
            made = f" {mark[0]}{_END} "
        else:
            made = f" {mark[0]} "
        self[mark] = made
        return made


_NOT_ASCII = re.compile("[^\x00-\x7f]")
_PLAIN = _Plain()
_APART = _Apart()


@cache
def _any_mark() -> re.Pattern[str]:
    marks = "".join(letter for letter in map(chr, _MARKED) if unicodedata.category(letter)[0] == "M")
    return re.compile(rf"(?:[^\w{marks} ]|[_{_UNSPACED}]){_AFTER}")
