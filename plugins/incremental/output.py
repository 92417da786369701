"""Read which files the output folder has, with their digests, and carry out a plan on it."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.incremental.plan import Plan


def digests(folder: Path) -> dict[str, str]:
    """Return path → digest of every file below a folder, "" for a link on the disk, which is no file of a site's own.

    Hidden folders, such as a `.git`, are not looked into.
    """
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not (name.startswith(".") and "/" in name):
            found[name] = "" if path.is_symlink() else hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def require_own_files(plan: Plan, built: Path, output: Path) -> None:
    """Raise SiteError where a link would be published, or where one in the output leads what is written elsewhere."""
    problems = list(_links(plan, built, output))
    if problems:
        raise SiteError(problems)


def _links(plan: Plan, built: Path, output: Path) -> Iterator[Problem]:
    for name in plan.write:
        if (built / name).is_symlink():
            yield Problem("", 0, f"a link would be published ({name})", "have its plugin write the file itself")
    changed = {folder for name in (*plan.write, *plan.remove) for folder in Path(name).parents if folder.name}
    for folder in sorted(changed):
        if (output / folder).is_symlink():
            what = "a link stands where the site has a folder, and nothing outside of the output is changed"
            yield Problem(files.display_path(output) + f"/{folder}", 0, what, "remove the link, then build again")


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
