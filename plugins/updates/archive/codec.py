"""The rows of the archive's files: which keys they have, in which order, and what may stand under each.

A row says more than the dataclass it becomes: which keys must be there, which are left out where they say nothing, and
in which one form a time is written. So the schema stands here, in pydantic-core's own terms
(https://docs.pydantic.dev/latest/api/pydantic_core_schema/), and not as annotations in `model`, which every worker
process loads, and which would then load pydantic (0.1 s each).
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_args

from pydantic import GetPydanticSchema, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from plugins.core.jsonl import JsonLines, Raw
from plugins.updates.model import DateFrom, Drop, EarlierTitle, Field, Identity, Match, SourceRecord, Update
from plugins.updates.outcomes import FailureKind

T = TypeVar("T")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _not_empty(value: str) -> str:
    if not value:
        raise ValueError("must be text that is not empty")
    return value


def _address(value: str) -> str:
    if value and not value.startswith(("http://", "https://")):
        raise ValueError("must be an address that begins with http:// or https://, or nothing")
    return value


def _time(value: Any) -> datetime:
    try:
        if _TIME.fullmatch(value):
            return datetime.fromisoformat(value)
    except (TypeError, ValueError):  # no text, or an hour that does not exist: worded below as any other
        pass
    raise ValueError("must be a time such as 2026-01-02T03:04:05Z")


def _day(value: Any) -> date:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise ValueError("must be a day such as 2026-01-02")


def _written_time(time: datetime) -> str:
    """Return an aware time as the archive writes it: in UTC, to the second."""
    if time.tzinfo is not UTC:
        time = time.astimezone(UTC)
    return f"{time.isoformat()[:19]}Z"  # to the second it has 19 characters; a fraction and +00:00 may follow


def _one_of(literal: Any) -> CoreSchema:
    return core_schema.literal_schema(list(get_args(literal)))


def _list_of(schema: CoreSchema) -> CoreSchema:
    return core_schema.tuple_schema([schema], variadic_item_index=0)


# Checks of text are functions: pydantic-core's own, of a length or by a pattern, refuse half surrogate pairs.
_TEXT = core_schema.str_schema(strict=True)
_NAME = core_schema.no_info_after_validator_function(_not_empty, _TEXT)
_ADDRESS = core_schema.no_info_after_validator_function(_address, _TEXT)
_COUNT = core_schema.int_schema(strict=True, ge=0)
_FLAG = core_schema.bool_schema(strict=True)
_DATE = core_schema.no_info_plain_validator_function(_day)
_DATETIME = core_schema.no_info_plain_validator_function(
    _time, serialization=core_schema.plain_serializer_function_ser_schema(_written_time, return_schema=_TEXT)
)


class _Key(NamedTuple):
    """A key of a row. One with a `default` may be missing, and is left out where the value is equal to that."""

    name: str
    schema: CoreSchema
    default: Any = ...

    def checked(self) -> CoreSchema:
        """Return the schema of what stands under the key."""
        if self.default is ...:
            return self.schema
        return core_schema.with_default_schema(self.schema, default=self.default)


def _object(cls: type, *keys: _Key) -> CoreSchema:
    """Return the schema of a frozen dataclass with slots; unknown keys are refused."""
    fields = [core_schema.dataclass_field(key.name, key.checked()) for key in keys]
    return core_schema.dataclass_schema(
        cls,
        core_schema.dataclass_args_schema(cls.__name__, fields),
        [key.name for key in keys],
        config=core_schema.CoreConfig(extra_fields_behavior="forbid"),
        frozen=True,
        slots=True,
    )


def _adapter(cls: type[T], schema: CoreSchema) -> TypeAdapter[T]:
    return TypeAdapter(cast("type[T]", Annotated[cls, GetPydanticSchema(lambda source, handler: schema)]))


_MATCH = _object(Match, _Key("topic", _NAME), _Key("term", _NAME), _Key("field", _one_of(Field)))
_EARLIER_TITLE = _object(EarlierTitle, _Key("title", _TEXT), _Key("until", _DATETIME))
_UPDATE = (
    _Key("id", _NAME),
    _Key("source", _NAME),
    _Key("url", _ADDRESS),
    _Key("title", _TEXT),
    _Key("summary", _TEXT),
    _Key("authors", _list_of(_TEXT)),
    _Key("published", _DATETIME),
    _Key("date_from", _one_of(DateFrom)),
    _Key("first_seen", _DATETIME),
    _Key("topics", _list_of(_MATCH)),
    _Key("earlier_titles", _list_of(_EARLIER_TITLE), ()),
    _Key("guid", _TEXT, ""),
    _Key("tags", _list_of(_TEXT), ()),
    _Key("language", _TEXT, ""),
    _Key("via", _list_of(_ADDRESS), ()),
    _Key("revisions", _COUNT, 0),
    _Key("by_hand", _FLAG, False),
)
_SOURCE_RECORD = (
    _Key("source", _NAME),
    _Key("last_success", _DATE, None),
    _Key("last_new", _DATE, None),
    _Key("failing_since", _DATE, None),
    _Key("failure", _one_of(FailureKind), ""),
    _Key("detail", _TEXT, ""),
    _Key("gone_on", _DATE, None),
    _Key("gone_feed", _TEXT, ""),
    _Key("moved_to", _ADDRESS, ""),
    _Key("moved_runs", _COUNT, 0),
    _Key("identity", _one_of(Identity)),
    _Key("identity_reason", _TEXT, ""),
)


_UPDATE_OBJECT = _object(Update, *_UPDATE)
_DROP = (_Key("day", _DATE), _Key("reason", _NAME), _Key("update", _UPDATE_OBJECT))


def _nested(row: Raw) -> Raw:
    """Return a dropped item as it is written now: until version 2 the update's keys stood beside its day and reason."""
    own: Raw = {key: row.pop(key) for key in ("day", "reason") if key in row}
    return {**own, "update": row}


UPDATES = JsonLines(_adapter(Update, _UPDATE_OBJECT), version=1)
SOURCE_RECORDS = JsonLines(_adapter(SourceRecord, _object(SourceRecord, *_SOURCE_RECORD)), version=1)
DROPS = JsonLines(_adapter(Drop, _object(Drop, *_DROP)), version=2, migrations={1: _nested})
