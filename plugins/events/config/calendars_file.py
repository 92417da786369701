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
    by_id: dict[str, Calendar] = {}
    for _, row in _rows(_text(content)):
        try:
            source = _Row.model_validate(row)
        except ValidationError:  # the wire tells what is wrong with it
            continue
        zone_name = source.timezone or zone.key
        calendar = Calendar(source.id, source.title, source.site, source.calendar, zone_name, source.strike)
        by_id[calendar.id] = calendar
    return tuple(by_id.values())


def strikes_named(content: Path) -> Iterator[tuple[str, int, str]]:
    """Yield where a source with a calendar names a strike: the file, the line, the strike's id."""
    text = _text(content)
    where = files.display_path(content / _FILE)
    for number, row in _rows(text):
        strike = row.get("strike")
        if row.get("calendar") and isinstance(strike, str) and is_id(strike.strip()):
            yield where, toml.read(text, where).line_of(["source", number, "strike"]), strike.strip()


def _text(content: Path) -> str:
    """Return the text of the sources' file; "" where it is not there or cannot be read, which the wire tells."""
    path = content / _FILE
    if not path.exists():
        return ""
    try:
        return files.read_text(path)
    except SiteError:
        return ""


def _rows(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the tables of the sources with their numbers; none where the text is no TOML, or names no calendar."""
    if "calendar" not in text:  # most sites have none, and a large file takes a while to parse
        return
    try:
        rows = tomllib.loads(text).get("source", [])
    except tomllib.TOMLDecodeError:
        return
    if not isinstance(rows, list):
        return
    for number, row in enumerate(rows):
        if isinstance(row, dict):
            yield number, row
