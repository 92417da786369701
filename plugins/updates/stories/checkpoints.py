"""Clustering that goes on where an earlier run ended.

What an update's story is depends on nothing that came later, so all that the index knew after some of the updates holds
for every run in which these come first. That is kept at three places: where the last month began, the month before, and
at the end. An update that comes late into an older month has all updates after it clustered again.
"""

import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from hashlib import blake2b, sha256
from itertools import pairwise

from plugins.updates.budgets import StoryBudget
from plugins.updates.cache import WireCache
from plugins.updates.digests import SIZE, digests
from plugins.updates.model import Update
from plugins.updates.stories.clustering import StoryIndex
from plugins.updates.stories.feature_blocks import LostBlockError

_MONTHS = 2
"""Months at whose beginnings the state is kept, the latest."""
_FEW = 200
"""Updates that are sooner clustered again than the state is written: 0.05 s."""
_NAME, _BLOCKS = "stories", "blocks"


def clustered(
    updates: Sequence[Update],
    outlets: Mapping[str, str],
    budget: StoryBudget,
    cache: WireCache | None = None,
) -> list[list[Update]]:
    """Return updates, given in the order of arrival, as stories. What `cache` has of earlier runs is not done again."""
    if cache is None:  # to keep what nobody reads again would take a seventh of the time
        index = StoryIndex(outlets, budget)
        for update in updates:
            index.add(update)
        return index.grouped()
    run = _Run(updates, outlets, budget, cache)
    try:
        index = run.resumed()
    except LostBlockError:  # of what is kept, a part is gone
        index = run.go_on(run.begun())
    return index.grouped()


class _Run:
    """One run over updates in the order of arrival."""

    def __init__(
        self, updates: Sequence[Update], outlets: Mapping[str, str], budget: StoryBudget, cache: WireCache
    ) -> None:
        self._updates, self._outlets, self._budget, self._cache = updates, outlets, budget, cache
        self._rules = repr((sorted(outlets.items()), astuple(budget))).encode("utf-8", "surrogatepass")
        self._arrived = b"".join(digests(update).clustered for update in updates)
        months = pairwise(map(_month, updates))
        begins = [place for place, (before, month) in enumerate(months, 1) if month != before]
        self._marks = begins[-_MONTHS:]

    def begun(self) -> StoryIndex:
        """Return an index that knows nothing yet."""
        return StoryIndex(self._outlets, self._budget, _Blocks(self._cache))

    def resumed(self) -> StoryIndex:
        """Return the index after all updates, resumed where the longest kept run ended. Raises LostBlockError."""
        index = self.begun()
        for count, name in sorted(self._kept(), reverse=True):
            data = self._cache.get(name)
            if data is not None:
                index.restore(marshal.loads(data), self._updates[:count])  # noqa: S302 - what was put, by its digest
                break
        for count in {index.count, *self._marks}:
            self._still_wanted(count)
        return self.go_on(index)

    def go_on(self, index: StoryIndex) -> StoryIndex:
        """Add the updates that an index has not had, and keep its state on the way. Raises LostBlockError."""
        begun = index.count
        for update in self._updates[begun:]:
            if index.count in self._marks:
                self._keep(index)
            index.add(update)
        if index.count - begun > _FEW:
            self._keep(index)
        return index

    def _keep(self, index: StoryIndex) -> None:
        state, name = index.state(), self._name(index.count)
        self._cache.put(f"{_BLOCKS}-{name}", marshal.dumps(list(state["blocks"].values())))
        self._cache.put(name, marshal.dumps(state))
        self._still_wanted(index.count)

    def _still_wanted(self, count: int) -> None:
        """Have the state after the first updates kept further on, with its blocks."""
        name = self._name(count)
        blocks = self._cache.get(f"{_BLOCKS}-{name}")
        if blocks is not None:
            names = map(_block, marshal.loads(blocks))  # noqa: S302 - as above
            self._cache.use([name, f"{_BLOCKS}-{name}", *names])

    def _kept(self) -> Iterator[tuple[int, str]]:
        """Yield how many updates the states that are kept are about, and their names, where the same come first now."""
        for name in self._cache.names():
            kind, *rest = name.split("-")
            if kind != _NAME:
                continue
            count = int(rest[0])
            if 0 < count <= len(self._updates) and name == self._name(count):
                yield count, name

    def _name(self, count: int) -> str:
        """Return what the state after the first updates is known by: they, and the rules they were clustered by."""
        digested = blake2b(self._rules, digest_size=SIZE)
        digested.update(self._arrived[: count * SIZE])
        return f"{_NAME}-{count}-{digested.hexdigest()}"


class _Blocks:
    """The blocks of features, as a part of the cache."""

    def __init__(self, cache: WireCache) -> None:
        self._cache = cache

    def put(self, data: bytes) -> str:
        """Keep a block, and return its name."""
        name = sha256(data).hexdigest()[:32]
        self._cache.put(_block(name), data)
        return name

    def get(self, name: str) -> bytes | None:
        """Return a block."""
        return self._cache.get(_block(name))


def _block(name: str) -> str:
    return f"features-{name}"


def _month(update: Update) -> tuple[int, int]:
    return update.first_seen.year, update.first_seen.month
