"""A new event: what it is asked for, and where in events.toml it stands."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.events import checks
from plugins.events.config.events_file import FILE, read_events
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form, Table, appended, chosen, commented, rows_of
from plugins.sections.upcoming import EventKind

BEGUN = "# Pickets and meetings: where and when. docs/events.md says what else can be said.\n"
_STRIKES = "strikes.toml"

_TITLE = Field("title", "What it is called", '"Picket at the dock gate"', "needed")
EVENT = Table(
    "[[event]]",
    "A picket or a meeting. Times are those of its place.",
    (
        Field("id", "A short name for its address and for texts to call it by.", '"gate-4"'),
        Field("strike", "Which strike it belongs to: its id in strikes.toml", '"harbour-2026"', "optional"),
        _TITLE,
        Field("kind", f"What it is: {', '.join(get_args(EventKind))}", '"picket"', "optional"),
        Field("start", "When it begins, as in 2026-01-31 09:00; a day alone is all day", '"TODAY 09:00"', "needed"),
        Field("end", "When it ends, as in 2026-01-31 12:00", '"TODAY 12:00"', "optional"),
        Field("timezone", "The time zone of its place, if not the site’s", '"America/Los_Angeles"', "optional"),
        Field("place", "Where, by a name that people know", '"Gate 4"', "optional"),
        Field("address", "Its address; never somebody’s home", '"1 Dock Road"', "optional"),
        Field(
            "lat", "Where that is on a map: latitude and longitude in degrees, for a link to the reader’s map.", "51.5"
        ),
        Field("lon", "The longitude.", "-0.1"),
        Field("access", "How to get there, and whether without steps", '"Bus 7. No steps."', "optional"),
        Field("bring", "What to bring", '"Water, a hat"', "optional"),
        Field("contact", "Whom to ask: an office, not a person", '"The picket captain, in a red vest"', "optional"),
        Field("contact_agreed", "true, if it is a person who agreed to be named.", "false"),
        Field(
            "url", "Where it is announced, as in https://example.org/page", '"https://union.example.org/"', "optional"
        ),
        Field("note", "What else there is to say.", '"It will be loud."'),
        Field(
            "repeats",
            "How it repeats: daily, weekdays, weekly, every two weeks, monthly, or a rule: FREQ=WEEKLY;BYDAY=MO,WE",
            '"daily"',
            "optional",
        ),
        Field("until", "The last day of what repeats, as in 2026-01-31", "TODAY", "optional", "bare"),
        Field("announced", "When readers were first told of it", '"TODAY 08:00"', "optional"),
        Field("changed", "When its time or place was last changed.", '"TODAY 08:00"'),
        Field("cancelled", "true takes nothing away: it stays, and is shown as cancelled.", "false"),
    ),
)

EXCEPTION = Table(
    "[[event.exception]]",
    "A day of the repeated event above it that is not as usual: cancelled, or at another time or place.",
    (
        Field("on", "The day by the rule.", "TODAY"),
        Field("cancelled", "true, if it does not take place; otherwise its own start, end or place.", "true"),
        Field("note", "Why, or what is different.", '"Talks have resumed."'),
    ),
)


def _new_event(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    path = newsroom.content / FILE
    strikes = _ids(newsroom.content / _STRIKES, "strike")
    strike = given.get("strike", "")
    if strike or len(strikes) == 1:
        strike = chosen(strike, strikes, "strike")
    id = slugs.free(slugs.slug(given["title"]) or "event", _ids(path, "event"))
    announced = given.get("announced") or f"{newsroom.now:%Y-%m-%d %H:%M}"
    return {path: appended(path, EVENT.entry({**given, "id": id, "strike": strike, "announced": announced}), BEGUN)}


def _ids(path: Path, key: str) -> list[str]:
    return [str(row.get("id")) for row in rows_of(path, key)]


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    read = read_events(newsroom.content)
    yield from read.problems
    yield from checks.problems(read, newsroom.zone, newsroom.now)


FORMS = (Form("event", "title", EVENT.fields, _new_event, _check),)
EXAMPLES = (Examples(FILE, commented((EVENT, EXCEPTION)), BEGUN),)
