"""The signals that a build sends to the features, and the values it sends with them."""

from dataclasses import dataclass
from pathlib import Path

from blinker import Signal

from plugins.incremental.signals import BuiltFiles
from plugins.sections.build_state import BuildState
from plugins.sections.model import Newsroom

get_section = Signal("get_section")
"""Asks each feature for its section. A receiver is called with a Newsroom and returns an Edition."""


@dataclass(frozen=True, slots=True)
class Built:
    """A build in which all pages are printed; what is written into `folder` now belongs to it.

    Pages that are as they were are in the output, and not in the folder: `files` finds each.
    """

    files: BuiltFiles
    state: BuildState

    @property
    def folder(self) -> Path:
        """Return the folder to write to."""
        return self.files.folder

    @property
    def newsroom(self) -> Newsroom:
        """Return what the build's sections were told."""
        return self.state.newsroom


built = Signal("built")
"""Tells that all pages are printed and nothing is in the output yet. A receiver is called with a Built."""


@dataclass(frozen=True, slots=True)
class PublishedChanges:
    """What a build changed in the output: paths below it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


brought = Signal("brought")
"""Tells that the output is as it was built. A receiver is called with a PublishedChanges."""

shown = Signal("shown")
"""Tells that a preview is on show; what nobody waits for is made now. A receiver is called with a Built, the output."""
