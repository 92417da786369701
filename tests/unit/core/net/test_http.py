"""The words of the network: names, waits, validators."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.core.net.http import Validators, authority, retry_after, user_agent

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_user_agent_says_who_we_are() -> None:
    """The site and the contact are in it, and nothing a header cannot carry."""
    assert user_agent("https://strike.example/", "desk@strike.example") == (
        "Picketwire/0.1 (+https://strike.example/; desk@strike.example)"
    )
    assert user_agent("https://strike.example/", "") == "Picketwire/0.1 (+https://strike.example/)"
    assert user_agent("", "Zoë)\r\nX: y") == "Picketwire/0.1 (ZoX: y)"
    assert user_agent("", "") == "Picketwire/0.1"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://Feeds.Example/a", "feeds.example"),
        ("http://feeds.example:80/", "feeds.example"),
        ("http://feeds.example.:8080/", "feeds.example:8080"),
        ("http://[2001:db8::1]/", "2001:db8::1"),
        ("http://[broken", ""),
        ("http://a:99999/", ""),
        ("", ""),
    ],
)
def test_one_server_has_one_name(url: str, host: str) -> None:
    """Http and https of a host are the same server; another port is another."""
    assert authority(url) == host


@given(st.text() | st.integers().map(str) | st.datetimes().map(lambda t: f"{t:%a, %d %b %Y %H:%M:%S} GMT"))
def test_a_wait_is_in_the_future_and_a_day_at_most(text: str) -> None:
    """Whatever Retry-After says, it is none, or a time within the next 24 hours."""
    until = retry_after({"retry-after": text}, NOW)
    assert until is None or NOW < until <= NOW + timedelta(hours=24)


def test_validators_are_sent_only_where_there_are_any() -> None:
    """Nothing known, nothing sent."""
    assert Validators("u").headers() == {}
    assert Validators("u", '"e"').headers() == {"If-None-Match": '"e"'}
