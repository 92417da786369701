"""A new strike, and a milestone of one: what they are asked for, and where in strikes.toml they stand."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plugins.core import files
from plugins.core.config import toml_lines, toml_tables
from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form, Table, appended, commented, refused
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
    taken = {str(row.get("id")) for row in _rows(path)}
    name = slugs.free(slugs.slug(f"{given['union']} {given['start'][:4]}") or "strike", taken)
    values = {**given, "id": name, "status": given.get("status") or "running"}
    return {path: appended(path, STRIKE.entry(values), BEGUN)}


def _new_milestone(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    """Put a milestone behind the last statement of its strike: whatever stands below belongs to the next."""
    path = newsroom.content / FILE
    known = [str(row.get("id")) for row in _rows(path)]
    wanted = given.get("strike") or (known[0] if len(known) == 1 else "")
    if wanted not in known:
        what = f"--strike {wanted} is none that there is" if wanted else "--strike does not say which strike"
        raise refused(what, f"one of {', '.join(known)}" if known else "write one first: ./inv new strike")
    text = files.read_text(path)
    lines = text.rstrip().split("\n")
    number = known.index(wanted)
    later = [first for first, at in toml_lines.layout(text).tables if at[:2] == ("strike", number + 1)]
    last = min(later) - 1 if later else len(lines)
    while not lines[last - 1].strip() or lines[last - 1].startswith("#"):
        last -= 1
    entry = ["", *MILESTONE.entry(given).rstrip().split("\n")]
    below = lines[last:]
    return {path: "\n".join([*lines[:last], *entry, *below]) + "\n"}


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    read = toml_tables.read(newsroom.content / FILE, {"strike": Strike})
    yield from read.problems
    yield from pages.problems(read)


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = tomllib.loads(files.read_text(path)).get("strike", []) if path.exists() else []
    except tomllib.TOMLDecodeError as error:
        raise refused(f"{files.display_path(path)} is not TOML: {error}", "correct it first: ./inv check") from error
    if isinstance(rows, list):
        return [row for row in rows if isinstance(row, dict)]
    return []


FORMS = (
    Form("strike", "union", STRIKE.fields, _new_strike, _check),
    Form("milestone", "text", (_WHICH, *MILESTONE.fields), _new_milestone, _check),
)
EXAMPLES = (Examples(FILE, commented((MILESTONE, STRIKE)), BEGUN),)
