"""What tests share: a fixed time, a newsroom without a disk, and no network."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from plugins.sections.model import Newsroom
from tests.site_settings import only

# A slow or busy machine is no fault of the code under test. And what passed once passes again: a property's rare
# exception, found by chance, must not keep a fork's next post from being published. Chance has a profile of its own.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("hunting", deadline=None, print_blob=True)
settings.load_profile("repeatable")

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ADDRESSES = {
    "DEFAULT_LANG": "en",
    "DEFAULT_CATEGORY": "Notes",
    "SLUGIFY_SOURCE": "basename",
    "ARTICLE_SAVE_AS": "posts/{slug}/index.html",
    "ARTICLE_LANG_SAVE_AS": "posts/{slug}/{lang}/index.html",
    "PAGE_SAVE_AS": "{slug}/index.html",
    "PAGE_LANG_SAVE_AS": "{slug}/{lang}/index.html",
    "TAG_SAVE_AS": "tags/{slug}/index.html",
    "TAGS_SAVE_AS": "tags/index.html",
    "YEAR_ARCHIVE_SAVE_AS": "posts/{date:%Y}/index.html",
    "DIRECT_TEMPLATES": ["index", "tags", "404"],
    "STATIC_PATHS": ["extra"],
    "THEME": "theme",
    "THEME_STATIC_DIR": "theme",
}
"""The settings that say where pages are."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what writes the golden output anew."""
    parser.addoption("--golden", action="store_true", help="write the test sites' golden output anew")


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Return a newsroom on 1 March 2026 whose content folder is empty."""
    settings = only(SITENAME="A site", **ADDRESSES)
    return Newsroom(tmp_path, NOW, ZoneInfo("UTC"), "en", "https://example.org/repo", settings)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let unit and property tests reach nothing, and the others nothing but loopback."""
    real = socket.socket.connect
    pure = {"unit", "properties"} & set(request.path.parts)

    def connect(self: socket.socket, address: Any) -> None:
        local = self.family == socket.AF_UNIX or (isinstance(address, tuple) and str(address[0]).startswith("127."))
        if pure or not local:
            raise AssertionError(f"a test reached for the network: {address!r}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield
