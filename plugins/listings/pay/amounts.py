"""Sums of money, or what may be one, in the tokens of a text: 1.234,56 € and C$1.2k, 12,00,000 and 35 000 kr.

A number is read by its own separators, as an advertisement names no locale: one followed by three digits parts
thousands, one followed by one or two parts decimals.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from plugins.listings.pay.currencies import DOLLARS, SIGN_CODES, is_code, word_currency
from plugins.listings.pay.pay_words import UNCONDITIONAL
from plugins.listings.pay.tokens import Token, is_ideographic, token_at

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
ABBREVIATED = {"tys", "tsd", "mio", "mn", "tis", "rb"}
"""Scales that a stop may follow."""
CURRENCY_ABBREVIATIONS = {"rs", "fr", "sfr", "kr", "ksh", "dhs"}
DOLLAR_NAMES = {"us": "USD", "u.s": "USD", "canadian": "CAD", "australian": "AUD"}
OTHER_PREFIXES = {"CN": "CNY", "E": "EGP"}
"""What stands close before another sign than $ and names its currency."""
IDEOGRAPHIC = {"円": "JPY", "원": "KRW", "元": "元"}
BESIDE = 2
"""The most characters between a number and its currency: a space, and the stop of an abbreviation."""
YEARLY = {"lpa", "cpa"}
"""Scales that say the period too: lakh, crore per annum."""
INDIAN = {"lakh", "lakhs", "lac", "lacs", "lpa", "l", "cr", "crore", "crores", "cpa"}
REACH = 3
"""Digits alone are a sum only where a word or a sign stands within so many tokens: texts of digits are passed over."""
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
    digits = sum(map(str.isdigit, text))
    if digits > LONGEST:
        return None
    plain = text.replace("'", "").replace(" ", "").rstrip("-,.")  # 45.000,- has no cents
    stops, commas = plain.count("."), plain.count(",")
    if not stops and not commas:
        return float(plain)
    if stops and commas:
        separator, decimal = ",", "."
        if plain.rfind(",") > plain.rfind("."):
            separator, decimal = ".", ","
        if plain.count(decimal) > 1:
            return None
        return _grouped(plain, separator, decimal)
    separator = "." if stops else ","
    last = plain.rpartition(separator)[2]
    if max(stops, commas) > 1 or (len(last) == 3 and not plain.startswith("0")):  # 0.125 is no group of thousands
        return _grouped(plain, separator, "")
    if len(last) > 2:
        return None
    return float(plain.replace(",", "."))


def _grouped(text: str, separator: str, decimal: str) -> float | None:
    """Return the number of groups of three digits, or of two as in India's 12,00,000 before the last; else None.

    `decimal` parts its cents; "" where it has none.
    """
    whole, cents = text, ""
    if decimal:
        whole, _, cents = text.partition(decimal)
    head, *groups = whole.split(separator)
    if len(head) > 3 or len(cents) > 2 or any(len(group) not in (2, 3) for group in groups):
        return None
    if groups and len(groups[-1]) != 3:
        return None
    return float("".join([head, *groups, ".", cents]))


def _amount(tokens: Sequence[Token], index: int) -> Amount | None:
    """Return the sum that a number is a part of; None where it is no number, or a part of something else."""
    token = tokens[index]
    number = read_number(token.text)
    if number is None:
        return None
    first, before = _currency_before(tokens, index)
    last, scale_word, after = _after(tokens, index, before)
    if (first == index and _is_in_a_name(tokens, index)) or (last == index and _is_a_count(tokens, index, before)):
        return None
    scale = SCALES.get(scale_word, 1.0)
    if scale > 1 and re.fullmatch(r"\d+\.\d{3}", token.text):
        number = float(token.text)  # 102.750K
    is_grouped = any(separator in token.text for separator in ",.' ") and number >= 1000
    currency = before
    if after and before in ("", "$"):
        currency = after
    if not currency and scale_word in INDIAN:
        currency = "INR"
    return Amount(number, scale, scale_word, currency, first, last, index, is_grouped)


def _is_in_a_name(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a number is the end of a name, such as B2B or L3; scripts without spaces have none of these."""
    previous = token_at(tokens, index - 1)
    return previous.kind == "word" and previous.end == tokens[index].start and not is_ideographic(previous.word)


def _is_a_count(tokens: Sequence[Token], index: int, before: str) -> bool:
    """Tell whether a number counts something: 3rd, 24h, 5x, 4%; but £13.15ph is a sum by the hour."""
    following = token_at(tokens, index + 1)
    if following.kind == "word" and following.start == tokens[index].end:
        return not before or following.word not in UNCONDITIONAL
    return following.text == "%"


