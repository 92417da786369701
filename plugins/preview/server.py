"""Serve the built site to browsers on loopback: a script in each page, and an open connection to each tab.

What is served is what lies in the output, with no file changed, and before it what is known of what was edited just
now; nothing is kept by the browser.
"""

import json
import logging
import time
from asyncio import Event, gather
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiohttp import WSCloseCode, web
from aiohttp.http_exceptions import HttpProcessingError

from plugins.core.errors import Problem, SiteError
from plugins.preview import origin_check, responses
from plugins.preview.model import HOST, OWN
from plugins.preview.routing import media_type, place
from plugins.preview.state import State

_STATIC = Path(__file__).with_name("static")
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_LONGEST = 65536
"""Bytes of an address or a header that are read; what is longer is answered with 400, and needs no traceback."""
_ALIVE = 30  # seconds between two looks whether a tab is still there
_LOADING = 10.0  # seconds in which a page that was sent is in its tab, and the tab's connection is open
_SENT = 16  # pages that count as being loaded: what asks for more of them is no writer with tabs

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _is_own_fault(record: logging.LogRecord) -> bool:
    """Say whether a record is of a fault of ours, and not of a request that is no HTTP."""
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))


_quiet = logging.getLogger("aiohttp.server")
_quiet.addFilter(_is_own_fault)


class Server:
    """Serves what `state` says is on show. Requests wait for the first build."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._begun = Event()
        self._told = 0  # the build that tabs were told of last
        self._tabs: dict[web.WebSocketResponse, frozenset[str]] = {}  # with the pages that are in them
        self._sent: deque[tuple[float, list[str]]] = deque(maxlen=_SENT)  # pages, and when they were sent
        app = web.Application(middlewares=[_guarded])
        app.router.add_get(f"{OWN}/live", self._live)
        app.router.add_get(f"{OWN}/{{name}}", _own)
        app.router.add_get("/{path:.*}", self._page)
        app.on_response_prepare.append(_with_headers)
        self._runner = web.AppRunner(
            app, access_log=None, logger=_quiet, shutdown_timeout=0.5, max_line_size=_LONGEST, max_field_size=_LONGEST
        )

    async def open(self, port: int) -> int:
        """Listen on loopback, and return the port. Raises SiteError where it cannot be had."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, HOST, port).start()
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", "") or str(error)
            remedy = (
                f"end what uses it, perhaps another ./inv serve, or choose one: ./inv serve --port {port % 65535 + 1}"
            )
            raise SiteError([Problem("", 0, f"port {port} cannot be had ({why})", remedy)]) from error
        return int(self._runner.addresses[0][1])

    async def tell(self) -> None:
        """Tell every tab what is on show now, and let in those that were waiting."""
        told = json.dumps(self._state.told(self._told))
        self._told = self._state.build
        self._begun.set()
        await gather(*(tab.send_str(told) for tab in self._tabs), return_exceptions=True)

    def open_pages(self) -> frozenset[str]:
        """Return the pages that are in tabs, or on their way there, by their paths below the output."""
        now = time.monotonic()
        loading = [names for sent, names in self._sent if now - sent < _LOADING]
        return frozenset[str]().union(*self._tabs.values(), *loading)

    async def close(self) -> None:
        """Let all tabs go, and stop listening."""
        await gather(*(tab.close(code=WSCloseCode.GOING_AWAY) for tab in set(self._tabs)), return_exceptions=True)
        await self._runner.cleanup()

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        tab = web.WebSocketResponse(heartbeat=_ALIVE)
        await tab.prepare(request)
        since = request.query.get("build", "")
        self._tabs[tab] = frozenset(request.query.getall("page", ()))
        try:
            known = int(since) if since.isdecimal() else 0
            await tab.send_str(json.dumps(self._state.told(known)))
            async for _ in tab:
                pass
        finally:
            del self._tabs[tab]
        return tab

    async def _page(self, request: web.Request) -> web.StreamResponse:
        await self._begun.wait()
        ready = self._state.ready
        if ready is None or not self._state.is_good:
            return _html(responses.with_script(responses.problems(self._state.troubles), (), 0, ""), 503)
        found = place(request.path, ready.base, self._state.has)
        if found.moved_to:
            if request.query_string:
                raise web.HTTPFound(f"{found.moved_to}?{request.query_string}")
            raise web.HTTPFound(found.moved_to)
        if found.file and not found.file.endswith(".html"):
            headers = {"Content-Type": media_type(found.file)}
            early = self._state.early(found.file)
            if early is not None:
                return web.Response(body=early, headers=headers)
            return web.FileResponse(ready.output / found.file, headers=headers)
        return self._shown(ready.base, found.file, found.wanted)

    def _shown(self, base: str, file: str, wanted: str) -> web.Response:
        """Return a page of the site, or its own page for what is not there, which is waited for then."""
        names, status = [file], 200
        if not file:
            names, status = ["404.html", wanted], 404
        page = self._state.page(names[0])
        if page is None:
            page = responses.NOTHING
        self._sent.append((time.monotonic(), names))
        return _html(responses.with_script(page, names, self._state.build, base), status)


def _html(page: bytes, status: int) -> web.Response:
    return web.Response(body=page, status=status, headers={"Content-Type": media_type(".html")})


async def _own(request: web.Request) -> web.StreamResponse:
    """Return a file of the preview's own."""
    path = _STATIC / request.match_info["name"]
    if path.parent != _STATIC or not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers={"Content-Type": media_type(path.name)})


@web.middleware
async def _guarded(request: web.Request, handler: Answer) -> web.StreamResponse:
    if len(request.headers.getall("Host", [])) != 1:
        raise web.HTTPBadRequest
    if fault := origin_check.fault(dict(request.headers)):
        return web.Response(status=403, text=f"{fault}\n")
    return await handler(request)


async def _with_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)
