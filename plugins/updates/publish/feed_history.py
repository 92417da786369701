"""Cut updates into the parts of a feed's history that are closed for good, and what is still open. Pure.

A part is a month of first sight, or `PART` updates of it where a month has more: what comes later is seen later, so a
closed part's updates stay where they are. Updates off the site are counted too, or hiding one would move all others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from plugins.updates.model import Update

PART = 200
"""Updates of a part at most, and of a feed's open end."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the history, such as `2026-03`, or `2026-03-2` for a month's second; its updates by first sight."""

    key: str
    updates: tuple[Update, ...]


def parts(updates: Iterable[Update], now: datetime, size: int = PART) -> tuple[tuple[Part, ...], tuple[Update, ...]]:
    """Return the closed parts, oldest first, and the updates that are in none of them yet."""
    months: dict[str, list[Update]] = {}
    for update in sorted(updates, key=lambda update: (update.first_seen, update.id)):
        months.setdefault(f"{update.first_seen.astimezone(UTC):%Y-%m}", []).append(update)
    running = f"{now.astimezone(UTC):%Y-%m}"
    closed: list[Part] = []
    left: list[Update] = []
    for month, rows in months.items():
        for number, start in enumerate(range(0, len(rows), size), 1):
            part = tuple(rows[start : start + size])
            if month >= running and len(part) < size:
                left += part
            else:
                closed.append(Part(month if number == 1 else f"{month}-{number}", part))
    return tuple(closed), tuple(left)
