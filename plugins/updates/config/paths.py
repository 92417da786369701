"""Where a content folder keeps what the wire reads and writes. Paths alone: nothing is touched here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """Where a content folder keeps what a run reads and writes."""

    content: Path

    @property
    def updates(self) -> Path:
        """Return the folder of what is written by hand."""
        return self.content / "updates"

    @property
    def archive(self) -> Path:
        """Return the folder of what is written by machine."""
        return self.content / "archive" / "updates"

    @property
    def dropped(self) -> Path:
        """Return what the topics dropped lately: too much to commit, and lost without harm."""
        return self.cache / "dropped.jsonl"

    @property
    def items(self) -> Path:
        """Return the folder of what was made of feeds' items, so that they are not read twice."""
        return self.cache / "items"

    @property
    def states(self) -> Path:
        """Return the file of what is remembered of each source's last request."""
        return self.cache / "feed-state.json"

    @property
    def cache(self) -> Path:
        """Return what may be lost, beside the content folder it belongs to."""
        return self.content.resolve().parent / ".cache" / "updates"
