"""The main module of a worker process: jobs come in by one pipe, answers go out by another, until there are no more.

Started by `worker_pool`, which sends WorkerSettings first. The system bounds its memory and time.
"""

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from plugins.updates.parse.parse_cache import CachedParser
from plugins.updates.parse.worker_protocol import Job, WorkerSettings, framed, read_message

if sys.platform != "win32":
    import resource

_MEGABYTE = 1024 * 1024


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Read the settings, then answer jobs until there are no more; every message is preceded by its length."""
    settings: WorkerSettings = pickle.loads(read_message(jobs))  # noqa: S301 - our own parent's
    _bound_memory(settings.megabytes)
    parser = CachedParser(settings.cache, settings.topics, settings.budget)
    while message := read_message(jobs):
        job: Job = pickle.loads(message)  # noqa: S301 - as above
        with _alarm(settings.seconds):
            answer = pickle.dumps(parser.parse(*job))
        answers.write(framed(answer))
        answers.flush()


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
