"""Checked settings: every problem at once, each in words that help."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from plugins.core.config import checked
from plugins.core.config.fields import Day, Id, Link, Moment, Names, Text, Zone


class Inner(checked.Checked):
    """A group of keys."""

    low: float | None = Field(None, gt=0)


class Sample(checked.Checked):
    """One of each kind of value."""

    id: Id
    title: Text
    site: Link = ""
    kind: Literal["guild", "press"] = "press"
    day: Day | None = None
    at: Moment | None = None
    zone: Zone = "UTC"
    tags: Names = ()
    pay: Inner | None = None


def said(data: Mapping[str, object]) -> list[str]:
    """Return what is said about a value."""
    _, problems = checked.check(Sample, data, "a.md", lambda path: 7)
    return [str(problem) for problem in problems]


def test_every_problem_is_told_at_once() -> None:
    """One look at a file is enough to mend all of it."""
    data = {"id": "A b", "kind": "pres", "site": "ftp://x", "titel": "x", "pay": {"lo": 1}, "day": "2026-02-31"}
    assert said(data) == [
        "a.md:7: id must be small letters, digits and hyphens (got A b); correct it",
        "a.md:7: site must start with http:// or https:// (got ftp://x); correct it",
        "a.md:7: kind must be one of guild, press (got pres); did you mean press?",
        "a.md:7: day must be a day that exists, written 2026-01-31 (got 2026-02-31); correct it",
        "a.md:7: unknown key pay.lo; did you mean low?",
        "a.md:7: unknown key titel; did you mean title?",
    ]


def test_values_come_out_typed() -> None:
    """Lists may be written as words with commas, days and times as text."""
    given = {"id": "a", "title": " A ", "tags": "x, y", "at": "2026-01-31 18:30", "day": "2026-01-31"}
    value, problems = checked.check(Sample, given, "a.md", lambda path: 0)
    assert problems == []
    assert value is not None
    assert (value.title, value.tags, str(value.at), str(value.day)) == (
        "A",
        ("x", "y"),
        "2026-01-31 18:30:00",
        "2026-01-31",
    )


def test_ids_are_given_once() -> None:
    """The second table with an id is refused, and the first named."""
    rows = [{"id": "a", "title": "x"}, {"id": "a", "title": "y"}]
    _, problems = checked.check_all(Sample, rows, "source", "s.toml", lambda path: 10 + int(path[1]))
    assert [str(one) for one in problems] == ["s.toml:11: id 'a' is taken by the source on line 10; give each its own"]
