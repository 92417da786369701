"""The wire's table of contents: what is called, in which order. No logic of its own.

collect   rounds (schedule ▶ fetch) ▶ parse ▶ intake (identity ▶ filter ▶ merge) ▶ archive
publish   archive, by hand ▶ stories ▶ entries ▶ pages, feeds          (see `section`)
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem
from plugins.core.http import Get
from plugins.core.urls import canonical
from plugins.updates import content
from plugins.updates.desk.file import DeskFile, read_desk
from plugins.updates.desk.orders import takedowns
from plugins.updates.fetching.rounds import Errand, fetch_all
from plugins.updates.keeping import archive, merge, records
from plugins.updates.keeping.intake import Intake
from plugins.updates.keeping.rows import Drop
from plugins.updates.keeping.topics import Topic, compile_topic, faults
from plugins.updates.models import Failure, Fetched, Outcome, Parsed, Source, Visit
from plugins.updates.reading.sanitise import sanitise

Parse = Callable[[Fetched, Source], Awaitable[Parsed | Failure]]
Told = Callable[[Source, Outcome], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What is written by hand below content/updates, checked, and what is wrong with it.

    `hand_ids` are the ids of the updates entered by hand, of those with problems too.
    """

    sources: Mapping[str, Source]
    topics: tuple[Topic, ...]
    by_hand: tuple[content.HandEntry, ...]
    hand_ids: frozenset[str]
    desk: DeskFile
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """What earlier runs left in the archive, and in the cache."""

    archive: archive.Archive
    drops: tuple[Drop, ...]
    visits: Mapping[str, Visit]


@dataclass(frozen=True, slots=True)
class Door:
    """What a run reaches the outside by: one polite GET, a parser, files saved by hand, and somebody to tell."""

    get: Get
    parse: Parse
    read_file: Callable[[str], bytes]
    say: Callable[[str], None]
    told: Told


@dataclass(frozen=True, slots=True)
class Collected:
    """What a run found: the archive as it should be written, and how each source answered."""

    intake: Intake
    outcomes: Mapping[str, Outcome]
    visits: Mapping[str, Visit]
    moves: tuple[records.Move, ...]


def read_content(folder: Path, zone: ZoneInfo) -> Written:
    """Read and check sources.toml, topics.toml, desk.toml and the updates entered by hand."""
    tables = content.read_topics(folder)
    sources = content.read_sources(folder, tables)
    topics, wrong = _compiled(tables)
    by_hand = content.read_by_hand(folder, sources, zone, sanitise)
    desk = read_desk(folder)
    problems = (*tables.problems, *sources.problems, *wrong, *by_hand.problems, *desk.problems)
    named = {source.id: source for source in sources.sources}
    return Written(named, topics, by_hand.entries, by_hand.ids, desk, problems)


def _compiled(tables: content.Topics) -> tuple[tuple[Topic, ...], list[Problem]]:
    """Return the topics ready to judge by, and every term that cannot work, at its line."""
    topics: list[Topic] = []
    problems: list[Problem] = []
    for name, table in tables.tables.items():
        wrong = list(faults({"any": table.any, "all": table.all, "none": table.none}))
        places = [tables.line_of(name, key, number) for key, number, _ in wrong]
        said = [told for _, _, told in wrong]
        if not wrong:
            try:
                topics.append(compile_topic(name, table.title, table.any, table.all, table.none, table.fields))
            except ValueError as error:
                places, said = [tables.line_of(name)], [str(error)]
        for line, told in zip(places, said, strict=True):
            what, _, remedy = told.partition("; ")
            problems.append(Problem(tables.where, line, f"topic {name}: {what}", remedy))
    return tuple(topics), problems


def read_archive(folder: Path, *, accept: bool = False) -> archive.Archive:
    """Read the archive; raises SiteError where it is damaged or has lost updates (with `accept`, that is a notice)."""
    return archive.read(folder, merge.resolve, records.resolve, accept=accept)


async def collect(written: Written, stored: Stored, door: Door, now: datetime, *, force: bool = False) -> Collected:
    """Ask every source that is due, and merge what it says into the archive's updates. Writes nothing."""
    down = takedowns(written.desk.orders, canonical)
    updates, known = down.without_text(stored.archive.updates), dict(stored.archive.records)
    intake = Intake(updates, known, stored.drops, written.topics, now, down)

    async def consume(source: Source, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Fetched) and not outcome.unchanged:
            parsed = await door.parse(outcome, source)
            failure = (
                parsed
                if isinstance(parsed, Failure)
                else intake.take(source, parsed, records.moved_to(outcome, source))
            )
            outcome = failure or outcome
        intake.conclude(source, outcome)
        door.told(source, outcome)
        return outcome

    errand = Errand(get=door.get, now=now, consume=consume, force=force, read_file=door.read_file, say=door.say)
    done = await fetch_all(written.sources.values(), stored.visits, stored.archive.records, errand)
    return Collected(intake, done.outcomes, done.visits, records.proposals(intake.records.values()))


def store(folder: Path, stored: Stored, intake: Intake) -> tuple[str, ...]:
    """Write what changed to the archive; return the names of the files written. Raises SiteError."""
    changed = replace(stored.archive, updates=intake.updates, records=intake.records)
    return archive.write(folder, changed)
