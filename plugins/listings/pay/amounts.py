"""Sums of money, or what may be one, in the tokens of a text: 1.234,56 € and C$1.2k, 12,00,000 and 35 000 kr.

A number is read by its own separators, as an advertisement names no locale: one followed by three digits parts
thousands, one followed by one or two parts decimals.
"""

from collections.abc import Sequence
from typing import NamedTuple

from plugins.listings.pay.currencies import DOLLARS, SIGN_CODES, is_code, word_currency
from plugins.listings.pay.tokens import Token, is_ideographic
from plugins.listings.pay.words import UNCONDITIONAL

SCALES = {
    "k": 1e3, "thousand": 1e3, "grand": 1e3, "tsd": 1e3, "tys": 1e3, "mil": 1e3, "tusen": 1e3, "tis": 1e3, "t": 1e3,
    "тыс": 1e3, "ribu": 1e3, "rb": 1e3, "tkr": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "mm": 1e6, "million": 1e6,
    "millions": 1e6, "millionen": 1e6, "juta": 1e6, "jt": 1e6, "triệu": 1e6, "tr": 1e6, "lakh": 1e5, "lakhs": 1e5,
    "lac": 1e5, "lacs": 1e5, "lpa": 1e5, "l": 1e5, "cr": 1e7, "crore": 1e7, "crores": 1e7, "cpa": 1e7, "b": 1e9,
    "bn": 1e9, "billion": 1e9, "trillion": 1e12, "万": 1e4, "만": 1e4, "億": 1e8,
}  # fmt: skip
"""What a word after a number multiplies it by."""

CLOSE = {"k", "m", "b", "l", "t", "mm"}
"""Letters that scale a number only where they are written close to it, or before a currency."""
YEARLY = {"lpa", "cpa"}
"""Scales that say the period too: lakh, crore per annum."""
INDIAN = {"lakh", "lakhs", "lac", "lacs", "lpa", "l", "cr", "crore", "crores", "cpa"}
REACH = 3
"""Digits alone are a sum only where a word or a sign stands within so many tokens; most of a text of digits is passed."""
LONGEST = 15
"""No pay has more digits; longer ones are account numbers, or an attack."""


class Amount(NamedTuple):
    """A number that may be a sum of money.

    `number` is what its digits say, `scale` what they are multiplied by (1 without K, million …), `scale_word` that
    word. `currency` is a code, a shared sign such as $, or empty. `first` and `last` are the tokens it is made of, with
    its currency's; `digits` is the number's own. `is_grouped` says that it parts thousands.
    """

    number: float
    scale: float
    scale_word: str
    currency: str
    first: int
    last: int
    digits: int
    is_grouped: bool

    @property
    def value(self) -> float:
        """Return the sum, rounded to the cent."""
        return round(self.number * self.scale, 2)


def amounts(tokens: Sequence[Token]) -> list[Amount]:
    """Return all that may be sums of money in a text, in order."""
    found, last_telling = [], -REACH
    telling = (index for index, token in enumerate(tokens) if token.kind in ("word", "sign"))
    next_telling = next(telling, len(tokens) + REACH)
    for index, token in enumerate(tokens):
        if index == next_telling:
            last_telling, next_telling = index, next(telling, len(tokens) + REACH)
        if token.kind != "number":
            continue
        is_near = index - last_telling <= REACH or next_telling - index <= REACH
        if (is_near or not token.text.isdigit()) and (amount := _amount(tokens, index)):
            found.append(amount)
    return found


def read_number(text: str) -> float | None:
    """Return the number that digits and separators of any locale come to; None where they are no number."""
    digits = sum(character.isdigit() for character in text)
    if digits > LONGEST:
        return None
    plain = text.replace("'", "").replace(" ", "").rstrip("-,.")  # 45.000,- has no cents
    stops, commas = plain.count("."), plain.count(",")
    if not stops and not commas:
        return float(plain)
    if stops and commas:
        decimal = "." if plain.rfind(".") > plain.rfind(",") else ","
        if plain.count(decimal) > 1:
            return None
        return _grouped(plain, "," if decimal == "." else ".", decimal)
    separator = "." if stops else ","
    last = plain.rpartition(separator)[2]
    if max(stops, commas) > 1 or (len(last) == 3 and not plain.startswith("0")):  # noqa: PLR2004 - a group of digits
        return _grouped(plain, separator, "")
    return float(plain.replace(",", ".")) if len(last) <= 2 else None  # noqa: PLR2004 - cents


