"""Whether a sum of which no word of its sentence says that it is pay is so by where it stands.

A heading above it, a list it stands in, a line or a label of its own, its period and its size. In doubt it is not.
"""

from dataclasses import dataclass

from plugins.listings.model import Period
from plugins.listings.pay import pay_words
from plugins.listings.pay.context import REACH, Context, Said
from plugins.listings.pay.statements import (
    HARD,
    LEAST_ASSUMED_YEAR,
    MOST_HOUR,
    is_by_the_fortnight,
    period_after,
    period_before,
)
from plugins.listings.pay.tokens import is_ideographic

HEADING = 12
"""The most tokens of a line that is taken for a heading."""
LEAST: dict[Period, int] = {"month": 200, "week": 50, "day": 20}
"""The least pay for a period in a currency of HARD."""
_MARKS = {"|", "•", "·", "-", ""}
"""What parts a sum that stands for itself from what is before it."""
ALIKE = 5
"""Sums of one list differ in size by less than so many times."""
PROSE = 2
"""More unknown words than so many before a sum in its sentence are about something: no word of them is of pay."""
LEAST_RATE = 700
"""The least by the week or the month that is pay where nothing says so but its place."""
LEAST_YEAR, MOST_YEAR = 5_000, 5_000_000
MOST_UNSAID: dict[Period, int] = {"year": 1_000_000, "month": 40_000, "week": 10_000, "day": 3_000, "hour": 500}
"""The most in a currency of HARD that is pay where no word says so: there is no pay beyond, but loans and limits."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate is pay; `heading` is the first token of the lines that said so besides its sentence."""

    is_pay: bool
    heading: int | None = None


def judge_by_layout(context: Context, number: int, accepted: int | None, before: Said) -> Verdict:
    """Judge a candidate with a currency of which its sentence says nothing: by headings, its period, its line."""
    candidate = context.found[number]
    if not has_size(context, number):
        return Verdict(False)
    if accepted is not None and _is_listed(context, accepted, number):
        return Verdict(True, context.found[accepted].first)
    if before != "range" and _is_in_prose(context, number) and not _is_gross(context, number):
        return Verdict(False)
    start, end = context.line_start(candidate.first), context.line_end(candidate.last)
    is_short = end - start - (candidate.last - candidate.first) <= 2 * HEADING
    if candidate.is_range:
        heading = heading_of(context, number)
    else:
        heading = _heading_above(context, number)
    if heading is not None and (candidate.is_range or is_short):
        return Verdict(True, heading)
    period = period_after(context, number)
    if candidate.currency in HARD and (candidate.high or candidate.low or 0) > MOST_UNSAID[period or "year"]:
        return Verdict(False)
    if candidate.is_range:
        return Verdict(_is_range_of_pay(context, number, before, is_short=is_short))
    if not candidate.first and len(context.tokens) <= HEADING:
        is_large = (candidate.low or 0) >= LEAST_ASSUMED_YEAR
        return Verdict(is_large or bool(period))  # a text that is nothing but £35,000 + bonus
    return Verdict(_is_rate(context, number, is_short))


def _is_range_of_pay(context: Context, number: int, before: Said, *, is_short: bool) -> bool:
    """Tell whether a range of which no word says that it is pay is so by its size, its period and what leads to it."""
    if before == "range" and is_short:
        return True
    candidate = context.found[number]
    low, first = candidate.low or 0, candidate.first
    stands_alone = (
        context.word(first - 1) in _MARKS or context.line_start(first) == first or _has_label(context, number)
    )
    is_large = low >= LEAST_ASSUMED_YEAR or candidate.currency not in HARD
    if is_large and (is_short or before == "range" or stands_alone):
        return True
    period = period_after(context, number) or period_before(context, number, None)
    if period in ("hour", "year"):
        return True
    is_led = low >= LEAST_RATE or stands_alone or before == "range"
    is_led = is_led or _is_led(context, number) or _is_gross(context, number)
    return bool(period) and is_led  # camps are $290-$410 a week


def _is_in_prose(context: Context, number: int) -> bool:
    """Tell whether a sentence about something leads to a candidate: you will recover $40,000 to $60,000."""
    first, unknown = context.found[number].first, 0
    if (
        context.word(first - 1) == "of"
        and not context.says(first - 2)
        and context.word(first - 2) not in pay_words.LINK
    ):
        return True  # plots of ₹25 lakh to ₹90 lakh
    for index in context.before(number):
        token = context.tokens[index]
        if token.text in (":", "|") or index <= context.end_before(number):
            break
        if (
            token.kind == "word"
            and token.word not in pay_words.LINK | pay_words.LABEL
            and token.word not in pay_words.PERIODS
        ):
            unknown += token.text[0].islower() and not is_ideographic(token.word)
    return unknown > PROSE


def _has_label(context: Context, number: int) -> bool:
    """Tell whether a candidate's sentence begins with its place or level: In New York: $120,000 to $145,000."""
    first = context.found[number].first
    start = context.sentence_start(number)
    if context.word(first - 1) != ":" or not 1 < first - start <= HEADING:
        return False
    names = known = 0
    for token in context.tokens[start : first - 1]:
        if token.word in pay_words.LABEL:
            known += 1
        elif token.text[0].isupper():
            names += 1
        else:
            return False
    return known > 0 or names > 1


