"""The door to other processes: feeds are parsed there, bounded in time and memory, while the event loop goes on.

Each worker is this module run by a Python of its own, with pipes for its work. Not a fork, which is unsafe beside the
threads of an event loop; nor multiprocessing's spawn or forkserver, which import the caller's main module again
in every worker. What a worker answers is taken on trust: it runs only our code. Nothing here knows a format.
"""

import asyncio
import gc
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from plugins.updates.keeping.filter import weigh
from plugins.updates.keeping.topics import Topic
from plugins.updates.models import Failure, Fetched, Parsed, Source
from plugins.updates.reading.parse import parse

if sys.platform != "win32":
    import resource

_ROOT = Path(__file__).resolve().parents[2]
_LENGTH = 8
_MEGABYTE = 1024 * 1024
# Another worker costs as much as reading a dozen feeds, so it is started only for a queue, or when one feed takes long.
_QUEUE_WORTH_A_WORKER = 6
_LONG = 0.25
_GRACE = 5
_JUDGING = "judging"
_ALLOCATIONS_A_COLLECTION = 50_000


class ParsePool:
    """Worker processes, started when they are needed: `async with ParsePool() as pool: await pool.parse(…)`.

    `processes` workers at most (default: one for each processor), `seconds` of wall time and `megabytes` of address
    space for each feed. A worker that takes longer or dies is replaced, and its feed becomes a Failure. With `topics`,
    the items are judged by them there too, and what is returned is a `filter.Weighed`.
    """

    def __init__(
        self,
        processes: int = 0,
        seconds: float = 20,
        megabytes: int = 1024,
        topics: tuple[Topic, ...] | None = None,
    ) -> None:
        self._topics = None if topics is None else pickle.dumps(topics)
        self._most = processes or os.cpu_count() or 1
        self._seconds = seconds
        self._megabytes = megabytes
        self._idle: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
        self._running: set[asyncio.subprocess.Process] = set()
        self._starting = 0
        self._waiting = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(_end(worker) for worker in self._running))
        self._running.clear()

    async def parse(self, fetched: Fetched, source: Source) -> Parsed | Failure:
        """Return what `parse.parse` makes of a fetched body, or the Failure that no answer came in time."""
        job = pickle.dumps((fetched.body, fetched.content_type, fetched.url, source))
        worker = await self._worker()
        answer: Parsed | Failure | None = None
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
                *(sys.executable, "-m", __name__, str(self._megabytes), str(int(self._seconds) + _GRACE)),
                *([_JUDGING] if self._topics is not None else []),
                cwd=_ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
            )
        finally:
            self._starting -= 1
        self._running.add(worker)
        if worker.stdin and self._topics is not None:
            worker.stdin.write(_framed(self._topics))
        return worker


def _framed(message: bytes) -> bytes:
    return len(message).to_bytes(_LENGTH, "big") + message


async def _ask(worker: asyncio.subprocess.Process, job: bytes) -> Parsed | Failure:
    if not worker.stdin or not worker.stdout:
        raise EOFError
    worker.stdin.write(_framed(job))
    await worker.stdin.drain()
    length = int.from_bytes(await worker.stdout.readexactly(_LENGTH), "big")
    answer: Parsed | Failure = pickle.loads(await worker.stdout.readexactly(length))  # noqa: S301 - our own worker's
    return answer


async def _end(worker: asyncio.subprocess.Process) -> None:
    if worker.returncode is None:
        worker.kill()
    if worker.stdin:
        worker.stdin.close()
    await worker.wait()


def _failure(source: Source, detail: str) -> Failure:
    return Failure(source.id, "parse error", detail, "look at the feed; if it stays so, take the source out")


def _bound_memory(megabytes: int) -> None:
    """Bound the process's address space, where the system can (not on Windows; macOS takes no notice)."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))


@contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    """Let the system end this process if it takes too long and nobody is left to notice."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
        yield
        signal.alarm(0)
    else:
        yield


def _serve(jobs: BinaryIO, answers: BinaryIO, seconds: int, topics: tuple[Topic, ...] | None = None) -> None:
    """Answer jobs until there are no more; each job and each answer is preceded by its length."""
    # What is loaded by now stays for good, and a feed leaves few cycles behind: neither is looked through often.
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_A_COLLECTION)
    while job := _received(jobs):
        with _alarm(seconds):
            answer = pickle.dumps(_answer(pickle.loads(job), topics))  # noqa: S301 - our own parent's
        answers.write(_framed(answer))
        answers.flush()


def _received(jobs: BinaryIO) -> bytes:
    """Return the next message, nothing where there are no more."""
    return jobs.read(int.from_bytes(jobs.read(_LENGTH), "big"))


def _answer(job: tuple[bytes, str, str, Source], topics: tuple[Topic, ...] | None) -> Parsed | Failure:
    parsed, source = parse(*job), job[-1]
    return parsed if topics is None or isinstance(parsed, Failure) else weigh(parsed, topics, source)


def main() -> None:
    """Be a worker: arguments are megabytes of memory, seconds for a feed, and whether topics come before all jobs."""
    _bound_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not print into the answers
    jobs = sys.stdin.buffer
    topics = pickle.loads(_received(jobs)) if _JUDGING in sys.argv else None  # noqa: S301 - our own parent's
    _serve(jobs, answers, int(sys.argv[2]), topics)


if __name__ == "__main__":
    main()
