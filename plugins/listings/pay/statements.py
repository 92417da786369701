"""What an advertisement states of a sum that is pay: its period, basis, currency, and the place it is for."""

import re

from plugins.listings.model import Basis, Period
from plugins.listings.pay import pay_words
from plugins.listings.pay.context import REACH, Context
from plugins.listings.pay.currencies import is_code
from plugins.listings.pay.tokens import is_ideographic

HARD = {"USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SGD", "$", "£"}
"""Currencies in which a size tells an hour's pay from a year's."""
LEAST_ASSUMED_YEAR, MOST_HOUR = 10_000, 500
FIELD = 12
"""The most tokens between a sum and the field of its period."""
_LABEL = re.compile(r"^[\s*•·▪◦\-–|()]*(.{2,80}?)[\s]*[:|\-–—=(]*\s*$")


def period_after(context: Context, number: int) -> Period:
    """Return the period that the words in and after a candidate name; "" where they name none."""
    candidate = context.found[number]
    if candidate.is_yearly:
        return "year"
    for index in context.after(number):
        word = context.word(index)
        if word == "+" and index == candidate.last + 1 and context.tokens[index].start == context.tokens[index - 1].end:
            continue  # $35+ per hour
        if word in (",", "+", "plus", "|", "•", "with") and context.word(index + 1) not in pay_words.TAXES:
            break
        if context.word(index + 1) in (":", "equivalent"):
            break  # it begins what comes next: Hourly: $24.70; hourly equivalent of $24.70
        if period := _names_period(context, index):
            return period
        if context.says(index) in ("not", "benefit"):
            break
    for index in range(candidate.first, candidate.last + 1):
        if period := _names_period(context, index):
            return period
    return ""


def period_field(context: Context, number: int) -> Period:
    """Return the period in a field of its own after a candidate's: Pay Period: Hourly, Pay basis | Yearly."""
    last = context.found[number].last
    end = min(last + FIELD, len(context.tokens) - 3)
    if number + 1 < len(context.found):
        end = min(end, context.found[number + 1].first - 3)
    for index in range(last + 1, end + 1):
        if context.word(index) not in pay_words.PERIOD_FIELDS or context.says(index - 1) != "pay":
            continue
        if context.word(index + 1) in (":", "|", "-") and (period := pay_words.PERIODS.get(context.word(index + 2))):
            return period
    return ""


def is_by_the_fortnight(context: Context, number: int) -> bool:
    """Tell whether a candidate is said to be for two weeks or half a month, which is no period of ours."""
    for index in context.after(number):
        if context.word(index) in (",", "paid"):
            return False  # $55,000, paid biweekly
        if context.word(index) in pay_words.FORTNIGHT:
            return True
    return False


def period_before(context: Context, number: int, heading: int | None) -> Period:
    """Return the period that the words before a candidate name, the nearest first; "" where they name none."""
    first = context.found[number].first
    start, end_before = heading, -1
    if start is None:
        start, end_before = context.sentence_start(number), context.end_before(number)
    for index in range(first - 1, max(start, first - 2 * REACH) - 1, -1):
        if index <= end_before:
            break
        if period := _names_period(context, index):
            return period
    return ""


def _names_period(context: Context, index: int) -> Period:
    """Return the period a token names: annual salary, per hour, /yr; not an annual bonus, nor 40 hours a week."""
    token = context.tokens[index]
    word = token.word
    if token.kind != "word":
        return ""
    joint, _, last = word.rpartition("-")
    if joint in pay_words.PER and last in pay_words.PERIODS:
        return pay_words.PERIODS[last]  # $50,000-a-year
    if is_ideographic(word):
        return next((period for part, period in pay_words.CJK_PERIODS.items() if part in word), "")
    if word not in pay_words.PERIODS:
        return ""
    if index + 1 < len(context.tokens) and context.says(index + 1) in ("not", "benefit"):
        return ""
    if word in pay_words.UNCONDITIONAL or context.word(index + 1) in ("rate", "rates", "wage", "wages"):
        return pay_words.PERIODS[word]
    per = index - 1
    while index - per <= 2 and context.word(per) in pay_words.BEFORE_PERIOD:  # per calendar month, pr. måned
        per -= 1
    if context.word(per) not in pay_words.PER:
        return ""
    counted = context.word(per - 1)
    if pay_words.PERIODS.get(counted, "") in ("hour", "day") or counted in pay_words.COUNTED:
        return ""
    return pay_words.PERIODS[word]


