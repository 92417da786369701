"""Pay held against a figure: how many times, no more exactly than the figures bear, and never dollars against euros.

Sums for different periods are compared only where that assumes nothing, as with a month and a year, or where the hours
of a week are stated, or assumed and then said beside the outcome. A day is compared with a day alone: how long it is,
and how many there are, nobody says.
"""

from dataclasses import dataclass
from math import floor, log10

from plugins.listings.model import Period

WEEKS, MONTHS = 52, 12
"""Of a year."""
DIGITS = 2
"""Digits of a ratio: pay is stated in round sums, and its range is wider than a third digit would suggest."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a week that a conversion counts with; `is_stated` is false of those that the site assumes."""

    a_week: float
    is_stated: bool


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money for a period; `hours_a_week` where whoever states the sum states them too."""

    amount: float
    currency: str
    period: Period
    hours_a_week: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A yardstick in the period of the pay held against it.

    `amount` is unrounded. `hours` are those it was converted by; None where no hours were needed. `is_converted` is
    false where pay and yardstick have the same period.
    """

    amount: float
    is_converted: bool = False
    hours: Hours | None = None


def measure(pay: Sum, yardstick: Sum, assumed_hours: float = 0) -> Measure | None:
    """Return a yardstick for the period of a pay; None where the two cannot be compared.

    `assumed_hours` are hours of a week where neither states any; 0 converts nothing by them.
    """
    if not pay.currency or pay.currency != yardstick.currency or not pay.period or not yardstick.period:
        return None
    if pay.period == yardstick.period:
        return Measure(yardstick.amount)
    if "day" in (pay.period, yardstick.period):
        return None
    if "hour" not in (pay.period, yardstick.period):
        return Measure(yardstick.amount * _a_year(yardstick.period, 0) / _a_year(pay.period, 0), is_converted=True)
    stated = pay.hours_a_week or yardstick.hours_a_week
    hours = stated or assumed_hours
    if not hours:
        return None
    amount = yardstick.amount * _a_year(yardstick.period, hours) / _a_year(pay.period, hours)
    return Measure(amount, is_converted=True, hours=Hours(hours, is_stated=bool(stated)))


def _a_year(period: Period, hours: float) -> float:
    """Return how many of a period a year has."""
    return {"year": 1.0, "month": float(MONTHS), "week": float(WEEKS), "hour": WEEKS * hours}[period]


def rounded_ratio(amount: float, measured: Measure) -> float:
    """Return how many times a measure goes into an amount, to DIGITS digits: 34.001 is 34, 3.4012 3.4, 126 130."""
    ratio = amount / measured.amount
    return round(ratio, DIGITS - 1 - floor(log10(ratio)))
