"""`./inv check --topics`: how many of the last days' items each topic keeps, and which of its terms find nothing."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.errors import SiteError
from plugins.updates.archive import dropped_items
from plugins.updates.config.load import read_archive, read_content
from plugins.updates.config.paths import Places
from plugins.updates.filter import topic_reach


def topic_report(content_folder: Path, zone: ZoneInfo, now: datetime) -> list[str]:
    """Return the lines to print. Raises SiteError where the content is wrong."""
    places = Places(content_folder)
    content = read_content(places.updates, zone)
    if content.problems:
        raise SiteError(content.problems)
    kept = read_archive(places.archive).updates.values()
    dropped, _ = dropped_items.read(places.dropped)  # its invalid rows are reported by the next fetch
    items = topic_reach.recent([*kept, *(drop.update for drop in dropped)], now)
    return list(topic_reach.lines(topic_reach.reach(content.topics, items, content.sources)))
