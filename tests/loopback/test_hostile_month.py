"""Some days of forty sound sources beside ten hostile ones: what `./inv bench trust` measures of a month, in small."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

from plugins.updates.archive.codec import UPDATES
from plugins.updates.budgets import Budgets, IntakeBudget
from plugins.updates.model import Update
from plugins.updates.stories import clustering, similarity
from plugins.updates.stories.stories import group
from tests.hostile import HOSTILE, Month, play

DAYS = 3


def test_ten_hostile_sources_take_nothing_from_forty_sound_ones(tmp_path: Path) -> None:
    """Every sound item is archived, once, and told of no budget; what the hostile add is little, and each is named.

    Counted are rows, bytes, days with a page, and comparisons of the clustering.
    """
    month = Month(flood=120, runs_a_day=1)
    budgets = Budgets(intake=IntakeBudget(new_a_day=25))
    sound = list(month.told)
    alone = play(month, tmp_path / "alone", sound, DAYS, budgets)
    beside = play(month, tmp_path / "beside", [*sound, *HOSTILE], DAYS, budgets)

    whole = {id: update for id, update in beside.updates.items() if update.source in month.told}
    assert whole == alone.updates
    assert {update.url for update in whole.values()} == month.expected(DAYS)
    assert not any(beside.over[name] for name in sound)
    told = [name for name in HOSTILE if beside.over[name]]
    assert set(told) == set(HOSTILE) - {"greedy-4", "impersonating-0"}

    added = Counter(update.source for update in beside.updates.values() if update.source not in month.told)
    assert max(added.values()) <= 30
    assert len(UPDATES.write(beside.updates.values())) <= 1.35 * len(UPDATES.write(alone.updates.values()))
    assert compared(beside.updates.values()) <= 1.35 * compared(alone.updates.values())


def compared(updates: Iterable[Update]) -> int:
    """Return how often two updates are compared to make stories of all."""
    with mock.patch.object(clustering, "likeness", wraps=similarity.likeness) as likeness:
        group(updates)
    return likeness.call_count
