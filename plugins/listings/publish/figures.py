"""What the archive of listings comes to in figures: openings by month, the spread of pay, days until a rewording. Pure.

Counted are the archive's listings, which are those that match the rules of their boards. Nothing here grows faster
than they do: employers beyond MOST_EMPLOYERS are counted together, months beyond MOST_MONTHS are left to the archive.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate
from statistics import median
from typing import Literal
from zoneinfo import ZoneInfo

from plugins.listings.model import Period
from plugins.listings.posting import ArchivedListing
from plugins.listings.publish import word_diff
from plugins.listings.publish.build_views import employer_url
from plugins.listings.publish.views import ListingView, PayView

MOST_EMPLOYERS = 8
MOST_MONTHS = 36
COLUMN = 0.8
"""What a column takes of a month's width; the rest parts it from the next."""
WITHIN = (7, 30, 90)
"""Days within which a rewording is counted; what took longer is counted together."""

Kind = Literal["pay", "total"]
"""Whether sums are base pay, or pay of which nobody says what is in it; or said to be total pay."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart, in hundredths of its width and height; `y` is from its top."""

    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Series:
    """The openings of an employer, "" for all others together, at the end of each month, and as columns.

    `url` is the page of the employer's listings.
    """

    employer: str
    url: str
    counts: tuple[int, ...]
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Openings:
    """Openings by month: the months' first days, each employer's, the largest first, and those of all.

    The last month is counted up to `as_of`, the last read. `most` is the most that an employer had, where the scale
    that all columns share ends.
    """

    months: tuple[date, ...]
    series: tuple[Series, ...]
    totals: tuple[int, ...]
    most: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Spread:
    """The pay of an employer's open listings: how many state it, the lowest bottom, the middle, the highest top.

    `middle` is the median of the ranges' middles. `start`, `width` and `tick` are hundredths of the shared scale.
    """

    employer: str
    url: str
    listings: int
    low: float
    middle: float
    high: float
    start: float
    width: float
    tick: float


@dataclass(frozen=True, slots=True)
class PaySpreads:
    """The spreads of sums that can be compared: of one currency, period and kind, on a scale from 0 to `top`."""

    currency: str
    period: Period
    kind: Kind
    top: float
    assumed: int
    """Of how many listings the period is assumed from the sums' size."""
    spreads: tuple[Spread, ...]


@dataclass(frozen=True, slots=True)
class DaysUntilRewording:
    """How many listings were first reworded after more than `over` days and up to `up_to`, None for all beyond.

    `width` is in hundredths of the largest.
    """

    over: int
    up_to: int | None
    listings: int
    width: float


@dataclass(frozen=True, slots=True)
class Rewordings:
    """Days until listings were first reworded; `never` were not so far, `middle` is the median of those that were."""

    waits: tuple[DaysUntilRewording, ...]
    reworded: int
    never: int
    middle: float


