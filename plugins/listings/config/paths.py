"""Where a content folder keeps what the watch reads and writes. Paths alone: nothing is touched here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ListingPlaces:
    """Where a content folder keeps what a run reads and writes."""

    content: Path

    @property
    def written(self) -> Path:
        """Return the folder of what is written by hand, and of what was saved of boards."""
        return self.content / "listings"

    @property
    def archive(self) -> Path:
        """Return the folder of what is written by machine."""
        return self.content / "archive" / "listings"

    @property
    def states(self) -> Path:
        """Return the file of what is remembered of each board's last request."""
        return self.cache / "board-state.json"

    @property
    def looked_at(self) -> Path:
        """Return the file of when each posting's details were read."""
        return self.cache / "looked-at.json"

    @property
    def cache(self) -> Path:
        """Return what may be lost, beside the content folder it belongs to."""
        return self.content.resolve().parent / ".cache" / "listings"
