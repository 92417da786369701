"""The calendars among the sources of the wire: each `[[source]]` of updates/sources.toml with a `calendar`.

The file is the wire's, which checks every key of it and tells what is wrong; here its sound rows are taken, no more.
"""

import tomllib
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, ValidationError

from plugins.core import files
from plugins.core.config.checked import Checked
from plugins.core.config.fields import CalendarLink, Id, Link, Text, Zone
from plugins.core.errors import SiteError
from plugins.events.model import Calendar


class _Row(Checked):
    """What a calendar needs of a source; the rest of the row is the wire's."""

    model_config = ConfigDict(extra="ignore")

    id: Id
    title: Text
    site: Link
    calendar: CalendarLink
    timezone: Zone | Literal[""] = ""
    strike: Id | Literal[""] = ""


def read_calendars(content: Path, zone: ZoneInfo) -> tuple[Calendar, ...]:
    """Return the calendars of a content folder's sources, in the file's order; none of a file that is no TOML.

    `zone`, the site's, is that of times which name none, where the source does not say another.
    """
    path = content / "updates" / "sources.toml"
    if not path.exists():
        return ()
    try:
        rows = tomllib.loads(files.read_text(path)).get("source", [])
    except (tomllib.TOMLDecodeError, SiteError):
        return ()
    found = (_calendar(row, zone) for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return tuple({one.id: one for one in found if one}.values())


def _calendar(row: object, zone: ZoneInfo) -> Calendar | None:
    try:
        read = _Row.model_validate(row)
    except ValidationError:
        return None
    return Calendar(read.id, read.title, read.site, read.calendar, read.timezone or zone.key, read.strike)
