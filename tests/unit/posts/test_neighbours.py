"""What stands beside a post."""

from types import SimpleNamespace

from plugins.posts.neighbours import minutes, related


def post(slug: str, *tags: str) -> SimpleNamespace:
    """Return a post with tags."""
    return SimpleNamespace(slug=slug, tags=list(tags))


def test_a_rare_tag_says_more_than_a_common_one() -> None:
    """Sharing what only two posts have beats sharing what all have; sharing nothing is not related."""
    posts = [post("a", "strike", "pay"), post("b", "strike"), post("c", "pay"), post("d", "strike"), post("e")]
    assert [one.slug for one in related(posts[0], posts)] == ["c", "b", "d"]


def test_a_short_text_takes_a_minute() -> None:
    """No text takes none."""
    assert (minutes(0), minutes(100), minutes(1000)) == (1, 1, 4)
