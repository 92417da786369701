"""What stands beside a post: the one before and after it, and those it shares tags with."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import islice
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
        self._posts: dict[frozenset[str], list[tuple[int, Post]]] = defaultdict(list)
        self._found: dict[frozenset[str], list[Post]] = {}
        spread: Counter[str] = Counter()
        for place, post in enumerate(posts):
            tags = _tags(post)
            spread.update(tags)
            if len(self._posts[tags]) <= most:  # one more than is shown: one of them may be asked for itself
                self._posts[tags].append((place, post))
        self._weights = {tag: 1 / count for tag, count in spread.items()}
        self._sets: dict[str, list[frozenset[str]]] = defaultdict(list)  # those with a tag, the newest posts' first
        for tags in self._posts:
            for tag in tags:
                self._sets[tag].append(tags)

    def of(self, post: Post) -> list[Post]:
        """Return the posts related to one, the nearest first."""
        tags = _tags(post)
        if tags not in self._found:
            self._found[tags] = self._nearest(tags)
        return [other for other in self._found[tags] if other is not post][: self._most]

    def _nearest(self, tags: frozenset[str]) -> list[Post]:
        scores: defaultdict[frozenset[str], float] = defaultdict(float)
        # Always added up in the same order, so that what shares the same tags has the same score to the last bit.
        for tag in sorted(tags, key=lambda one: (-self._weights[one], one)):
            for others in islice(self._sets[tag], _LOOKED_AT):
                scores[others] += self._weights[tag]
        best = nsmallest(self._most + 1, scores, key=lambda one: (-scores[one], self._posts[one][0][0]))
        ranked = sorted((-scores[others], place) for others in best for place, _ in self._posts[others])
        posts = {place: other for others in best for place, other in self._posts[others]}
        return [posts[place] for _, place in ranked[: self._most + 1]]


def _tags(post: Tagged) -> frozenset[str]:
    return frozenset(str(tag) for tag in post.tags)


def minutes(words: int) -> int:
    """Return how long a text takes to read, at least a minute."""
    return max(1, round(words / _WORDS_A_MINUTE))
