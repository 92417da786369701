"""The door to the clock for sections: what they are told of a run, out of the settings. Knows no Pelican."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem, SiteError
from plugins.sections.model import Newsroom


def now(zone: ZoneInfo) -> datetime:
    """Return the time of the build; SOURCE_DATE_EPOCH fixes it (https://reproducible-builds.org/specs/)."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)).astimezone(zone)


def newsroom(settings: Mapping[str, Any]) -> Newsroom:
    """Return what sections are told, from Pelican's settings.

    Raises SiteError for a preview in any folder but its own: drafts could be published from there. Raises
    PermissionError for a folder of the content that cannot be opened: looking for files in it would find none.
    """
    _require_open_folders(Path(settings["PATH"]))
    zone = ZoneInfo(settings["TIMEZONE"])
    room = Newsroom(
        content=Path(settings["PATH"]),
        now=now(zone),
        zone=zone,
        language=settings["DEFAULT_LANG"],
        siteurl=settings["SITEURL"].rstrip("/"),
        settings=settings,
    )
    if room.preview and not Path(settings["OUTPUT_PATH"]).resolve().is_relative_to(room.preview):
        remedy = "take it out of the settings: ./inv serve, with or without --drafts, sets it for itself"
        raise SiteError([Problem("", 0, "PREVIEW is set, and the output is not the preview's own", remedy)])
    return room


def _require_open_folders(content: Path) -> None:
    def refuse(error: OSError) -> None:
        if isinstance(error, PermissionError):
            raise error

    for _ in os.walk(content, onerror=refuse):
        pass
