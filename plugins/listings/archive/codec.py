"""The rows of the archive's files: which keys they have, in which order, and what may stand under each."""

from datetime import UTC, datetime

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
from plugins.listings.model import Basis, Period
from plugins.listings.posting import ArchivedListing, BoardRecord, Event, Happening, PayRange, Snapshot

STILL_THERE = datetime.min.replace(tzinfo=UTC)
"""In a row, for `last_seen`: the listing is there, so that its board's last complete read is when it was seen last.

The key is left out, and no row changes because a board was read again.
"""

_PAY = object_schema(
    PayRange,
    Key("quote", TEXT),
    Key("low", core_schema.nullable_schema(NUMBER), None),
    Key("high", core_schema.nullable_schema(NUMBER), None),
    Key("currency", TEXT, ""),
    Key("period", one_of(Period), ""),
    Key("period_stated", FLAG, False),
    Key("basis", one_of(Basis), "unstated"),
    Key("label", TEXT, ""),
    Key("start", core_schema.int_schema(strict=True, ge=-1), -1),
)
_SNAPSHOT = object_schema(
    Snapshot,
    Key("seen", DATETIME),
    Key("title", TEXT),
    Key("location", TEXT, ""),
    Key("text", TEXT, ""),
    Key("pay", list_of(_PAY), ()),
)
_HAPPENING = object_schema(Happening, Key("at", DATETIME), Key("event", one_of(Event)), Key("of", TEXT, ""))
_LISTING = object_schema(
    ArchivedListing,
    Key("id", NAME),
    Key("employer", NAME),
    Key("url", ADDRESS),
    Key("first_seen", DATETIME),
    Key("last_seen", DATETIME, STILL_THERE),
    Key("company", TEXT, ""),
    Key("posted", DATE, None),
    Key("updated", DATE, None),
    Key("closes", DATE, None),
    Key("happenings", core_schema.tuple_schema([_HAPPENING], variadic_item_index=0, min_length=1)),
    Key("snapshots", core_schema.tuple_schema([_SNAPSHOT], variadic_item_index=0, min_length=1)),
)
_BOARD = object_schema(
    BoardRecord,
    Key("board", NAME),
    Key("company", TEXT, ""),
    Key("earlier_companies", list_of(NAME), ()),
    Key("last_complete", DATETIME, None),
    Key("failing_since", DATE, None),
    Key("failure", one_of(FailureKind), ""),
    Key("detail", TEXT, ""),
    Key("digest", TEXT, ""),
)

LISTINGS = JsonLines(adapter(ArchivedListing, _LISTING), version=1)
BOARDS = JsonLines(adapter(BoardRecord, _BOARD), version=1)
