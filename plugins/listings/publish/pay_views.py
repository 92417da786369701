"""Pay as pages show it: words, and bars on scales that are shared. Pure.

What is on one page, or in one set of cards, shares a scale for each currency and period. Pay in other currencies, or
for other periods, never does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
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
    fields, prose = [one for one in ranges if one.of_fields], [one for one in ranges if not one.of_fields]
    agreement = agree(fields, prose)
    differing = {one.field: tuple(_quote(other) for other in one.prose) for one in agreement.differ}
    return tuple(
        replace(
            _of_board(one, _fitting(one, yardsticks, year, assumed_hours), assumed_hours),
            differing=differing.get(one, ()),
        )
        for one in agreement.ranges
    )


def _quote(pay: PayRange) -> str:
    return cut(fold(clean(pay.quote)), _LONGEST_QUOTE)


def _of_board(one: PayRange, held: YardstickView | None, assumed_hours: float) -> PayView:
    return PayView(
        quote=_quote(one),
        low=one.low,
        high=one.high,
        currency=one.currency,
        period=one.period,
        basis=one.basis,
        stated_by="",
        bar=None,
        yardstick=held,
        label=cut(fold(clean(one.label)), _LONGEST_QUOTE),
        period_assumed=bool(one.period) and not one.period_stated,
        of_board=one.of_fields,
        measure=_measured(Sum(0, one.currency, one.period), held, assumed_hours),
    )


def _fitting(
    pay: PayRange, yardsticks: Sequence[YardstickView], year: int, assumed_hours: float
) -> YardstickView | None:
    wanted = Sum(0, pay.currency, pay.period)
    known = [one for one in yardsticks if one.year is None or one.year <= year]
    able = [one for one in known if _measured(wanted, one, assumed_hours)]
    return max(able, key=lambda one: (one.period == pay.period, one.year or 0), default=None)


def _measured(pay: Sum, held: YardstickView | None, assumed_hours: float) -> Measure | None:
    """Return what a yardstick is for the period of a pay, of which only currency, period and hours are asked."""
    if not held:
        return None
    return measure(pay, Sum(held.amount, held.currency, held.period, held.hours_a_week), assumed_hours)


def on_one_scale(listings: Iterable[ListingView]) -> tuple[ListingView, ...]:
    """Return listings with their bars drawn so that they can be compared with each other by eye."""
    listings = tuple(listings)
    tops = scale_tops(pay for listing in listings for pay in listing.pays)
    return tuple(replace(one, pays=drawn(one.pays, tops)) if one.pays else one for one in listings)


def drawn(pays: Iterable[PayView], tops: Mapping[Scale, float]) -> tuple[PayView, ...]:
    """Return pay with bars on the scales that end at `tops`."""
    return tuple(replace(pay, bar=bar(pay, tops.get((pay.currency, pay.period), 0.0))) for pay in pays)


def scale_tops(pays: Iterable[PayView]) -> dict[Scale, float]:
    """Return where each scale ends: at its highest figure, pay or yardstick, rounded up to two digits."""
    highest: dict[Scale, float] = {}
    for pay in pays:
        scale = (pay.currency, pay.period)
        figures = [figure for figure in (pay.low, pay.high) if figure and pay.currency and pay.period]
        if figures:
            highest[scale] = max(highest.get(scale, 0.0), *figures, pay.measure.amount if pay.measure else 0.0)
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
    held = pay.measure
    return BarView(
        start=round(100 * low / top, 2),
        width=round(100 * (high - low) / top, 2),
        tick=round(100 * held.amount / top, 2) if held else None,
        scale_top=top,
        ratio=rounded_ratio(pay.high, held) if held and pay.high else None,
        yardstick=pay.yardstick if held else None,
        measure=held,
    )
