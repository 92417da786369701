"""A real HTTP server on loopback that misbehaves as told, and remembers who asked for what, and when."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUICK: dict[str, Any] = {
    "user_agent": "Test/1 (+https://strike.example/)",
    "allow": ["127.0.0.1"],
    "host_gap": 0,
    "total_seconds": 5,
}
ATOM = b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title></feed>'


@dataclass(frozen=True)
class Seen:
    path: str
    headers: dict[str, bytes]
    at: float


Handler = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int = 200, body: bytes = ATOM, **headers: str | bytes) -> Handler:
    """Return a handler that answers properly; header names are written with underscores."""

    async def handler(_: Seen, out: asyncio.StreamWriter) -> None:
        head(out, status, content_length=str(len(body)), **headers)
        out.write(body)

    return handler


def head(out: asyncio.StreamWriter, status: int, **headers: str | bytes) -> None:
    """Write a status line and headers, with the blank line after them."""
    lines = [f"HTTP/1.1 {status} X".encode()]
    for name, value in headers.items():
        lines.append(name.replace("_", "-").encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    out.write(b"\r\n".join([*lines, b"", b""]))


class Faulty:
    """An async context manager; `routes` may be filled after it listens. An unknown path is a 404."""

    def __init__(
        self, routes: dict[str, Handler] | None = None, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> None:
        self.routes = routes or {}
        self.host = host
        self.tls = tls
        self.seen: list[Seen] = []
        self.open_now = 0
        self.most_open = 0
        self.failed: list[Exception] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Faulty":
        self._server = await asyncio.start_server(self._accept, self.host, 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()
        assert not self.failed, self.failed

    def url(self, path: str = "/feed") -> str:
        return f"http://{self.host}:{self.port}{path}"

    def _accept(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._serve(reader, out))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
            fields = (line.partition(b":") for line in lines[1:] if line)
            headers = {name.decode().lower(): value.strip() for name, _, value in fields}
            seen = Seen(lines[0].split()[1].decode(), headers, asyncio.get_running_loop().time())
            self.seen.append(seen)
            self.open_now += 1
            self.most_open = max(self.most_open, self.open_now)
            with suppress(ConnectionError):  # the client may rightly hang up on us
                await self.routes.get(seen.path, answer(404, b""))(seen, out)
                await out.drain()
            self.open_now -= 1
        except asyncio.IncompleteReadError:
            pass  # connected, and asked nothing
        except Exception as error:
            self.failed.append(error)
        finally:
            out.close()
            with suppress(ConnectionError):
                await out.wait_closed()
