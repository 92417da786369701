"""Text → terms: the forms under which words of the same meaning meet.

In any language: case and accents are folded, scripts written without spaces are cut into pairs of letters, English is
stemmed by a few suffix rules and word lists, and words of other languages (where the update names its language) are cut
after their first letters.
"""

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import chain

from plugins.updates.stories import word_lists

_OTHER_LANGUAGE_LETTERS = 6
_SHORTEST_STEM = 4
_WORDS_KNOWN = 200_000
"""Words whose terms are remembered, in either way of reading: a word is asked for many thousand times."""

# Vowel signs of scripts from Devanagari to Khmer, which Python's \\w leaves out, belong to words.
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
_WORD = re.compile(rf"\d[\d.,:]*\d%?|\d+%?|{_LETTER}+(?:['’]{_LETTER}+)*")
# The same of folded ASCII, in a quarter of the time: most words begin with a letter.
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*|[0-9](?:[0-9.,:]*[0-9])?%?")
_ACCENTS = dict.fromkeys(code for code in range(0x10000) if unicodedata.combining(chr(code)))
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = word_lists.SMALL_NUMBERS.keys() | word_lists.TENS.keys()
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_SUFFIXES = (
    ("ization", 5),
    ("isation", 5),
    ("ations", 3),
    ("ation", 4),
    ("ments", 4),
    ("ment", 4),
    ("ingly", 4),
    ("edly", 4),
    ("ing", 3),
    ("ed", 3),
    ("ion", 4),
    ("ers", 4),
    ("er", 4),
    ("or", 4),
    ("al", 4),
    ("ive", 4),
    ("ly", 4),
    ("ance", 4),
    ("ence", 4),
)


def fold(text: str) -> str:
    """Return a text in lower case without accents."""
    if text.isascii():
        return text.casefold()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", spread.translate(_ACCENTS))


@lru_cache(maxsize=10_000)
def run_together(name: str) -> str:
    """Return a name's letters and digits alone, folded, without a leading "the"."""
    letters = "".join(words_of(name))
    return letters.removeprefix("the")


def words_of(text: str) -> list[str]:
    """Return a text's words and figures, folded."""
    folded = fold(text)
    return (_ASCII_WORD if folded.isascii() else _WORD).findall(folded)


def terms(text: str, english: bool = True) -> list[str]:
    """Return the terms of a text in their order, without the words that are passed over."""
    terms_of = _english_terms if english else _other_terms
    words = words_of(text)
    if not _NUMBER_WORDS.isdisjoint(words) or _DIGIT.search(text):
        words = _with_figures(words)
    if _PHRASES.keys().isdisjoint(words):
        return list(chain.from_iterable(map(terms_of, words)))
    out: list[str] = []
    at = 0
    while at < len(words):
        length, meaning = _phrase(words, at)
        if length:
            out += meaning
            at += length
        else:
            out += terms_of(words[at])
            at += 1
    return out


def _with_figures(words: list[str]) -> list[str]:
    """Write numbers in one way: "ninety-four per cent" becomes "94%", "day 12" and "12th day" become "day 12"."""
    out: list[str] = []
    for word in words:
        before = out[-1] if out else ""
        if word in word_lists.PERCENT or (word == "cent" and before == "per"):
            if before == "per":
                out.pop()
            if out and out[-1][0].isdigit():
                out[-1] = out[-1].rstrip("%") + "%"
        elif word in word_lists.SMALL_NUMBERS and before in word_lists.TENS:
            out[-1] = str(word_lists.TENS[before] + word_lists.SMALL_NUMBERS[word])
        else:
            out.append(word)
            if "," in word:  # only a figure has one
                out[-1] = _THOUSANDS.sub("", word).replace(",", ".")
            _count_day(out)
    return list(map(_as_figure, out))


def _count_day(out: list[str]) -> None:
    if out[-2:-1] == ["day"] and out[-1].isdigit():
        out[-2:] = [f"day {out[-1]}"]
    elif out[-1] == "day" and out[-2:-1] and out[-2] in _ORDINALS and out[-3:-2] and out[-3].isdigit():
        out[-3:] = [f"day {out[-3]}"]


