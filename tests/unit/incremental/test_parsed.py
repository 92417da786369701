"""What a reader made of a text, kept as bytes."""

import pickle
from datetime import UTC, datetime
from typing import Any

import dateutil.parser
import pytest
from markupsafe import Markup
from pelican.readers import _DISCARD
from pelican.urlwrappers import Author, Tag
from pelican.utils import get_date

from plugins.incremental import parsed


def test_a_text_is_as_it_was_read_and_belongs_to_the_settings_of_its_run() -> None:
    """Dates with and without zones, tags with their settings, and what Pelican marks as nothing."""
    settings: dict[str, Any] = {"SITENAME": "A site"}
    tags = [Tag("a", settings), Tag("b", settings)]
    metadata = {
        "date": get_date("2026-01-02"),
        "zoned": dateutil.parser.parse("2026-01-02 10:00+02:00"),
        "none": _DISCARD,
    }
    metadata |= {
        "utc": datetime(2026, 1, 1, tzinfo=UTC),
        "tags": tags,
        "title": Markup("<b>"),
        "author": Author("x", {}),
    }
    other: dict[str, Any] = {}
    content, found = parsed.load(parsed.dump(("<p>", {**metadata, "author": tags[0]}), settings), other)
    assert content == "<p>"
    assert [type(value) for value in found.values()] == [*map(type, [*metadata.values()][:-1]), Tag]
    assert found["tags"][0] is found["author"]
    assert found["tags"][0].settings is other
    assert found["none"] is _DISCARD
    assert (found["date"], found["zoned"]) == (metadata["date"], metadata["zoned"])


@pytest.mark.parametrize("value", [object(), {"a": [lambda: 1]}, print, type("Own", (), {})()])
def test_a_value_of_any_other_kind_is_not_kept(value: object) -> None:
    """What it is made of may change without the text."""
    with pytest.raises(parsed.UnfitError):
        parsed.dump(value, {})


def test_bytes_that_would_run_something_do_not() -> None:
    """The cache is in a folder that others may write to."""
    with pytest.raises(parsed.UnfitError):
        parsed.load(pickle.dumps(eval), {})
