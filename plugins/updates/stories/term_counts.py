"""Count what has been said so far: how rare a term is, which stories said it when, beside whom, how much in a day.

It looks back only, and is told of each report once, after it has been judged. It compares nothing.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from math import log

_UNSEEN = 200  # stories that are taken as seen before the first: the first headlines are not all equally rare
_FEW_STORIES = 50
_DAY = 86_400.0
_NOBODY: Set[str] = frozenset()


class Rarity:
    """How many of the stories seen so far say a term; counted by story, so that much coverage makes no term common."""

    def __init__(self) -> None:
        self._stories = 0
        self._said: Counter[str] = Counter()

    def weights(self, terms: Mapping[str, float]) -> dict[str, float]:
        """Return terms weighed by their rarity: log((stories + 200) / stories with it), above 0."""
        all_, said = self._stories + _UNSEEN + 1, self._said
        return {term: weight * log(all_ / (said.get(term, 0) + 1)) for term, weight in terms.items()}

    def rarest(self) -> float:
        """Return the rarity of a term that was never seen."""
        return log(self._stories + _UNSEEN + 1)

    def uncommon(self, terms: Iterable[str], share: float) -> list[str]:
        """Return the terms that at most `share` (0 to 1) of the stories say; of a few stories, none is common."""
        limit, said = max(_FEW_STORIES, share * self._stories), self._said
        return [term for term in terms if said.get(term, 0) <= limit]

    def learn(self, terms: Iterable[str], *, new_story: bool) -> None:
        """Count terms that a story had not said before."""
        self._stories += new_story
        self._said.update(terms)


class Mentions:
    """The stories that say a term, by the day of the saying."""

    __slots__ = ("_days", "_stories")

    def __init__(self) -> None:
        self._days: list[int] = []
        self._stories: list[int] = []

    def add(self, day: int, story: int) -> None:
        """Remember that a story said it on a day."""
        # Nearly always at the end; not so where a source with old updates is added.
        place = len(self._days) if not self._days or self._days[-1] <= day else bisect_right(self._days, day)
        self._days.insert(place, day)
        self._stories.insert(place, story)

    def between(self, first: int, last: int) -> list[int]:
        """Return the stories that said it from one day to another, both included."""
        return self._stories[bisect_left(self._days, first) : bisect_right(self._days, last)]


class Company:
    """Which names have stood together in a report: a union and the city it strikes in are no strangers."""

    __slots__ = ("_beside",)

    def __init__(self) -> None:
        self._beside: dict[str, set[str]] = defaultdict(set)

    def learn(self, names: Set[str]) -> None:
        """Remember the names of one report."""
        if len(names) > 1:
            for name in names:
                self._beside[name] |= names

    def strangers(self, some: Set[str], others: Set[str]) -> bool:
        """Say whether some, and the others, have a name among them that has stood beside none of the other side's."""
        return self._alone(some, others) and self._alone(others, some)

    def _alone(self, some: Set[str], others: Set[str]) -> bool:
        return any(self._beside.get(name, _NOBODY).isdisjoint(others) for name in some)


class Pace:
    """How many reports there are within a day of a time (seconds since 1970)."""

    __slots__ = ("_times",)

    def __init__(self) -> None:
        self._times: list[float] = []

    def add(self, at: float) -> None:
        """Count a report."""
        self._times.insert(bisect_right(self._times, at), at)

    def around(self, at: float) -> int:
        """Return how many reports lie within a day of a time."""
        return bisect_right(self._times, at + _DAY) - bisect_left(self._times, at - _DAY)