def _grouped(text: str, separator: str, decimal: str) -> float | None:
    """Return the number of groups of three digits, or of two as in India's 12,00,000 before the last; else None."""
    whole, _, cents = text.partition(decimal) if decimal else (text, "", "")
    head, *groups = whole.split(separator)
    if len(head) > 3 or len(cents) > 2 or any(len(group) not in (2, 3) for group in groups):  # noqa: PLR2004
        return None
    if groups and len(groups[-1]) != 3:  # noqa: PLR2004
        return None
    return float("".join([head, *groups]) + (f".{cents}" if cents else ""))


def _amount(tokens: Sequence[Token], index: int) -> Amount | None:
    token = tokens[index]
    number = read_number(token.text)
    if number is None:
        return None
    first, before = _currency_before(tokens, index)
    last, scale_word, after = _after(tokens, index, before)
    previous = tokens[index - 1] if index else None
    if previous and first == index and previous.end == token.start and previous.kind == "word":
        if not is_ideographic(previous.word):
            return None  # a part of a name, such as B2B or L3
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following and following.kind == "word" and following.start == tokens[last].end and last == index:
        if not before or following.word not in UNCONDITIONAL:
            return None  # 3rd, 24h, 5x; but £13.15ph
    if following and following.text == "%":
        return None
    scale = SCALES.get(scale_word, 1.0)
    if scale > 1 and "." in token.text and len(token.text.rpartition(".")[2]) == 3 and token.text.count(".") == 1:  # noqa: PLR2004
        number = float(token.text.replace(",", "").replace(" ", ""))  # 102.750K
    grouped = any(separator in token.text for separator in ",.' ") and number >= 1000  # noqa: PLR2004
    currency = after if after and (not before or before == "$") else before
    if not currency and scale_word in INDIAN:
        currency = "INR"
    return Amount(number, scale, scale_word, currency, first, last, index, grouped)


