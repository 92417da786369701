"""`./inv fetch`, its second part: the calendars among the sources, from their addresses to the archive."""

import asyncio
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, annotation
from plugins.core.escapes import for_terminal
from plugins.core.locks import run_lock
from plugins.core.logs import logging_to_terminal
from plugins.core.net.client import Network
from plugins.core.net.http import user_agent
from plugins.core.polling import report as polling_report
from plugins.core.polling import state_file
from plugins.core.polling.outcomes import Failure, Outcome
from plugins.events.archive import events_folder
from plugins.events.archive.merge import CalendarTally
from plugins.events.calendars import reader_process
from plugins.events.collect import CollectedEvents, collect, take_down
from plugins.events.config.calendars_file import read_calendars
from plugins.events.config.events_file import read_events
from plugins.events.config.paths import EventPlaces
from plugins.events.model import Calendar
from plugins.sections.settings import SiteSettings

_SOURCES = "content/updates/sources.toml"


@dataclass(frozen=True, slots=True)
class FetchCalendarsOptions:
    """The options of the command line, as for the updates; `only` are ids of sources."""

    force: bool = False
    dry_run: bool = False
    verbose: bool = False
    accept_archive: bool = False
    only: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    now: datetime | None = None


def fetch(settings: Settings, options: FetchCalendarsOptions) -> None:
    """Ask the calendars and archive what is new in them, or was changed; carry out the desk's takedowns.

    A calendar that fails is reported and harms no other. Raises SiteError where the archive is damaged, or another run
    is going on. A site without calendars hears nothing of it.
    """
    site = settings.of(SiteSettings)
    calendars = read_calendars(site.content, ZoneInfo(site.timezone))
    if options.only:
        calendars = tuple(calendar for calendar in calendars if calendar.id in options.only)
    places = EventPlaces(site.content)
    if not calendars and not places.archive.is_dir():
        return
    with run_lock(places.cache / "run.lock"), logging_to_terminal(verbose=options.verbose):
        _run(settings, options, places, calendars)


def _run(
    settings: Settings, options: FetchCalendarsOptions, places: EventPlaces, calendars: Sequence[Calendar]
) -> None:
    archive = events_folder.read(places.archive, accept=options.accept_archive)
    for notice in archive.notices:
        print(notice, file=sys.stderr)
    collected = CollectedEvents(dict(archive.events), dict(archive.calendars), {})
    if not options.accept_archive:  # without states each calendar is asked in full, for what the archive has lost
        collected.states = state_file.load(places.states)
    if calendars:
        collected = asyncio.run(_collect(settings, options, calendars, collected))
    take_down(collected.events, [order.event for order in read_events(places.content).rows["takedown"]])
    if not options.dry_run:
        # The states last: a run killed before them asks again in full, and nothing is lost behind a 304.
        changed = replace(archive, events=collected.events, calendars=collected.records)
        events_folder.write(places.archive, changed)
        state_file.save(places.states, collected.states)
    _report(calendars, collected)


async def _collect(
    settings: Settings, options: FetchCalendarsOptions, calendars: Iterable[Calendar], stored: CollectedEvents
) -> CollectedEvents:
    site = settings.of(SiteSettings)
    try:
        network = Network(user_agent=user_agent(site.siteurl, site.contact), allow=options.allow)
    except ValueError as error:
        raise MisuseError([Problem("", 0, f"--allow-private-host: {error}", "correct it")]) from error
    async with network as net:
        now = options.now or datetime.now(UTC)
        return await collect(calendars, stored, net.get, reader_process.read, now, force=options.force)


def _report(calendars: Sequence[Calendar], collected: CollectedEvents) -> None:
    """Print how each calendar answered, where it is worth a line, and the whole in one; annotations in GitHub's CI."""
    if not calendars:
        return
    if collected.offline:
        print(for_terminal(polling_report.offline(collected.outcomes.values(), "calendars")))
        return
    titles = {calendar.id: calendar.title for calendar in calendars}
    said = {}
    for id, outcome in sorted(collected.outcomes.items()):
        lines = _lines(outcome, collected.tallies.get(id))
        for line in lines:
            print(for_terminal(f"{titles[id]}: {line}"))
        said[id] = "; ".join(lines) or "nothing new"
    total = polling_report.counted(collected.outcomes.values(), "calendars")
    print(total)
    if os.environ.get("GITHUB_ACTIONS"):
        for id, outcome in sorted(collected.outcomes.items()):
            if isinstance(outcome, Failure):
                what = f"{titles[id]}: {outcome.kind}: {outcome.detail}"
                print(annotation("warning", Problem(_SOURCES, 0, what, outcome.remedy)))
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as out:
            out.write(polling_report.table("Calendars", "Calendar", total, collected.outcomes, titles, said))


def _lines(outcome: Outcome, tally: CalendarTally | None) -> list[str]:
    """Return what is worth saying of a calendar's answer; `tally` is what came of what it had, if it had anything."""
    if isinstance(outcome, Failure):
        return [f"{outcome.kind}: {outcome.detail}; {outcome.remedy}"]
    if tally is None:
        return []
    lines = [f"left out: {problem}" for problem in tally.problems]
    counts = {"new": tally.new, "moved": tally.moved, "cancelled": tally.cancelled, "withdrawn": tally.withdrawn}
    if changed := [f"{count} {what}" for what, count in counts.items() if count]:
        lines.insert(0, f"{', '.join(changed)} of {tally.events} times")
    return lines
