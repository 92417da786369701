"""What the archive of listings comes to in figures: openings by month, the spread of pay, days until a rewording. Pure.

Counted are the archive's listings, which are those that match the rules of their boards. Nothing here grows faster
than they do: employers beyond MOST_EMPLOYERS are counted together, months beyond MOST_MONTHS are left to the archive.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate, chain
from statistics import median
from typing import Literal, NamedTuple
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
    columns: tuple[Column, ...]


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
    as_of = max(listing.last_seen for listing in listings)
    last = _month(as_of, zone)
    first = max(min(_month(listing.first_seen, zone) for listing in listings), last - MOST_MONTHS + 1)
    size = last - first + 1
    # For each month, how many more are open at its end than at that of the month before: added up they are the counts,
    # and a listing that was open for years costs two entries.
    changes: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for listing in sorted(listings, key=lambda one: one.last_seen):
        url = employer_url(listing.employer)
        names[url] = listing.employer  # as the listing has it that was seen last
        change = changes.setdefault(url, [0] * (size + 1))
        for begin, end in _open_months(listing, zone, last + 1):
            if end > first:
                change[max(begin, first) - first] += 1
                change[end - first] -= 1
    counted = {url: tuple(accumulate(change))[:size] for url, change in changes.items()}
    ranked = sorted(counted, key=lambda url: (-counted[url][-1], -max(counted[url]), names[url].casefold(), url))
    shown = [(names[url], url, counted[url]) for url in ranked[:MOST_EMPLOYERS]]
    if others := [counted[url] for url in ranked[MOST_EMPLOYERS:]]:
        shown.append(("", "", _summed(others)))
    most = max(max(counts) for _, _, counts in shown)
    series = tuple(Series(name, url, counts, _columns(counts, most)) for name, url, counts in shown)
    months = tuple(date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1))
    return Openings(months, series, _summed(counted.values()), most, as_of)


def _summed(counts: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Return the sum of each month's counts."""
    return tuple(map(sum, zip(*counts, strict=True)))


def _columns(counts: Sequence[int], most: int) -> tuple[Column, ...]:
    step = 100 / len(counts)
    columns: list[Column] = []
    for number, count in enumerate(counts):
        height = 100 * count / max(1, most)  # `most` is 0 where each was closed in its first month
        columns.append(
            Column(
                x=round(number * step, 2),
                width=round(step * COLUMN, 2),
                y=round(100 - height, 2),
                height=round(height, 2),
            )
        )
    return tuple(columns)


def _month(moment: datetime, zone: ZoneInfo) -> int:
    """Return a month as a number that grows by one from each to the next, across years too."""
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


class _Comparable(NamedTuple):
    """What the sums of one group have in common."""

    currency: str
    period: Period
    kind: Kind


class _StatedRange(NamedTuple):
    """A range of which both ends are stated."""

    low: float
    high: float
    is_period_assumed: bool


_ByEmployer = dict[str, list[list[_StatedRange]]]
"""The ranges of each of an employer's listings, by the URL of the employer's page."""


def pay(listings: Iterable[ListingView]) -> tuple[PaySpreads, ...]:
    """Return the spread of the pay that open listings state, the currency and period that most state first.

    A listing counts once for each: by the fields of its board where they give pay, else by its text. What is earned
    only where targets are met is left out, as are ranges with an open end: their other end is nobody's figure.
    """
    groups: defaultdict[_Comparable, _ByEmployer] = defaultdict(dict)
    names: dict[str, str] = {}
    for listing in listings:
        if listing.state == "open":
            names.setdefault(listing.employer_url, listing.employer)
            for key, ranges in _stated(listing.pays).items():
                groups[key].setdefault(listing.employer_url, []).append(ranges)

    def rank(key: _Comparable) -> tuple[int, _Comparable]:
        return -sum(map(len, groups[key].values())), key

    return tuple(_group(key, groups[key], names) for key in sorted(groups, key=rank))


def _stated(pays: Sequence[PayView]) -> Mapping[_Comparable, list[_StatedRange]]:
    """Return the ranges of a listing that count, by what they can be compared with."""
    stated: defaultdict[_Comparable, list[_StatedRange]] = defaultdict(list)
    for one in [one for one in pays if one.of_board] or pays:
        if one.low and one.high and one.currency and one.period and one.basis != "ote":
            key = _Comparable(one.currency, one.period, "total" if one.basis == "total" else "pay")
            stated[key].append(_StatedRange(one.low, one.high, one.period_assumed))
    return stated


def _group(key: _Comparable, employers: _ByEmployer, names: Mapping[str, str]) -> PaySpreads:
    assumed = 0
    highest: list[float] = []
    for ranges in chain.from_iterable(employers.values()):
        assumed += any(one.is_period_assumed for one in ranges)
        highest += [one.high for one in ranges]
    top = max(highest)
    ranked = sorted(employers, key=lambda url: (-len(employers[url]), names[url].casefold(), url))
    shown = [_spread(names[url], url, employers[url], top) for url in ranked[:MOST_EMPLOYERS]]
    if others := ranked[MOST_EMPLOYERS:]:
        listings = list(chain.from_iterable(map(employers.__getitem__, others)))
        shown.append(_spread("", "", listings, top))
    return PaySpreads(*key, top, assumed, tuple(shown))


def _spread(employer: str, url: str, listings: Sequence[Sequence[_StatedRange]], top: float) -> Spread:
    lows: list[float] = []
    highs: list[float] = []
    middles: list[float] = []
    for one in chain.from_iterable(listings):
        lows.append(one.low)
        highs.append(one.high)
        middles.append((one.low + one.high) / 2)
    low, high, middle = min(lows), max(highs), median(middles)
    start, width = round(100 * low / top, 2), round(100 * (high - low) / top, 2)
    return Spread(employer, url, len(listings), low, middle, high, start, width, round(100 * middle / top, 2))


def rewordings(listings: Iterable[ArchivedListing]) -> Rewordings:
    """Return how long listings stood before their title or text was first changed, in whole days."""
    waited: list[int] = []
    never = 0
    counts = [0] * (len(WITHIN) + 1)
    for listing in listings:
        days = _days_until_reworded(listing)
        if days is None:
            never += 1
        else:
            waited.append(days)
            counts[bisect_left(WITHIN, days)] += 1  # a bound is within itself
    largest = max(1, *counts)
    waits: list[DaysUntilRewording] = []
    for over, up_to, count in zip((-1, *WITHIN), (*WITHIN, None), counts, strict=True):
        waits.append(DaysUntilRewording(over, up_to, count, round(100 * count / largest, 2)))
    return Rewordings(tuple(waits), len(waited), never, median(waited or [0]))


def _days_until_reworded(listing: ArchivedListing) -> int | None:
    first = listing.snapshots[0]
    for after in listing.snapshots[1:]:
        if word_diff.is_reworded(first.title, after.title) or word_diff.is_reworded(first.text, after.text):
            return (after.seen - listing.first_seen).days
    return None
