"""The door for what `./inv check` says of the topics: how far each reaches, and which of its terms find nothing."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.core.errors import SiteError
from plugins.updates.keeping import reach
from plugins.updates.places import Places
from plugins.updates.storing import drop_file
from plugins.updates.written import read_archive, read_content


def topics(settings: Mapping[str, Any], now: datetime) -> list[str]:
    """Return lines on every topic, by the archive and by what was dropped lately. Raises SiteError."""
    places = Places(Path(settings["PATH"]))
    written = read_content(places.updates, ZoneInfo(settings["TIMEZONE"]))
    if written.problems:
        raise SiteError(written.problems)
    kept = read_archive(places.archive).updates.values()
    dropped, _ = drop_file.read(places.dropped)  # damaged rows are told of when they are next written
    items = reach.recent([*kept, *(drop.update for drop in dropped)], now)
    return list(reach.lines(reach.reach(written.topics, items, written.sources)))
