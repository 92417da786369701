"""What stands beside a post: the one before and after it, and those it shares tags with."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

_WORDS_A_MINUTE = 230


class Tagged(Protocol):
    """What `related` has to know of a post."""

    slug: str
    tags: Sequence[object]


def related(post: Tagged, posts: Sequence[Tagged], most: int = 3) -> list[Tagged]:
    """Return the posts that share the most tags, rare tags counting more; `posts` are newest first, ties too."""
    spread = Counter(str(tag) for other in posts for tag in other.tags)
    mine = {str(tag) for tag in post.tags}
    score: dict[str, float] = {}
    for other in posts:
        if other is not post:
            score[other.slug] = sum(1 / spread[str(tag)] for tag in other.tags if str(tag) in mine)
    alike = [other for other in posts if score.get(other.slug)]
    return sorted(alike, key=lambda other: -score[other.slug])[:most]


def minutes(words: int) -> int:
    """Return how long a text takes to read, at least a minute."""
    return max(1, round(words / _WORDS_A_MINUTE))
