"""The door for what `./inv check --topics` says: how far each reaches, and which of its terms find nothing."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.errors import SiteError
from plugins.updates.archive import dropped_items
from plugins.updates.config.load import read_archive, read_content
from plugins.updates.config.paths import Places
from plugins.updates.filter import topic_reach


def topics(content: Path, zone: ZoneInfo, now: datetime) -> list[str]:
    """Return lines on every topic, by the archive and by what was dropped lately. Raises SiteError."""
    places = Places(content)
    written = read_content(places.updates, zone)
    if written.problems:
        raise SiteError(written.problems)
    kept = read_archive(places.archive).updates.values()
    dropped, _ = dropped_items.read(places.dropped)  # damaged rows are told of when they are next written
    items = topic_reach.recent([*kept, *(drop.update for drop in dropped)], now)
    return list(topic_reach.lines(topic_reach.reach(written.topics, items, written.sources)))
