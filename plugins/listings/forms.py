"""A new listing, a draft with every field explained, and a new yardstick: what they are asked for."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from plugins.core.config import toml_tables
from plugins.core.config.fields import is_id, quoted
from plugins.core.errors import Problem, SiteError
from plugins.core.text import slugs
from plugins.listings.archive import listings_folder
from plugins.listings.config import boards_file
from plugins.listings.config.paths import ListingPlaces
from plugins.listings.load import problems, read_listings
from plugins.listings.model import Yardstick
from plugins.listings.posting import PayRange
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form, Table, appended, commented, refused

FILE = "yardsticks.toml"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
BOARDS_BEGUN = "# The employers’ job boards that ./inv listings watches.\n"
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
# Who reported it first.
#source:
#  title: An outlet
#  url: https://example.org/story
# The employer's own date, and when the advertisement was taken down.
{posted}
#closed: {day}
# Its id in the archive of the boards we watch, BOARD/NUMBER: then its history and all its texts stand on its page.
# ./inv new listing BOARD/NUMBER sets it.
{board}
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

_PAY_UNSET = """\
#  low: 90000
#  high: 120000
#  currency: USD
#  period: year
#  basis: unstated
#  stated_by: The employer"""
UNSET = {
    "url": "#url: https://example.org/jobs/1",
    "location": "#location: Los Angeles, CA",
    "pay": "#pay:\n#  quote: $90,000–$120,000 a year\n" + _PAY_UNSET,
    "board": '#board: "harbour/12345"',
}
"""What the form has in place of what was not answered."""

