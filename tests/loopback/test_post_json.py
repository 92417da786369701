"""JSON sent by the network client: to the address that was meant, by the limits that every request has."""

import asyncio
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from plugins.core.net.client import Network
from plugins.core.net.http import NetworkError, Response
from tests.loopback.faulty import QUICK


class _Echo(BaseHTTPRequestHandler):
    """Answers a POST with what it was sent; /307 and /302 redirect to /end, /out to a private address."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        status = {"/307": 307, "/302": 302, "/out": 307}.get(self.path, 200)
        sent = self.headers["content-type"].encode() + b" " + body + b"!" * 3000 * (self.path == "/large")
        self.send_response(status)
        if status != 200:
            self.send_header("Location", "http://10.0.0.1/end" if self.path == "/out" else "/end")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def base() -> Iterator[str]:
    """Return the address of a server that echoes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Echo)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def post(url: str, **limits: int) -> Response:
    """Return the answer to one POST."""

    async def run() -> Response:
        async with Network(**(QUICK | limits)) as net:
            return await net.post_json(url, b'{"a": 1}', {"Accept": "application/json", "Cookie": "secret"})

    return asyncio.run(run())


def test_json_is_sent_and_sent_on_only_where_that_is_asked_for(base: str) -> None:
    """307 keeps method and body; after 302 a client would come back with a GET, which is not what was meant."""
    assert post(f"{base}/end").body == b'application/json {"a": 1}'
    moved = post(f"{base}/307")
    assert (moved.status, moved.url, moved.body) == (200, f"{base}/end", b'application/json {"a": 1}')
    assert post(f"{base}/302").status == 302


def test_a_post_has_the_limits_of_every_request(base: str) -> None:
    """A body that is too large, a private address and a redirect to one are refused."""
    with pytest.raises(NetworkError, match="too large"):
        post(f"{base}/large", max_bytes=1000)
    with pytest.raises(NetworkError, match="not a public address"):
        post(f"{base}/out")
    with pytest.raises(NetworkError, match="not a public address"):
        post("http://192.168.0.1/")