def _currency_before(tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """Return the first token of the currency before a number, and the currency; the number's own if there is none."""
    place = index - 1
    if token_at(tokens, place).text == "." and token_at(tokens, place - 1).word in CURRENCY_ABBREVIATIONS:
        place -= 1  # Rs. 50,000
    token = token_at(tokens, place)
    if token.kind == "sign":
        return _sign_before(tokens, place)
    is_beside = tokens[index].start - token.end <= BESIDE
    if token.kind == "word" and is_beside and (currency := word_currency(token.text)):
        return place, currency
    return index, ""


def _sign_before(tokens: Sequence[Token], place: int) -> tuple[int, str]:
    """Return where a currency that ends with a sign begins, and the currency: $, C$, USD $, US $."""
    sign, before = tokens[place].text, token_at(tokens, place - 1)
    is_close = before.end == tokens[place].start
    is_named = (is_close and before.text.isupper()) or is_code(before.text) or before.text in ("US", "U.S.", "CA", "AU")
    if sign == "$" and is_named and before.word in DOLLARS:
        return place - 1, DOLLARS[before.word]
    if is_code(before.text):
        return place - 1, before.text
    if is_close and before.text in OTHER_PREFIXES:
        return place - 1, OTHER_PREFIXES[before.text]
    return place, SIGN_CODES.get(sign, sign)


def _after(tokens: Sequence[Token], index: int, before: str) -> tuple[int, str, str]:
    """Return the last token of a sum, the word that scales it, and the currency after it."""
    last, place = index, index + 1
    scale_word, currency = _scale(tokens, place, before)
    if scale_word or currency:
        last, place = place, place + 1
        if scale_word in ABBREVIATED and token_at(tokens, place).text == ".":
            place += 1
    if not currency:
        last, currency = _currency_after(tokens, last, place)
    return last, scale_word, currency


def _currency_after(tokens: Sequence[Token], last: int, place: int) -> tuple[int, str]:
    """Return the last token of a sum whose number and scale end with `last`, and the currency from `place` on."""
    token, following = token_at(tokens, place), token_at(tokens, place + 1)
    if token.start - tokens[last].end > BESIDE:
        return last, ""
    if token.kind == "sign":
        if is_code(following.text) and following.start - token.end <= 1 and not _is_of_next(tokens, place + 1):
            return place + 1, following.text  # 128,000 $ CAD
        if _is_of_next(tokens, place) and token.start > tokens[last].end:
            return last, ""  # 100 $200
        return place, SIGN_CODES.get(token.text, token.text)
    if token.text == "(" and is_code(following.text) and token_at(tokens, place + 2).text == ")":
        return place + 2, following.text
    if token.word in DOLLAR_NAMES and following.word in ("dollars", "dollar", "$"):
        return place + 1, DOLLAR_NAMES[token.word]
    if token.kind == "word" and (currency := word_currency(token.text)) and not _is_of_next(tokens, place):
        return place, currency
    return last, ""


def _is_of_next(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a currency belongs to the number after it: 90,000 USD 120,000 has it after, EUR90 EUR100 before."""
    following = token_at(tokens, place + 1)
    return following.kind == "number" and following.start == tokens[place].end


def _scale(tokens: Sequence[Token], place: int, before: str) -> tuple[str, str]:
    """Return the scale that the word after a number gives it, and the currency where it has one too, as in TEUR."""
    token, number, following = token_at(tokens, place), tokens[place - 1], token_at(tokens, place + 1)
    word = token.word
    if token.kind != "word":
        return "", ""
    if is_ideographic(word):
        return _ideographic_scale(word)
    if len(word) == 4 and word[0] in "kt" and (currency := word_currency(word[1:].upper())):
        return "k", currency
    if word in ("t", "k") and following.text == "€":
        return "k", ""
    if word not in SCALES or word == "t":
        return "", ""
    is_close = token.start == number.end
    if word == "k" and not is_close:
        is_money = bool(before) or token.text == "K" or following.kind == "sign" or is_code(following.text)
        return ("k", "") if is_money else ("", "")
    if word in CLOSE and not is_close:
        return "", ""
    if word == "l" and before not in ("INR", "rs") and token.text != "L":
        return "", ""
    return word, ""


def _ideographic_scale(word: str) -> tuple[str, str]:
    """Return the scale and the currency that a word begins with, of a script that sets no spaces: 万円, 만원, 元."""
    scale = word[0] if word[0] in SCALES else ""
    sign = word[len(scale) : len(scale) + 1]
    return scale, IDEOGRAPHIC.get(sign, "")
