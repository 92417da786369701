"""Worker processes that parse feeds and filter their items, bounded in time and memory, while the event loop goes on.

Each runs `worker` in a Python of its own, with pipes for its work. Not a fork, which is unsafe beside the threads of an
event loop; nor multiprocessing's spawn or forkserver, which import the caller's main module again in every worker. What
a worker answers is trusted, since it runs only our code.
"""

import asyncio
import os
import pickle
import sys
from functools import cached_property
from pathlib import Path
from typing import Self

from plugins.core.polling.outcomes import Failure, Fetched
from plugins.core.topics.topic import Topic
from plugins.updates.budgets import ItemBudget
from plugins.updates.filter.matching import FilteredFeed
from plugins.updates.model import Source
from plugins.updates.parse.worker_protocol import LENGTH, WorkerSettings, framed

_ROOT = Path(__file__).resolve().parents[3]
_WORKER = "plugins.updates.parse.worker"
# Another worker costs as much as reading a dozen feeds, so it is started only for a queue, or when one feed takes long.
_QUEUE_WORTH_A_WORKER = 6
_LONG = 0.25
_GRACE = 5


class ParsePool:
    """Worker processes, started when they are needed: `async with ParsePool() as pool: await pool.parse(…)`.

    `processes` workers at most (default: one more than processors), `seconds` of wall time and `megabytes` of address
    space for each feed. A worker that takes longer or dies is replaced, and its feed becomes a Failure. Items are
    filtered by `topics`, cut to the `budget`, and what came of them is kept in `cache`, a folder, where one is given.
    """

    def __init__(
        self,
        topics: tuple[Topic, ...] = (),
        cache: Path | None = None,
        budget: ItemBudget = ItemBudget(),  # noqa: B008 - frozen
        *,
        processes: int = 0,
        seconds: float = 20,
        megabytes: int = 1024,
    ) -> None:
        self._settings = WorkerSettings(megabytes, int(seconds) + _GRACE, topics, cache, budget)
        # One more than processors: one of them waits, as a rule, for the event loop to take in what it has read.
        self._most = processes or (os.cpu_count() or 1) + 1
        self._seconds = seconds
        self._idle: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._running: set[asyncio.subprocess.Process] = set()
        self._starting = 0
        self._waiting = 0

    @cached_property
    def _first_message(self) -> bytes:
        return framed(pickle.dumps(self._settings))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await asyncio.gather(*map(_end, self._running))
        self._running.clear()

    async def parse(self, fetched: Fetched, source: Source) -> FilteredFeed | Failure:
        """Return a body's items with the topics' decisions, or why there are none: no feed, or no answer in time."""
        job = pickle.dumps((fetched.body, fetched.content_type, fetched.url, source))
        worker = await self._worker()
        answer: FilteredFeed | Failure | None = None
        try:
            async with asyncio.timeout(self._seconds):
                answer = await _ask(worker, job)
        except TimeoutError:
            return _failure(source, f"reading it took longer than {self._seconds:g} s and was stopped")
        except (EOFError, ConnectionError):  # asyncio.IncompleteReadError is an EOFError
            await worker.wait()
            return _failure(source, f"its reader ended with exit code {worker.returncode}")
        finally:
            if answer is None:
                self._running.discard(worker)
                await asyncio.shield(_end(worker))
            else:
                self._idle.put_nowait(worker)
        return answer

    async def _worker(self) -> asyncio.subprocess.Process:
        """Return an idle worker, or a new one where that is worth its start."""
        self._waiting += 1
        try:
            while True:
                if not self._idle.empty():
                    return self._idle.get_nowait()
                count = len(self._running) + self._starting
                if count == 0 or (count < self._most and self._waiting > _QUEUE_WORTH_A_WORKER):
                    return await self._start()
                try:
                    async with asyncio.timeout(_LONG):
                        return await self._idle.get()
                except TimeoutError:
                    if len(self._running) + self._starting < self._most:
                        return await self._start()
        finally:
            self._waiting -= 1

    async def _start(self) -> asyncio.subprocess.Process:
        self._starting += 1
        try:
            worker = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", _WORKER),
                cwd=_ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        finally:
            self._starting -= 1
        self._running.add(worker)
        if worker.stdin:
            worker.stdin.write(self._first_message)
        return worker


async def _ask(worker: asyncio.subprocess.Process, job: bytes) -> FilteredFeed | Failure:
    if not worker.stdin or not worker.stdout:
        raise EOFError
    worker.stdin.write(framed(job))
    await worker.stdin.drain()
    length = int.from_bytes(await worker.stdout.readexactly(LENGTH), "big")
    answer: FilteredFeed | Failure = pickle.loads(await worker.stdout.readexactly(length))  # noqa: S301 - our own worker's
    return answer


async def _end(worker: asyncio.subprocess.Process) -> None:
    if worker.returncode is None:
        worker.kill()
    if worker.stdin:
        worker.stdin.close()
    await worker.wait()


def _failure(source: Source, detail: str) -> Failure:
    return Failure(source.id, "parse error", detail, "look at the feed; if it stays so, take the source out")
