"""What looking adds to the network door, and that it goes through the same door."""

import asyncio
import gzip
import ssl
from pathlib import Path
from typing import Any

import aiohttp.connector
import pytest

from plugins.core.net.http import NetworkError
from plugins.core.net.link_check import LostError, Seen
from plugins.core.net.page_probe import OPENING, Looker
from tests.loopback.faulty import Faulty, Handler, answer, head
from tests.loopback.faulty import Seen as Request

PEM = Path(__file__).with_name("self_signed.pem")
QUICK: dict[str, Any] = {"user_agent": "Test/1", "allow": ["127.0.0.1"], "host_gap": 0, "total_seconds": 5}


def look(routes: dict[str, Handler], path: str = "/", tls: ssl.SSLContext | None = None, **limits: Any) -> Seen:
    """Look at one page of a server with these routes."""

    async def run() -> Seen:
        async with Faulty(routes, tls=tls) as server, Looker(**(QUICK | limits)) as net:
            scheme = "https" if tls else "http"
            found = await net.get(f"{scheme}://127.0.0.1:{server.port}{path}")
            assert isinstance(found, Seen)
            return found

    return asyncio.run(run())


@pytest.mark.parametrize("body", [b"<title>A page</title>", b""])
def test_the_certificates_last_day_is_noted(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    """Of an answer however short; over http there is none."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(PEM)
    trusting = ssl.create_default_context(cafile=PEM)
    monkeypatch.setattr(aiohttp.connector, "_SSL_CONTEXT_VERIFIED", trusting)
    found = look({"/": answer(200, body, content_type="text/html")}, tls=tls)
    assert found.certificate_until is not None and found.certificate_until.year > 2026
    assert look({"/": answer(200, body)}).certificate_until is None


def test_only_a_pages_opening_is_read() -> None:
    """A page without end costs its opening, packed or not; a film costs nothing; JSON is read whole."""
    long = b"<title>A page</title>" + b" " * (3 * OPENING)
    for extra, sent in (({}, long), ({"content_encoding": "gzip"}, gzip.compress(long))):
        found = look({"/": answer(200, sent, content_type="text/html", **extra)})
        assert found.body == long[:OPENING]
    assert look({"/": answer(200, long, content_type="video/mp4")}).body == b""
    assert look({"/": answer(200, b"1" * (2 * OPENING), content_type="application/rdap+json")}).body == b"1" * (
        2 * OPENING
    )


def test_where_nobody_answers_the_way_there_is_told() -> None:
    """Each redirect is a status and where it leads, the last being where we were lost; a forbidden end too."""

    async def hang_up(_seen: Request, out: asyncio.StreamWriter) -> None:
        out.transport.abort()

    with pytest.raises(LostError) as raised:
        look({"/": answer(301, b"", location="/b"), "/b": answer(302, b"", location="/c"), "/c": hang_up})
    assert [(status, target.rpartition("/")[2]) for status, target in raised.value.hops] == [(301, "b"), (302, "c")]
    with pytest.raises(LostError) as raised:
        look({"/": answer(302, b"", location="http://10.0.0.1/x")})
    assert raised.value.hops == ((302, "http://10.0.0.1/x"),) and raised.value.kind == "refused"


def test_a_form_goes_to_its_address_alone() -> None:
    """Credentials are sent, and follow no redirect; a private address is refused like any other."""

    async def run() -> None:
        routes = {"/": answer(307, b"", location="/elsewhere")}
        async with Faulty(routes) as server, Looker(**QUICK) as net:
            found = await net.post(server.url("/"), {"url": "x"}, {"Authorization": "LOW a:b"})
            assert found.status == 307 and [seen.path for seen in server.seen] == ["/"]
            assert server.seen[0].headers["authorization"] == b"LOW a:b"
        async with Looker(user_agent="Test/1") as net:
            with pytest.raises(NetworkError, match="loopback"):
                await net.post("http://127.0.0.1:9/", {}, {})

    asyncio.run(run())


def test_a_server_that_drips_is_cut() -> None:
    """The opening too has to come in time."""

    async def drip(_seen: Request, out: asyncio.StreamWriter) -> None:
        head(out, 200, content_type="text/html")
        while True:
            out.write(b" ")
            await out.drain()
            await asyncio.sleep(0.02)

    with pytest.raises(NetworkError) as raised:
        look({"/": drip}, total_seconds=0.3)
    assert raised.value.kind == "timeout"
