"""A new listing, a draft with every field explained, and a new yardstick: what they are asked for."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from plugins.core.config import toml_tables
from plugins.core.config.fields import is_id, quoted
from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.listings.load import problems, read_listings
from plugins.listings.model import Yardstick
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form, Table, appended, commented, refused

FILE = "yardsticks.toml"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
BEGUN = "# Figures to hold pay against. A listing names one: `yardstick: health-plan`.\n"

LISTING = """\
---
# Who is hiring, and for what, in the advertisement's words.
employer: {employer}
role: {role}
# When you first saw it.
seen: {seen}
# draft keeps it in; write published, or delete the line, when it may go out.
status: draft

# Everything below may be left out. Take away a # to set a field.

# The advertisement's own address, and the place it names.
{url}
{location}
# The pay: quote gives its words. low, high, currency, period (year, month, week, day, hour) and basis (base, total,
# ote, unstated) say what they come to, for the bar; leave out what is not stated. stated_by: who says so.
{pay}
#  low: 90000
#  high: 120000
#  currency: USD
#  period: year
#  basis: unstated
#  stated_by: The employer
# Who reported it first.
#source:
#  title: An outlet
#  url: https://example.org/story
# The employer's own date, and when the advertisement was taken down.
#posted: {day}
#closed: {day}
# Its id in the archive of the boards we watch, BOARD/NUMBER: then its history and all its texts stand on its page.
#board: "harbour/12345"
# What to hold the pay against: an id of yardsticks.toml.
#yardstick: health-plan
# What happened to it since.
#history:
#  - date: {day}
#    text: The pay was left out.
#    url: https://example.org/story
# A sentence for the table and for feeds.
#summary: What stands out in it.
# The language it is in, if not the site's.
#lang: es
---

Write your commentary here. docs/writing-blocks.md shows how to set remarks beside its lines (annotate).
"""

UNSET = {
    "url": "#url: https://example.org/jobs/1",
    "location": "#location: Los Angeles, CA",
    "pay": "#pay:\n#  quote: $90,000–$120,000 a year",
}
"""What the form has in place of what was not answered."""

LISTING_FIELDS = (
    Field("id", "A name for its address, in small letters, digits and hyphens; Enter makes one", "", "optional"),
    Field("employer", "Who is hiring", "The employer", "needed"),
    Field("role", "For what, in the advertisement’s words", "The role", "needed"),
    Field("seen", "When you first saw it, as in 2026-01-31; Enter for today", "", "optional"),
    Field("url", "The advertisement’s own address", "", "optional"),
    Field("location", "The place it names", "", "optional"),
    Field("pay", "What it says of the pay, in its own words", "", "optional"),
)
YARDSTICK = Table(
    "[[yardstick]]",
    "A figure to hold pay against: a sum people in the dispute use themselves, with a year and a source.",
    (
        Field("id", "A short name for listings to call it by.", '"health-plan"'),
        Field("title", "What it is, with its year", '"Health plan threshold, 2026"', "needed"),
        Field("amount", "The sum, as a number", "26470", "needed", "bare"),
        Field("currency", "Its currency in three letters, such as USD", '"USD"', "needed"),
        Field("period", "For how long: year, month, week, day or hour", '"year"', "needed"),
        Field(
            "text", "What it means, in a sentence or two", '"Earned in a year, this keeps the health plan."', "needed"
        ),
        Field("source", "Who says so", '"The health plan’s own pages"', "needed"),
        Field("year", "Of which year it is", "2026", "optional", "bare"),
        Field("url", "Where they say it", '"https://plan.example.org/"', "optional"),
    ),
)


def example(today: date) -> str:
    """Return a listing to begin from: its fields are those of a draft, and its name keeps it from being read."""
    head = (
        "---\n# An example: nobody reads a file whose name begins with an underscore. ./inv new listing writes yours.\n"
    )
    text = LISTING.format(employer="The employer", role="The role", seen=today, day=today, **UNSET)
    return text.replace("---\n", head, 1)


def _new_listing(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    name = given.get("id") or slugs.slug(f"{given['employer']} {given['role']}")
    if not is_id(name):
        near = slugs.slug(name)
        remedy = f"write {near}" if near else "use small letters, digits and hyphens"
        raise refused(f"a listing’s id is its address (got {name!r})", remedy)
    day = f"{newsroom.now:%Y-%m-%d}"
    fields = {key: quoted(given[key]) for key in ("employer", "role")}
    fields |= {key: f"{key}: {quoted(given[key])}" if given.get(key) else UNSET[key] for key in ("url", "location")}
    fields["pay"] = f"pay:\n  quote: {quoted(given['pay'])}" if given.get("pay") else UNSET["pay"]
    seen = given.get("seen") or day
    text = LISTING.format(**fields, seen=seen if _DAY.fullmatch(seen) else quoted(seen), day=day)
    return {newsroom.content / "listings" / f"{name}.md": text}


def _new_yardstick(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    path = newsroom.content / FILE
    taken = toml_tables.read(path, {"yardstick": Yardstick}).ids["yardstick"]
    values = {**given, "id": slugs.free(slugs.slug(given["title"]) or "yardstick", taken)}
    return {path: appended(path, YARDSTICK.entry(values), BEGUN)}


def _check_listing(newsroom: Newsroom) -> Iterator[Problem]:
    yield from problems(read_listings(newsroom.content / "listings"))


def _check_yardstick(newsroom: Newsroom) -> Iterator[Problem]:
    yield from toml_tables.read(newsroom.content / FILE, {"yardstick": Yardstick}).problems


FORMS = (
    Form("listing", "id", LISTING_FIELDS, _new_listing, _check_listing, is_draft=True),
    Form("yardstick", "title", YARDSTICK.fields, _new_yardstick, _check_yardstick),
)
EXAMPLES = (
    Examples(FILE, commented((YARDSTICK,)), BEGUN),
    Examples("listings/_example.md", example),
)
