"""robots.txt welcomes readers and search engines, and refuses those who feed machines."""

from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest

import plugins.seo
from plugins.seo.robots import crawlers, robots

_LIST = Path(plugins.seo.__file__).with_name("ai-crawlers.txt").read_text("utf-8")


def _read(text: str) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser


@pytest.mark.parametrize(
    ("visitor", "welcome"),
    [
        ("Mozilla/5.0", True),
        ("Googlebot", True),
        ("bingbot", True),
        ("Applebot", True),
        ("Baiduspider", True),
        ("DuckDuckBot", True),
        ("facebookexternalhit", True),
        ("GPTBot", False),
        ("GPTBot/1.3", False),
        ("ClaudeBot", False),
        ("CCBot", False),
        ("Google-Extended", False),
        ("Applebot-Extended", False),
        ("Bytespider", False),
    ],
)
def test_who_is_welcome(visitor: str, welcome: bool) -> None:
    """The shipped list refuses AI crawlers and nobody else."""
    parser = _read(robots("https://example.org", crawlers(_LIST)))
    assert parser.can_fetch(visitor, "https://example.org/posts/a/") is welcome
    assert parser.site_maps() == ["https://example.org/sitemap.xml"]


def test_every_refusal_has_its_reason() -> None:
    """Each name on the list stands there once and says why."""
    listed = crawlers(_LIST)
    assert all(one.why for one in listed)
    names = [one.name.lower() for one in listed]
    assert len(names) == len(set(names)) > 50


def test_a_site_may_let_them_in() -> None:
    """Without a list nobody is refused."""
    assert _read(robots("https://example.org", [])).can_fetch("GPTBot", "https://example.org/")


def test_a_site_below_a_host_says_so() -> None:
    """Where crawlers will not look for the file, it says where its rules belong."""
    assert "root of a host" in robots("https://example.org/repo", [])
    assert "root of a host" not in robots("https://example.org", [])
