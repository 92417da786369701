"""How long a whole `./inv fetch` takes, beside sfeed and newsboat: `python benchmarks/fetch.py [FEEDS] [ROUNDS]`.

One server process plays FEEDS (500) feeds of 30 items, each on an address of its own in 127.0.0.0/8, for one host is
asked one request at a time. In every round each program starts with nothing and reads them all ("new"), reads them
again when each has five items more and five fewer ("changed"), and once more when nothing has changed ("304"). The
programs take turns at going first. Printed: the median with the least and the most, of wall time and of processor
time, and each peer's ratio to ours, paired round by round. A peer that is not installed is told of and left out. At
last the largest process's memory at a fifth of the feeds and at all.

sfeed sends no validators as Debian ships it, so its "304" is a full reading.
"""

import asyncio
import hashlib
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.parse import ITEMS, WORDS, item

MOVED_ON = 5
THREADS = 16
PHASES = ("new", "changed", "304")
# A press feed's words: one in ten is of the wire's world, as in WORDS, the others are anybody's.
DICE = random.Random(2)  # noqa: S311 - the same words at every run
OTHERS = ["".join(DICE.choices("aeiounrtlsdkmpbg", k=DICE.randint(2, 10))) for _ in range(9 * len(WORDS))]
STARTED = "Fri, 02 Jan 2026 00:00:00 GMT"


def feed(seed: int, generation: int) -> bytes:
    """Return a feed whose items move on by MOVED_ON with each generation; an item is always the same."""
    first = generation * MOVED_ON
    dice = (random.Random(f"{seed}-{n}") for n in range(first, first + ITEMS))  # noqa: S311
    rows = "".join(item(one, seed, first + n, WORDS + OTHERS) for n, one in enumerate(dice))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Feed {seed}</title><link>https://bench.example.org/</link>{rows}</channel></rss>"
    ).encode()


def address(number: int) -> str:
    """Return the loopback address of a feed."""
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


class Answers(asyncio.Protocol):
    """One connection: an answer ready made for every request, and 304 where the client names the page it has."""

    pages: dict[bytes, tuple[bytes, bytes]]
    seen: Counter[int]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        self.waiting = b""

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        *whole, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in whole:
            tag, page = self.pages[request.split(b" ", 2)[1]]
            status = 304 if tag in request else 200
            self.seen[status] += 1
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: %s\r\n\r\n" % tag if status == 304 else page)


async def serve(feeds: int) -> None:
    """Serve; a line on standard input is the generation to serve from now on, answered by what was seen before it."""
    Answers.pages, Answers.seen = {}, Counter()
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Answers, [address(0)], 0, backlog=64)
    port = first.sockets[0].getsockname()[1]
    await loop.create_server(Answers, [address(number) for number in range(1, feeds)], port, backlog=64)
    print(port, flush=True)
    generation = -1
    while line := await asyncio.to_thread(sys.stdin.readline):
        if int(line) != generation:
            generation = int(line)
            Answers.pages = {b"/%d.xml" % number: page(number, generation) for number in range(feeds)}
        print(*(Answers.seen[status] for status in (200, 304)), flush=True)
        Answers.seen.clear()


def page(number: int, generation: int) -> tuple[bytes, bytes]:
    """Return a feed's ETag and the whole answer that brings it."""
    body = feed(number, generation)
    tag = b'"%s"' % hashlib.sha256(body).hexdigest()[:16].encode()
    head = f"Content-Type: application/rss+xml\r\nLast-Modified: {STARTED}\r\nContent-Length: {len(body)}\r\n"
    return tag, b"HTTP/1.1 200 OK\r\nETag: %s\r\n%s\r\n%s" % (tag, head.encode(), body)


@dataclass
class Server:
    """The server's process, as the bench speaks to it."""

    process: subprocess.Popen[str]
    port: int
    generation: int = 0

    def seen(self, generation: int | None = None) -> tuple[int, int]:
        """Serve a generation from now on, and return how many answers were 200 and how many 304 until now."""
        self.generation = self.generation if generation is None else generation
        if not self.process.stdin or not self.process.stdout:
            raise SystemExit("the server has no pipes")
        self.process.stdin.write(f"{self.generation}\n")
        self.process.stdin.flush()
        full, spared = self.process.stdout.readline().split()
        return int(full), int(spared)


