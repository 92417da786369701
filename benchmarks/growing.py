"""How the verbs' cost grows with the archive: `python benchmarks/growing.py [UPDATES …]` (10000 100000).

For each count a made wire (`wire`) is laid in a folder of its own, and each verb is run as a user would, in a process
of its own: a check; a build with every plugin by real Pelican into an empty output with an empty cache; a fetch from
one source that has one update more; the build after it; a fetch that finds nothing new. Printed: wall and processor
time, and the memory of the largest process, each with its ratio to the count before.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import wire

_FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Press 1</title><link>https://press-1.example.org/</link>
<description>News</description><item><title>Strike at Tarel Foods in Benaford enters a third week</title>
<link>https://press-1.example.org/new/</link><guid>new</guid><description>One more.</description></item>
</channel></rss>"""


@dataclass(frozen=True)
class Run:
    """Seconds of wall and of processor time, and the largest process's MiB."""

    wall: float
    processor: float
    memory: float


def main() -> int:
    """Measure each count."""
    counts = [int(one) for one in sys.argv[1:]] or [10_000, 100_000]
    print("| Updates | Run | Wall, s | Processor, s | Memory, MiB |", "|---|---|---|---|---|", sep="\n")
    before: Mapping[str, Run] = {}
    for count in counts:
        with tempfile.TemporaryDirectory() as folder, served() as server:
            content, output = Path(folder) / "content", Path(folder) / "output"
            wire.lay(content, count, server)
            runs = {name: measured(command) for name, command in commands(content, output)}
            sizes = [path.stat().st_size for path in output.rglob("*") if path.is_file()]
        for name, run in runs.items():
            print(row(f"{count:,}", name, run, before.get(name)))
        print(f"{count:,} updates: {len(sizes):,} files of {sum(sizes) / 2**20:.0f} MiB", file=sys.stderr)
        before = runs
    return 0


def row(count: str, name: str, run: Run, before: Run | None) -> str:
    """Return one run as a row, with its ratios to the count before."""
    told = [f"{run.wall:.1f}", f"{run.processor:.1f}", f"{run.memory:.0f}"]
    if before:
        told = [f"{one} (× {now / old:.1f})" for one, now, old in zip(told, astuple(run), astuple(before), strict=True)]
    return " | ".join(["", count, name, *told, ""]).strip()


def commands(content: Path, output: Path) -> Iterator[tuple[str, list[str]]]:
    """Return the verbs in the order in which they are run."""
    verb = [sys.executable, "-m", "plugins.commands"]
    where = ["--settings", "tests/sites/siteconf.py", "--content", str(content)]
    build = [*verb, "build", *where, "--output", str(output)]
    fetch = [*verb, "fetch", *where, "--source", "press-1", "--force"]
    fetch += ["--allow-private-host", "127.0.0.1"]
    yield "check", [*verb, "check", *where, "--output", str(output)]
    yield "build, first", build
    yield "fetch, one new", fetch
    yield "build, one new", build
    yield "fetch, nothing new", fetch


@contextmanager
def served() -> Iterator[str]:
    """Serve one feed with one item, whatever is asked for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(_FEED)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def measured(command: list[str]) -> Run:
    """Run a program to its end. Raises SystemExit where it fails."""
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return Run(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
