"""Cut a text into words, in lower case and without accents. Any script; it knows no language."""

import re
import unicodedata
from functools import lru_cache

# Vowel signs of scripts from Devanagari to Khmer, which Python's \\w leaves out, belong to words.
_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
_WORD = re.compile(rf"\d[\d.,:]*\d%?|\d+%?|{_LETTER}+(?:['’]{_LETTER}+)*")
_ASCII_WORD = re.compile(r"\d[\d.,:]*\d%?|\d+%?|[a-z]+(?:'[a-z]+)*")  # the same, in half the time
_ACCENTS = dict.fromkeys(code for code in range(0x10000) if unicodedata.combining(chr(code)))


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
