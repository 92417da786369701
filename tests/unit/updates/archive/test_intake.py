"""What one source may bring: in a fetch, in a day, of which age, and how large."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugins.updates.archive.intake import Intake, admit, edits_within
from plugins.updates.archive.merge import merge
from plugins.updates.budgets import IntakeBudget
from plugins.updates.model import Source, Update
from tests.unit.updates.conftest import START, Make

SOURCE = Source("post", "The Post", "https://post.example/", "press", feed="https://post.example/feed")
BUDGET = IntakeBudget()
NOW = START + timedelta(days=1)


def taken(
    new: list[Update], archived: list[Update] | None = None, *, days: int = 0, first: bool = False, size: int = 1_000
) -> Intake:
    """Admit updates, each of the same size, so many days later."""
    now = NOW + timedelta(days=days)
    return admit(new, archived or [], SOURCE, BUDGET, now, lambda _: size, is_first=first)


def flood(make: Make, count: int) -> list[Update]:
    """Return updates of the last day, new at NOW."""
    return [make(f"n{number:04}", 23 - number / 100, first_seen=NOW) for number in range(count)]


def test_a_month_of_flooding_brings_next_to_nothing(make: Make) -> None:
    """A thousand new items at every fetch of a month: an update a day comes of them, however often it is asked."""
    archived: list[Update] = []
    for day in range(30):
        new = [make(f"{day}-{number}", 24 * day, first_seen=NOW + timedelta(days=day)) for number in range(1_000)]
        for _ in range(2):
            archived += taken(new, archived, days=day).taken
    assert len(archived) == 30


@pytest.mark.parametrize("count", [40, 100, 150])
def test_an_honest_day_comes_in_whole(make: Make, count: int) -> None:
    """As many as a feed may hold on a large day are there in a few days, however often it is asked: nothing is lost."""
    archived: list[Update] = []
    waiting = flood(make, count)
    for day in range(4):
        for _ in range(3):
            came = [replace(one, first_seen=NOW + timedelta(days=day)) for one in waiting]
            archived += taken(came, archived, days=day).taken
            waiting = [one for one in waiting if one.id not in {kept.id for kept in archived}]
    assert len(archived) == count


def test_the_newest_come_first_and_the_rest_is_counted(make: Make) -> None:
    """Readers want today's news, and the editor is told how much waits."""
    found = taken(flood(make, 80))
    assert [one.id for one in found.taken] == [f"n{number:04}" for number in range(BUDGET.new_a_fetch)]
    assert (found.held, found.old) == (20, 0)


def test_old_dates_bring_no_pages_but_at_a_first_answer(make: Make) -> None:
    """A feed with items from 1970 on gets none in; a new source's history is welcome within the day's room."""
    history = [make(f"h{year}", -24 * 365 * (2026 - year), first_seen=NOW) for year in range(1970, 2023)]
    recent = flood(make, 90)
    found = taken(history, [make("known")])
    assert (found.taken, found.old) == ((), len(history))
    assert len(taken(history, first=True).taken) == 30
    first = taken([*history, *recent], first=True)
    assert [one.id for one in first.taken[90:]] == [f"h{year}" for year in range(2022, 2012, -1)]
    assert (first.held, first.old) == (0, len(history) - 10)


def test_bytes_count_like_updates(make: Make) -> None:
    """Sixty rows of the largest size a day and source are more than a day's bytes: fewer of them are taken."""
    small, large = taken(flood(make, 60)), taken(flood(make, 60), size=16_000)
    assert len(small.taken) == 60
    assert 0 < len(large.taken) * 16_000 <= BUDGET.bytes_a_day / 3
    assert large.held


def test_a_day_long_past_is_not_filled_either(make: Make) -> None:
    """Backdated to one day, run after run: that day's page keeps its size."""
    archived: list[Update] = []
    for day in range(6):
        when = NOW + timedelta(days=day)
        new = [make(f"{day}-{number}", -500 + number / 100, first_seen=when) for number in range(60)]
        archived += taken(new, archived, days=day).taken
    assert len(archived) == 3 * BUDGET.new_a_day


def test_an_editor_can_allow_more(make: Make) -> None:
    """`allowance` in sources.toml is times all of it."""
    generous = replace(SOURCE, allowance=10)
    found = admit(flood(make, 500), [], generous, BUDGET, NOW, lambda _: 1_000, is_first=False)
    assert len(found.taken) == 500


def test_headlines_changed_at_every_fetch_grow_the_archive_by_so_much_a_day(make: Make) -> None:
    """Of 500 items reworded at every run a hundred new headlines are taken over in a day; the rest wait their turn."""
    archived = {f"n{number}": make(f"n{number}", number / 100) for number in range(500)}
    for run in range(5):
        now = NOW + timedelta(hours=run)
        came = [replace(one, title=f"Reworded {run}") for one in archived.values()]
        archived |= merge(archived, edits_within(came, archived, SOURCE, BUDGET, now), now).updates
    assert sum(len(one.earlier_titles) for one in archived.values()) == BUDGET.new_a_day
    same = list(archived.values())
    assert edits_within(same, archived, SOURCE, BUDGET, NOW) == same


def test_a_feed_that_somebody_chose_begins_with_a_days_budget(make: Make) -> None:
    """The first answer of a feed with three days' worth of items brings a day's; a flood is one at once."""
    assert len(taken(flood(make, 3 * BUDGET.new_a_day), first=True).taken) == BUDGET.new_a_day
    assert len(taken(flood(make, 30 * BUDGET.new_a_day), first=True).taken) == BUDGET.new_a_day // 100
