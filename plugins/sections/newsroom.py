"""Make the Newsroom, what every section is told of a run, from the settings and the clock; without Pelican."""

import os
from datetime import datetime
from zoneinfo import ZoneInfo

from plugins.core.config.settings_file import Settings
from plugins.core.errors import Problem, SiteError
from plugins.sections import content_folder
from plugins.sections.markup import MarkupCache
from plugins.sections.model import Newsroom
from plugins.sections.moment import Moment
from plugins.sections.settings import SiteSettings


def now(zone: ZoneInfo) -> datetime:
    """Return the time of the build; SOURCE_DATE_EPOCH fixes it (https://reproducible-builds.org/specs/)."""
    if fixed := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(fixed), zone)
    return datetime.now(zone)


def newsroom(settings: Settings) -> Newsroom:
    """Return what sections are told of a run that begins now.

    Raises SiteError for a preview in any folder but its own, as drafts could be published from there, for an AS_OF that
    is to come, and for content that leads elsewhere (`content_folder.check`, which raises PermissionError too).
    """
    site = settings.of(SiteSettings)
    content_folder.check(site.content)
    zone = ZoneInfo(site.timezone)
    room = Newsroom(
        content=site.content,
        now=Moment.of(now(zone)),
        zone=zone,
        language=site.default_lang,
        siteurl=site.siteurl.rstrip("/"),
        settings=settings,
        preview_kind=site.preview,
        parsed=MarkupCache(site.markdown or {}, site.content.resolve().parent / ".cache"),
        as_of=site.as_of or None,
    )
    if room.as_of and room.as_of > room.now.date():
        remedy = 'give the day on which the archive stands still, or "" for a site that goes with the days'
        raise SiteError([Problem("", 0, f"AS_OF is a day to come ({room.as_of})", remedy)])
    if room.preview and not site.output.resolve().is_relative_to(room.preview):
        remedy = "take it out of the settings: ./inv serve, with or without --drafts, sets it for itself"
        raise SiteError([Problem("", 0, "PREVIEW is set, and the output is not the preview's own", remedy)])
    return room
