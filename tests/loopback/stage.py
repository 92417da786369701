"""Other people's sites, played on loopback: `https://fund.example/x` is the path `/https/fund.example/x` of one server.

So real redirects travel over real connections through the real network door, under the names of the play.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from plugins.core.net.http import NetworkError, Response, Validators
from plugins.core.net.link_check import LostError
from plugins.core.net.page_probe import Looker
from tests.loopback.faulty import Faulty, Handler, Seen, answer

NOT_THERE = "unreachable.example"


def page(title: str, **headers: str) -> Handler:
    """Return a handler that answers with a page of this title."""
    body = f"<!doctype html><html><head><title>{title}</title></head><body>Hello</body></html>".encode()
    return answer(200, body, content_type="text/html; charset=utf-8", **headers)


def moved(to: str, status: int = 302) -> Handler:
    """Return a handler that redirects to an address of the play."""
    return answer(status, b"", location=path_of(to))


def json(text: str, status: int = 200) -> Handler:
    """Return a handler that answers with JSON."""
    return answer(status, text.encode(), content_type="application/json")


def path_of(url: str) -> str:
    """Return the path at which an address of the play is served."""
    scheme, rest = url.split("://", 1)
    return f"/{scheme}/{rest}"


class _Reading(Faulty):
    """A Faulty that also reads the form of a POST, so that no answer is lost to bytes nobody took."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []

    async def _serve(self, reader: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        try:
            lines = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
            fields = (line.partition(b":") for line in lines[1:] if line)
            headers = {name.decode().lower(): value.strip() for name, _, value in fields}
            if length := int(headers.get("content-length", b"0")):
                self.forms.append(parse_qs((await reader.readexactly(length)).decode()))
            seen = Seen(lines[0].split()[1].decode(), headers, asyncio.get_running_loop().time())
            self.seen.append(seen)
            path = seen.path if seen.path in self.routes else seen.path.partition("?")[0]
            with suppress(ConnectionError):
                await self.routes.get(path, answer(404, b""))(seen, out)
                await out.drain()
        except asyncio.IncompleteReadError:
            pass  # connected, and asked nothing
        finally:
            out.close()
            with suppress(ConnectionError):
                await out.wait_closed()


class Stage:
    """An async context manager; `scenes` maps addresses of the play to handlers and may be changed while it runs."""

    def __init__(self, scenes: Mapping[str, Handler]) -> None:
        self.server = _Reading()
        self.set(scenes)
        self.net = Looker(user_agent="Test/1", allow=["127.0.0.1"], host_gap=0, total_seconds=5)

    def set(self, scenes: Mapping[str, Handler]) -> None:
        """Play these scenes too, in place of those at the same addresses."""
        self.server.routes.update({path_of(url): handler for url, handler in scenes.items()})

    @property
    def asked(self) -> list[str]:
        """Return the addresses that were asked for, in order."""
        return [self._play(seen.path) for seen in self.server.seen]

    def seen(self, url: str) -> Seen:
        """Return the first request for an address."""
        return next(seen for seen in self.server.seen if self._play(seen.path) == url)

    async def __aenter__(self) -> "Stage":
        await self.server.__aenter__()
        await self.net.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.net.__aexit__(kind, error, trace)
        await self.server.__aexit__(kind, error, trace)

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Return the answer as if the play were the world."""
        try:
            return self._told(await self.net.get(self._real(url), headers, validators))
        except LostError as lost:
            hops = tuple((status, self._play(target)) for status, target in lost.hops)
            raise LostError(lost.kind, lost.detail, hops) from lost

    async def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Response:
        """Send a form to an address of the play."""
        return self._told(await self.net.post(self._real(url), form, headers))

    def _real(self, url: str) -> str:
        if urlsplit(url).hostname == NOT_THERE:
            raise NetworkError("unreachable", f"{NOT_THERE} has no address")
        return self.server.url(path_of(url))

    def _told(self, answer: Response) -> Response:
        hops = tuple((status, self._play(target)) for status, target in answer.hops)
        return replace(answer, url=self._play(answer.url), hops=hops)

    def _play(self, address: str) -> str:
        scheme, _, rest = address.removeprefix(self.server.url("")).removeprefix("/").partition("/")
        return f"{scheme}://{rest}"
