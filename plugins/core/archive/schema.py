"""What the rows of an archive may hold: keys in a fixed order, and under each a value in one form.

A row says more than the dataclass it becomes: which keys must be there, which are left out where they say nothing, and
in which one form a time is written. So a feature gives its schema here, in pydantic-core's own terms
(https://docs.pydantic.dev/latest/api/pydantic_core_schema/), and not as annotations of its values: these are loaded by
worker processes, which would then load pydantic (0.1 s each).
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_args

from pydantic import GetPydanticSchema, TypeAdapter
from pydantic_core import CoreSchema, core_schema

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


def one_of(literal: Any) -> CoreSchema:
    """Return the schema of a `Literal` type's values."""
    return core_schema.literal_schema(list(get_args(literal)))


def list_of(schema: CoreSchema) -> CoreSchema:
    """Return the schema of a tuple, a list in the row, whose members all have one schema."""
    return core_schema.tuple_schema([schema], variadic_item_index=0)


# Checks of text are functions: pydantic-core's own, of a length or by a pattern, refuse half surrogate pairs.
TEXT = core_schema.str_schema(strict=True)
NAME = core_schema.no_info_after_validator_function(_not_empty, TEXT)
ADDRESS = core_schema.no_info_after_validator_function(_address, TEXT)
COUNT = core_schema.int_schema(strict=True, ge=0)
NUMBER = core_schema.float_schema(strict=True, allow_inf_nan=False)
FLAG = core_schema.bool_schema(strict=True)
DATE = core_schema.no_info_plain_validator_function(_day)
DATETIME = core_schema.no_info_plain_validator_function(
    _time, serialization=core_schema.plain_serializer_function_ser_schema(_written_time, return_schema=TEXT)
)


class Key(NamedTuple):
    """A key of a row. One with a `default` may be missing, and is left out where the value is equal to that."""

    name: str
    schema: CoreSchema
    default: Any = ...

    def checked(self) -> CoreSchema:
        """Return the schema of what stands under the key."""
        if self.default is ...:
            return self.schema
        return core_schema.with_default_schema(self.schema, default=self.default)


def object_schema(cls: type, *keys: Key) -> CoreSchema:
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


def adapter(cls: type[T], schema: CoreSchema) -> TypeAdapter[T]:
    """Return what checks and writes a dataclass's values by a schema, for `jsonl.JsonLines`."""
    return TypeAdapter(cast("type[T]", Annotated[cls, GetPydanticSchema(lambda source, handler: schema)]))
