"""The example as a newcomer without a network sees it: collected from its files, and built."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.copies import ROOT

ARCHIVE = "content/archive"


def collect_and_build(folder: Path) -> Path:
    """Copy the example's content into a folder, run `./inv site` on it, and return the output.

    Of the archive there is what is committed, as in a fresh clone; no source is asked over the network.
    """
    content, output = folder / "content", folder / "output"
    shutil.copytree(ROOT / "content", content, ignore=shutil.ignore_patterns("archive", "__pycache__"))
    for name in _git("ls-files", ARCHIVE).decode().splitlines():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(_git("show", f"HEAD:{name}"))
    sources = content / "updates" / "sources.toml"
    sources.write_text(re.sub(r'(?m)^(feed|fallback) = "http.*\n', "", sources.read_text("utf-8")), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "plugins.commands", "site", "--content", str(content), "--output", str(output)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return output


def _git(*words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=True).stdout
