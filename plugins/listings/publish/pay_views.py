"""Pay as pages show it: words, and bars on scales that are shared. Pure.

What is on one page, or in one set of cards, shares a scale for each currency and period. Pay in other currencies, or
for other periods, never does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from math import ceil, log10

from plugins.core.text.characters import clean, cut, fold
from plugins.listings.comparison import Measure, Sum, measure, rounded_ratio
from plugins.listings.model import Pay, Yardstick
from plugins.listings.pay.agreement import agree
from plugins.listings.posting import PayRange
from plugins.listings.publish.views import BarView, ListingView, PayView, YardstickView

Scale = tuple[str, str]
"""What can stand on one scale: a currency and a period."""

_LONGEST_QUOTE = 200
"""Characters of the words that state pay."""


def yardstick_view(yardstick: Yardstick) -> YardstickView:
    """Return a yardstick as it is shown."""
    return YardstickView(
        id=yardstick.id,
        title=yardstick.title,
        amount=yardstick.amount,
        currency=yardstick.currency,
        period=yardstick.period,
        year=yardstick.year,
        text=yardstick.text,
        source=yardstick.source,
        link=yardstick.url,
        hours_a_week=yardstick.hours_a_week,
    )


def of_file(pay: Pay, yardstick: YardstickView | None, assumed_hours: float = 0) -> PayView:
    """Return pay as a listing's file gives it, without its bar; `assumed_hours` of a week where nobody states any."""
    return PayView(
        quote=pay.quote,
        low=pay.low,
        high=pay.high,
        currency=pay.currency,
        period=pay.period,
        basis=pay.basis,
        stated_by=pay.stated_by,
        bar=None,
        yardstick=yardstick,
        measure=_measured(Sum(0, pay.currency, pay.period, pay.hours_a_week), yardstick, assumed_hours),
    )


def of_board(
    ranges: Sequence[PayRange], yardsticks: Iterable[YardstickView], year: int, assumed_hours: float = 0
) -> tuple[PayView, ...]:
    """Return pay as an advertisement of the `year` gives it, a board's fields before the prose, without bars.

    It is held against the latest yardstick that was known by then, in its currency; one for its period before others,
    which are converted where that can be.
    """
    yardsticks = list(yardsticks)
    fields = [one for one in ranges if one.of_fields]
    prose = [one for one in ranges if not one.of_fields]
    agreement = agree(fields, prose)
    differing = {one.field: one.prose for one in agreement.differ}
    shown: list[PayView] = []
    for one in agreement.ranges:
        held = _fitting(one, yardsticks, year, assumed_hours)
        shown.append(_of_board(one, held, assumed_hours, differing.get(one, ())))
    return tuple(shown)


def _quote(pay: PayRange) -> str:
    return cut(fold(clean(pay.quote)), _LONGEST_QUOTE)


def _of_board(
    pay: PayRange, held: YardstickView | None, assumed_hours: float, differing: Iterable[PayRange]
) -> PayView:
    return PayView(
        quote=_quote(pay),
        low=pay.low,
        high=pay.high,
        currency=pay.currency,
        period=pay.period,
        basis=pay.basis,
        stated_by="",
        bar=None,
        yardstick=held,
        label=cut(fold(clean(pay.label)), _LONGEST_QUOTE),
        period_assumed=bool(pay.period) and not pay.period_stated,
        of_board=pay.of_fields,
        measure=_measured(Sum(0, pay.currency, pay.period), held, assumed_hours),
        differing=tuple(map(_quote, differing)),
    )


def _fitting(
    pay: PayRange, yardsticks: Sequence[YardstickView], year: int, assumed_hours: float
) -> YardstickView | None:
    wanted = Sum(0, pay.currency, pay.period)
    fitting: list[YardstickView] = []
    for one in yardsticks:
        is_known = one.year is None or one.year <= year
        if is_known and _measured(wanted, one, assumed_hours):
            fitting.append(one)
    return max(fitting, key=lambda one: (one.period == pay.period, one.year or 0), default=None)


def _measured(pay: Sum, held: YardstickView | None, assumed_hours: float) -> Measure | None:
    """Return what a yardstick is for the period of a pay, of which only currency, period and hours are asked."""
    if not held:
        return None
    return measure(pay, Sum(held.amount, held.currency, held.period, held.hours_a_week), assumed_hours)


def on_one_scale(listings: Iterable[ListingView]) -> tuple[ListingView, ...]:
    """Return listings with their bars drawn so that they can be compared with each other by eye."""
    listings = tuple(listings)
    tops = scale_tops(chain.from_iterable(listing.pays for listing in listings))
    shown: list[ListingView] = []
    for listing in listings:
        if listing.pays:  # as most of a board have none, no copies are made of these
            shown.append(replace(listing, pays=drawn(listing.pays, tops)))
        else:
            shown.append(listing)
    return tuple(shown)


def drawn(pays: Iterable[PayView], tops: Mapping[Scale, float]) -> tuple[PayView, ...]:
    """Return pay with bars on the scales that end at `tops`."""
    return tuple(replace(pay, bar=bar(pay, tops.get((pay.currency, pay.period), 0.0))) for pay in pays)


def scale_tops(pays: Iterable[PayView]) -> dict[Scale, float]:
    """Return where each scale ends: at its highest figure, pay or yardstick, rounded up to two digits."""
    highest: dict[Scale, float] = {}
    for pay in pays:
        figure = max(pay.low or 0.0, pay.high or 0.0)
        if not (figure and pay.currency and pay.period):
            continue
        if pay.measure:
            figure = max(figure, pay.measure.amount)
        scale = (pay.currency, pay.period)
        highest[scale] = max(highest.get(scale, 0.0), figure)
    return {scale: _rounded_up(figure) for scale, figure in highest.items()}


def _rounded_up(figure: float) -> float:
    step = 10.0 ** (int(log10(figure)) - 1)
    return ceil(figure / step) * step


def bar(pay: PayView, top: float) -> BarView | None:
    """Return pay as a picture on a scale from 0 to `top`; None where nobody says for which period or currency it is.

    An open end reaches the scale's end.
    """
    if not (top and pay.period and pay.currency and (pay.low or pay.high)):
        return None
    low, high = pay.low or 0.0, pay.high or top
    without = BarView(start=round(100 * low / top, 2), width=round(100 * (high - low) / top, 2), scale_top=top)
    if pay.measure is None:
        return without
    return replace(
        without,
        tick=round(100 * pay.measure.amount / top, 2),
        ratio=rounded_ratio(pay.high, pay.measure) if pay.high else None,
        yardstick=pay.yardstick,
        measure=pay.measure,
    )
