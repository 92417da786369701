"""What stands beside a post."""

import random
from collections import Counter
from fractions import Fraction
from types import SimpleNamespace

from plugins.posts.neighbours import Related, minutes


def post(slug: str, *tags: str) -> SimpleNamespace:
    """Return a post with tags."""
    return SimpleNamespace(slug=slug, tags=list(tags))


def test_a_rare_tag_says_more_than_a_common_one() -> None:
    """Sharing what only two posts have beats sharing what all have; sharing nothing is not related."""
    posts = [post("a", "strike", "pay"), post("b", "strike"), post("c", "pay"), post("d", "strike"), post("e")]
    related = Related(posts)
    assert [one.slug for one in related.of(posts[0])] == ["c", "b", "d"]
    assert not related.of(posts[4])


def test_related_posts_are_those_that_comparing_each_with_each_finds() -> None:
    """Shared tags add up, rare ones most; of equals the newest come first. There are few sets of tags, or many."""
    for names in (3, 12, 40):
        chance = random.Random(names)  # noqa: S311 - the same posts at every run
        words = [f"tag {number}" for number in range(names)]
        posts = [post(str(number), *chance.sample(words, chance.randrange(4))) for number in range(200)]
        spread = Counter(tag for one in posts for tag in one.tags)
        related = Related(posts)
        for one in posts:
            scores = {
                other.slug: sum(Fraction(1, spread[tag]) for tag in {*one.tags} & {*other.tags})
                for other in posts
                if other is not one
            }
            nearest = sorted((slug for slug in scores if scores[slug]), key=lambda slug: -scores[slug])
            assert [other.slug for other in related.of(one)] == nearest[:3]


def test_a_short_text_takes_a_minute() -> None:
    """No text takes none."""
    assert (minutes(0), minutes(100), minutes(1000)) == (1, 1, 4)
