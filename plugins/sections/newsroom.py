"""The door to the clock for sections: what they are told of a run, out of the settings. Knows no Pelican."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem, SiteError
from plugins.sections.models import Newsroom


def now(zone: ZoneInfo) -> datetime:
    """Return the time of the build; SOURCE_DATE_EPOCH fixes it (https://reproducible-builds.org/specs/)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)).astimezone(zone)


def newsroom(settings: Mapping[str, Any]) -> Newsroom:
    """Return what sections are told, from Pelican's settings. Raises SiteError where they would publish drafts."""
    zone = ZoneInfo(settings["TIMEZONE"])
    room = Newsroom(
        content=Path(settings["PATH"]),
        now=now(zone),
        zone=zone,
        language=settings["DEFAULT_LANG"],
        siteurl=settings["SITEURL"].rstrip("/"),
        settings=settings,
    )
    output = Path(settings["OUTPUT_PATH"]).resolve()
    if room.shows_drafts and not (room.preview and output.is_relative_to(room.preview)):
        remedy = "take it out of the settings: ./inv serve --drafts shows drafts, on this machine only"
        raise SiteError([Problem("", 0, "SHOW_DRAFTS would publish every draft", remedy)])
    return room
