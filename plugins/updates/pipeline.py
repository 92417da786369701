"""The wire's table of contents: what is called, in which order. No logic of its own.

collect   rounds (schedule ▶ fetch) ▶ parse ▶ intake (identity ▶ filter ▶ merge) ▶ archive
publish   archive, by hand ▶ stories ▶ entries ▶ pages, feeds          (see `section`)
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from plugins.core.net.http import Get
from plugins.updates.archive import archive_folder, source_record
from plugins.updates.archive.ingest import Intake
from plugins.updates.archive.rows import Drop
from plugins.updates.config.load import Written
from plugins.updates.desk.takedowns import takedowns
from plugins.updates.fetch.rounds import Errand, fetch_all
from plugins.updates.model import Parsed, Source
from plugins.updates.outcomes import Failure, Fetched, Outcome, Visit

Parse = Callable[[Fetched, Source], Awaitable[Parsed | Failure]]
Told = Callable[[Source, Outcome], None]


@dataclass(frozen=True, slots=True)
class Stored:
    """What earlier runs left in the archive, and in the cache."""

    archive: archive_folder.Archive
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
    """What a run found: the archive as it should be written, and how each source answered; `offline` as in `Round`."""

    intake: Intake
    outcomes: Mapping[str, Outcome]
    visits: Mapping[str, Visit]
    moves: tuple[source_record.Move, ...]
    offline: bool


async def collect(written: Written, stored: Stored, door: Door, now: datetime, *, force: bool = False) -> Collected:
    """Ask every source that is due, and merge what it says into the archive's updates. Writes nothing."""
    down = takedowns(written.desk.orders)
    updates, known = down.without_text(stored.archive.updates), dict(stored.archive.records)
    intake = Intake(updates, known, stored.drops, written.topics, now, down)
    # The archive is read, once, while the processes start that read the first feeds; they would wait for it after.
    opening = cache(lambda: asyncio.create_task(asyncio.to_thread(intake.open)))

    async def consume(source: Source, outcome: Outcome) -> Outcome:
        if isinstance(outcome, Fetched) and not outcome.unchanged:
            opened = opening()
            parsed = await door.parse(outcome, source)
            await opened
            failure = (
                parsed
                if isinstance(parsed, Failure)
                else intake.take(source, parsed, source_record.moved_to(outcome, source))
            )
            outcome = failure or outcome
        intake.conclude(source, outcome)
        door.told(source, outcome)
        return outcome

    errand = Errand(get=door.get, now=now, consume=consume, force=force, read_file=door.read_file, say=door.say)
    done = await fetch_all(written.sources.values(), stored.visits, stored.archive.records, errand)
    return Collected(intake, done.outcomes, done.visits, source_record.proposals(intake.records.values()), done.offline)


def store(folder: Path, stored: Stored, intake: Intake) -> tuple[str, ...]:
    """Write what changed to the archive; return the names of the files written. Raises SiteError."""
    changed = replace(stored.archive, updates=intake.updates, records=intake.records)
    return archive_folder.write(folder, changed)