def _as_figure(word: str) -> str:
    number = word_lists.TENS.get(word, word_lists.SMALL_NUMBERS.get(word, 0))
    return str(number) if number > 2 else word  # noqa: PLR2004 - "one" and "two" are rarely counts


def _phrase(words: list[str], at: int) -> tuple[int, tuple[str, ...]]:
    """Return the length in words of the phrase that begins at a place, and its terms; 0 where none does."""
    for rest, meaning in _PHRASES.get(words[at], ()):
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return 1 + len(rest), meaning
    return 0, ()


@lru_cache(maxsize=_WORDS_KNOWN)
def _english_terms(word: str) -> tuple[str, ...]:
    return _word_terms(word, english=True)


@lru_cache(maxsize=_WORDS_KNOWN)
def _other_terms(word: str) -> tuple[str, ...]:
    return _word_terms(word, english=False)


def _word_terms(word: str, english: bool) -> tuple[str, ...]:
    """Return the terms a word stands for: one, none where it is passed over, more where letters run unspaced."""
    if word[0].isdigit() or word.startswith("day "):
        return (word,)
    if _UNSPACED.search(word):
        return tuple(word[i : i + 2] for i in range(max(1, len(word) - 1)))
    if "'" in word or "’" in word:
        parts = word.replace("’", "'").split("'")
        if parts[-1] == "t":
            return ()
        word = max(parts, key=len)
    if word in word_lists.PASSED_OVER or len(word) < 2:  # noqa: PLR2004 - single letters
        return ()
    stem = _stem(word) if english and word.isascii() else word[:_OTHER_LANGUAGE_LETTERS]
    return (_MEANING.get(stem, stem),)


def _stem(word: str) -> str:
    word = word_lists.IRREGULAR.get(word, word)
    if len(word) < _SHORTEST_STEM:
        return word
    return _same_ending(_without_suffix(_singular(word)))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST_STEM:
        return word[:-3] + "y"
    if word.endswith("sses"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _without_suffix(word: str) -> str:
    if word in word_lists.UNINFLECTED:
        return word
    for suffix, shortest in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            return word[: -len(suffix)]
    return word


def _same_ending(word: str) -> str:
    """Make the stems of one word end alike: doubled consonants, a silent e, y and i, -ise and -ize."""
    if len(word) >= _SHORTEST_STEM and word[-1] == word[-2] and word[-1] in "bdgklmnprt":
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == "e":
        word = word[:-1]
    if len(word) > _SHORTEST_STEM and word[-1] == "y":
        word = word[:-1] + "i"
    if len(word) > _SHORTEST_STEM + 1 and word.endswith(("is", "iz")):
        word = word[:-2]
    return word


_Phrase = tuple[tuple[str, ...], tuple[str, ...]]
"""The words of a phrase after its first, and the terms that it means."""


def _phrases() -> dict[str, list[_Phrase]]:
    """Return the phrases by their first word, the longest first."""
    table = defaultdict[str, list[_Phrase]](list)
    for phrase, meaning in word_lists.PHRASES.items():
        first, *rest = phrase.split()
        table[first].append((tuple(rest), tuple(map(_known, meaning.split()))))
    for phrases in table.values():
        phrases.sort(key=lambda phrase: -len(phrase[0]))
    return dict(table)


def _meanings() -> dict[str, str]:
    table: dict[str, str] = {}
    for first, *others in word_lists.SAME_MEANING:
        for word in others:
            table.setdefault(_stem(word), _stem(first))
    return table


def _known(word: str) -> str:
    return _MEANING.get(_stem(word), _stem(word))


_MEANING = _meanings()
_PHRASES = _phrases()
STEPS = frozenset(map(_known, word_lists.STEPS))
WEEKDAYS = frozenset(map(_stem, word_lists.WEEKDAYS)) | {day[:_OTHER_LANGUAGE_LETTERS] for day in word_lists.WEEKDAYS}
