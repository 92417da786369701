"""The door a worker process stands behind: jobs in by one pipe, answers out by another, until there are no more jobs.

Run by `workers`, with the Orders as its first message. It is bounded in memory and time by the system.
"""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from plugins.updates.filter.matching import weigh
from plugins.updates.filter.topic import Topic
from plugins.updates.model import Parsed
from plugins.updates.outcomes import Failure
from plugins.updates.parse.cached_parser import Reader
from plugins.updates.parse.parser import parse
from plugins.updates.parse.worker_protocol import Job, Orders, framed, received

if sys.platform != "win32":
    import resource

_MEGABYTE = 1024 * 1024
_ALLOCATIONS_A_COLLECTION = 50_000


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Take the orders, then answer jobs until there are no more; every message is preceded by its length."""
    orders: Orders = pickle.loads(received(jobs))  # noqa: S301 - our own parent's
    _bound_memory(orders.megabytes)
    reader = Reader(orders.memory, orders.topics) if orders.memory and orders.topics is not None else None
    # What is loaded by now stays for good, and a feed leaves few cycles behind: neither is looked through often.
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_A_COLLECTION)
    while job := received(jobs):
        with _alarm(orders.seconds):
            answer = pickle.dumps(_answer(pickle.loads(job), orders.topics, reader))  # noqa: S301 - as above
        answers.write(framed(answer))
        answers.flush()


def _answer(job: Job, topics: tuple[Topic, ...] | None, reader: Reader | None) -> Parsed | Failure:
    if reader:
        return reader.answer(*job)
    parsed, source = parse(*job), job[-1]
    return parsed if topics is None or isinstance(parsed, Failure) else weigh(parsed, topics, source)


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


def main() -> None:
    """Be a worker."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not print into the answers
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
