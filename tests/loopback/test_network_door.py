"""The network door's own rules: TLS, connecting, names, headers."""

import asyncio
import socket
import ssl
from pathlib import Path
from typing import Any

import pytest

from plugins.core.net.client import Network
from plugins.core.net.http import NetworkError, Response
from tests.loopback.faulty import Faulty, answer

PEM = Path(__file__).with_name("self_signed.pem")


def _get(
    url: str,
    tls: ssl.SSLContext | None = None,
    headers: dict[str, str] | None = None,
    allow: tuple[str, ...] = ("127.0.0.1",),
    **limits: Any,
) -> Response:
    async def run() -> Response:
        async with (
            Faulty({"/": answer()}, tls=tls) as server,
            Network(user_agent="t", allow=allow, host_gap=0, **limits) as net,
        ):
            return await net.get(url.replace("PORT", str(server.port)), headers)

    return asyncio.run(run())


def test_a_certificate_nobody_vouches_for_is_refused() -> None:
    """TLS is verified: a self-signed certificate brings no answer, and the failure says why."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    with pytest.raises(NetworkError, match="certificate of 127") as raised:
        _get("https://127.0.0.1:PORT/", tls)
    assert raised.value.kind == "unreachable"


def test_a_handshake_that_never_ends_is_cut_by_the_connect_time() -> None:
    """Connecting has its own, shorter time, TLS included."""
    with pytest.raises(NetworkError, match="no connection to 127") as raised:
        _get("https://127.0.0.1:PORT/", connect_seconds=0.2)
    assert raised.value.kind == "timeout"


def test_a_header_that_cannot_be_sent_is_refused() -> None:
    """A line break in a header goes nowhere."""
    with pytest.raises(NetworkError) as raised:
        _get("http://127.0.0.1:PORT/", headers={"X": "a\r\nCookie: b"})
    assert raised.value.kind == "refused"


def test_a_name_is_judged_by_where_it_leads_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public-looking name that leads to a private address is refused when dialled, and opened only by itself."""
    real = socket.getaddrinfo

    def lookup(host: str, *args: Any, **kwargs: Any) -> Any:
        return real("127.0.0.1" if host == "feeds.example" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    with pytest.raises(NetworkError, match=r"feeds\.example: 127\.0\.0\.1 is loopback") as raised:
        _get("http://feeds.example:PORT/", allow=("127.0.0.2", "localhost"))
    assert raised.value.kind == "refused"
    assert _get("http://Feeds.Example:PORT/", allow=("feeds.example",)).status == 200
