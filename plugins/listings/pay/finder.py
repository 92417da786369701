"""Ranges of pay in a text: what is called from outside."""

import re
from collections.abc import Iterator
from dataclasses import replace

from plugins.listings.pay import statements
from plugins.listings.pay.amounts import amounts
from plugins.listings.pay.context import Context
from plugins.listings.pay.currencies import country_currency, is_ambiguous, resolve
from plugins.listings.pay.layout import heading_of
from plugins.listings.pay.pay_evidence import judge
from plugins.listings.pay.plain import Plain, make_plain
from plugins.listings.pay.ranges import candidates, with_open_end
from plugins.listings.pay.tokens import tokens
from plugins.listings.posting import PayRange

LIKE = 3
"""Ranges of one list differ in size by less than so many times."""
_DIGIT = re.compile(r"\d")


def find(text: str, country: str = "") -> tuple[PayRange, ...]:
    """Return the ranges of pay that a text states, in its order, each once.

    `country` is the job's, as a code of ISO 3166 or a name in English; it resolves a bare $, kr or ¥, and gives its
    currency to numbers that have none. Takes time in proportion to the text's length. Raises nothing.
    """
    if not _DIGIT.search(text):
        return ()
    plain = make_plain(text)
    cut = tokens(plain.text)
    context = Context.of(plain.text, cut, candidates(plain.text, cut, amounts(cut)))
    found: list[PayRange] = []
    accepted: list[int] = []
    last: int | None = None
    for number in range(len(context.found)):
        verdict = judge(context, number, last)
        if verdict.is_pay:
            last = number
            accepted.append(number)
            found.append(_pay_range(context, number, verdict.heading, country, plain, text))
    return tuple(_with_periods_of_neighbours(context, found, accepted))


def _pay_range(context: Context, number: int, heading: int | None, country: str, plain: Plain, text: str) -> PayRange:
    candidate = with_open_end(context.text, context.tokens, context.found[number])
    label = statements.label(context, number)
    currency = candidate.currency
    if is_ambiguous(currency):
        currency = statements.stated_code(context, number) or resolve(currency, _country_of(label) or country)
    if heading is None:
        heading = heading_of(context, number)
    stated = statements.period_after(context, number)
    if not stated and not statements.is_by_the_fortnight(context, number):
        stated = statements.period_before(context, number, heading)
    start, end = plain.original(context.tokens[candidate.first].start, context.tokens[candidate.last].end)
    stated = stated or statements.period_field(context, number)
    return PayRange(
        quote=text[start:end],
        low=candidate.low,
        high=candidate.high,
        currency=currency,
        period=stated or statements.assumed_period(candidate.low, candidate.high, currency),
        period_stated=bool(stated),
        basis=statements.basis(context, number),
        label=label,
        start=start,
    )


def _with_periods_of_neighbours(context: Context, found: list[PayRange], accepted: list[int]) -> Iterator[PayRange]:
    """Give ranges the period that is said once for a list of them in one line, before its first or after its last."""
    lines = [context.line_start(context.found[number].first) for number in accepted]
    previous: PayRange | None = None
    for place, one in enumerate(found):
        beside: list[PayRange] = []
        if previous and lines[place - 1] == lines[place]:
            beside.append(previous)
        if place + 1 < len(found) and lines[place + 1] == lines[place]:
            beside.append(found[place + 1])
        periods = {other.period for other in beside if _is_like(other, one)}
        if not one.period_stated and len(periods) == 1:
            one = replace(one, period=periods.pop(), period_stated=True)  # noqa: PLW2901 - the next is given it too
        yield one
        previous = one


def _is_like(other: PayRange, one: PayRange) -> bool:
    """Tell whether a range has a stated period and sums of another's size and currency."""
    size, others = one.high or one.low or 0, other.high or other.low or 0
    return other.period_stated and other.currency == one.currency and size <= LIKE * others and others <= LIKE * size


def _country_of(label: str) -> str:
    """Return the label where it names a country, so that “Canada: $90,000” is in its dollars."""
    return label if len(label) > 2 and country_currency(label) else ""  # CA is California here
