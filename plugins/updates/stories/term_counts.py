"""What clustering counts while updates arrive: how rare a term is, which stories have it when, which names go together.

Each update is counted once, after it has been put into its story, so that no count knows the future. Each class gives
its `state` as plain values, of which `restored` makes an equal one.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from math import log
from typing import Self

from plugins.updates.stories.thresholds import ASSUMED_STORIES, FEW_STORIES

_DAY = 86_400.0
_NOBODY: Set[str] = frozenset()
_NO_STORIES = array("i")


class Rarity:
    """How rare a term is: in how many of the stories so far it occurs, however often in each."""

    def __init__(self) -> None:
        self._stories = 0
        self._said: Counter[str] = Counter()

    def weights(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Return weights times rarity: log((stories + 1 + ASSUMED_STORIES) / (stories with the term + 1)), above 0."""
        all_, said = self._stories + ASSUMED_STORIES + 1, self._said
        return {term: weight * log(all_ / (said.get(term, 0) + 1)) for term, weight in terms.items()}

    def rarest(self) -> float:
        """Return the rarity of a term that was never seen."""
        return log(self._stories + ASSUMED_STORIES + 1)

    def uncommon(self, terms: Iterable[str], share: float) -> list[str]:
        """Return the terms that at most a `share` (0 to 1) of the stories have, or at most FEW_STORIES of them."""
        limit, said = max(FEW_STORIES, share * self._stories), self._said
        return [term for term in terms if said.get(term, 0) <= limit]

    def learn(self, terms: Iterable[str], *, new_story: bool) -> None:
        """Count terms that a story did not have before."""
        self._stories += new_story
        self._said.update(terms)

    def state(self) -> tuple[int, dict[str, int]]:
        """Return all that was counted."""
        return self._stories, dict(self._said)

    @classmethod
    def restored(cls, state: tuple[int, dict[str, int]]) -> Self:
        """Return what has counted all this."""
        made = cls()
        made._stories, made._said = state[0], Counter(state[1])
        return made


class Mentions:
    """The stories that have a term, by the day (days since 1970) of the update that has it."""

    __slots__ = ("_days", "_stories")

    def __init__(self) -> None:
        # Of 100,000 updates two million mentions, 8 bytes each where a list would take 70.
        self._days = array("i")
        self._stories = array("i")

    def state(self) -> tuple[bytes, bytes]:
        """Return all mentions."""
        return self._days.tobytes(), self._stories.tobytes()

    @classmethod
    def restored(cls, state: tuple[bytes, bytes]) -> Self:
        """Return what has these mentions."""
        made = cls()
        made._days.frombytes(state[0])
        made._stories.frombytes(state[1])
        return made

    def add(self, day: int, story: int) -> None:
        """Note that a story has the term on a day."""
        if not self._days or self._days[-1] <= day:  # nearly always: not so where a source with old updates is added
            self._days.append(day)
            self._stories.append(story)
        else:
            place = bisect_right(self._days, day)
            self._days.insert(place, day)
            self._stories.insert(place, story)

    def between(self, first: int, last: int) -> "array[int]":
        """Return the stories that have it from one day to another, both included."""
        days = self._days
        if not days or days[-1] < first:  # half of the terms that are looked up
            return _NO_STORIES
        end = len(days)
        if days[-1] > last:
            end = bisect_right(days, last)
        return self._stories[bisect_left(days, first, 0, end) : end]


def states(mentions: Mapping[str, Mentions]) -> dict[str, tuple[bytes, bytes]]:
    """Return the state of the mentions of each term."""
    return {term: of_term.state() for term, of_term in mentions.items()}


class SeenTogether:
    """Which names have occurred in one update: a union and the city it strikes in belong together."""

    __slots__ = ("_beside",)

    def __init__(self) -> None:
        self._beside: dict[str, set[str]] = defaultdict(set)

    def learn(self, names: Set[str]) -> None:
        """Count the names of one update."""
        if len(names) > 1:
            for name in names:
                self._beside[name] |= names

    def state(self) -> dict[str, set[str]]:
        """Return whom each name was seen with."""
        return dict(self._beside)

    @classmethod
    def restored(cls, state: dict[str, set[str]]) -> Self:
        """Return what has seen all these."""
        made = cls()
        made._beside.update(state)
        return made

    def never_together(self, some: Set[str], others: Set[str]) -> bool:
        """Say whether each side has a name that has never occurred in one update with any name of the other side."""
        return self._alone(some, others) and self._alone(others, some)

    def _alone(self, some: Set[str], others: Set[str]) -> bool:
        return any(self._beside.get(name, _NOBODY).isdisjoint(others) for name in some)


class UpdateTimes:
    """The times of all updates so far, in seconds since 1970: how much is reported around a time."""

    __slots__ = ("_times",)

    def __init__(self) -> None:
        self._times = array("d")

    def state(self) -> bytes:
        """Return all times."""
        return self._times.tobytes()

    @classmethod
    def restored(cls, state: bytes) -> Self:
        """Return what has counted these times."""
        made = cls()
        made._times.frombytes(state)
        return made

    def add(self, at: float) -> None:
        """Count an update."""
        self._times.insert(bisect_right(self._times, at), at)

    def around(self, at: float) -> int:
        """Return how many updates lie within a day of a time, before or after."""
        return bisect_right(self._times, at + _DAY) - bisect_left(self._times, at - _DAY)
