"""Read which files the output folder has, with their digests, and carry out a plan on it."""

import hashlib
from pathlib import Path

from plugins.core import files
from plugins.incremental.plan import Plan


def digests(folder: Path) -> dict[str, str]:
    """Return path → digest of every file below a folder; hidden folders, such as a `.git`, are not looked into."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not (name.startswith(".") and "/" in name):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def carry_out(plan: Plan, built: Path, output: Path) -> None:
    """Move what changed, each file whole or not at all, and remove the orphans with the folders they emptied."""
    for name in plan.write:
        files.move(built / name, output / name)
    for name in plan.remove:
        (output / name).unlink()
        _remove_empty(output, (output / name).parent)


def _remove_empty(output: Path, folder: Path) -> None:
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
