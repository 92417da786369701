"""How long `./inv listings` takes, and how much memory: `python benchmarks/listings.py [LISTINGS] [BOARDS]`.

A server process of its own plays BOARDS (10) boards of all providers but Recruitee, whose boards are a host each, with
LISTINGS (2,000) listings in all, each of some 500 words. The runs: everything new; nothing changed; one listing of a
hundred reworded. Printed of each: seconds of wall and processor time, the largest memory in MiB, requests, and files of
the archive written. No pause is made between two requests to the host, which is one for all boards here: with the pause
of a second, a run takes as many seconds as its busiest host has requests.
"""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.loopback.boards import PROVIDERS, Job, JobBoards

DICE = random.Random(3)  # noqa: S311 - the same words at every run
WORDS = ["".join(DICE.choices("aeiounrtlsdkmpbg", k=DICE.randint(2, 10))) for _ in range(3_000)]
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
RUN = """
import sys
from datetime import datetime
from plugins.listings.commands import watch_boards
from tests.site_settings import changed
settings = changed(PATH=sys.argv[1], LISTINGS_HOST_GAP=0, LISTINGS_DETAILS=100_000)
options = watch_boards.WatchOptions(allow=("127.0.0.1",), now=datetime.fromisoformat(sys.argv[2]))
watch_boards.watch_boards(settings, options)
"""


def jobs_of(listings: int, boards: int) -> dict[str, list[Job]]:
    """Return the jobs of every board; those of each are numbered from 100 on."""
    kinds = [provider for provider in PROVIDERS if provider != "recruitee"]
    made: dict[str, list[Job]] = {f"{kinds[n % len(kinds)]}-{n}": [] for n in range(boards)}
    for number in range(listings):
        name = list(made)[number % boards]
        text = " ".join(DICE.choices(WORDS, k=500)) + f" The pay is ${60 + number % 90},000 to $170,000 a year."
        made[name].append(Job(str(100 + len(made[name])), f"Role {number}", text))
    return made


def serve(jobs: dict[str, list[Job]], orders: Connection) -> None:
    """Play the boards until told to end; at an order, reword one listing of a hundred, and say what was asked."""
    with JobBoards(jobs) as boards:
        orders.send((boards.base, boards.toml()))
        while (order := orders.recv()) != "end":
            if order == "reword":
                for listed in boards.jobs.values():
                    for place in range(0, len(listed), 100):
                        job = listed[place]
                        listed[place] = replace(job, text=f"{job.text} Reworded.", updated=job.updated + 1)
            orders.send(len(boards.asked))
            boards.asked.clear()


def main() -> None:
    """Run it and print the figures."""
    given = [int(word) for word in sys.argv[1:]]
    listings, boards = (*given, *(2_000, 10)[len(given) :])
    ours, theirs = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=serve, args=(jobs_of(listings, boards), theirs))
    server.start()
    _, toml = ours.recv()
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        (content / "listings").mkdir(parents=True)
        (content / "listings" / "boards.toml").write_text(toml)
        print(f"{listings} listings on {boards} boards")
        for number, (words, order) in enumerate((("new", ""), ("unchanged", ""), ("1 in 100 reworded", "reword"))):
            if order:
                ours.send(order)
                ours.recv()
            print(measured(words, content, START + timedelta(days=number), ours))
        size = sum(path.stat().st_size for path in (content / "archive").rglob("*") if path.is_file())
        print(f"the archive: {size / 2**20:.1f} MiB")
    ours.send("end")
    server.join()


def measured(words: str, content: Path, now: datetime, orders: Connection) -> str:
    """Return the line of one run."""
    before = files_of(content)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    run = [sys.executable, "-c", RUN, str(content), now.isoformat()]
    child = subprocess.Popen(run, cwd=ROOT, stdout=subprocess.PIPE)
    out, _ = child.communicate()
    wall, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert child.returncode == 0
    processor = used.ru_utime + used.ru_stime - spent.ru_utime - spent.ru_stime
    orders.send("count")
    after = files_of(content)
    written = sorted(name for name in after if after[name] != before.get(name))
    said = out.decode().strip().splitlines()[-1]
    return (
        f"{words:>18}: {wall:.1f} s, {processor:.1f} s of processor, {used.ru_maxrss / 1024:.0f} MiB at most, "
        f"{orders.recv()} requests, {len(written)} files written; {said}"
    )


def files_of(content: Path) -> dict[str, bytes]:
    """Return the archive's files."""
    folder = content / "archive"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} if folder.exists() else {}


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
