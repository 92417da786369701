"""A year of daily runs: `python benchmarks/year.py [DAYS] [SOURCES] [ITEMS_A_DAY]`.

SOURCES (50) over real HTTP, 28 of which misbehave, each in its own way, on two days of three or always; every source
has ITEMS_A_DAY (1) new items with an excerpt of 300 characters. Each day's run is committed and pushed. On every 7th
day another machine was quicker, so that the push is lost, and made good by a rebase; on every 30th the run is killed,
at another of its writes each time; on every 45th the disk is full. Printed: what was published, what the archive has
of it, what is lost and doubled (a failure where anything is), requests made too early, and how the repository has
grown after `git gc`.
"""

import errno
import io
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from plugins.core.errors import SiteError
from tests.loopback.test_collect import rows
from tests.loopback.test_year import DAY, HOUR, commit, git, killed, laid, run, too_early
from tests.loopback.world import World, playing, world

MISBEHAVING = 28
LOST_PUSH, KILL, FULL_DISK = 7, 30, 45
DICE = random.Random(1)  # noqa: S311 - the same words at every run
# More words than English news uses, without their grammar: compressed less than real text.
VOCABULARY = ["".join(DICE.choices("aeiounrtlsdkmpbg", k=DICE.randint(2, 10))) for _ in range(20_000)]


def story(source: str, number: int) -> str:
    """Return some 350 characters of an item."""
    return f"<p>{' '.join(random.Random(f'{source}-{number}').choices(VOCABULARY, k=50))}.</p>"  # noqa: S311


def full_disk(content: Path, play: World) -> None:
    """Make a run on a full disk; it must say so and leave the archive whole."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    try:
        with mock.patch.object(os, "fsync", refuse):
            run(content, play, "stopped")
    except SiteError:
        return
    if rows(content):
        raise SystemExit(f"{play.now:%Y-%m-%d}: a full disk went unnoticed")


def one_day(one: Path, two: Path, play: World) -> None:
    """Play one day: its runs, its mishap, its commit."""
    content, day = one / "content", play.day
    stored = {row["id"] for row in rows(content)}
    if day % KILL == KILL - 1:
        killed(content, play, writes=day // KILL % 3)
    if day % FULL_DISK == FULL_DISK - 1:
        full_disk(content, play)
    if quicker := day % LOST_PUSH == LOST_PUSH - 1:
        git(two, "pull", "--quiet", "--rebase", "origin", "main")
        run(two / "content", play)
        commit(two)
        git(two, "push", "--quiet", "origin", "HEAD:main")
    run(content, play)
    commit(one)
    if quicker:
        git(one, "pull", "--quiet", "--rebase", "origin", "main")
    git(one, "push", "--quiet", "origin", "HEAD:main")
    if not stored <= {row["id"] for row in rows(content)}:
        raise SystemExit(f"{play.now:%Y-%m-%d}: updates are lost")


def size(folder: Path) -> float:
    """Return a folder's size in MiB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def play_it(play: World, days: int, folder: Path) -> int:
    """Play the days and print the figures; return the exit code."""
    remote, one, two = folder / "remote.git", folder / "one", folder / "two"
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(folder, "clone", "--quiet", str(remote), str(one))
    content = laid(one, play)
    shutil.copy(ROOT / ".gitattributes", one)
    (one / ".gitignore").write_text(".cache/\n")
    commit(one)
    git(one, "push", "--quiet", "origin", "HEAD:main")
    git(folder, "clone", "--quiet", str(remote), str(two))
    before, began = size(one / ".git"), time.monotonic()
    for day in range(days):
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            one_day(one, two, play)
        if day % 30 == 29:
            print(f"day {day + 1}: {len(rows(content))} updates, {time.monotonic() - began:.0f} s", flush=True)
        play.now += DAY
    play.now -= HOUR
    found, expected = Counter(row["url"] for row in rows(content)), play.expected()
    lost, doubled = expected - found.keys(), [url for url, times in found.items() if times > 1]
    early = too_early(play)
    print(f"{days} days, {len(play.kinds)} sources, {len(play.log)} requests, {time.monotonic() - began:.0f} s")
    print(f"{len(expected)} items could be had, {len(found)} archived: {len(lost)} lost, {len(doubled)} doubled")
    print(f"{len(early)} requests came too early")
    git(one, "gc", "--quiet", "--prune=now")
    grown, archive = size(one / ".git") - before, size(content / "archive")
    print(f".git grew by {grown:.1f} MiB after gc; the archive has {archive:.1f} MiB")
    return bool(lost or doubled or early)


def main() -> int:
    """Play a year."""
    days, sources, per_day = [*map(int, sys.argv[1:]), *(365, 50, 1)[len(sys.argv) - 1 :]]
    play = world(sources, per_day, min(sources, MISBEHAVING))
    play.story = story
    with tempfile.TemporaryDirectory() as folder, playing(play):
        return play_it(play, days, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