@contextmanager
def serving(feeds: int) -> Iterator[Server]:
    """Run the server for the time of a bench."""
    command = [sys.executable, __file__, "serve", str(feeds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Server(process, int(process.stdout.readline() if process.stdout else 0))
        finally:
            process.kill()


@dataclass(frozen=True)
class Run:
    """What a run of a program took: seconds, seconds of processor, and the largest process's MiB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Program:
    """A program to be timed: how its folder is laid out, and its command there."""

    prepare: Callable[[Path, list[str]], None]
    command: Callable[[Path], list[str]]

    def run(self, folder: Path) -> Run:
        """Run it to its end. Raises SystemExit where it fails."""
        with (folder / "said.txt").open("w+") as said:
            start = time.perf_counter()
            command, env = self.command(folder), os.environ | {"HOME": str(folder)}
            env.pop("PYTHONDONTWRITEBYTECODE", None)  # ours runs from bytecode, as it does anywhere but the first time
            # The child is waited for by hand: only so is its own use of memory and processor told.
            child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=said, stderr=said)
            _, status, used = os.wait4(child.pid, 0)
            wall = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                said.seek(0)
                raise SystemExit(f"{command} ended with {child.returncode}:\n{said.read()[-2000:]}")
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _ours(folder: Path, urls: list[str]) -> None:
    updates = folder / "content" / "updates"
    updates.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "shipped" / "topics.toml", updates)
    row = '[[source]]\nid = "s{0}"\ntitle = "S {0}"\nfeed = "{1}"\nsite = "https://s{0}.example.org/"\nkind = "press"\n'
    text = "\n".join(row.format(number, url) + 'keep = "all"\n' for number, url in enumerate(urls))
    (updates / "sources.toml").write_text(text)


def _sfeed(folder: Path, urls: list[str]) -> None:
    feeds = "".join(f'\tfeed "s{number}" "{url}"\n' for number, url in enumerate(urls))
    (folder / "sfeedrc").write_text(f'sfeedpath="{folder}/feeds"\nmaxjobs={THREADS}\nfeeds() {{\n{feeds}}}\n')


def _newsboat(folder: Path, urls: list[str]) -> None:
    (folder / "urls").write_text("".join(f"{url}\n" for url in urls))
    (folder / "config").write_text(f"reload-threads {THREADS}\n")


OURS = [str(ROOT / "inv"), "fetch", "--force", "--allow-private-host", "127.0.0.0/8"]
OURS += ["--settings", str(ROOT / "tests" / "sites" / "siteconf.py"), "--content"]
PROGRAMS = {
    "picketwire": Program(_ours, lambda at: [*OURS, f"{at}/content"]),
    "sfeed": Program(_sfeed, lambda at: ["sfeed_update", f"{at}/sfeedrc"]),
    "newsboat": Program(
        _newsboat,
        lambda at: ["newsboat", "-C", f"{at}/config", "-u", f"{at}/urls", "-c", f"{at}/cache.db", "-x", "reload"],
    ),
}


def installed() -> list[str]:
    """Return the programs that are here, and tell of those that are not."""
    missing = [name for name, needs in (("sfeed", "sfeed_update"), ("newsboat", "newsboat")) if not shutil.which(needs)]
    for name in missing:
        print(f"{name} is not installed, so it is left out")
    return [name for name in PROGRAMS if name not in missing]


def one_round(names: list[str], server: Server, feeds: int) -> dict[tuple[str, str], Run]:
    """Run every program through every phase, from nothing; no program may leave out a feed."""
    runs: dict[tuple[str, str], Run] = {}
    with tempfile.TemporaryDirectory() as made:
        for name in names:
            folder = Path(made) / name
            folder.mkdir()
            PROGRAMS[name].prepare(folder, [f"http://{address(n)}:{server.port}/{n}.xml" for n in range(feeds)])
        for generation, phase in enumerate(PHASES):
            server.seen(min(generation, 1))
            for name in names:
                runs[name, phase] = PROGRAMS[name].run(Path(made) / name)
                asked = server.seen()
                spared = phase == "304" and name != "sfeed"
                if asked != ((0, feeds) if spared else (feeds, 0)):
                    raise SystemExit(f"{name}, {phase}: {asked[0]} answers were full and {asked[1]} were 304")
    return runs


def spread(values: list[float]) -> str:
    """Return a median with the least and the most."""
    return f"{statistics.median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def tell(rounds: list[dict[tuple[str, str], Run]], names: list[str]) -> None:
    """Print the table."""
    print("| Phase | Program | Wall, s | Processor, s | Times ours, wall | Times ours, processor |")
    print("|---|---|---|---|---|---|")
    for phase in PHASES:
        ours = [one["picketwire", phase] for one in rounds]
        for name in names:
            runs = [one[name, phase] for one in rounds]
            pairs = list(zip(runs, ours, strict=True))
            columns = [
                spread([run.wall for run in runs]),
                spread([run.cpu for run in runs]),
                spread([a.wall / b.wall for a, b in pairs]),
                spread([a.cpu / b.cpu for a, b in pairs]),
            ]
            print("|", " | ".join([phase, name, *columns]), "|")


def main() -> None:
    """Bench, or be the server."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    feeds, count = [*numbers, *(500, 5)[len(numbers) :]][:2]
    if "serve" in sys.argv:
        asyncio.run(serve(feeds))
        return
    names = installed()
    print(
        f"{feeds} feeds of {ITEMS} items, {len(feed(0, 0))} bytes each, {count} rounds; load {os.getloadavg()[0]:.1f}"
    )
    memory: defaultdict[str, list[str]] = defaultdict(list)
    for asked, turns in ((feeds // 5, 1), (feeds, count)):
        with serving(asked) as server:
            rounds = []
            for turn in range(turns):
                first = turn % len(names)
                rounds.append(one_round(names[first:] + names[:first], server, asked))
        for name in names:
            most = max(one[name, phase].memory for one in rounds for phase in PHASES)
            memory[name].append(f"{most:.0f} MiB at {asked} feeds")
    tell(rounds, names)
    told = "; ".join(f"{name} {', '.join(texts)}" for name, texts in memory.items())
    print(f"\nLargest process: {told}. Load at the end {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