def assumed_period(low: float | None, high: float | None, currency: str) -> Period:
    """Return the period that a sum's size suggests, in a currency where sizes tell; "" where they do not."""
    least, most = low or high or 0, high or low or 0
    if currency not in HARD:
        return ""
    if most <= MOST_HOUR:
        return "hour"
    return "year" if least >= LEAST_ASSUMED_YEAR else ""


def basis(context: Context, number: int) -> Basis:
    """Return what a sum is said to be: base pay, the total, or what is earned where targets are met."""
    end_before = context.end_before(number)
    for index in context.before(number)[:4]:
        if index > end_before and (named := _names_basis(context, index)):
            return named
    for index in context.after(number):
        if context.word(index) in (",", ";", "|") or context.word(index + 1) == ":":
            break
        if named := _names_basis(context, index):
            return named
    for index in context.before(number):
        if index <= end_before:
            break
        if named := _names_basis(context, index):
            return named
    return "unstated"


def _names_basis(context: Context, index: int) -> Basis | None:
    word = context.word(index)
    if word == "target" and context.word(index - 1) == "on":
        return "ote"
    if word in ("total", "totale") and context.word(index + 1) not in pay_words.TOTALS:
        return None
    return pay_words.BASES.get(word)


def stated_code(context: Context, number: int) -> str:
    """Return the currency's code that stands in a candidate's sentence, apart from the sums; "" where none does."""
    for index in (*context.after(number), *context.before(number)):
        if is_code(context.tokens[index].text):
            return context.tokens[index].text
    return ""


def label(context: Context, number: int) -> str:
    """Return the place, zone or level that a candidate is said to be for; "" where none is."""
    candidate = context.found[number]
    start = context.sentence_start(number)
    begins, ends = max(start, context.end_before(number) + 1), candidate.first
    if begins < ends and context.word(ends - 1) in (":", "-", "|", "=", "("):
        match = _LABEL.match(context.text[context.tokens[begins].start : context.tokens[ends - 1].end])
        return _as_label(match[1]) if match else ""
    if begins == ends and start == context.line_start(candidate.first) and start > 1:
        # The line above, up to its end, which is the token before this one's first; "" where that line is empty.
        line = context.line_start(start - 1)
        return _as_label(context.text[context.tokens[line].start : context.tokens[start - 1].start])
    return _place(context, begins, ends)


def _as_label(given: str) -> str:
    """Return a label without what only says that it is pay."""
    name = given.strip(" \n\t:|-*•·(,;")
    if len(name) > 60 or any(word.lower().strip(":,.()") in pay_words.PAY for word in name.split()):
        return ""
    return name


_IN_PLACE = re.compile(
    r"\b(?:in|for|within)\s+((?:the\s+)?[A-Z][\w.'-]*(?:(?:,?\s+|\s*[&/]\s*)(?:[A-Z][\w.'-]*|and|&|of|the))*)"
)


def _place(context: Context, begins: int, ends: int) -> str:
    """Return the place of “the range for this position in Glendale, CA is …”."""
    if begins >= ends:
        return ""
    before = context.text[context.tokens[begins].start : context.tokens[ends - 1].end]
    name = ""
    for place in _IN_PLACE.finditer(before):
        name = place[1].strip(" ,")  # the last is the nearest
    return name if name.upper() not in ("USD", "CAD", "EUR", "GBP", "AUD") else ""
