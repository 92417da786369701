"""A new strike, and a milestone of one: what they are asked for, and where in strikes.toml they stand."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.core import files
from plugins.core.config import toml_tables
from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.sections.model import Newsroom
from plugins.sections.questions import (
    Answers,
    Examples,
    Field,
    Form,
    Table,
    appended,
    below,
    chosen,
    commented,
    rows_of,
)
from plugins.strikes import pages
from plugins.strikes.model import Strike

FILE = "strikes.toml"
BEGUN = "# The strikes this site covers.\n"

STRIKE = Table(
    "[[strike]]",
    "A strike, such as a second one.",
    (
        Field("id", "A short name for texts to call it by, and for its place on the timeline.", '"harbour-2026"'),
        Field("union", "Who is on strike", '"Dockers’ Local 12"', "needed"),
        Field("employers", "Against whom", '"Harbour Works"', "needed"),
        Field("title", "What to call it, if not by the union’s name", '"The dockers’ strike"', "optional"),
        Field("start", "The first day on strike, as in 2026-01-31", "TODAY", "needed", "bare"),
        Field("status", "running, suspended, ended or settled (the members have ratified)", '"settled"', "optional"),
        Field("end", "The first day back, once it is over", "TODAY", "optional", "bare"),
        Field("members", "How many are called out", "1200", "optional", "bare"),
        Field("next", "What comes next, in a sentence for the banner.", '"The next talks are on Friday."'),
        Field("days_as_stated", "How long it lasted, where sources disagree.", '"12 days (11 as the employers count)"'),
        Field("example", "true marks a strike that is shown to explain the site.", "false"),
    ),
)
MILESTONE = Table(
    "[[strike.milestone]]",
    "A milestone of the strike above it: a vote, a first day, an offer, an agreement.",
    (
        Field("date", "Its day, as in 2026-01-31", "TODAY", "needed", "bare"),
        Field("text", "What happened, in a sentence", '"They walk out."', "needed"),
        Field("source", "Who says so", '"Dockers’ Local 12"', "needed"),
        Field("url", "Where they say it, as in https://example.org/page", '"https://union.example.org/"', "optional"),
        Field("time", "At what time, as in 06:30", '"06:30"', "optional"),
        Field("zone", "In which time zone that is, if not the site’s.", '"America/Los_Angeles"'),
        Field("as_stated_by", "Who states what, where sources disagree.", '"The paper gives the day before."'),
    ),
)
_WHICH = Field("strike", "Which strike it belongs to: its id in strikes.toml", "", "optional")


def _new_strike(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    path = newsroom.content / FILE
    id = slugs.free(slugs.slug(f"{given['union']} {given['start'][:4]}") or "strike", _ids(path))
    values = {**given, "id": id, "status": given.get("status") or "running"}
    return {path: appended(path, STRIKE.entry(values), BEGUN)}


def _new_milestone(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    """Put a milestone below its strike, and not at the file's end, where it would be the next strike's."""
    path = newsroom.content / FILE
    known = _ids(path)
    number = known.index(chosen(given.get("strike", ""), known, "strike"))
    return {path: below(files.read_text(path), ("strike", number), MILESTONE.entry(given))}


def _ids(path: Path) -> list[str]:
    return [str(row.get("id")) for row in rows_of(path, "strike")]


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    read = toml_tables.read(newsroom.content / FILE, {"strike": Strike})
    yield from read.problems
    yield from pages.problems(read)


FORMS = (
    Form("strike", "union", STRIKE.fields, _new_strike, _check),
    Form("milestone", "text", (_WHICH, *MILESTONE.fields), _new_milestone, _check),
)
EXAMPLES = (Examples(FILE, commented((MILESTONE, STRIKE)), BEGUN),)
