"""Parse answers while others are on their way: as many at once as there are worker processes to do it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing

from plugins.core.polling.outcomes import Failure, Fetched, Outcome
from plugins.updates.filter.matching import FilteredFeed
from plugins.updates.model import Source

Parse = Callable[[Fetched, Source], Awaitable[FilteredFeed | Failure]]
"""Returns a body's items with the topics' decision on each, or why it is no feed. Never raises."""

Answer = tuple[Source, Outcome, FilteredFeed | None]
"""A source, how it answered (a body that is no feed is a Failure), and its items where it brought new bytes."""


async def parse_all(
    answers: AsyncGenerator[tuple[Source, Outcome]], parse: Parse, at_once: int
) -> AsyncGenerator[Answer]:
    """Yield every answer once, with its items where there are any to read; whichever is ready comes first.

    `at_once` bodies are being parsed or waiting to be taken at most. What `answers` raises is raised here.
    """
    parsed: asyncio.Queue[Answer | None] = asyncio.Queue()
    room = asyncio.Semaphore(at_once)

    async def parse_one(source: Source, fetched: Fetched) -> None:
        feed = await parse(fetched, source)
        if isinstance(feed, Failure):
            await parsed.put((source, feed, None))
        else:
            await parsed.put((source, fetched, feed))

    async def take_all() -> None:
        try:
            async with aclosing(answers), asyncio.TaskGroup() as group:
                async for source, outcome in answers:
                    await room.acquire()
                    if isinstance(outcome, Fetched) and not outcome.unchanged:
                        group.create_task(parse_one(source, outcome))
                    else:
                        await parsed.put((source, outcome, None))
        finally:
            await parsed.put(None)

    taking = asyncio.create_task(take_all())
    try:
        while (answer := await parsed.get()) is not None:
            room.release()
            yield answer
        await taking
    finally:
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
