"""What hostile sources cost the others: `python benchmarks/trust.py [DAYS] [RUNS_A_DAY] [ITEMS_A_DAY]` (30 1 4).

A month of forty sound sources with ITEMS_A_DAY each (`tests.hostile`), alone, and beside five greedy and five
impersonating ones. Printed: what is lost of the sound ones, what each hostile one added and what the run said of it,
and of the archive, the site and the processor's time of a whole build by real Pelican how many times as much it is as
without them. More than 1.2 times of the archive's bytes or of the build's time, or anything lost, is a failure.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.build import measured
from plugins.updates.archive import archive_folder
from plugins.updates.archive.codec import UPDATES
from tests.hostile import HOSTILE, Month, Played, play

MOST = 1.2
ARCHIVE, BUILD = "archive, kB", "build, ms of the processor"


def main() -> int:
    """Play the month twice and print the figures."""
    days, runs, a_day = [*map(int, sys.argv[1:]), *(30, 1, 4)[len(sys.argv) - 1 :]]
    month = Month(a_day=a_day, runs_a_day=runs)
    sound = list(month.told)
    with tempfile.TemporaryDirectory() as folder:
        _, before = built(month, Path(folder) / "alone", sound, days)
        beside, after = built(month, Path(folder) / "beside", [*sound, *HOSTILE], days)
    for name in HOSTILE:
        rows = [update for update in beside.updates.values() if update.source == name]
        said = min(beside.over[name], default="within its budget")
        print(f"{name}: {len(rows)} updates, {len(UPDATES.write(rows)):,} bytes; {said}")
    kept = {update.url for update in beside.updates.values()}
    lost = month.expected(days) - kept
    print(f"{len(month.expected(days)):,} items of {len(sound)} sound sources: {len(lost)} lost")
    high = []
    for what in before:
        times = after[what] / before[what]
        print(f"{what}: {before[what]:,.1f} alone, {after[what]:,.1f} beside them, × {times:.2f}")
        high += [what] if what in (ARCHIVE, BUILD) and times > MOST else []
    return bool(lost or high)


def built(month: Month, content: Path, names: list[str], days: int) -> tuple[Played, Counter[str]]:
    """Play the month, and build what it left; return also the archive's bytes, the files, and the build's seconds."""
    played = play(month, content, names, days)
    archive_folder.write(content / "archive" / "updates", played.archive)
    for name, text in {"pages/about.md": "title: About", "posts/first.md": "title: A post\ndate: 2026-03-01"}.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(f"---\n{text}\nsummary: One.\n---\nA made newsroom, for measuring.\n")
    output = content.parent / f"output-{content.name}"
    verb = [sys.executable, "-m", "plugins.commands", "build", "--settings", "tests/sites/siteconf.py"]
    run = measured([*verb, "--content", str(content), "--output", str(output)])
    files = [path for path in output.rglob("*") if path.is_file()]
    figures: Counter[str] = Counter()
    figures[ARCHIVE] = sum(path.stat().st_size for path in (content / "archive").rglob("*.jsonl")) // 1000
    figures["updates"] = len(played.updates)
    figures["files of the site"] = len(files)
    figures["site, kB"] = sum(path.stat().st_size for path in files) // 1000
    figures[BUILD] = round(run.processor * 1000)
    return played, figures


if __name__ == "__main__":
    sys.exit(main())