def _is_rate(context: Context, number: int, is_short: bool) -> bool:
    """Tell whether a single sum of which no word says that it is pay is so by its period: Nurse, Leeds, £19 an hour.

    Parking, leases and dues are by the month or the week; there it must be gross, or begin the sentence and be large.
    """
    candidate = context.found[number]
    period = period_after(context, number)
    start = context.sentence_start(number)
    begins = start == candidate.first or context.word(candidate.first - 1) in _MARKS
    if not period or not (begins or is_short):
        return False
    size = candidate.high or candidate.low or 0
    if period in ("hour", "day"):
        return period == "hour" or is_short
    if period == "year":
        return size >= LEAST_ASSUMED_YEAR or candidate.currency not in HARD
    is_large = size >= LEAST_RATE or candidate.currency not in HARD
    return is_short and (_is_gross(context, number) or (is_large and _is_led(context, number)))


def _is_gross(context: Context, number: int) -> bool:
    return context.has_word(context.after(number), pay_words.GROSS)


def _is_led(context: Context, number: int) -> bool:
    """Tell whether nothing stands before a candidate in its sentence but words that lead to it: up to, from."""
    start = context.sentence_start(number)
    return all(context.word(index) in pay_words.LINK for index in range(start, context.found[number].first))


def _is_listed(context: Context, accepted: int, number: int) -> bool:
    """Tell whether a candidate follows one that is pay, in a list of places or levels with nothing else between.

    Its sums are of the other's size, and a single one has a label of its own, so that it is no sum in passing.
    """
    one, other = context.found[number], context.found[accepted]
    between = range(other.last + 1, one.first)
    if len(between) > HEADING or context.is_said(between, "not", "benefit"):
        return False
    sizes = sorted(each.high or each.low or 0 for each in (one, other))
    is_labelled = (
        context.word(one.first - 1) in (":", "|", "(", "-", "or") or context.tokens[one.first - 1].kind == "line"
    )
    if context.word(one.first - 1) in (",", "/") and "(" in (
        context.word(one.last + 1),
        context.word(one.first - 2).replace(")", "("),
    ):
        is_labelled = True  # $18 (trainee), $20 (certified)
    elif context.word(one.first - 1) in (",", "and"):  # $23/hour for undergraduates, $28/hour for graduates
        period = period_after(context, number)
        is_labelled = bool(period) and period == period_after(context, accepted)
    return sizes[1] <= ALIKE * sizes[0] and (one.is_range or is_labelled)


def _heading_above(context: Context, number: int) -> int | None:
    """Return where the heading of pay is that stands right above the line of a single sum, if one does."""
    first = context.found[number].first
    line = context.line_start(first)
    is_labelled = context.word(first - 1) in (":", "(") or context.word(first - 1) in _MARKS
    if line < 2 or not (is_labelled or _is_led(context, number)):
        return None
    above = context.line_start(line - 1)
    heading = range(above, line - 1)
    if len(heading) > HEADING or not context.is_said(heading, "pay") or context.is_said(heading, "not"):
        return None
    has_number = any(context.tokens[index].kind == "number" for index in heading)
    return None if has_number else above


def heading_of(context: Context, number: int) -> int | None:
    """Return where the heading of pay above a candidate begins: a short line, or the sentence before in its line."""
    line = context.line_start(context.found[number].first)
    start = context.sentence_start(number)
    if start > line:
        for index in range(start - 1, max(line, start - REACH) - 1, -1):
            said = context.says(index)
            if said == "pay":
                return line
            if said in ("not", "benefit") and not {"not", "no"} & {context.word(index - 1), context.word(index - 2)}:
                break  # great pay and a stipend
    for _ in range(3):
        if line < 2:
            return None
        end = line - 1
        line = context.line_start(end)
        says = [context.says(index) for index in range(line, end)]
        if "pay" in says and end - line <= 2 * HEADING:
            if "not" in says[: says.index("pay")]:
                return None
            return line
        if {"not", "benefit"} & set(says) or end - line > HEADING:
            return None
    return None


def has_size(context: Context, number: int) -> bool:
    """Tell whether sums in a currency whose sizes are known can be pay for their period."""
    candidate = context.found[number]
    low, high = candidate.low or candidate.high or 0, candidate.high or candidate.low or 0
    if candidate.currency not in HARD or is_by_the_fortnight(context, number):
        return True
    named = period_after(context, number) or period_before(context, number, None)
    if named == "year":
        return LEAST_YEAR <= high <= MOST_YEAR
    if named == "hour":
        return low >= 1 and high <= 5_000
    if named:
        return high >= LEAST[named]
    return (
        LEAST_ASSUMED_YEAR <= high <= MOST_YEAR
        or 7 <= low <= MOST_HOUR
        or (candidate.currency == "EUR" and high >= 400)
    )
