"""A new source, and a new update entered by hand: what they are asked for; examples of all that the wire reads."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import starmap
from pathlib import Path
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.config.fields import quoted
from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.core.text.urls import host, is_web
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form, Table, appended, commented, refused
from plugins.updates import duplicates
from plugins.updates.config import sources_file
from plugins.updates.config.desk_file import BEGUN as DESK_BEGUN
from plugins.updates.config.paths import Places
from plugins.updates.config.source_of_address import resemblances, with_source
from plugins.updates.config.topics_file import read_topics
from plugins.updates.parse.safe_html import sanitise

_DAY = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?")

SOURCE_FIELDS = (
    Field("id", "A short name that lasts: it is part of every update’s identity.", '"harbour-paper"'),
    Field("title", "Its name, as readers know it", '"The Harbour Paper"', "needed"),
    Field("feed", "Its feed’s address; Enter where it has none", '"https://paper.example.org/feed.xml"', "optional"),
    Field("site", "Where readers look for themselves", '"https://paper.example.org/"', "optional"),
    Field("kind", "guild, employer, labor, press, blog or government", '"press"', "optional"),
    Field("keep", "matching keeps what is about a topic; all keeps everything.", '"matching"'),
    Field("topics", "Only these topics of topics.toml count for it; left out: all of them.", "[]"),
    Field("language", "The language it is in.", '"en"'),
    Field("timezone", "The zone of dates that the feed gives without one.", '"America/Los_Angeles"'),
    Field("full_text", "true keeps the whole text, where you have the right to.", "false"),
    Field(
        "calendar",
        "Its calendar of pickets and meetings, an .ics file’s address.",
        '"https://paper.example.org/line.ics"',
    ),
    Field("strike", "Whose events that calendar has: the strike’s id.", '"harbour-2026"'),
    Field("silent_after", "Days without anything new until it is reported as silent.", "30"),
    Field(
        "allowance", "Times as much as UPDATES_NEW_A_DAY and its like let a source bring: for a very large feed.", "1"
    ),
)
SOURCE = Table("[[source]]", "A source whose feed is read.", SOURCE_FIELDS)
UNION = Table(
    "[[source]]",
    "A source without a feed, such as a union: its updates are entered by hand, ./inv new update.",
    (
        Field("id", "A short name that lasts.", '"local-12"'),
        Field("title", "Its name, as readers know it.", '"Dockers’ Local 12"'),
        Field("site", "Where readers look for themselves.", '"https://union.example.org/"'),
        Field("kind", "guild, employer, labor, press, blog or government.", '"guild"'),
        Field("keep", "What a union says of its own strike needs no topic to be kept.", '"all"'),
    ),
)


def _order(header: str, says: str, *fields: tuple[str, str, str]) -> Table:
    page = Field("update", "The update’s id; to hide it or take it down, the page it leads to will do.", '"example"')
    why = Field("why", "For those who edit here; it is never published.", '"The union’s own words."')
    return Table(header, says, (page, *starmap(Field, fields), why))


DESK = (
    _order("[[pin]]", "On top of the wire."),
    _order("[[hide]]", "Off the site and its feeds; the archive keeps it."),
    _order("[[retitle]]", "A headline of ours.", ("to", "The headline.", '"The dockers walk out"')),
    _order("[[note]]", "Our sentence under it.", ("text", "The sentence.", '"The paper has corrected this."')),
    Table(
        "[[join]]",
        "These tell one story.",
        (Field("updates", "Two or more, by their ids.", '["example", "walk-out"]'),),
    ),
    _order("[[split]]", "This one tells a story of its own."),
    _order("[[takedown]]", "Its text leaves site and archive, and never comes back.", ("on", "The day.", "TODAY")),
)
TOPIC = Table(
    "[topic.crane-safety]",
    "A topic: what an update has to say to be about it.",
    (
        Field("title", "Its name, as readers see it.", '"Safety at the cranes"'),
        Field("any", "One of these has to occur.", '["crane* ... accident*", "dock safety"]'),
        Field("all", "Each of these has to occur.", '["dock*"]'),
        Field("none", "None of these may.", '["bird*"]'),
        Field("ignore", "What occurs only within these does not count.", '["crane fly"]'),
        Field("fields", "Where to look.", '["title", "summary"]'),
    ),
)
UPDATE_FIELDS = (
    Field("url", "The page’s address", "", "needed"),
    Field("title", "The headline, as the outlet has it", "", "needed"),
    Field("date", "When it was published there, as in 2026-01-31 or 2026-01-31 18:30", "", "needed"),
    Field("source", "The outlet: an id of sources.toml, or a name; Enter goes by the address", "", "optional"),
    Field("text", "What it says, in a sentence or two of yours", "", "optional"),
)
UPDATE = """\
---
# The headline, as the outlet has it.
title: {title}
# Which source it is from: an id of sources.toml.
source: {source}
# When it was published there. A date to come, as of a statement under embargo, keeps it in until then.
date: {date}
# Where it stands.
url: {url}
"""
_MORE = """\
# Everything below may be left out. Take away a # to set a field.
# Who wrote it.
#authors: [A name, Another name]
# Words to file it under; topics are found by themselves.
#tags: [pay]
# The language it is in, if not the site's.
#lang: es
"""


def _example(today: date) -> str:
    head = (
        "---\n# An example: nobody reads a file whose name begins with an underscore. ./inv new update writes yours.\n"
    )
    page = quoted("https://union.example.org/statement")
    text = UPDATE.format(title=quoted("The dockers walk out"), source="local-12", date=today, url=page)
    return f"{text.replace('---', head.rstrip(), 1)}{_MORE}---\n\nThe local says that every crane stands still.\n"


def _new_source(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    """Add a source; its site is where its feed is, where nothing else is said."""
    path = newsroom.content / "updates" / sources_file.NAME
    feed, site = given.get("feed", ""), given.get("site", "")
    if feed and not is_web(feed):
        raise refused(f"--feed is no address of the web (got {feed})", "write it as https://example.org/feed.xml")
    if feed and not site:
        site = f"https://{urlsplit(feed).netloc}/"
    if not site:
        raise refused("--site is missing", "give it, or --feed: where readers look for themselves")
    taken = sources_file.read_sources(path.parent, read_topics(path.parent).ids).ids
    values = {**given, "id": slugs.free(slugs.slug(given["title"]) or slugs.slug(host(site)), taken), "site": site}
    return {path: appended(path, SOURCE.entry({**values, "kind": given.get("kind") or "press"}), sources_file.BEGUN)}


def _new_update(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    """Write an update; an outlet that is no source yet becomes one, without a feed."""
    url, places = given["url"], Places(newsroom.content)
    if not is_web(url) or re.search(r"[\s\"<>]", url):
        raise refused(f"--url: an update needs a web address (got {url})", "write ./inv new update URL")
    for what, remedy in duplicates.duplicate_reasons(url, places):
        raise refused(f"--url: {url} {what}", remedy)
    path = places.updates / sources_file.NAME
    before = sources_file.text_of(places.updates)
    sources = sources_file.read_sources(places.updates, read_topics(places.updates).ids)
    named = given.get("source", "")
    alike: list[tuple[str, str]] = []
    found, after = named, before
    try:
        if named not in sources.ids:
            alike += resemblances(before, url, named)
            found, after = with_source(before, url, named)
    except ValueError as error:
        raise refused(f"{files.display_path(path)} is not TOML: {error}", "correct it first: ./inv check") from error
    if alike:
        field, what = alike[0]
        remedy = "give the known source's id as --source, or add this one first: ./inv new source"
        option = "url" if field == "url" else "source"
        raise refused(f"--{option}: {what}", remedy)
    name = _name_of(url) or slugs.slug(given["title"]) or f"{newsroom.now:%Y-%m-%d}"
    name = slugs.free(name, duplicates.taken_ids(places))
    day = given["date"]
    if not _DAY.fullmatch(day):
        day = quoted(day)
    head = UPDATE.format(title=quoted(given["title"]), url=quoted(url), source=found, date=day)
    head = re.sub(r"(?m)^# .*\n", "", head)  # the example has the explanations, and this is finished
    text = f"{head}---\n"
    if given.get("text"):
        text += f"\n{given['text']}\n"
    written = {places.updates / f"{name}.md": text}
    if after != before:  # the outlet is a source from now on
        return {path: after, **written}
    return written


def _name_of(url: str) -> str:
    """Return a name out of an address: the last part of its path that has words."""
    worded = ""
    for part in unquote(urlsplit(url).path).split("/"):
        bare = re.sub(r"\.\w{2,5}$", "", part)
        if re.search(r"[^\W\d_]{3}", bare):
            worded = bare
    return slugs.slug(worded)


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    folder = newsroom.content / "updates"
    sources = sources_file.read_sources(folder, read_topics(folder).ids)
    yield from sources.problems
    yield from sources_file.read_by_hand(folder, sources, newsroom.zone, sanitise).problems


FORMS = (
    Form("source", "title", SOURCE_FIELDS, _new_source, _check),
    Form("update", "url", UPDATE_FIELDS, _new_update, _check),
)
EXAMPLES = (
    Examples("updates/sources.toml", commented((SOURCE, UNION)), sources_file.BEGUN),
    Examples("updates/topics.toml", commented((TOPIC,)), "# What the wire is about.\n"),
    Examples("updates/desk.toml", commented(DESK), DESK_BEGUN),
    Examples("updates/_example.md", _example),
)
