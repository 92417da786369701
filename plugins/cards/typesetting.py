"""Set a headline: those of its characters that a typeface has, broken into lines that fit. A function measures them."""

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator

_PLAIN = {
    "–": "-", "—": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
_NEEDED = (
    "LMNP"  # Unicode categories without which a sentence does not say the same: letters, marks, numbers, punctuation
)


def legible(text: str, has: Callable[[str], bool]) -> str | None:
    """Return a text as a typeface that `has` some letters can set it; none where it lacks what the text needs.

    Ornaments it lacks, such as emoji, are left out; typographic signs give way to plain ones.
    """
    said = ""
    for letter in unicodedata.normalize("NFC", text):
        if letter.isspace() and letter not in _PLAIN:
            said += " "
        elif has(letter):
            said += letter
        elif letter in _PLAIN and all(has(plain) or plain == " " for plain in _PLAIN[letter]):
            said += _PLAIN[letter]
        elif unicodedata.category(letter)[0] in _NEEDED and not _is_ornament(letter):
            return None
    return " ".join(said.split())


def lines(text: str, width: float, most: int, length: Callable[[str], float]) -> list[str] | None:
    """Return a text in lines no longer than `width`, a word that is longer broken; none where `most` do not hold it."""
    rows: list[str] = []
    for word in text.split():
        # Asked first: measuring is an eighth of drawing a card, and most words fit.
        if rows and length(f"{rows[-1]} {word}") <= width:
            rows[-1] += f" {word}"
            continue
        for part in _parts(word, width, length):
            if rows and length(f"{rows[-1]} {part}") <= width:
                rows[-1] += f" {part}"
            else:
                rows.append(part)
        if len(rows) > most:
            return None
    return rows


def shortened(text: str, width: float, most: int, length: Callable[[str], float]) -> list[str]:
    """Return as many of a text's words as `most` lines hold, and a sign that there are more."""
    words = text.split()

    def cut(count: int) -> list[str] | None:
        return lines(" ".join(words[:count]).rstrip(",.;:-") + "...", width, most, length)

    # Halving the words left to try takes a headline of a hundred words from 200 ms to 40.
    fitting = bisect_left(range(1, len(words) + 1), True, key=lambda count: cut(count) is None)
    if not fitting:  # the first word alone is too long, and is broken
        return (lines(text[: most * 8], width, 99, length) or [])[:most]
    return (cut(fitting) or [])[:most]


def _parts(word: str, width: float, length: Callable[[str], float]) -> Iterator[str]:
    while length(word) > width:
        end = _fitting(word, width, length)
        yield word[:end]
        word = word[end:]
    if word:
        yield word


def _fitting(word: str, width: float, length: Callable[[str], float]) -> int:
    """Return how many letters of a word that is too long fit, but one at the least.

    Halves what is left to try: measuring one letter less at a time took 8 s for a headline of one word of 400 letters.
    """
    return 1 + bisect_left(range(2, len(word)), True, key=lambda end: length(word[:end]) > width)


def _is_ornament(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("VARIATION SELECTOR", "COMBINING ENCLOSING"))
