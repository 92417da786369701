"""The digest of a setting's value."""

import datetime
import re
from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.incremental import values


def with_default(limit: int) -> Any:
    """Return a function whose outcome hangs on what it was made with."""
    return lambda number: number + limit


CIRCLE: list[Any] = [1]
CIRCLE.append(CIRCLE)
VALUES: list[Any] = [
    1, 1.0, True, "1", b"1", None, [1], (1,), {1}, {1: 2}, {"a": [1, {"b": 2}]}, Path("a"), re.compile("a"),
    datetime.date(2026, 1, 1), datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), OrderedDict(a=1),
    partial(int, base=2), with_default(1), with_default(2), re.sub, str.upper, Path, "a".join, "b".join,
    {"a": {1, 2}}, {"a": {1, 3}}, CIRCLE,
]  # fmt: skip


def test_values_share_a_digest_only_where_they_are_equal() -> None:
    """Numbers of other kinds, functions made with other values, and patterns are told apart; a circle ends."""
    digests = [values.digest(value) for value in VALUES]
    assert len(set(digests)) == len(VALUES)
    assert values.digest(with_default(1)) in digests
    assert values.digest({"x": {"b", "a", "c"}}) == values.digest({"x": {"c", "b", "a"}})


@pytest.mark.parametrize("value", [datetime.datetime.now, {"a": [datetime.date.today]}, (part for part in "a")])
def test_what_gives_another_value_each_time_has_none(value: Any) -> None:
    """A clock that a template may ask, and what cannot be taken apart."""
    with pytest.raises(values.UnknownValueError):
        values.digest(value)
