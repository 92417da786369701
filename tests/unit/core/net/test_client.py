"""The network door before it opens: what is refused without a connection."""

import asyncio

import pytest

from plugins.core.net.client import Network
from plugins.core.net.http import NetworkError, Response


async def _get(url: str) -> Response:
    async with Network(user_agent="t", allow=["127.0.0.1"], host_gap=0) as net:
        return await net.get(url)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "feed.xml",
        "",
        "http://",
        "http://me:secret@127.0.0.1:8000/",
        "http://me@127.0.0.1:8000/",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://10.0.0.1/",
        "http://a\x00b/",
        "http://\udce9/",
        "http://" + "a" * 70 + ".example/",
    ],
)
def test_addresses_that_are_not_to_be_asked_are_refused(url: str) -> None:
    """Only http(s) without credentials is asked; anything else is a named error before a connection."""
    with pytest.raises(NetworkError) as raised:
        asyncio.run(_get(url))
    assert raised.value.kind == "refused"
    assert "secret" not in str(raised.value)


def test_a_wrong_allow_is_an_error_at_once() -> None:
    """What may be private is checked when the door is built, before anything is asked."""
    with pytest.raises(ValueError, match="write it like"):
        Network(user_agent="t", allow=["http://localhost"])
