"""`.cache/images`: versions of pictures, by the digest of what they were made from and how. It may be lost."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from plugins.core.made_files import MadeFiles


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of made versions; `tools` names what makes them, so that other tools' work is not taken for theirs."""

    folder: Path
    tools: str
    _made: MadeFiles = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_made", MadeFiles(self.folder))

    def kept(self, original: str, how: str, ending: str, make: Callable[[], bytes]) -> Path:
        """Return the file of a version, made now if it is not there; `original` is the digest of what it is made of."""
        key = hashlib.sha256(f"{original} {how} {self.tools}".encode()).hexdigest()[:32]
        return self._made.kept(key, ending, make)[0]


def digest(data: bytes) -> str:
    """Return what tells one file's bytes from all others."""
    return hashlib.sha256(data).hexdigest()
