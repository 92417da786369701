"""The values that the preview's modules and processes hand to each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
OWN = "/.preview"
"""Below this address is what the preview adds to the site; no page of the site begins with a dot."""


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """What is to be shown: by which settings file, of which content folder (none: the settings'), on which port."""

    settings: str = "pelicanconf.py"
    content: str | None = None
    port: int = 8000
    drafts: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that keeps the site from being built: a problem, and for the code's maker the way it took."""

    where: str
    line: int
    what: str
    remedy: str
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """The code and the settings are loaded. `folder` is the preview's own, `output` the built site in it.

    `base` is the path the site is served below, "" or "/repo"; a change in `watched` or in a `*.py` beside the
    settings is worth a build.
    """

    folder: Path
    output: Path
    base: str
    watched: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SuccessfulBuild:
    """A build that went well. `changed` are paths below the output, none where that is not known."""

    changed: tuple[str, ...] | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A start or a build that did not; the output is as it was."""

    troubles: tuple[Trouble, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """The site is to be built; later orders have larger numbers. `open` are the pages in tabs, below the output."""

    number: int
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EditedFiles:
    """Paths that changed; what the build of that `number` will make of them may be shown before.

    `open` are the pages in tabs, below the output.
    """

    number: int
    paths: frozenset[str]
    open: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EarlyFiles:
    """Files of the site before the build of that `number` is through: path below the output → what is in it."""

    number: int
    files: Mapping[str, bytes]
