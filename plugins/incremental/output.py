"""The output folder: which of its files earlier builds made, what is there now, and a plan carried out on it.

The list of what is ours lies beside the output, as `.NAME.made`, and not in the cache: where that is lost, a page whose
text is gone must go all the same. It does not lie in the output, because all that does is published.
"""

import errno
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from . import disk
from .plan import Plan


def made_before(output: Path, cache: Path) -> tuple[str, ...]:
    """Return what earlier builds made in the output; nothing where that is not known."""
    for path in _lists(output, cache):
        found = disk.read_sealed(path)
        if isinstance(found, list):
            return tuple(map(str, found))
    return ()


def remember(output: Path, cache: Path, made: Iterable[str]) -> None:
    """Write the list of what is ours; into the cache, where the folder around the output is not to be written."""
    names = sorted(made)
    beside, kept = _lists(output, cache)
    if disk.read_sealed(beside) == names:
        return
    try:
        disk.write_sealed(beside, names)
    except OSError:
        disk.write_sealed(kept, names)


def beside(output: Path) -> Path:
    """Return the path of the list of what is ours."""
    return output.parent / f".{output.name}.made"


def _lists(output: Path, cache: Path) -> tuple[Path, Path]:
    return beside(output), cache / f"{output.name}.made"


def present(
    output: Path,
    wanted: Iterable[str],
    hints: Mapping[str, disk.Known],
    stayed: Mapping[str, disk.Known] = MappingProxyType({}),
    *,
    hidden: bool = False,
) -> dict[str, str]:
    """Return path → digest of those wanted that are in the output, and "" for each other file.

    Hidden folders, such as a `.git`, are looked into only for what is wanted, or where `hidden` files are asked for; a
    link is never the site's own bytes. Of those that `stayed` this build has known already that they are as they were.
    """
    found = {name: "" for name in disk.below(str(output)) if hidden or not (name.startswith(".") and "/" in name)}
    for name in wanted:
        if name in stayed and name in found:
            found[name] = stayed[name].digest
            continue
        path, hint = f"{output}/{name}", hints.get(name)
        stamp = disk.stamp_of_file(path)  # one call of the system where nothing changed, for three files a page
        if stamp and hint and hint.stamp == stamp:
            found[name] = hint.digest
        elif os.path.islink(path):
            found[name] = "link"
        elif os.path.isfile(path):
            found[name] = disk.known(path, hint).digest
    return found


def carry_out(plan: Plan, built: Path, output: Path) -> None:
    """Move what changed, each file whole or not at all, and remove the orphans with the folders they emptied."""
    first = plan.in_the_way
    for name in first:
        _remove(output, name)
    for name in plan.write:
        _move(built / name, output / name)
    for name in set(plan.remove).difference(first):
        _remove(output, name)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        _remove_empty(target)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        disk.write(target, [path.read_bytes()])
        path.unlink()


def _remove(output: Path, name: str) -> None:
    (output / name).unlink(missing_ok=True)
    folder = (output / name).parent
    while folder != output:
        try:
            folder.rmdir()  # to list a folder first took a minute for 9,500 files of one
        except OSError:  # something is in it
            return
        folder = folder.parent


def _remove_empty(folder: Path) -> None:
    """Remove a folder in which there is no file. Raises OSError where there is one."""
    for path, _, names in os.walk(folder, topdown=False):
        if names:
            raise OSError(errno.EISDIR, "a folder with files of others stands where a page is written", str(folder))
        Path(path).rmdir()


def remove(output: Path, names: Iterable[str]) -> None:
    """Remove files from the output, with the folders that are empty then."""
    for name in names:
        _remove(output, name)
