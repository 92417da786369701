"""The calendars among the sources of the wire: each `[[source]]` of updates/sources.toml with a `calendar`.

The file is the wire's, which checks every key of it and tells what is wrong; here its sound rows are taken, no more.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import ConfigDict, ValidationError

from plugins.core import files
from plugins.core.config import toml
from plugins.core.config.checked import Checked
from plugins.core.config.fields import CalendarLink, Id, Link, Text, Zone, is_id
from plugins.core.errors import SiteError
from plugins.events.model import Calendar

_FILE = Path("updates", "sources.toml")


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
    found = (_calendar(row, zone) for _, row in _rows(_text(content)))
    return tuple({one.id: one for one in found if one}.values())


def strikes_named(content: Path) -> Iterator[tuple[str, int, str]]:
    """Yield where a source with a calendar names a strike: the file, the line, the strike's id."""
    text = _text(content)
    where = files.display_path(content / _FILE)
    for number, row in _rows(text):
        strike = row.get("strike")
        if row.get("calendar") and isinstance(strike, str) and is_id(strike.strip()):
            yield where, toml.read(text, where).line_of(["source", number, "strike"]), strike.strip()


def _text(content: Path) -> str:
    path = content / _FILE
    try:
        return files.read_text(path) if path.exists() else ""
    except SiteError:
        return ""


def _rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the tables of the sources with their numbers; none where the text is no TOML."""
    try:
        rows = tomllib.loads(text).get("source", []) if "calendar" in text else []
    except tomllib.TOMLDecodeError:
        return
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict):
            yield number, row


def _calendar(row: object, zone: ZoneInfo) -> Calendar | None:
    try:
        read = _Row.model_validate(row)
    except ValidationError:
        return None
    return Calendar(read.id, read.title, read.site, read.calendar, read.timezone or zone.key, read.strike)
