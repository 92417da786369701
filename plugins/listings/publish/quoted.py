"""Words quoted from an advertisement, found in the texts that are kept of it. Pure.

White space, typographic quotation marks and dashes are forgiven, and so is what is left out with an ellipsis, "…" or
"[…]": the parts then have to follow each other. Nothing else is, and a quotation neither begins nor ends in a word or a
number: "$5,000" is not in "$15,000".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plugins.core.text.characters import clean
from plugins.sections.model import QuotedPlace

_NEAR = 55
"""Of 100: how alike a wording must be to be suggested."""
_LONGEST = 300
"""Characters of a quotation for which the nearest wording is looked for: its beginning tells enough."""
_ALIKE = str.maketrans(dict.fromkeys("‘’‚‛“”„‟′″`´«»‹›", "'") | {'"': "'"} | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
_DOTS = re.compile(r"\.(?: ?\.){2,}")
_SPACED = re.compile(r" ?- ?")
_DASHES = re.compile(r"-{2,}")
_GAP = re.compile(r"\s*(?:\[\s*…\s*\]|\(\s*…\s*\)|…)\s*")
_UNSPACED = 0x2E80
"""From this code point on, scripts mostly part no words by spaces."""


@dataclass(frozen=True, slots=True)
class KeptText:
    """One of an advertisement's texts, with all its words, and where it is shown."""

    text: str
    place: QuotedPlace


class QuotedListing:
    """A listing that can be quoted from: its texts, oldest first; none where none are kept."""

    def __init__(self, texts: Iterable[KeptText]) -> None:
        self._texts = [(_legible(one.text), one.place) for one in texts]

    def find(self, words: str) -> QuotedPlace | None:
        """Return where the words stand: the latest text that has them."""
        wanted = _folded(_legible(words))
        parts = list(filter(None, _GAP.split(wanted)))
        if not parts:
            return None
        for text, place in reversed(self._texts):
            folded = _folded(text)
            if _has(folded, [wanted]) or _has(folded, parts):
                return place
        return None

    def nearest(self, words: str) -> str:
        """Return the wording that comes nearest to the words; "" where none is alike."""
        from rapidfuzz.fuzz import partial_ratio_alignment  # noqa: PLC0415 - takes 0.1 s to load

        wanted = _GAP.sub(" ", _legible(words).translate(_ALIKE))[:_LONGEST]
        best, near = float(_NEAR), ""
        for text, _ in reversed(self._texts):
            found = partial_ratio_alignment(wanted, text.translate(_ALIKE), score_cutoff=best)
            if found and found.score > best:
                best, near = found.score, _whole_words(text, found.dest_start, found.dest_end)
        return near


def _legible(text: str) -> str:
    """Return a text on one line, dots and hyphens that stand for an ellipsis or a dash as that sign."""
    text = " ".join(clean(text).split())
    return _DASHES.sub("—", _DOTS.sub("…", text))


def _folded(text: str) -> str:
    """Return a legible text in which all marks and dashes are one, with no space around a dash."""
    return _SPACED.sub("-", text.translate(_ALIKE))


def _has(text: str, parts: Sequence[str]) -> bool:
    """Tell whether the parts stand in a text one after the other, each as whole words."""
    at = 0
    for part in parts:
        pattern = re.escape(part)
        # What begins or ends with a sign may stand anywhere; a word or a number may not be a piece of another.
        if _is_of_word(part[0]):
            pattern = rf"(?<!\w)(?<!\d[.,]){pattern}"
        if _is_of_word(part[-1]):
            pattern = rf"{pattern}(?!\w)(?![.,]\d)"
        found = re.compile(pattern).search(text, at)
        if not found:
            return False
        at = found.end()
    return True


def _is_of_word(character: str) -> bool:
    return character.isalnum() and ord(character) < _UNSPACED


def _whole_words(text: str, start: int, end: int) -> str:
    """Return a passage of a text without words that it cuts in two, unless these are all there is."""
    begin, close = start, text.find(" ", end)
    if start and text[start - 1] != " ":
        begin = text.rfind(" ", 0, start) + 1
    if end and text[end - 1 : end] == " ":
        close = end - 1
    if close < 0:
        close = len(text)
    return text[begin:close].strip()
