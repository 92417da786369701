"""What this plugin tells other plugins, and asks them. Pelican is the sender of each signal."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from blinker import Signal

from . import disk
from .disk import Known
from .plan import Plan


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a plugin says of the builds it takes part in, so that an unchanged site need not be built again.

    - `facts`: what a build depends on besides files, settings and code: name → value.
    - `files`: files that count besides those that are seen to be read, such as what only other processes load.
    - `disposable`: folders in which caches lie, and nothing that changes what is built.
    - `programs`: names of programs that are run, and read nothing but what the build wrote or what is read besides.
    - `asked`: classes of objects that templates get, of which only counts what a page asks of them.
    - `pure`: packages, such as "plugins.", whose functions give what follows from their arguments, and do nothing else;
      and whose hooks know that a page that is as it was is in the output, and not in the folder of the build: they
      find it by `known_pages.place`, or by BuiltFiles.
    - `now` and `until`: the plugins' own clock, and the moment up to which what was built stays as it is (seconds since
      1970; None: for ever). Asked for before a build, and after it. Without them, the site is built anew each day.
    """

    facts: dict[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    disposable: tuple[Path, ...] = ()
    programs: frozenset[str] = frozenset()
    asked: tuple[type, ...] = ()
    pure: tuple[str, ...] = ()
    now: Callable[[], float] | None = None
    until: Callable[[], float | None] | None = None


def combined(declared: Iterable[Declaration]) -> Declaration:
    """Return what several plugins say as one Declaration: by the first clock, up to the earliest `until`."""
    facts: dict[str, str] = {}
    files: list[str] = []
    disposable: list[Path] = []
    programs: set[str] = set()
    asked: list[type] = []
    pure: list[str] = []
    now: Callable[[], float] | None = None
    ends: list[Callable[[], float | None]] = []
    for one in declared:
        facts |= one.facts
        files += one.files
        disposable += one.disposable
        programs.update(one.programs)
        asked += one.asked
        pure += one.pure
        now = now or one.now
        if one.until:
            ends.append(one.until)

    def until() -> float | None:
        return earliest([end() for end in ends])

    return Declaration(
        facts, tuple(files), tuple(disposable), frozenset(programs), tuple(asked), tuple(pure), now=now, until=until
    )


def earliest(moments: Iterable[float | None]) -> float | None:
    """Return the first of moments, of which None is one that never comes."""
    return min((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True, slots=True)
class BuiltFiles:
    """All that a build made: in `folder`, where what is written counts too; and, as it was, in `output`.

    `unchanged` are the paths of the latter, below the output, with what is known of them.
    """

    folder: Path
    output: Path
    unchanged: Mapping[str, Known]

    @classmethod
    def whole(cls, folder: Path) -> Self:
        """Return the files of a folder in which all are."""
        return cls(folder, folder, {})

    def find(self, name: str) -> Path | None:
        """Return where a file is; None where the site has none of that name."""
        if os.path.isfile(f"{self.folder}/{name}"):
            return self.folder / name
        return self.output / name if name in self.unchanged else None

    def names(self) -> Iterator[str]:
        """Yield the paths of all files, below the site's root."""
        written = set(disk.below(str(self.folder)))
        yield from written
        yield from self.unchanged.keys() - written


@dataclass(frozen=True, slots=True)
class Planned:
    """A `plan` that is about to be carried out: files of the folder `built` go to the folder `output`."""

    plan: Plan
    built: Path
    output: Path


@dataclass(frozen=True, slots=True)
class Brought:
    """What a build changed in the folder `output`: paths below it. `foreign` are files that no build made."""

    output: Path
    written: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]


declare = Signal("incremental_declare")
"""Asks for a Declaration, or None, before it is known whether there is anything to build."""

built = Signal("incremental_built")
"""Tells, with BuiltFiles as `files`, that all is made, and nothing of it in the output yet."""

planned = Signal("incremental_planned")
"""Tells, with a Planned as `changes`, what is about to change in the output. What raises keeps it as it is."""

brought = Signal("incremental_brought")
"""Tells, with a Brought as `changes`, that the output is as it was built. It is not sent where nothing was built."""

unchanged = Signal("incremental_unchanged")
"""Tells that nothing was built, because the output is what a build would make."""
