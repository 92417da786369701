"""How long a writer waits for `./inv check`: `python benchmarks/check.py [POSTS] [RUNS]`.

Lays out the small test site with POSTS (100) posts of some 600 words, each with headings, a quotation, a transcript, a
card, a table, footnotes and a dozen links, half of them to other posts. Prints, for each of several processes from
start to end, the first run, then the median of RUNS (7) more with its range, and the processor's time: Python alone,
`./inv --list`, `pelican --version`, the check of the small site, and that of the large one. Nothing is built. The first
run of a check reads every text; those after it find in .cache what was read.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from shutil import copytree

ROOT = Path(__file__).resolve().parent.parent
VOCABULARY = Path(__file__).read_text("utf-8").split()
DICE = random.Random(1)  # noqa: S311 - the same posts at every run
PARAGRAPHS, WORDS = 8, 70


def post(number: int, posts: int) -> str:
    """Return a post's file: a head of the usual keys and a text with one of most things a text can have."""
    words = [word for word in ("".join(filter(str.isalpha, raw)).lower() for raw in VOCABULARY) if len(word) > 2]

    def some(count: int) -> str:
        return " ".join(DICE.choices(words, k=count))

    def paragraph(place: int) -> str:
        other = DICE.randrange(posts)
        link = (
            f"[{some(2)}]({{filename}}post-{other}.md)" if place % 2 else f"[{some(3)}](https://{place}.example.org/)"
        )
        return f"{some(WORDS // 2)} {link} *{some(2)}* {some(WORDS // 2)}.{f'[^{place}]' if place < 2 else ''}\n"

    parts = [paragraph(place) for place in range(PARAGRAPHS)]
    parts[2:2] = [f"## {some(3)}\n", f"> {some(12)}.\n>\n> — {some(2)}\n"]
    parts[6:6] = [f"### {some(3)}\n", f"/// transcript | {some(2)}\n00:13 {some(9)}\n01:20 {some(9)}\n///\n"]
    parts[9:9] = [
        "| One | Two |\n|:--|--:|\n| a | 1 |\n",
        "/// fund | harbour-kitchen\n///\n",
        "```sh\n./inv check\n```\n",
    ]
    notes = "".join(f"[^{place}]: {some(8)}.\n" for place in range(2))
    return (
        f"---\ntitle: Post {number}, {some(4)}\ndate: 2026-01-{1 + number % 28:02d} 08:{number % 60:02d}\n"
        f"author: A. Writer\ncategory: Picket\ntags: [{some(1)}, {some(1)}]\nsummary: {some(14)}.\n"
        f"via:\n  title: {some(2)}\n  url: https://daily.example.org/{number}\nlistings: [dock-planner]\n---\n\n"
        + "\n".join([*parts, notes])
    )


def laid(folder: Path, posts: int) -> Path:
    """Return a content folder: the small site's, with more posts."""
    content = Path(copytree(ROOT / "tests" / "sites" / "small" / "content", folder / f"content-{posts}"))
    for number in range(posts):
        (content / "posts" / f"post-{number}.md").write_text(post(number, posts), "utf-8")
    return content


def measured(command: list[str], runs: int) -> tuple[float, list[float], float]:
    """Return the wall seconds of the first run and of each after it, and the median of these in processor seconds."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    first = 0.0
    wall: list[float] = []
    processor: list[float] = []
    for number in range(runs + 1):
        start, before = time.perf_counter(), os.times()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        after = os.times()
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        seconds = time.perf_counter() - start
        if number == 0:
            first = seconds
        else:
            wall.append(seconds)
            processor.append(
                after.children_user + after.children_system - before.children_user - before.children_system
            )
    return first, wall, statistics.median(processor)


def main() -> None:
    """Print the figures."""
    posts, runs = (int(given) for given in [*sys.argv[1:], *("100", "7")[len(sys.argv) - 1 :]])
    with tempfile.TemporaryDirectory() as folder:
        check = [
            sys.executable,
            "-m",
            "plugins.commands",
            "check",
            "--settings",
            "tests/sites/siteconf.py",
            "--output",
            f"{folder}/none",
            "--content",
        ]
        small, large = laid(Path(folder), 0), laid(Path(folder), posts)
        rows = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "inv --list": [sys.executable, "-m", "plugins.commands", "--list"],
            "pelican --version": [sys.executable, "-m", "pelican", "--version"],
            "check, 2 posts": [*check, str(small)],
            f"check, {posts + 2} posts": [*check, str(large)],
        }
        print(f"{'':20} first, s   wall, s (range)            processor, s")
        for name, command in rows.items():
            first, wall, processor = measured(command, runs)
            spread = f"{statistics.median(wall):.2f} ({min(wall):.2f}–{max(wall):.2f})"
            print(f"{name:20} {first:8.2f}   {spread} {processor:16.2f}")


if __name__ == "__main__":
    main()
