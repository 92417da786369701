"""What stands beside a post: the one before and after it, and those it shares tags with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import islice
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

_WORDS_A_MINUTE = 230
_LOOKED_AT = 300
"""How many sets of tags that have one tag a post is held against: those with the newest posts.

Without a bound the work for a post would grow with the site. Few sites have as many sets with one tag.
"""


class Tagged(Protocol):
    """What `Related` has to know of a post."""

    tags: Sequence[object]


Post = TypeVar("Post", bound=Tagged)


class Related(Generic[Post]):
    """Finds the `most` posts that share the most tags with one, rare tags counting more, among equals the newest.

    Posts with the same tags are the same to all others. So sets of tags are compared, and each with those that share
    a tag with it.
    """

    def __init__(self, posts: Iterable[Post], most: int = 3) -> None:
        """Take a site's posts, newest first."""
        self._most = most
        self._found: dict[frozenset[str], list[Post]] = {}
        self._posts: list[list[tuple[int, Post]]] = []  # those of each set of tags with their places, the newest first
        self._sets: dict[str, list[int]] = defaultdict(list)  # the sets that have a tag, by their places in `_posts`
        places: dict[frozenset[str], int] = {}
        spread: Counter[str] = Counter()
        for place, post in enumerate(posts):
            tags = _tags(post)
            spread.update(tags)
            if tags not in places:
                places[tags] = len(self._posts)
                self._posts.append([])
                for tag in tags:
                    self._sets[tag].append(places[tags])
            alike = self._posts[places[tags]]
            if len(alike) <= most:  # one more than is shown: one of them may be asked for itself
                alike.append((place, post))
        self._weights = {tag: 1 / count for tag, count in spread.items()}

    def of(self, post: Post) -> list[Post]:
        """Return the posts related to one, the nearest first."""
        tags = _tags(post)
        if tags not in self._found:
            self._found[tags] = self._nearest(tags)
        return [other for other in self._found[tags] if other is not post][: self._most]

    def _nearest(self, tags: frozenset[str]) -> list[Post]:
        scores: defaultdict[int, float] = defaultdict(float)
        # Always added up in the same order, so that what shares the same tags has the same score to the last bit.
        for tag in sorted(tags, key=lambda one: (-self._weights[one], one)):
            weight = self._weights[tag]
            for number in islice(self._sets[tag], _LOOKED_AT):
                scores[number] += weight
        least = min(nlargest(self._most + 1, scores.values()), default=0)
        best = sorted((-score, number) for number, score in scores.items() if score >= least)[: self._most + 1]
        ranked = []
        for score, number in best:
            for place, post in self._posts[number]:
                ranked.append((score, place, post))
        ranked.sort(key=itemgetter(0, 1))
        return [post for _, _, post in ranked[: self._most + 1]]


def _tags(post: Tagged) -> frozenset[str]:
    return frozenset(map(str, post.tags))


def minutes(words: int) -> int:
    """Return how long a text takes to read, at least a minute."""
    return max(1, round(words / _WORDS_A_MINUTE))
