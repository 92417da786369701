"""What is told to every feature in the course of a build. Values and signals only."""

from dataclasses import dataclass
from pathlib import Path

from blinker import Signal

from plugins.sections.model import Newsroom

get_section = Signal("get_section")
"""Asks each feature for its section. A receiver is called with a Newsroom and returns an Edition."""


@dataclass(frozen=True, slots=True)
class Built:
    """A build in which all pages are printed; what is written into `folder` now belongs to it."""

    folder: Path
    newsroom: Newsroom


built = Signal("built")
"""Tells that all pages are printed and nothing is in the output yet. A receiver is called with a Built."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a build changed in the output: paths below it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


brought = Signal("brought")
"""Tells that the output is as it was built. A receiver is called with a Brought."""

shown = Signal("shown")
"""Tells that a preview is on show; what nobody waits for is made now. A receiver is called with a Built, the output."""
