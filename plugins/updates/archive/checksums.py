"""Seals: what the archive's checksums say of each file, and whether a file is still what they say.

Pure. A seal is a line, `NAME COUNT SHA256`: how many updates the file has, and of which bytes. Git merges two branches'
seals by line, so a file may have several; a file with at least as many updates as each of them says has lost nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from plugins.core.errors import Problem

_LINE = re.compile(r"(\d{4}-\d\d\.jsonl) (\d{1,9}) ([0-9a-f]{64})", re.ASCII)
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


@dataclass(frozen=True, slots=True)
class Seal:
    """What a file was when it was written: how many updates it had, and the SHA-256 of its bytes."""

    name: str
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What is to be said of a file that is not as it was sealed; `lost` where updates have gone from it."""

    problem: Problem
    lost: bool


def seal_lines(seals: Iterable[Seal]) -> str:
    """Return the text of the checksums' file, sorted by name."""
    ordered = sorted(seals, key=lambda seal: seal.name)
    return "".join(f"{seal.name} {seal.count} {seal.digest}\n" for seal in ordered)


def read_seals(lines: str, where: str) -> tuple[dict[str, tuple[Seal, ...]], list[Problem]]:
    """Return the seals by name, and a problem for each line that is none; a merge's conflict marks are passed over."""
    seals: dict[str, tuple[Seal, ...]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(lines.splitlines(), 1):
        if found := _LINE.fullmatch(line.strip()):
            seal = Seal(found[1], int(found[2]), found[3])
            seals[seal.name] = (*seals.get(seal.name, ()), seal)
        elif line.strip() and not _CONFLICT.match(line):
            what = "the line is no checksum (a file's name, a number and a SHA-256 are expected)"
            problems.append(Problem(where, number, what, f"get the file back with: git checkout -- {where}"))
    return seals, problems


def broken(where: str, count: int, digest: str, seals: tuple[Seal, ...]) -> Broken | None:
    """Return what is to be said of a file of `count` updates and the bytes of `digest`; None where it is as sealed."""
    sealed = max((seal.count for seal in seals), default=0)
    if count < sealed:
        what = f"updates are missing ({count} found, {sealed} recorded in the checksums)"
        remedy = f"get the file back with: git checkout -- {where} (or accept the loss with --accept-archive)"
        return Broken(Problem(where, 0, what, remedy), lost=True)
    if digest in {seal.digest for seal in seals}:
        return None
    what = f"is not as it was last written ({count} updates found, {sealed} recorded in the checksums)"
    remedy = "nothing, where a merge or a correction by hand is meant: the next fetch records it"
    return Broken(Problem(where, 0, what, remedy), lost=False)
