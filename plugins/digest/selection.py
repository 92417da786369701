"""Choose what a digest says of all that happened: the most important of each day, in the order of days."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import chain, groupby, zip_longest
from zoneinfo import ZoneInfo

from plugins.digest.model import SUFFIX, Chosen, News, NewsGroup
from plugins.sections.news import NewsItem, Period

MOST = 40  # of one section
_GROUPED_FROM = 8  # items from which a section's days have headings
_DAYS = 14  # days up to which each has its own; of a longer time, months have


def choose(news: Iterable[News], period: Period, zone: ZoneInfo, most: int = MOST) -> tuple[Chosen, ...]:
    """Return the chosen news of each section that has any, in the order given.

    Of many, the days share the places: each has its first before any has a second. Earlier digests are left out.
    """
    found = []
    for of_section in news:
        chosen = _of_section(of_section, period, zone, most)
        if chosen.groups:
            found.append(chosen)
    return tuple(found)


def _of_section(news: News, period: Period, zone: ZoneInfo, most: int) -> Chosen:
    items = [item for item in news.items if not item.reference.endswith(SUFFIX)]
    items.sort(key=lambda item: (-item.rank, _moment(item.at, zone), item.reference, item.title))
    days = dict(sorted(_by_day(items, zone).items()))
    # By identity: two pieces of news may say the same of the same day, and each has its place.
    shown = set(map(id, _shared([*reversed(days.values())], most)))
    told: dict[date, tuple[NewsItem, ...]] = {}
    for day, of_day in days.items():
        if rows := tuple(item for item in of_day if id(item) in shown):
            told[day] = rows
    groups: list[NewsGroup] = []
    if len(items) >= _GROUPED_FROM:
        if (period.end.date() - period.start.date()).days <= _DAYS:
            groups = [NewsGroup(rows, day) for day, rows in told.items()]
        else:
            groups = list(_by_month(told, zone))
    elif items:
        groups = [NewsGroup(_in_order(told.values(), zone))]
    return Chosen(news, tuple(groups), len(items) - len(shown))


def _by_day(items: Iterable[NewsItem], zone: ZoneInfo) -> dict[date, list[NewsItem]]:
    days: dict[date, list[NewsItem]] = {}
    for item in items:
        days.setdefault(_moment(item.at, zone).date(), []).append(item)
    return days


def _shared(days: Sequence[Sequence[NewsItem]], most: int) -> list[NewsItem]:
    """Return the first of every day, then every second, until there are enough; of each round the highest first.

    Of the same rank the earlier given come first, which are the latest days.
    """
    shared: list[NewsItem] = []
    for nth_of_each in zip_longest(*days):  # none for a day that has no more
        shared += sorted(filter(None, nth_of_each), key=lambda item: -item.rank)
    return shared[:most]


def _by_month(told: Mapping[date, Sequence[NewsItem]], zone: ZoneInfo) -> Iterator[NewsGroup]:
    for first, days in groupby(told, key=lambda day: day.replace(day=1)):
        yield NewsGroup(_in_order([told[day] for day in days], zone), first, whole_month=True)


def _in_order(days: Iterable[Sequence[NewsItem]], zone: ZoneInfo) -> tuple[NewsItem, ...]:
    return tuple(sorted(chain.from_iterable(days), key=lambda item: (_moment(item.at, zone), -item.rank)))


def _moment(at: date, zone: ZoneInfo) -> datetime:
    if isinstance(at, datetime):
        return at.astimezone(zone)
    return datetime.combine(at, time(), zone)
