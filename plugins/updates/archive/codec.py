"""The rows of the wire's files: which keys they have, in which order, and what may stand under each."""

from plugins.core.archive.schema import (
    ADDRESS,
    COUNT,
    DATE,
    DATETIME,
    FLAG,
    NAME,
    TEXT,
    Key,
    adapter,
    list_of,
    object_schema,
    one_of,
)
from plugins.core.jsonl import JsonLines, Raw
from plugins.core.polling.outcomes import FailureKind
from plugins.updates.model import DateFrom, Drop, EarlierTitle, Field, Identity, Match, SourceRecord, Update

_MATCH = object_schema(Match, Key("topic", NAME), Key("term", NAME), Key("field", one_of(Field)))
_EARLIER_TITLE = object_schema(EarlierTitle, Key("title", TEXT), Key("until", DATETIME))
_UPDATE = (
    Key("id", NAME),
    Key("source", NAME),
    Key("url", ADDRESS),
    Key("title", TEXT),
    Key("summary", TEXT),
    Key("authors", list_of(TEXT)),
    Key("published", DATETIME),
    Key("date_from", one_of(DateFrom)),
    Key("first_seen", DATETIME),
    Key("topics", list_of(_MATCH)),
    Key("earlier_titles", list_of(_EARLIER_TITLE), ()),
    Key("guid", TEXT, ""),
    Key("tags", list_of(TEXT), ()),
    Key("language", TEXT, ""),
    Key("via", list_of(ADDRESS), ()),
    Key("revisions", COUNT, 0),
    Key("by_hand", FLAG, False),
    Key("day_only", FLAG, False),
    Key("outlet", TEXT, ""),
    Key("digest", TEXT, ""),
    Key("stood_with", TEXT, ""),
)
_SOURCE_RECORD = (
    Key("source", NAME),
    Key("last_success", DATE, None),
    Key("last_new", DATE, None),
    Key("failing_since", DATE, None),
    Key("failure", one_of(FailureKind), ""),
    Key("detail", TEXT, ""),
    Key("gone_on", DATE, None),
    Key("gone_feed", TEXT, ""),
    Key("moved_to", ADDRESS, ""),
    Key("moved_runs", COUNT, 0),
    Key("identity", one_of(Identity)),
    Key("identity_reason", TEXT, ""),
)


_UPDATE_OBJECT = object_schema(Update, *_UPDATE)
_DROP = (Key("day", DATE), Key("reason", NAME), Key("update", _UPDATE_OBJECT))


def _nested(row: Raw) -> Raw:
    """Return a dropped item as it is written now: until version 2 the update's keys stood beside its day and reason."""
    nested: Raw = {"update": row}
    for key in ("day", "reason"):
        if key in row:
            nested[key] = row.pop(key)
    return nested


UPDATES = JsonLines(adapter(Update, _UPDATE_OBJECT), version=1)
SOURCE_RECORDS = JsonLines(adapter(SourceRecord, object_schema(SourceRecord, *_SOURCE_RECORD)), version=1)
DROPS = JsonLines(adapter(Drop, object_schema(Drop, *_DROP)), version=2, migrations={1: _nested})
