"""Workers: feeds are parsed in other processes, and one that hangs, dies or grows costs only itself."""

import asyncio
import pickle
from collections.abc import Awaitable, Callable
from io import BytesIO
from pathlib import Path

import pytest

from plugins.core.polling.outcomes import Failure, Fetched
from plugins.updates.model import Parsed, Source
from plugins.updates.parse import worker, worker_pool
from plugins.updates.parse.parse_cache import CachedParser
from plugins.updates.parse.worker_pool import ParsePool
from plugins.updates.parse.worker_protocol import WorkerSettings, framed

SOURCE = Source("src", "Source", "https://x.example.org/", "press")
URL = "https://x.example.org/feed"


def feed(title: str) -> bytes:
    """Return a feed of one item."""
    return f"<rss><channel><title>T</title><item><title>{title}</title></item></channel></rss>".encode()


def fetched(body: bytes) -> Fetched:
    """Return a body as fetched."""
    return Fetched("src", URL, body, "application/rss+xml", "digest")


def together(pool: ParsePool, *jobs: Callable[[], Awaitable[object]]) -> list[object]:
    """Run jobs at once within a pool."""

    async def run() -> list[object]:
        async with pool:
            return await asyncio.gather(*(job() for job in jobs))

    return asyncio.run(run())


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put another `plugins.updates.parse.worker` in the place of the real one: it does what the body says."""
    folder = tmp_path / "plugins" / "updates" / "parse"
    folder.mkdir(parents=True)
    (folder / "worker.py").write_text(
        "import os, pickle, sys, time\n"
        "[sys.modules.pop(name) for name in list(sys.modules) if name.split('.')[0] == 'plugins']\n"
        f"sys.path.insert(0, {str(Path(worker_pool.__file__).parents[3])!r})\n"
        "sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), 'big'))\n"
        "while size := sys.stdin.buffer.read(8):\n"
        "    body = pickle.loads(sys.stdin.buffer.read(int.from_bytes(size, 'big')))[0]\n"
        "    if body == b'hang': time.sleep(60)\n"
        "    if body == b'die': os._exit(7)\n"
        "    answer = pickle.dumps(body)\n"
        "    sys.stdout.buffer.write(len(answer).to_bytes(8, 'big') + answer)\n"
        "    sys.stdout.buffer.flush()\n"
    )
    monkeypatch.setattr(worker_pool, "_ROOT", tmp_path)


def test_answers_are_those_of_parse() -> None:
    """What comes back from a worker is what parsing here would have given, each to its own question."""
    pool = ParsePool(processes=2)
    bodies = [feed(f"Item {number}") for number in range(30)] + [b"<html><title>Page</title>"]
    found = together(pool, *(lambda body=body: pool.parse(fetched(body), SOURCE) for body in bodies))
    here = CachedParser(None, ())
    assert found == [here.parse(body, "application/rss+xml", URL, SOURCE) for body in bodies]


def test_a_few_feeds_start_one_worker() -> None:
    """Workers cost time to start: there is none without work, and one for little of it."""

    async def run() -> tuple[int, int]:
        async with ParsePool(processes=4) as pool:
            before = len(pool._running)
            for number in range(3):
                assert isinstance(await pool.parse(fetched(feed(f"{number}")), SOURCE), Parsed)
            return before, len(pool._running)

    assert asyncio.run(run()) == (0, 1)


@pytest.mark.usefixtures("stand_in")
def test_a_worker_that_hangs_is_replaced() -> None:
    """A feed that takes too long is a failure that says so; the others are answered, by another worker."""
    pool = ParsePool(processes=1, seconds=1)
    jobs = [lambda body=body: pool.parse(fetched(body), SOURCE) for body in (b"a", b"hang", b"b", b"c")]
    assert together(pool, *jobs) == [
        b"a",
        Failure(
            "src",
            "parse error",
            "reading it took longer than 1 s and was stopped",
            "look at the feed; if it stays so, take the source out",
        ),
        b"b",
        b"c",
    ]


@pytest.mark.usefixtures("stand_in")
def test_a_worker_that_dies_is_replaced() -> None:
    """A feed that ends its worker is a failure with the exit code; the others are answered."""
    pool = ParsePool(processes=2)
    found = together(
        pool, *(lambda body=body: pool.parse(fetched(body), SOURCE) for body in (b"die", b"a", b"die", b"b"))
    )
    assert [found[1], found[3]] == [b"a", b"b"]
    for failure in (found[0], found[2]):
        assert isinstance(failure, Failure)
        assert failure.detail == "its reader ended with exit code 7"


@pytest.mark.usefixtures("stand_in")
def test_a_cancelled_question_leaves_no_stale_answer() -> None:
    """Who stops waiting takes the worker along: the next question gets its own answer."""

    async def run() -> object:
        async with ParsePool(processes=1) as pool:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.5):
                    await pool.parse(fetched(b"hang"), SOURCE)
            return await pool.parse(fetched(b"after"), SOURCE)

    assert asyncio.run(run()) == b"after"


def test_no_worker_outlives_its_pool() -> None:
    """Leaving the pool ends its processes, in good order and by an exception."""

    async def run(error: Exception | None) -> list[int | None]:
        pool = ParsePool(processes=2)
        processes = []
        try:
            async with pool:
                await pool.parse(fetched(feed("x")), SOURCE)
                processes = list(pool._running)
                if error:
                    raise error
        except ValueError:
            pass
        return [process.returncode for process in processes]

    for error in (None, ValueError("stop")):
        codes = asyncio.run(run(error))
        assert codes
        assert None not in codes


def test_memory_is_bounded() -> None:
    """A worker may not take more memory than it is given: beyond it the feed fails, and the pool goes on."""
    pool = ParsePool(processes=1, megabytes=300)
    huge = b'{"items": [' + b"[[[[]]]]," * 1_000_000 + b"0]}"
    found = together(pool, *(lambda body=body: pool.parse(fetched(body), SOURCE) for body in (huge, feed("after"))))
    assert isinstance(found[0], Failure)
    assert found[0].detail == "MemoryError"
    assert isinstance(found[1], Parsed)


def test_worker_reads_jobs_until_there_are_none() -> None:
    """The protocol: eight bytes of length before every job and every answer; the end of jobs is the end."""
    job, orders = pickle.dumps((feed("x"), "", URL, SOURCE)), pickle.dumps(WorkerSettings(1024 * 1024, 20))
    answers = BytesIO()
    worker.serve(BytesIO(framed(orders) + framed(job) * 2), answers)
    one = answers.getvalue()[: len(answers.getvalue()) // 2]
    assert answers.getvalue() == one * 2
    assert pickle.loads(one[8:]) == CachedParser(None, ()).parse(feed("x"), "", URL, SOURCE)  # noqa: S301 - written above
