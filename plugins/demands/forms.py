"""A new demand, and an answer to one: what they are asked for, and where in demands.toml they stand."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.demands import checks
from plugins.demands.section import FILE, read_demands
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
    refused,
    rows_of,
)

BEGUN = "# What was asked, offered and won, topic by topic.\n"
_STRIKES = "strikes.toml"
_ANSWERS = {"offered": "What the other side answers", "won": "What was won"}

_STRIKE = Field("strike", "Which strike it belongs to: its id in strikes.toml", '"harbour-2026"', "optional")
_TOPIC = Field("topic", "What it is about, in a word or two", '"Pay"', "needed")
DEMAND = Table(
    "[[demand]]",
    "A topic of a strike. Left out, offered and won are shown as “not known to us”.",
    (
        Field("id", "A short name for texts to call it by, and for its place on the page.", '"harbour-pay"'),
        _STRIKE,
        _TOPIC,
        Field("open", "What has not been answered or agreed on, as you know it: offered, won.", '["won"]'),
        Field("sources", "Pages that support all of it together.", '["https://paper.example.org/talks"]'),
        Field("note", "What is uncertain about it.", '"Read in excerpts."'),
    ),
)
_WORDS = Field("text", "What was asked, in your own words", '"10% more a year"', "needed")
_STATED = (
    Field("date", 'Its day, as in 2026-01-31; its month, as in "2026-01"; or "unknown"', "TODAY", "needed", "bare"),
    Field("source", "Who says so", '"Dockers’ Local 12"', "needed"),
    Field("url", "Where they say it, as in https://example.org/page", '"https://union.example.org/"', "optional"),
)
_MORE = (
    Field("sources", "Other pages that say so.", '["https://paper.example.org/talks"]'),
    Field("as_stated_by", "Who states what, where sources disagree.", '"The paper gives 9%."'),
)
ASKED = Table("[[demand.asked]]", "What was asked, of the demand above it.", (_WORDS, *_STATED, *_MORE))
OFFERED = Table(
    "[[demand.offered]]",
    "An answer; several are shown in the order of their dates. [[demand.won]] is written the same way, and has "
    "nothing = true where nothing was won.",
    (Field("text", "What was offered, in your own words.", '"4% more a year"'), *_STATED, *_MORE),
)
PREFACE = Table(
    "[[preface]]",
    "A paragraph above a strike’s table: where it is from, and what is uncertain. Several are several paragraphs.",
    (
        Field("strike", "The strike’s id in strikes.toml.", '"harbour-2026"'),
        Field("text", "The paragraph.", '"The figures are the union’s."'),
    ),
)
_WHICH = (
    Field("demand", "Which demand it answers: its id in demands.toml", "", "optional"),
    Field("part", "Is it offered, or won?", "", "needed"),
)
_ANSWER = Field("text", "What is offered, or was won, in your own words", "", "needed")


def _new_demand(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    strike = chosen(given.get("strike", ""), _ids(newsroom.content / _STRIKES, "strike"), "strike")
    path = newsroom.content / FILE
    name = slugs.free(slugs.slug(f"{strike} {given['topic']}") or "demand", set(_ids(path, "demand")))
    entry = DEMAND.entry({"id": name, "strike": strike, "topic": given["topic"]})
    return {path: appended(path, f"{entry}\n{ASKED.entry(_statement(given))}", BEGUN)}


def _new_answer(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    path = newsroom.content / FILE
    known = _ids(path, "demand")
    number = known.index(chosen(given.get("demand", ""), known, "demand"))
    part = given["part"].lower()
    if part not in _ANSWERS:
        raise refused(f"--part is neither offered nor won (found {given['part']!r})", "write one of the two")
    answer = Table(f"[[demand.{part}]]", _ANSWERS[part], OFFERED.fields)
    return {path: below(files.read_text(path), ("demand", number), answer.entry(_statement(given)))}


def _ids(path: Path, kind: str) -> list[str]:
    return [str(row.get("id")) for row in rows_of(path, kind)]


def _statement(given: Answers) -> dict[str, str]:
    return {key: given.get(key, "") for key in ("text", "date", "source", "url")}


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    read = read_demands(newsroom)
    yield from read.problems
    yield from checks.problems(read)


FORMS = (
    Form("demand", "topic", (_TOPIC, _STRIKE, _WORDS, *_STATED), _new_demand, _check),
    Form("answer", "text", (*_WHICH, _ANSWER, *_STATED), _new_answer, _check),
)
EXAMPLES = (Examples(FILE, commented((DEMAND, ASKED, OFFERED, PREFACE)), BEGUN),)
