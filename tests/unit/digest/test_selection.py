"""What a digest tells of all that happened."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from plugins.digest.model import Chosen, News
from plugins.digest.selection import choose
from plugins.sections.news import NewsItem, Period

END = datetime(2026, 3, 1, 12, tzinfo=UTC)


def item(name: str, day: int = 0, rank: int = 0) -> NewsItem:
    """Return news of so many days before 1 March."""
    return NewsItem(f"{{story}}{name}", name, END.date() - timedelta(days=day), rank=rank)


def chosen(items: Iterable[NewsItem], days: int = 7, most: int = 40) -> Chosen:
    """Return what is told of these."""
    period = Period(END - timedelta(days=days), END)
    (found,) = choose([News("updates", "updates", tuple(items))], period, ZoneInfo("UTC"), most)
    return found


def titles(found: Chosen) -> list[list[str]]:
    """Return the titles in each group."""
    return [[one.title for one in group.items] for group in found.groups]


def test_little_news_is_one_list_in_the_order_of_days() -> None:
    """Seven lines need no headings."""
    found = chosen([item("b", 1), item("a", 5), item("c", 0)])
    assert (titles(found), found.groups[0].first, found.more) == ([["a", "b", "c"]], None, 0)


def test_much_news_stands_by_day_the_most_told_first() -> None:
    """From eight on each day has a heading, and what many outlets tell stands above what one tells."""
    found = chosen([item(f"x{number}", number % 2, number) for number in range(8)])
    assert titles(found) == [["x7", "x5", "x3", "x1"], ["x6", "x4", "x2", "x0"]]
    assert [group.first for group in found.groups] == [date(2026, 2, 28), date(2026, 3, 1)]


def test_months_of_news_stand_by_month() -> None:
    """Of sixty days, not each has a heading."""
    found = chosen([item(f"x{day}", day) for day in range(60)], days=60)
    assert [(group.first, group.whole_month) for group in found.groups] == [
        (date(2026, 1, 1), True),
        (date(2026, 2, 1), True),
        (date(2026, 3, 1), True),
    ]
    assert found.more == 20


def test_a_loud_day_leaves_room_for_the_quiet() -> None:
    """Each day has its first before any has a second; a pinned story is above all of its day."""
    loud = [item(f"loud{number}", 1, 50) for number in range(30)]
    found = chosen([*loud, item("pinned", 1, 10_000), item("quiet", 3, 1)], most=5)
    assert titles(found) == [["quiet"], ["pinned", "loud0", "loud1", "loud10"]]
    assert found.more == 27


def test_a_day_is_the_sites() -> None:
    """What happened late on one day in London stands under the day it was here."""
    at = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    items = [NewsItem(f"{{story}}{number}", "t", at) for number in range(8)]
    zone = ZoneInfo("Pacific/Auckland")
    (found,) = choose([News("updates", "", tuple(items))], Period(END - timedelta(days=7), END), zone)
    assert [group.first for group in found.groups] == [date(2026, 3, 1)]


def test_a_digest_tells_of_no_digest() -> None:
    """Last week's is a post like others, and no news; a section without news is left out."""
    last = NewsItem("{filename}/posts/2026-02-22-digest.md", "The news", END.date())
    assert choose([News("posts", "posts", (last,))], Period(END - timedelta(days=7), END), ZoneInfo("UTC")) == ()
