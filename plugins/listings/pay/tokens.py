"""A plain text cut into numbers, currency signs, words and marks, in one pass.

The expression's repetitions are possessive or bounded, so a text of nothing but digits and dashes takes time in
proportion to its length.
"""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["number", "sign", "word", "line", "mark"]
SIGNS = "$€£¥₹₩₪₱₫฿₺₽₴₦₡₲₵₸₼₾₨₮₭؋﷼"

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:[ ]\d{3})++(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d++(?:[.,']\d++)*+(?:[.,]-{1,2}(?!\S))?)"
    rf"|(?P<sign>[{SIGNS}])"
    r"|(?P<word>[pP]\. ?[aAmMhH](?![^\W\d_])\.?|[^\W\d_](?:\.[^\W\d_](?![^\W\d_]))++\.?|[^\W\d_]++(?:-[^\W\d_]++)*+)"
    r"|(?P<line>\n\s*+)"
    r"|(?P<mark>[^\w\s]|_)"
)
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


class Token(NamedTuple):
    """A part of a plain text. `word` is it in small letters, abbreviations such as p.a. without their last stop."""

    kind: Kind
    text: str
    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the tokens of a plain text, in order; what is white space within a line lies between them."""
    found = []
    for match in _TOKEN.finditer(text):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups have the kinds' names
        whole = match[0]
        word = whole.lower().replace(" ", "").rstrip(".") if kind == "word" else whole
        found.append(Token(kind, whole, word, match.start(), match.end()))
    return found


NOTHING = Token("mark", "", "", -9, -9)
"""What stands beyond a text's ends; it is close to no token."""


def token_at(tokens: Sequence[Token], index: int) -> Token:
    """Return a token, or NOTHING beyond the text's ends."""
    return tokens[index] if 0 <= index < len(tokens) else NOTHING


def is_ideographic(word: str) -> bool:
    """Tell whether a word is of a script that sets no spaces between words, such as Japanese."""
    return bool(_IDEOGRAPH.search(word))