def openings(listings: Iterable[ArchivedListing], zone: ZoneInfo) -> Openings | None:
    """Return the openings by month and employer, to the last read; None where there are no listings."""
    listings = list(listings)
    if not listings:
        return None
    as_of = max(one.last_seen for one in listings)
    last = _month(as_of, zone)
    first = max(min(_month(one.first_seen, zone) for one in listings), last - MOST_MONTHS + 1)
    size = last - first + 1
    changes: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for one in sorted(listings, key=lambda listing: listing.last_seen):
        url = employer_url(one.employer)
        names[url] = one.employer
        change = changes.setdefault(url, [0] * (size + 1))
        for begin, end in _open_months(one, zone, last + 1):
            if end > first:
                change[max(begin, first) - first] += 1
                change[end - first] -= 1
    counted = {url: tuple(accumulate(change))[:size] for url, change in changes.items()}
    ranked = sorted(counted, key=lambda url: (-counted[url][-1], -max(counted[url]), names[url].casefold(), url))
    series = [Series(names[url], url, counted[url]) for url in ranked[:MOST_EMPLOYERS]]
    if others := [counted[url] for url in ranked[MOST_EMPLOYERS:]]:
        series.append(Series("", "", tuple(map(sum, zip(*others, strict=True)))))
    totals = tuple(map(sum, zip(*counted.values(), strict=True)))
    months = tuple(date((first + number) // 12, (first + number) % 12 + 1, 1) for number in range(size))
    most = max(max(one.counts) for one in series)
    drawn = tuple(replace(one, columns=_columns(one.counts, most)) for one in series)
    return Openings(months, drawn, totals, most, as_of)


def _columns(counts: Sequence[int], most: int) -> tuple[Column, ...]:
    step = 100 / len(counts)
    return tuple(
        Column(
            x=round(number * step, 2),
            width=round(step * COLUMN, 2),
            y=round(100 - 100 * count / max(1, most), 2),
            height=round(100 * count / max(1, most), 2),
        )
        for number, count in enumerate(counts)
    )


def _month(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.year * 12 + local.month - 1


def _open_months(listing: ArchivedListing, zone: ZoneInfo, beyond: int) -> Iterator[tuple[int, int]]:
    """Return from which month on a listing was open at the month's end, and from which no longer, each time."""
    begin: int | None = None
    for happening in listing.happenings:
        month = _month(happening.at, zone)
        if happening.event in {"opened", "relisted", "reopened"}:
            begin = month
        elif happening.event == "closed" and begin is not None:
            if month > begin:
                yield begin, month
            begin = None
    if begin is not None:
        yield begin, beyond


def pay(listings: Iterable[ListingView]) -> tuple[PaySpreads, ...]:
    """Return the spread of the pay that open listings state, the currency and period that most state first.

    A listing counts once for each: by the fields of its board where they give pay, else by its text. What is earned
    only where targets are met is left out, as are ranges with an open end: their other end is nobody's figure.
    """
    groups: dict[tuple[str, Period, Kind], dict[str, list[list[PayView]]]] = {}
    names: dict[str, str] = {}
    for listing in listings:
        if listing.state != "open":
            continue
        names.setdefault(listing.employer_url, listing.employer)
        stated: dict[tuple[str, Period, Kind], list[PayView]] = {}
        fields = [one for one in listing.pays if one.of_board]
        for one in fields or listing.pays:
            if one.low and one.high and one.currency and one.period and one.basis != "ote":
                kind: Kind = "total" if one.basis == "total" else "pay"
                stated.setdefault((one.currency, one.period, kind), []).append(one)
        for key, ranges in stated.items():
            groups.setdefault(key, {}).setdefault(listing.employer_url, []).append(ranges)
    ordered = sorted(groups.items(), key=lambda item: (-sum(map(len, item[1].values())), item[0]))
    return tuple(_group(*key, employers, names) for key, employers in ordered)


def _group(
    currency: str, period: Period, kind: Kind, employers: dict[str, list[list[PayView]]], names: dict[str, str]
) -> PaySpreads:
    listings = [ranges for rows in employers.values() for ranges in rows]
    assumed = sum(any(one.period_assumed for one in ranges) for ranges in listings)
    top = max(one.high or 0 for ranges in listings for one in ranges)
    ranked = sorted(employers, key=lambda url: (-len(employers[url]), names[url].casefold(), url))
    shown = [_spread(names[url], url, employers[url], top) for url in ranked[:MOST_EMPLOYERS]]
    if others := [ranges for url in ranked[MOST_EMPLOYERS:] for ranges in employers[url]]:
        shown.append(_spread("", "", others, top))
    return PaySpreads(currency, period, kind, top, assumed, tuple(shown))


def _spread(employer: str, url: str, listings: Sequence[Sequence[PayView]], top: float) -> Spread:
    ranges = [(one.low or 0.0, one.high or 0.0) for ranges in listings for one in ranges]
    low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
    middle = median((low + high) / 2 for low, high in ranges)
    start, width = round(100 * low / top, 2), round(100 * (high - low) / top, 2)
    return Spread(employer, url, len(listings), low, middle, high, start, width, round(100 * middle / top, 2))


def rewordings(listings: Iterable[ArchivedListing]) -> Rewordings:
    """Return how long listings stood before their title or text was first changed, in whole days."""
    days = [_days_until_reworded(one) for one in listings]
    waited = [one for one in days if one is not None]
    bounds = (*WITHIN, None)
    counts = Counter(next(bound for bound in bounds if bound is None or one <= bound) for one in waited)
    largest = max(counts.values(), default=1)
    overs = (-1, *WITHIN)
    waits = tuple(
        DaysUntilRewording(over, bound, counts[bound], round(100 * counts[bound] / largest, 2))
        for over, bound in zip(overs, bounds, strict=True)
    )
    return Rewordings(waits, len(waited), len(days) - len(waited), median(waited) if waited else 0)


def _days_until_reworded(listing: ArchivedListing) -> int | None:
    first = listing.snapshots[0]
    for after in listing.snapshots[1:]:
        is_other = word_diff.is_reworded(first.title, after.title) or word_diff.is_reworded(first.text, after.text)
        if is_other:
            return (after.seen - listing.first_seen).days
    return None
