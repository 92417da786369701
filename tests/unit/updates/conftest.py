"""Updates as tests think of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plugins.updates.model import SafeHtml, Source, Update

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
Make = Callable[..., Update]


@pytest.fixture
def make() -> Make:
    """Return a function that makes an update, `hours` after noon on 1 March 2026."""
    return maker()


def maker() -> Make:
    """Return what `make` is, for tests by properties."""

    def update(name: str = "a", hours: float = 0, **values: Any) -> Update:
        at = START + timedelta(hours=hours)
        given: dict[str, Any] = {
            "id": name,
            "source": "post",
            "url": f"https://post.example/{name}",
            "title": f"Title {name}",
            "summary": SafeHtml("<p>Text.</p>"),
            "authors": (),
            "published": at,
            "date_from": "published",
            "first_seen": at,
        }
        return Update(**(given | values))

    return update


@pytest.fixture
def sources() -> dict[str, Source]:
    """Return a guild and a paper."""
    return {
        "guild": Source("guild", "The Guild", "https://guild.example/", "guild"),
        "post": Source("post", "The Post", "https://post.example/", "press", feed="https://post.example/feed"),
    }