LISTING_FIELDS = (
    Field(
        "id",
        "A name for its address, in small letters, digits and hyphens; or BOARD/NUMBER of a listing off a board",
        "",
        "optional",
    ),
    Field("employer", "Who is hiring", "The employer", "needed"),
    Field("role", "For what, in the advertisement’s words", "The role", "needed"),
    Field("seen", "When you first saw it, as in 2026-01-31; Enter for today", "", "optional"),
    Field("url", "The advertisement’s own address", "", "optional"),
    Field("location", "The place it names", "", "optional"),
    Field("pay", "What it says of the pay, in its own words", "", "optional"),
)
BOARD = Table(
    "[[board]]",
    "An employer’s job board that is watched: ./inv listings archives what it says.",
    (
        Field("id", "A short name that lasts: it is part of every listing’s id.", '"harbour"'),
        Field("employer", "Who is hiring", '"Harbour Works"', "needed"),
        Field(
            "provider",
            "Whose software the board runs on: greenhouse, lever, ashby, smartrecruiters, workday, eightfold, "
            "recruitee or workable; Enter where it is a feed or a file",
            '"greenhouse"',
            "optional",
        ),
        Field("board", "The board’s name in its address", '"harbourworks"', "optional"),
        Field("tenant", "Workday: the tenant’s name, as in TENANT.wd5.myworkdayjobs.com", '"harbour"', "optional"),
        Field(
            "domain", "Eightfold: the employer’s domain, as in the board’s address", '"harbour.example.org"', "optional"
        ),
        Field(
            "base",
            "Scheme and host of the provider’s interface; needed for workday and eightfold alone",
            '"https://harbour.wd5.myworkdayjobs.com"',
            "optional",
        ),
        Field("feed", "In place of a provider, a feed of jobs", '"https://harbour.example.org/jobs.xml"', "optional"),
        Field(
            "file",
            "In place of a provider, a saved file or folder below content/listings",
            '"saved/harbour"',
            "optional",
        ),
        Field(
            "match",
            "Which jobs are kept, as words of topics.toml with commas between them; Enter keeps all",
            '["machine learning", "artificial intelligence"]',
            "optional",
            "list",
        ),
    ),
)
_ID = Field("id", "A short name that lasts: it is part of every listing’s id.", '"harbour"')
BOARD_EXAMPLES = (
    Table(
        "[[board]]",
        "An employer’s job board that is watched: ./inv listings archives what it says.",
        (
            _ID,
            Field("employer", "Who is hiring.", '"Harbour Works"'),
            Field("provider", "greenhouse, lever, ashby, smartrecruiters, recruitee or workable.", '"greenhouse"'),
            Field("board", "The board’s name in its address.", '"harbourworks"'),
            Field("base", "Where the provider’s interface is, if not at its usual host.", '"https://api.eu.lever.co"'),
            Field(
                "match",
                "Which jobs are kept, in the language of updates/topics.toml; left out: all of them.",
                '["machine learning", "artificial intelligence"]',
            ),
        ),
    ),
    Table(
        "[[board]]",
        "A board on Workday, or on Eightfold: `base` is the host in its address.",
        (
            Field("id", "A short name that lasts.", '"mill"'),
            Field("employer", "Who is hiring.", '"The Mill"'),
            Field("provider", "workday; or eightfold, with `domain` in place of `tenant` and `board`.", '"workday"'),
            Field("tenant", "The tenant’s name, as in TENANT.wd5.myworkdayjobs.com.", '"mill"'),
            Field("board", "The board’s name, the first part of its pages’ addresses.", '"careers"'),
            Field("base", "Its scheme and host.", '"https://mill.wd5.myworkdayjobs.com"'),
        ),
    ),
    Table(
        "[[board]]",
        "A feed of jobs, RSS, Atom or JSON Feed.",
        (
            Field("id", "A short name that lasts.", '"dairy"'),
            Field("employer", "Who is hiring.", '"The Dairy"'),
            Field("feed", "The feed’s address.", '"https://dairy.example.org/jobs.xml"'),
        ),
    ),
    Table(
        "[[board]]",
        "A board that somebody saves by hand: a file a day, whose name begins with the day, such as 2026-01-31.json.",
        (
            Field("id", "A short name that lasts.", '"ferry"'),
            Field("employer", "Who is hiring.", '"Ferry Lines"'),
            Field("file", "The folder, or one file, below content/listings.", '"saved/ferry"'),
        ),
    ),
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
    text = LISTING.format(
        employer="The employer", role="The role", seen=today, day=today, posted=f"#posted: {today}", **UNSET
    )
    return text.replace("---\n", head, 1)


def _new_listing(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    name = given.get("id") or slugs.slug(f"{given['employer']} {given['role']}")
    if not is_id(name):
        near = slugs.slug(name)
        remedy = f"write {near}" if near else "use small letters, digits and hyphens"
        raise refused(f"a listing’s id is its address (got {name!r})", remedy)
    day = f"{newsroom.now:%Y-%m-%d}"
    fields = {**UNSET, "posted": f"#posted: {day}"}
    for key in ("url", "location", "board"):
        if given.get(key):
            fields[key] = f"{key}: {quoted(given[key])}"
    if given.get("pay"):
        fields["pay"] = _pay(given)
    if given.get("posted"):
        fields["posted"] = f"posted: {given['posted']}"
    seen = given.get("seen") or day
    if not _DAY.fullmatch(seen):
        seen = quoted(seen)
    employer, role = quoted(given["employer"]), quoted(given["role"])
    text = LISTING.format(employer=employer, role=role, seen=seen, day=day, **fields)
    return {newsroom.content / "listings" / f"{name}.md": text}


def _pay(given: Answers) -> str:
    """Return the pay as front matter: its words, and what they come to as far as that is known."""
    lines = ["pay:", f"  quote: {quoted(given['pay'])}"]
    known = [f"  {key}: {given[key]}" for key in ("low", "high", "currency", "period", "basis") if given.get(key)]
    return "\n".join([*lines, *(known or [_PAY_UNSET])])


def _known_listing(given: Answers, newsroom: Newsroom) -> Answers:
    """Return what the archive has of a listing whose id, BOARD/NUMBER, was given as its name; nothing for another."""
    id = given.get("id", "").strip()
    if not is_id(id.partition("/")[0]) or "/" not in id:
        return {}
    archive = listings_folder.read(ListingPlaces(newsroom.content).archive)
    listing = archive.listings.get(id)
    if listing is None:
        near = get_close_matches(id, archive.listings, n=1, cutoff=0.6)
        remedy = f"did you mean {near[0]}?" if near else "./inv listings reads the boards, and names what is new"
        raise refused(f"no listing of that id is in the archive ({id})", remedy)
    taken: set[str] = set()
    for one in read_listings(newsroom.content / "listings"):
        if one.front.data.get("board") == id:
            raise SiteError([Problem(one.where, 0, f"is about {id} already", "edit it")])
        taken.add(one.path.stem)
    said, zone = listing.now, newsroom.zone
    values = {
        "id": slugs.free(slugs.slug(f"{listing.employer} {said.title}") or "listing", taken),
        "employer": listing.employer,
        "role": said.title,
        "url": listing.url,
        "location": said.location,
        "posted": f"{listing.posted or ''}",
        "seen": f"{listing.first_seen.astimezone(zone):%Y-%m-%d}",
        "board": id,
        **_known_pay(said.pay),
    }
    return {key: " ".join(value.split()) for key, value in values.items() if value}


def _known_pay(ranges: tuple[PayRange, ...]) -> Answers:
    """Return the pay that a listing states in words, or else in its board's fields: the first of its ranges."""
    ordered = sorted(ranges, key=lambda one: one.of_fields)
    if not ordered:
        return {}
    one = ordered[0]
    known = {"pay": one.quote, "currency": one.currency, "period": one.period, "basis": one.basis}
    if one.low:
        known["low"] = f"{one.low:.10g}"
    if one.high:
        known["high"] = f"{one.high:.10g}"
    return known


def _new_board(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    path = newsroom.content / boards_file.FILE
    taken = boards_file.read_boards(newsroom.content).ids
    name = given.get("id") or slugs.free(slugs.slug(given["employer"]) or "board", taken)
    return {path: appended(path, BOARD.entry({**given, "id": name}), BOARDS_BEGUN)}


def _check_board(newsroom: Newsroom) -> Iterator[Problem]:
    yield from boards_file.read_boards(newsroom.content).problems


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
    Form("listing", "id", LISTING_FIELDS, _new_listing, _check_listing, is_draft=True, known=_known_listing),
    Form(
        "board",
        "employer",
        BOARD.fields,
        _new_board,
        _check_board,
        said="./inv listings reads it, and says what the board calls itself: look whether that is the employer.",
    ),
    Form("yardstick", "title", YARDSTICK.fields, _new_yardstick, _check_yardstick),
)
EXAMPLES = (
    Examples(boards_file.FILE, commented(BOARD_EXAMPLES), BOARDS_BEGUN),
    Examples(FILE, commented((YARDSTICK,)), BEGUN),
    Examples("listings/_example.md", example),
)
