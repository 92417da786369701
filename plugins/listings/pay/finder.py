"""Ranges of pay in a text: what is called from outside."""

import re

from plugins.listings.pay import evidence
from plugins.listings.pay.amounts import amounts
from plugins.listings.pay.currencies import country_currency, is_ambiguous, resolve
from plugins.listings.pay.evidence import Context
from plugins.listings.pay.plain import Plain, make_plain
from plugins.listings.pay.ranges import candidates, with_open_end
from plugins.listings.pay.tokens import tokens
from plugins.listings.posting import PayRange

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
    context = Context(plain.text, cut, candidates(plain.text, cut, amounts(cut)))
    found: list[PayRange] = []
    accepted: int | None = None
    for number in range(len(context.found)):
        verdict = evidence.judge(context, number, accepted)
        if verdict.is_pay:
            accepted = number
            found.append(_pay_range(context, number, verdict.heading, country, plain, text))
    return tuple(found)


def _pay_range(context: Context, number: int, heading: int | None, country: str, plain: Plain, text: str) -> PayRange:
    candidate = with_open_end(context.text, context.tokens, context.found[number])
    label = evidence.label(context, number)
    currency = candidate.currency
    if is_ambiguous(currency):
        currency = evidence.stated_code(context, number) or resolve(currency, _country_of(label) or country)
    after = evidence.period_after(context, number)
    stated = after[0] if after else evidence.period_before(context, number, heading)
    start, end = plain.original(context.tokens[candidate.first].start, context.tokens[candidate.last].end)
    return PayRange(
        quote=text[start:end],
        low=candidate.low,
        high=candidate.high,
        currency=currency,
        period=stated or evidence.assumed_period(candidate.low, candidate.high, currency),
        period_stated=bool(stated),
        basis=evidence.basis(context, number),
        label=label,
        start=start,
    )


def _country_of(label: str) -> str:
    """Return the label where it names a country, so that “Canada: $90,000” is in its dollars."""
    return label if len(label) > 2 and country_currency(label) else ""  # noqa: PLR2004 - CA is California here
