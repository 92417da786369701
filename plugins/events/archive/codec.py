"""The rows of the archive's files: which keys they have, in which order, and what may stand under each."""

from pydantic_core import core_schema

from plugins.core.archive.schema import (
    ADDRESS,
    DATE,
    DATETIME,
    FLAG,
    NAME,
    NUMBER,
    TEXT,
    Key,
    adapter,
    list_of,
    object_schema,
    one_of,
)
from plugins.core.jsonl import JsonLines
from plugins.core.polling.outcomes import FailureKind
from plugins.events.model import ArchivedEvent, CalendarRecord, Change, Status

_MAYBE_TIME = core_schema.nullable_schema(DATETIME)
_MAYBE_NUMBER = core_schema.nullable_schema(NUMBER)

_CHANGE = object_schema(
    Change,
    Key("seen", DATETIME),
    Key("start", DATETIME),
    Key("end", _MAYBE_TIME, None),
    Key("place", TEXT, ""),
    Key("status", one_of(Status), "confirmed"),
)
_EVENT = object_schema(
    ArchivedEvent,
    Key("id", NAME),
    Key("event", NAME),
    Key("source", NAME),
    Key("title", TEXT),
    Key("start", DATETIME),
    Key("end", _MAYBE_TIME),
    Key("all_day", FLAG),
    Key("zone", TEXT),
    Key("status", one_of(Status)),
    Key("first_seen", DATETIME),
    Key("place", TEXT, ""),
    Key("text", TEXT, ""),
    Key("url", ADDRESS, ""),
    Key("lat", _MAYBE_NUMBER, None),
    Key("lon", _MAYBE_NUMBER, None),
    Key("strike", TEXT, ""),
    Key("changes", list_of(_CHANGE), ()),
)
_CALENDAR = object_schema(
    CalendarRecord,
    Key("source", NAME),
    Key("last_success", DATE, None),
    Key("read_until", DATE, None),
    Key("failing_since", DATE, None),
    Key("failure", one_of(FailureKind), ""),
    Key("detail", TEXT, ""),
)

EVENTS = JsonLines(adapter(ArchivedEvent, _EVENT), version=1)
CALENDARS = JsonLines(adapter(CalendarRecord, _CALENDAR), version=1)
