"""Which texts may leave the house."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from plugins.posts.model import PageMatter, PostMatter, is_public

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=ZoneInfo("America/Los_Angeles"))


@pytest.mark.parametrize(
    ("values", "public"),
    [
        ({"date": "2026-03-01"}, True),
        ({"date": "2026-03-01 09:00"}, True),
        ({"date": "2026-03-01 09:01"}, False),
        ({"date": "2026-03-01T17:01:00Z"}, False),
        ({"date": "2026-03-01T16:59:00Z"}, True),
        ({"date": "2026-01-01", "status": "draft"}, False),
        ({"date": "2026-03-02"}, False),
    ],
)
def test_drafts_and_posts_to_come_stay_in(values: dict[str, str], public: bool) -> None:
    """A time without an offset is in the site's zone."""
    assert is_public(PostMatter.model_validate({"title": "t"} | values), NOW) is public


def test_a_page_has_no_time_to_wait_for() -> None:
    """A page is public unless it is a draft."""
    assert is_public(PageMatter(title="t"), NOW.astimezone(UTC))
