"""Listings as pages show them: pay on one common scale, newest first. Pure."""

from collections.abc import Iterable, Mapping
from math import ceil, log10

from plugins.listings.model import BarView, ListingMatter, ListingView, Pay, PayView, Yardstick, YardstickView
from plugins.sections.printed import Standing


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
    )


def views(
    listings: Iterable[tuple[str, ListingMatter]], yardsticks: Mapping[str, YardstickView]
) -> tuple[ListingView, ...]:
    """Return the listings, the latest seen first."""
    listings = list(listings)
    top = scale_top(matter.pay for _, matter in listings)
    shown = [_view(name, matter, yardsticks.get(matter.yardstick), top) for name, matter in listings]
    return tuple(sorted(shown, key=lambda view: (-view.day.toordinal(), view.id)))


def scale_top(pays: Iterable[Pay | None]) -> float:
    """Return where the common scale of yearly pay ends: the highest figure, rounded up to two digits."""
    figures = [figure for pay in pays if pay and pay.period == "year" for figure in (pay.low, pay.high) if figure]
    if not figures:
        return 0.0
    step = 10.0 ** (int(log10(max(figures))) - 1)
    return ceil(max(figures) / step) * step


def bar(pay: Pay, yardstick: YardstickView | None, top: float) -> BarView | None:
    """Return pay as a picture; none where it is not stated by the year. An open end reaches the scale's end."""
    if pay.period != "year" or not top or not (pay.low or pay.high):
        return None
    low, high = pay.low or 0.0, pay.high or top
    same = yardstick and (yardstick.currency, yardstick.period) == (pay.currency, pay.period)
    held = yardstick if same else None
    return BarView(
        start=round(100 * low / top, 2),
        width=round(100 * (high - low) / top, 2),
        tick=round(100 * held.amount / top, 2) if held else None,
        scale_top=top,
        ratio=round(pay.high / held.amount, 1) if held and pay.high else None,
        yardstick=held,
    )


def _view(name: str, matter: ListingMatter, yardstick: YardstickView | None, top: float) -> ListingView:
    return ListingView(
        id=name,
        url=f"listings/{name}/",
        employer=matter.employer,
        role=matter.role,
        location=matter.location,
        link=matter.url,
        pay=_pay(matter.pay, yardstick, top) if matter.pay else None,
        source_title=matter.source.title if matter.source else "",
        source_link=matter.source.url if matter.source else "",
        posted=matter.posted,
        seen=matter.seen,
        closed=matter.closed,
        history=tuple(sorted((one.date, one.text, one.url) for one in matter.history)),
        summary=matter.summary,
        lang=matter.lang,
        day=matter.day,
        standing=Standing("draft") if matter.status == "draft" else None,
    )


def _pay(pay: Pay, yardstick: YardstickView | None, top: float) -> PayView:
    return PayView(
        quote=pay.quote,
        low=pay.low,
        high=pay.high,
        currency=pay.currency,
        period=pay.period,
        basis=pay.basis,
        stated_by=pay.stated_by,
        bar=bar(pay, yardstick, top),
    )
