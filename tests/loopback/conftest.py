"""What every test on loopback needs: a faulty server, the real network, and one source to ask."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from plugins.core.net.client import Network
from plugins.core.polling.answers import Answer
from plugins.core.polling.outcomes import FeedState
from plugins.updates.fetch.request import request_feed
from plugins.updates.model import Source
from tests.loopback.faulty import NOW, QUICK, Faulty, Handler

Ask = Callable[..., tuple[Answer, Faulty]]
"""What the fixture `ask` returns: routes, what is remembered, a fallback's path, limits of the network."""


@pytest.fixture
def ask() -> Ask:
    """Return a function that fetches `/feed` once from a server with the given routes."""

    def ask_once(
        routes: dict[str, Handler] | Handler, state: dict[str, str] | None = None, fallback: str = "", **limits: Any
    ) -> tuple[Answer, Faulty]:
        async def run() -> tuple[Answer, Faulty]:
            table = routes if isinstance(routes, dict) else {"/feed": routes}
            async with Faulty(table) as server, Network(**(QUICK | limits)) as net:
                source = Source("s", "S", "", "press", server.url(), server.url(fallback) if fallback else "")
                before: dict[str, Any] = {
                    key: value.replace("ROOT", server.url("")) for key, value in (state or {}).items()
                }
                return await request_feed(source, FeedState("s", **before), net.get, NOW), server

        return asyncio.run(run())

    return ask_once
