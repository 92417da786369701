"""Where a content folder keeps what is read of calendars. Paths alone: nothing is touched here."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class EventPlaces:
    """Where a content folder keeps what a run reads and writes."""

    content: Path

    @property
    def archive(self) -> Path:
        """Return the folder of what was read."""
        return self.content / "archive" / "events"

    @property
    def cache(self) -> Path:
        """Return what may be lost, beside the content folder it belongs to."""
        return self.content.resolve().parent / ".cache" / "events"

    @property
    def states(self) -> Path:
        """Return the file of what is remembered of each calendar's last request."""
        return self.cache / "calendar-state.json"
