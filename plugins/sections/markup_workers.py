"""Parse many texts at once: some in this process, as many in a Python of its own for each other processor.

Run as a program it is such a worker: settings and texts come in pickled, and what the texts were parsed to goes out
pickled. What is pickled comes from this program alone. Not multiprocessing, whose spawn imports the caller's main
module again in every worker, and whose fork is unsafe beside threads.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from tempfile import TemporaryFile
from typing import Any

from pydantic import TypeAdapter

from plugins.core.text.markdown_model import Markup

MARKUP = TypeAdapter(Markup)

_SHARE = 100
"""Texts for which a worker is worth its start. It starts in 0.4 seconds, in which a hundred texts are parsed."""


def parse_many(settings: Mapping[str, Any], texts: Sequence[str]) -> list[bytes | None]:
    """Return what python-markdown makes of each text, as JSON of a `Markup`, in their order.

    `settings` are `Markdown`'s. None stands for a text that a worker could not parse: whoever asks for it parses it
    again, and hears then what is wrong.
    """
    shares = max(1, min(os.cpu_count() or 1, len(texts) // _SHARE))
    found: list[bytes | None] = [None] * len(texts)
    workers: dict[int, subprocess.Popen[bytes]] = {}
    try:
        # OSError: no process may be started. The others: settings with an extension that only this process has.
        with suppress(OSError, pickle.PicklingError, AttributeError, TypeError):
            for number in range(1, shares):
                workers[number] = _start(settings, texts[number::shares])
        found[0::shares] = parse(settings, texts[0::shares])
        for number, worker in workers.items():
            answer, _ = worker.communicate()
            if worker.returncode == 0:
                found[number::shares] = pickle.loads(answer)  # noqa: S301 - our own worker's
    finally:
        for worker in workers.values():
            worker.kill()  # where this run was stopped; one that has ended is not reached by it
            worker.wait()
    return found


def parse(settings: Mapping[str, Any], texts: Sequence[str]) -> list[bytes]:
    """Return what python-markdown makes of each text, as JSON of a `Markup`, parsed in this process."""
    from plugins.core.text.markdown_tree import MarkdownParser  # noqa: PLC0415 - not needed where nothing changed

    parser = MarkdownParser(settings)
    return [MARKUP.dump_json(parser.parse(text)) for text in texts]


def _start(settings: Mapping[str, Any], texts: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a worker with its texts in a file, so that nobody waits until it reads them; it writes when it has done."""
    with TemporaryFile() as job:
        pickle.dump((settings, texts), job)
        job.seek(0)
        return subprocess.Popen(  # noqa: S603 - this Python, and this module
            [sys.executable, "-m", __name__],
            stdin=job,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(parse(*pickle.load(sys.stdin.buffer))))  # noqa: S301 - our own caller's
