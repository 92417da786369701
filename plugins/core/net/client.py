"""The HTTP client: every request the project makes goes through it. One polite GET at a time per host.

It connects to public addresses only. Every connection is judged when it is dialled, by the address it goes to, so a
name that changes its answer, a decimal IP or a redirect gains nothing. What an answer means is not decided here.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from plugins.core.net.decompress import InflateError, Inflater
from plugins.core.net.host_limiter import Turns
from plugins.core.net.http import ErrorKind, NetworkError, Response, Validators
from plugins.core.net.public_addresses import Opened, literal_refusal, opened, refusal

SUCCESS = range(200, 300)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
SAME_METHOD = frozenset({307, 308})
PRIVATE_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})
MAX_LINE = 32 * 1024
"""Bytes of one header. aiohttp's 8 KiB is less than some outlets' Content-Security-Policy."""


@dataclass(slots=True)
class _Dial:
    """The name being connected to, and why the last address it led to was refused."""

    host: str
    refused: str = ""


_dialling: ContextVar[_Dial] = ContextVar("dialling")


@dataclass(kw_only=True, eq=False)
class Network:
    """An async context manager around one HTTP session; `get` is what the rest of the house is handed.

    `allow` opens hosts, addresses or networks that are not public (see `addresses.opened`; ValueError).
    `host_gap` is the pause in seconds between two requests to a host; `total_seconds` holds for one `get` with
    its redirects, waiting for a turn left out. `max_bytes` counts the decompressed body.
    """

    user_agent: str
    allow: tuple[str, ...] | list[str] = ()
    in_flight: int = 8
    host_gap: float = 1.0
    connect_seconds: float = 10
    total_seconds: float = 30
    max_bytes: int = 10 * 2**20
    max_redirects: int = 5
    _owner: Opened = field(init=False, repr=False)
    _session: aiohttp.ClientSession = field(init=False, repr=False)
    _turns: Turns = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._owner = opened(self.allow)
        self._turns = Turns(self.in_flight, self.host_gap)

    async def __aenter__(self) -> Self:
        # Every request is dialled anew (force_close), so none travels over a connection that was not judged for it.
        connector = aiohttp.TCPConnector(limit=0, force_close=True, socket_factory=self._open_socket)
        self._session = aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=None, connect=self.connect_seconds, ceil_threshold=3600),
            headers={"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate"},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,  # a proxy would dial for us, past the check
            max_line_size=MAX_LINE,
            max_field_size=MAX_LINE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Return the answer; see `http.Get` for the arguments. Raises NetworkError."""
        return await self._follow("GET", url, headers, validators, b"")

    async def post_json(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Response:
        """Return the answer to a POST of JSON; see `http.PostJson`. Raises NetworkError."""
        json = {**(headers or {}), "Content-Type": "application/json"}
        return await self._follow("POST", url, json, None, body)

    async def _follow(
        self, method: str, url: str, headers: Mapping[str, str] | None, validators: Validators | None, body: bytes
    ) -> Response:
        """Return the answer at the end of the redirects. What is sent by POST is sent on only where that is asked for.

        Source: RFC 9110, section 15.4: after 301, 302 and 303 a client would come back with a GET.
        """
        common = {name: value for name, value in (headers or {}).items() if name.lower() not in PRIVATE_HEADERS}
        trail = [self._checked(url)]
        hops: tuple[tuple[int, str], ...] = ()
        seconds = self.total_seconds
        while True:
            here = trail[-1]
            own = validators.headers() if validators and validators.url == here else {}
            async with self._turns.at(here):
                started = asyncio.get_running_loop().time()
                answer = await self._ask(here, common | own, seconds, method, body)
                seconds -= asyncio.get_running_loop().time() - started
            location = answer.headers.get("location", "")
            followed = REDIRECTS if method == "GET" else SAME_METHOD
            if answer.status not in followed or not location:
                return replace(answer, hops=hops)
            trail.append(self._next(trail, location))
            hops += ((answer.status, trail[-1]),)

    def _next(self, trail: list[str], location: str) -> str:
        here = trail[-1]
        try:
            target = self._checked(urljoin(here, location))
        except NetworkError as error:
            raise NetworkError(error.kind, f"{here} redirects to {location}: {error.detail}") from error
        except ValueError as error:
            raise NetworkError("refused", f"{here} redirects to {location!r}, not an address ({error})") from error
        if target in trail:
            raise NetworkError("too many redirects", f"{here} redirects in a circle, to {target}")
        if len(trail) > self.max_redirects:
            raise NetworkError("too many redirects", f"more than {self.max_redirects}, the last to {target}")
        return target

    def _checked(self, url: str) -> str:
        """Return the address as it will be asked for, without its fragment. Raises NetworkError "refused"."""
        try:
            parts = URL(url).with_fragment(None)
        except ValueError as error:
            raise NetworkError("refused", f"{url!r} is not an address ({error})") from error
        host = parts.raw_host or ""
        if parts.scheme not in {"http", "https"} or not host or " " in host or not host.isprintable():
            raise NetworkError("refused", f"{url!r} is not an http or https address")
        if parts.user is not None or parts.password is not None:
            raise NetworkError("refused", f"the address of {host} carries a name or password")
        if why := literal_refusal(host, self._owner):
            raise NetworkError("refused", why)
        return str(parts)

    async def _ask(
        self, url: str, headers: Mapping[str, str], seconds: float, method: str = "GET", body: bytes = b""
    ) -> Response:
        async with self.request(method, url, headers, seconds, body or None) as came:
            named = {name.lower(): came.headers[name] for name in came.headers}  # of repeated ones the first
            content = await self._body(came, named) if came.status in SUCCESS else b""
            return Response(came.status, url, named, content)

    async def _body(self, came: aiohttp.ClientResponse, named: Mapping[str, str]) -> bytes:
        try:
            inflater = Inflater(named.get("content-encoding", ""), self.max_bytes, came.content_length or 0)
            while chunk := await came.content.readany():
                inflater.feed(chunk)
            return inflater.finish()
        except InflateError as error:
            raise NetworkError(error.kind, error.detail) from error

    @asynccontextmanager
    async def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        seconds: float,
        sent: Mapping[str, str] | bytes | None = None,
        *middlewares: aiohttp.ClientMiddlewareType,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Open one exchange with a checked address, following no redirect; its body is the block's to read.

        `sent` is a form, or a body as it is. Whatever breaks while the block reads is raised as a NetworkError too.
        """
        dial = _Dial(URL(url).raw_host or "")
        _dialling.set(dial)
        received = 0
        try:
            async with (
                asyncio.timeout(seconds),
                self._session.request(
                    method,
                    url,
                    headers=headers,
                    data=sent,
                    allow_redirects=False,
                    middlewares=(_ask_once, *middlewares),
                ) as came,
            ):
                try:
                    yield came
                finally:
                    received = came.content.total_bytes
        except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as error:
            raise _named(error, dial, f"after {received:,} bytes of the body") from error

    def _open_socket(self, info: aiohttp.AddrInfoType) -> socket.socket:
        """Judge the address about to be dialled. Raises PermissionError, which aiohttp passes on as its own."""
        family, kind, protocol, _, address = info
        dial = _dialling.get()
        if why := refusal(str(address[0]), dial.host, self._owner):
            dial.refused = why
            raise PermissionError(why)
        return socket.socket(family, kind, protocol)


async def _ask_once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keep aiohttp from sending a request again by itself, at once, after a broken connection."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise aiohttp.ClientPayloadError(str(error) or "the server hung up") from error


_ERRORS: tuple[tuple[type[Exception], ErrorKind, str], ...] = (
    (aiohttp.ConnectionTimeoutError, "timeout", "no connection to {host} in time"),
    (TimeoutError, "timeout", "{host} did not finish in time, {far}"),
    (aiohttp.InvalidURL, "refused", "{host} is not a host that can be asked ({why})"),
    (aiohttp.ClientConnectorCertificateError, "unreachable", "the certificate of {host} is not valid ({why})"),
    (aiohttp.ClientConnectorDNSError, "unreachable", "{host} has no address ({why})"),
    (aiohttp.ClientConnectorError, "unreachable", "no connection to {host} ({why})"),
    (aiohttp.ClientResponseError, "unreachable", "{host} does not answer in proper HTTP ({why})"),
    (ValueError, "refused", "the request to {host} cannot be sent ({why})"),
    (Exception, "unreachable", "{host} broke off, {far} ({why})"),
)
"""The library's failures in our words; the first that fits counts."""


def _named(error: Exception, dial: _Dial, far: str) -> NetworkError:
    if dial.refused and isinstance(error, aiohttp.ClientConnectorError):
        return NetworkError("refused", f"{dial.host}: {dial.refused}")
    told = getattr(error, "os_error", None) or getattr(error, "message", "") or error
    why = " ".join(str(told).split())[:200] or type(error).__name__
    if why.startswith(("Got more than", "Too many headers")):
        return NetworkError("too large", f"{dial.host} sends headers without end ({why})")
    kind, words = next((kind, words) for fits, kind, words in _ERRORS if isinstance(error, fits))
    return NetworkError(kind, words.format(host=dial.host, why=why, far=far))
