"""Whose turn it is: one request at a time to a host, a pause between two, and so many in flight in all.

The time is the event loop's. What a turn is used for is not known here.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from plugins.core.net.http import authority


@dataclass(slots=True)
class _Turn:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class Turns:
    """Hands out turns; `gap` is in seconds, from the end of one turn to the start of the next at the same host."""

    def __init__(self, in_flight: int, gap: float) -> None:
        self._slots = asyncio.Semaphore(in_flight)
        self._gap = gap
        self._turns: dict[str, _Turn] = {}

    @asynccontextmanager
    async def at(self, url: str) -> AsyncIterator[None]:
        """Hold the only turn of the address's host. Waiting for it holds none of the slots in flight."""
        turn = self._turns.setdefault(authority(url), _Turn())
        clock = asyncio.get_running_loop().time
        async with turn.lock:
            if (wait := turn.free_at - clock()) > 0:
                await asyncio.sleep(wait)
            async with self._slots:
                try:
                    yield
                finally:
                    turn.free_at = clock() + self._gap
