"""What the desk says about single updates, as the pages need it. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edits:
    """What the desk says about single updates, by their ids: headlines of ours, and an editor's sentence."""

    titles: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
