"""From a save to the browser showing it: `python benchmarks/preview.py [EDITS] [POSTS]`.

The default site in a copy of the project, with POSTS (none) made posts besides, a real `./inv serve`, a real Chromium
with one tab; EDITS (20) saves of each kind, each by renaming a file into place, half a second after the one before was
shown, or built where that is later. Printed: median, 95th percentile
and worst of the seconds until the tab shows it, and the median of the build alone.
"""

import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright

from benchmarks import posts
from tests.browser.conftest import FLAGS, executable
from tests.copies import project
from tests.loopback.previewing import LIMIT, Preview, previewed

EDITS, POSTS = (int(word) for word in (*sys.argv[1:], *("20", "0")[len(sys.argv) - 1 :]))
PAUSE = 0.5
POST = "posts/where-to-give.md"


@dataclass(frozen=True)
class Kind:
    """A kind of edit: a file, its text with a number in it, the page and what is true there once it is shown."""

    name: str
    file: str
    text: Callable[[str, int], str]
    page: str
    shown: Callable[[int], str]


def said(words: str) -> Callable[[int], str]:
    """Return what is true once words with the number are on the page."""
    return lambda number: f"() => document.body?.innerText.includes('{words}{number}z')"


KINDS = (
    Kind("a post's text", POST, lambda text, n: f"{text}\n\nEdit-{n}z\n", "posts/where-to-give/", said("Edit-")),
    Kind(
        "a template (base.html)",
        "theme/templates/base.html",
        lambda text, n: text.replace("{{ TAGLINE }}</p>", f"Edit-{n}z</p>"),
        "",
        said("Edit-"),
    ),
    Kind(
        "a style sheet",
        "theme/static/css/parts.css",
        lambda text, n: f"{text}\nh1{{color:rgb(1,2,{n})}}\n",
        "",
        lambda n: f"() => getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, {n})'",
    ),
    Kind(
        "strikes.toml",
        "strikes.toml",
        lambda text, n: re.sub(r'union = "[^"]*"', f'union = "Edit-{n}z"', text, count=1),
        "",
        said("Edit-"),
    ),
    Kind(
        "a plugin's code",
        "plugins/strikes/pages.py",
        lambda text, n: text.replace("union=strike.union", f'union="Edit-{n}z"'),
        "",
        said("Edit-"),
    ),
    Kind(
        "pelicanconf.py",
        "pelicanconf.py",
        lambda text, n: re.sub(r'TAGLINE = "[^"]*"', f'TAGLINE = "Edit-{n}z"', text),
        "",
        said("Edit-"),
    ),
)


def measured(kind: Kind, preview: Preview, tab: Page) -> tuple[list[float], list[float]]:
    """Return the seconds from each save until it is shown, and those of its build."""
    path = preview.path(kind.file)
    whole = path.read_text("utf-8")
    assert kind.text(whole, 1) != whole, kind.name
    tab.goto(f"{preview.address}/{kind.page}")
    times, before = [], len(preview.lines)
    for number in range(1, EDITS + 1):
        preview.wait(lambda: len(_builds(preview, before)) >= number - 1)  # noqa: B023 - called at once
        time.sleep(PAUSE)
        aside = path.with_name(f"{path.name}~")
        aside.write_text(kind.text(whole, number), "utf-8")
        begun = time.monotonic()
        aside.replace(path)
        tab.wait_for_function(kind.shown(number), timeout=LIMIT * 1000)
        times.append(time.monotonic() - begun)
    preview.settle()
    tab.goto("about:blank")
    builds = _builds(preview, before)
    path.write_text(whole, "utf-8")
    preview.settle()
    return times, builds[:-1]


def _builds(preview: Preview, first: int) -> list[float]:
    """Return the seconds of each build that was told of in the lines from the first on."""
    return [float(found) for found in re.findall(r"changed, ([\d.]+) s", "".join(preview.lines[first:]))]


def main() -> None:
    """Measure every kind and print a table."""
    print("| Saved | Median, s | 95 %, s | Worst, s | Build alone, s | Load before |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        site = project(Path(folder) / "site", ROOT / "content")
        posts.lay_for_pelican(site / "content", POSTS)
        with previewed(site, now=str(int(time.time()))) as preview:
            browser = running.chromium.launch(executable_path=executable(running), args=FLAGS)
            for kind in KINDS:
                tab = browser.new_page()
                load = os.getloadavg()[0]
                times, builds = measured(kind, preview, tab)
                tab.close()
                worst = sorted(times)
                cells = (
                    statistics.median(times),
                    worst[int(0.95 * (len(worst) - 1))],
                    worst[-1],
                    statistics.median(builds),
                    load,
                )
                print(f"| {kind.name} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |", flush=True)
            browser.close()


if __name__ == "__main__":
    main()
