"""An archive's checksums: what `checksums.txt` says of each file of rows, and whether the file is still so.

A line is `NAME COUNT SHA256`: how many rows the file has, and the digest of its bytes. Git merges two branches'
checksums by line, so that a file may have several: with at least as many rows as each of them says it has lost none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.core.errors import Problem
from plugins.core.text.merge_conflicts import MARKER

_LINE = re.compile(r"((?:[a-z0-9-]+\.)?\d{4}-\d\d\.jsonl) (\d{1,9}) ([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a file was when it was written: how many rows it had, and the SHA-256 of its bytes, in hex."""

    name: str
    count: int
    digest: str


def checksum_lines(checksums: Iterable[Checksum]) -> str:
    """Return the text of `checksums.txt`, sorted by name."""
    ordered = sorted(checksums, key=lambda checksum: checksum.name)
    return "".join(f"{checksum.name} {checksum.count} {checksum.digest}\n" for checksum in ordered)


def read_checksums(text: str, where: str) -> tuple[dict[str, tuple[Checksum, ...]], list[Problem]]:
    """Return the checksums by file name, and a problem for each line that is none.

    Lines that mark a merge conflict are passed over: both branches' checksums are wanted.
    """
    checksums: dict[str, tuple[Checksum, ...]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if found := _LINE.fullmatch(line.strip()):
            checksum = Checksum(found[1], int(found[2]), found[3])
            checksums[checksum.name] = (*checksums.get(checksum.name, ()), checksum)
        elif line.strip() and not MARKER.match(line):
            what = "the line is no checksum (a file's name, a number and a SHA-256 are expected)"
            problems.append(Problem(where, number, what, f"get the file back with: git checkout -- {where}"))
    return checksums, problems


def lost_rows(where: str, what: str, count: int, checksums: tuple[Checksum, ...]) -> Problem | None:
    """Return the problem of a file of `count` rows that had more when it was written, else None.

    `what` the rows are is said in the plural, such as "updates".
    """
    recorded = _recorded(checksums)
    if count >= recorded:
        return None
    lost = f"{what} are missing ({count} found, {recorded} recorded in the checksums)"
    remedy = f"get the file back with: git checkout -- {where} (or accept the loss with --accept-archive)"
    return Problem(where, 0, lost, remedy)


def other_bytes(where: str, what: str, count: int, digest: str, checksums: tuple[Checksum, ...]) -> Problem | None:
    """Return what is to be said of a file whose bytes nobody recorded, by a merge or a correction by hand; or None."""
    if digest in {checksum.digest for checksum in checksums}:
        return None
    changed = f"is not as it was last written ({count} {what} found, {_recorded(checksums)} recorded in the checksums)"
    remedy = "nothing, where a merge or a correction by hand is meant: the next run records it"
    return Problem(where, 0, changed, remedy)


def _recorded(checksums: tuple[Checksum, ...]) -> int:
    return max((checksum.count for checksum in checksums), default=0)
