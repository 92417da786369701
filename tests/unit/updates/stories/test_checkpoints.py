"""Clustering that goes on where an earlier run ended: what is done again, and what must be."""

from collections.abc import Iterable
from dataclasses import replace
from unittest.mock import patch

import pytest

from plugins.updates.cache import MemoryCache
from plugins.updates.model import SafeHtml, Update
from plugins.updates.stories import checkpoints, feature_blocks
from plugins.updates.stories.clustering import StoryIndex
from plugins.updates.stories.stories import group
from tests.unit.updates.conftest import Make


class Counted(StoryIndex):
    """An index that notes which updates it is given."""

    added: list[str] = []  # noqa: RUF012 - of one test

    def add(self, update: Update) -> None:
        """Note the update."""
        self.added.append(update.id)
        super().add(update)


def clustered(monkeypatch: pytest.MonkeyPatch, updates: Iterable[Update], cache: MemoryCache) -> list[str]:
    """Group updates, and return the ids of those that were clustered."""
    monkeypatch.setattr(checkpoints, "StoryIndex", Counted)
    monkeypatch.setattr(checkpoints, "_FEW", 0)
    Counted.added = []
    assert group(updates, cache=cache) == group(updates, cache=MemoryCache())
    return Counted.added[: -len(list(updates))] if Counted.added else []


def test_what_was_clustered_is_not_clustered_again(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new update is clustered alone; one that is rewritten, or comes late, with the months from its own on."""
    cache = MemoryCache()
    old = [make(f"u{month}-{day}", 24 * (31 * month + day)) for month in range(4) for day in range(5)]
    assert len(clustered(monkeypatch, old, cache)) == len(old)
    assert clustered(monkeypatch, old, cache) == []
    assert clustered(monkeypatch, [*old, make("new", 24 * 120)], cache) == ["new"]
    retitled = replace(old[-1], title="Another headline", earlier_titles=())
    last_month = [update.id for update in old[15:]]
    assert clustered(monkeypatch, [*old[:-1], retitled], cache) == last_month
    rewritten = replace(old[12], summary=SafeHtml("<p>Other words.</p>"))
    assert clustered(monkeypatch, [*old[:12], rewritten, *old[13:]], cache) == [update.id for update in old[10:]]
    assert len(clustered(monkeypatch, [make("late", -1), *old], cache)) == len(old) + 1


def test_another_word_of_whose_speaks_is_heeded(make: Make) -> None:
    """What a source is decides who leads, whatever was found when it was something else."""
    updates = [make("p", url="https://post.example/x"), make("g", 1, source="guild", url="https://post.example/x")]
    cache = MemoryCache()
    (story,) = group(updates, kinds={"guild": "press"}, cache=cache)
    assert story.lead.id == "p"
    (story,) = group(updates, kinds={"guild": "guild"}, cache=cache)
    assert story.lead.id == "g"


def test_what_is_lost_is_made_again(make: Make) -> None:
    """Whichever of the kept values is gone, the stories are the same."""
    updates = [make(f"u{number}", number, title=f"Crews of Calder {number % 5} vote") for number in range(40)]
    more = [*updates, make("last", 40, title="Crews of Calder 2 vote")]
    with patch.object(checkpoints, "_FEW", 0), patch.multiple(feature_blocks, STORIES=2, _OPEN=1):
        expected, whole = group(more), MemoryCache()
        group(updates, cache=whole)
        for lost in whole.names():
            cache = MemoryCache()
            for name in whole.names():
                if name != lost:
                    cache.put(name, whole.get(name) or b"")
            assert group(more, cache=cache) == expected
