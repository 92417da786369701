"""Looks at single web pages: like the client, but it reads no more of a page than its opening, where the title is.

It adds to the client the certificate's last day, and a POST with credentials for the archives that ask for them. Every
connection is judged as the client judges it.
"""

import ssl
import zlib
from collections.abc import Mapping
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urljoin

import aiohttp
from aiohttp.connector import Connection

from plugins.core.net.client import REDIRECTS, SUCCESS, Network
from plugins.core.net.http import NetworkError, Response, Validators
from plugins.core.net.link_check import LostError, Seen

OPENING = 256 * 1024
"""Bytes of a page that are read: its head, and so its title, lies there."""
_EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, by the first bytes


class Post(Protocol):
    """One polite POST of a form, following no redirect. Raises NetworkError and nothing else."""

    async def __call__(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Response:
        """Return the answer."""
        ...


_hops: ContextVar[list[tuple[int, str]]] = ContextVar("hops")


class Looker(Network):
    """A Network whose `get` reads a text's opening, and of other bodies only JSON, whole.

    Where no answer comes, it raises LostError, which tells how far the redirects led: a page that sends its visitors
    to a silent server has moved all the same.
    """

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
    ) -> Response:
        """Return the answer, as a Seen; see `http.Get`. Raises LostError, which is a NetworkError."""
        hops: list[tuple[int, str]] = []
        _hops.set(hops)
        try:
            return await super().get(url, headers, validators)
        except NetworkError as error:
            raise LostError(error.kind, error.detail, tuple(hops)) from error

    async def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Response:
        """Send a form. `headers` go to this address alone, so they may carry credentials. Raises NetworkError."""
        here = self._checked(url)
        async with self._turns.at(here):
            return await self._look("POST", here, headers, self.total_seconds, form)

    async def _ask(
        self, url: str, headers: Mapping[str, str], seconds: float, method: str = "GET", body: bytes = b""
    ) -> Response:
        answer = await self._look(method, url, headers, seconds, body or None)
        if answer.status in REDIRECTS and (location := answer.headers.get("location", "")):
            _hops.get().append((answer.status, _joined(url, location)))
        return answer

    async def _look(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        seconds: float,
        sent: Mapping[str, str] | bytes | None,
    ) -> Response:
        async with self.request(method, url, headers, seconds, sent, _certified) as came:
            until = came.certificate_until if isinstance(came, _Certified) else None
            named = {name.lower(): came.headers[name] for name in came.headers}
            wanted = 0
            if came.status in SUCCESS:
                wanted = _wanted(named.get("content-type", ""), self.max_bytes)
            raw = await _opening(came, wanted)
            body = unpacked(raw, named.get("content-encoding", ""), wanted)
            return Seen(came.status, url, named, body, certificate_until=until)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _wanted(kind: str, whole: int) -> int:
    kind = kind.lower()
    if "json" in kind:
        return whole
    if not kind or "text" in kind or "html" in kind or "xml" in kind:
        return OPENING
    return 0


async def _opening(came: aiohttp.ClientResponse, most: int) -> bytes:
    raw = bytearray()
    while len(raw) < most and (chunk := await came.content.readany()):
        raw += chunk
    return bytes(raw[:most])


def unpacked(raw: bytes, encoding: str, most: int) -> bytes:
    """Return at most `most` bytes of a body that may have been cut; nothing where its packing is not known."""
    encoding = encoding.strip().lower()
    if encoding in {"", "identity"}:
        return raw
    if not raw or encoding not in {"gzip", "x-gzip", "deflate"}:
        return b""
    for bits in (_EITHER, -zlib.MAX_WBITS):
        with suppress(zlib.error):
            return zlib.decompressobj(bits).decompress(raw, most)
    return b""


class _Certified(aiohttp.ClientResponse):
    """An answer that notes the certificate before it is read: a short one lets its connection go at once."""

    certificate_until: datetime | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        if connection.transport and (told := connection.transport.get_extra_info("peercert")):
            self.certificate_until = datetime.fromtimestamp(ssl.cert_time_to_seconds(told["notAfter"]), UTC)
        return await super().start(connection)


async def _certified(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    request.response_class = _Certified
    return await handler(request)