def _currency_before(tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """Return the first token of the currency before a number, and the currency; the number's own where there is none."""
    place = index - 1
    if place < 0 or tokens[place].kind == "line":
        return index, ""
    token = tokens[place]
    if token.text == "." and place and word_currency(tokens[place - 1].text):
        place, token = place - 1, tokens[place - 1]  # Rs. 50,000
    if token.kind == "sign":
        return _sign_before(tokens, place)
    if token.kind == "word" and (currency := word_currency(token.text)) and _is_beside(tokens, place, index):
        return place, currency
    return index, ""


def _sign_before(tokens: Sequence[Token], place: int) -> tuple[int, str]:
    """Return where a currency that ends with a sign begins: $, C$, USD $, US $."""
    sign = tokens[place].text
    before = tokens[place - 1] if place else None
    if before and before.kind == "word" and sign == "$" and (code := DOLLARS.get(before.word)):
        close = before.end == tokens[place].start
        if (close and before.text.isupper()) or is_code(before.text) or before.text in ("US", "U.S.", "CA", "AU"):
            return place - 1, code
    if before and before.kind == "word" and is_code(before.text):
        return place - 1, before.text
    if before and before.text in ("CN", "E") and before.end == tokens[place].start:
        return place - 1, {"CN": "CNY", "E": "EGP"}[before.text]
    return place, _sign_currency(sign)


def _sign_currency(sign: str) -> str:
    return SIGN_CODES.get(sign, sign)


def _is_beside(tokens: Sequence[Token], place: int, index: int) -> bool:
    """Tell whether at most a space, or a stop after an abbreviation, parts a currency's word from a number."""
    return tokens[index].start - tokens[place].end <= 2  # noqa: PLR2004


def _after(tokens: Sequence[Token], index: int, before: str) -> tuple[int, str, str]:
    """Return the last token of a sum, the word that scales it, and the currency after it."""
    last, scale_word, place = index, "", index + 1
    number = tokens[index]
    token = tokens[place] if place < len(tokens) else None
    if token and token.kind == "word":
        scale_word, currency = _scale(token, number, tokens, place, before)
        if scale_word or currency:
            last, place = place, place + 1
            if (
                place < len(tokens)
                and tokens[place].text == "."
                and scale_word in ("tys", "tsd", "mio", "mn", "tis", "rb")
            ):
                place += 1
        if currency:
            return last, scale_word, currency
    return _currency_after(tokens, last, place, scale_word)


def _currency_after(tokens: Sequence[Token], last: int, place: int, scale_word: str) -> tuple[int, str, str]:
    token = tokens[place] if place < len(tokens) else None
    if not token or token.start - tokens[last].end > 2:  # noqa: PLR2004 - a space, a stop
        return last, scale_word, ""
    if token.kind == "sign":
        named = tokens[place + 1] if place + 1 < len(tokens) else None
        if named and is_code(named.text) and named.start - token.end <= 1 and not _is_of_next(tokens, place + 1):
            return place + 1, scale_word, named.text  # 128,000 $ CAD
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if following and following.kind == "number" and following.start == token.end and token.start > tokens[last].end:
            return last, scale_word, ""  # it belongs to the next number: 100 $200
        return place, scale_word, _sign_currency(token.text)
    if (
        token.text == "("
        and place + 2 < len(tokens)
        and tokens[place + 2].text == ")"
        and is_code(tokens[place + 1].text)
    ):
        return place + 2, scale_word, tokens[place + 1].text
    if token.kind == "word":
        if token.word in ("us", "u.s", "canadian", "australian") and place + 1 < len(tokens):
            if tokens[place + 1].word in ("dollars", "dollar") or tokens[place + 1].text == "$":
                code = {"canadian": "CAD", "australian": "AUD"}.get(token.word, "USD")
                return place + 1, scale_word, code
        currency = word_currency(token.text)
        if currency and not _is_of_next(tokens, place):
            return place, scale_word, currency
    return last, scale_word, ""


def _is_of_next(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a code belongs to the number after it: 90,000 USD 120,000 has it after, EUR 90 EUR 100 before."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return bool(following and following.kind == "number" and following.start == tokens[place].end)


def _scale(token: Token, number: Token, tokens: Sequence[Token], place: int, before: str) -> tuple[str, str]:
    """Return the scale that a word after a number gives it, and the currency where the word has it too, as in TEUR."""
    word = token.word
    close = token.start == number.end
    if len(word) == 4 and word[0] in "kt" and (currency := word_currency(word[1:].upper())):  # noqa: PLR2004
        return "k", currency
    if word in ("t", "k") and place + 1 < len(tokens) and tokens[place + 1].text == "€":
        return "k", ""
    for ideograph in ("万円", "億円", "만원", "万元"):
        if word.startswith(ideograph):
            return ideograph[0], {"円": "JPY", "원": "KRW", "元": "CNY"}[ideograph[1]]
    if word.startswith(("円", "원", "元")):
        return "", {"円": "JPY", "원": "KRW", "元": "元"}[word[0]]
    if word[0] in "万만億":
        return word[0], ""
    if word not in SCALES:
        return "", ""
    if word in CLOSE and not close:
        follows = tokens[place + 1] if place + 1 < len(tokens) else None
        is_money = bool(before) or bool(follows and (follows.kind == "sign" or is_code(follows.text)))
        if word != "k" or not (is_money or token.text == "K"):
            return "", ""
    if word == "l" and before not in ("INR", "rs") and token.text != "L":
        return "", ""
    if word == "t" or (word in ("mil", "tr", "cr", "cpa") and number.text.startswith("0")):
        return "", ""
    return word, ""
