"""content/events.toml: the events written by hand, and the desk's orders about events of calendars."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from plugins.core.config import toml_tables
from plugins.core.config.checked import Checked
from plugins.core.config.fields import Day, Id, Link, Moment, Text, Zone
from plugins.events.config.times import Length, Wall
from plugins.sections.upcoming import EventKind

FILE = "events.toml"


class Exception_(Checked):  # noqa: N801 - the table's own name, which Python has taken
    """`[[event.exception]]`: a day on which a repeated event does not take place, or is otherwise than usual.

    `on` is the day by the rule. Without `start`, what is not cancelled is at its usual time.
    """

    on: Day
    cancelled: bool = False
    start: Wall | None = None
    end: Wall | None = None
    place: str = ""
    address: str = ""
    note: str = ""


class EventTable(Checked):
    """`[[event]]`: where and when, what to bring, whom to ask. Times are in `timezone`, the site's where there is none.

    `announced` and `changed` say when readers were first told of it, and when something of it was last changed; `was`
    is when it was to begin before. `contact` is an office, such as a picket captain; a person's name needs
    `contact_agreed`.
    """

    id: Id
    title: Text
    start: Wall
    strike: Id | Literal[""] = ""
    kind: EventKind = "picket"
    end: Wall | None = None
    duration: Length | None = None
    timezone: Zone | Literal[""] = ""
    place: str = ""
    address: str = ""
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    access: str = ""
    bring: str = ""
    contact: str = ""
    contact_agreed: bool = False
    url: Link | Literal[""] = ""
    note: str = ""
    cancelled: bool = False
    repeats: str = ""
    until: Day | None = None
    announced: Moment | None = None
    changed: Moment | None = None
    was: Wall | None = None
    exception: tuple[Exception_, ...] = ()


class OrderTable(Checked):
    """`[[hide]]` or `[[takedown]]`: an order about an event of a calendar, or one of its days; `why` is for editors."""

    event: Text
    why: str = ""


def read_events(content: Path) -> toml_tables.Tables:
    """Return the tables of a content folder's events.toml; none where there is no such file."""
    return toml_tables.read(content / FILE, {"event": EventTable, "hide": OrderTable, "takedown": OrderTable})
