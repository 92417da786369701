"""What a host lets a repository have, and which source or board of the archive is the cause where it comes near.

Sources: https://docs.github.com/en/repositories/working-with-files/managing-large-files/about-large-files-on-github and
https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits; other hosts are alike.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from plugins.core.errors import Problem
from plugins.core.files import display_path
from plugins.publishing.git import Repository

_MIB = 2**20
MOST_OF_FILE = 100 * _MIB
"""Bytes of a file at which a push is refused: once it is committed, only a new history can be pushed."""
LARGE_FILE = 40 * _MIB
"""Bytes of a file from which a warning is due: the host's own comes at 50 MiB."""
LARGE_REPOSITORY = 1024 * _MIB
"""Bytes of a repository that a host recommends not to be over; it may be refused at five times as many."""
_REMEDY = "look at its feed, and lower what it may bring (UPDATES_NEW_A_DAY, UPDATES_ROW_BYTES), or take it out"


def too_large(archive: Path) -> Iterator[Problem]:
    """Yield the archive's files that a host would refuse."""
    for path in _files(archive):
        if path.stat().st_size >= MOST_OF_FILE:
            what = f"has {_size(path)}, and hosts refuse files of {MOST_OF_FILE // _MIB} MiB; {_most_by(path)}"
            yield Problem(display_path(path), 0, what, f"nothing was committed: {_REMEDY}, and take its rows out")


def warnings(repo: Repository, archive: Path) -> Iterator[Problem]:
    """Yield the archive's files, and the repository, that come near to a host's limits."""
    files = _files(archive)
    for path in files:
        if path.stat().st_size >= LARGE_FILE:
            limit = f"hosts refuse files of {MOST_OF_FILE // _MIB} MiB"
            yield Problem(display_path(path), 0, f"has {_size(path)}, and {limit}; {_most_by(path)}", _REMEDY)
    counted = dict(line.split(": ", 1) for line in repo.run("count-objects", "-v").splitlines() if ": " in line)
    size = 1024 * (int(counted.get("size", 0)) + int(counted.get("size-pack", 0)))
    if size >= LARGE_REPOSITORY:
        what = f"the repository has {size // _MIB} MiB, and hosts want less than {LARGE_REPOSITORY // _MIB}"
        if files:
            largest = max(files, key=lambda path: path.stat().st_size)
            what += f"; of the archive’s largest file, {largest.name}, {_most_by(largest)}"
        yield Problem(display_path(repo.root), 0, what, _REMEDY)


def _files(archive: Path) -> list[Path]:
    return sorted(filter(Path.is_file, archive.rglob("*")))


def _size(path: Path) -> str:
    return f"{path.stat().st_size / _MIB:.0f} MiB"


def _most_by(path: Path) -> str:
    """Return whose rows take the most of a file: the source of updates, the board of listings."""
    sizes: Counter[str] = Counter()
    with path.open("rb") as rows:
        for row in rows:
            owner = "an unreadable row"
            with suppress(ValueError, AttributeError):
                values = json.loads(row)
                owner = str(values.get("source") or str(values.get("id", "")).partition("/")[0])
            sizes[owner] += len(row)
    if not sizes:
        return "it has no rows"
    name, size = sizes.most_common(1)[0]
    return f"most of it, {size / _MIB:.0f} MiB, is of {name!r}"
