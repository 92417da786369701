"""`./inv listings`: one run, from the boards of boards.toml to the archive. Two runs at once are refused."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.core.escapes import for_markdown, for_terminal
from plugins.core.locks import run_lock
from plugins.core.logs import logging_to_terminal
from plugins.core.net.client import Network
from plugins.core.net.http import user_agent
from plugins.core.polling import report as polling_report
from plugins.core.polling import state_file
from plugins.listings.archive import listings_folder
from plugins.listings.board import Board, BoardBudget
from plugins.listings.commands import looks_file, report
from plugins.listings.config.boards_file import Boards, read_boards
from plugins.listings.config.paths import ListingPlaces
from plugins.listings.load import commented_on, read_listings
from plugins.listings.settings import ListingsSettings
from plugins.listings.watch.clock import Clock, clock_at
from plugins.listings.watch.watch_run import StoredBoards, WatchAdapters, Watched, Wishes, watch
from plugins.sections.settings import SiteSettings


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """The options of the command line.

    `due` reads only boards whose hour has come. `full` asks for everything, without validators. `only` are ids of
    boards; `accept_shrunk` ids of boards whose listings are gone indeed; `allow` hosts or networks that may have
    private addresses; `now` is the time in a replay. `verbose` prints every decision as it is made; in GitHub's CI all
    are written to .cache/listings/listings.log anyway.
    """

    due: bool = False
    full: bool = False
    dry_run: bool = False
    verbose: bool = False
    accept_archive: bool = False
    only: tuple[str, ...] = ()
    accept_shrunk: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    now: datetime | None = None


def watch_boards(settings: Settings, options: WatchOptions) -> None:
    """Read the boards and archive what has changed on them.

    A board that fails is reported and harms no other. Raises SiteError where boards.toml is wrong, the archive is
    damaged, or another run is going on.
    """
    places = ListingPlaces(settings.of(SiteSettings).content)
    boards = _chosen(read_boards(places.content), options)
    if not boards.boards:
        if not options.due:  # ./inv site says nothing of a part that a site does not have
            print("No boards: content/listings/boards.toml names none, so there is nothing to watch.")
        return
    log_file = None
    if os.environ.get("GITHUB_ACTIONS"):
        log_file = places.cache / "listings.log"
    with run_lock(places.cache / "run.lock"), logging_to_terminal(verbose=options.verbose, file=log_file):
        _run(settings, options, places, boards)


def _chosen(boards: Boards, options: WatchOptions) -> Boards:
    """Return the boards that were asked for. Raises SiteError."""
    named = (*options.only, *options.accept_shrunk)
    remedy = "use an id of content/listings/boards.toml"
    misused = [Problem("", 0, f"there is no board {name!r}", remedy) for name in named if name not in boards.by_id]
    if boards.problems:
        raise SiteError([*boards.problems, *misused])
    if misused:
        raise MisuseError(misused)
    if not options.only:
        return boards
    return replace(boards, boards=tuple(board for board in boards.boards if board.id in options.only))


def _run(settings: Settings, options: WatchOptions, places: ListingPlaces, boards: Boards) -> None:
    archive = listings_folder.read(places.archive, accept=options.accept_archive)
    for notice in archive.notices:
        print(notice, file=sys.stderr)
    # What the archive lost may still be on the boards, so they are asked without the validators of the last answer.
    states = {} if options.accept_archive else state_file.load(places.states)
    stored = StoredBoards(archive, states, looks_file.load(places.looked_at))
    clock = clock_at(options.now or datetime.now(UTC))
    with _progress(len(boards.boards)) as progress:
        watched = asyncio.run(_watch(settings, options, places, boards, stored, clock, progress))
    if options.dry_run:
        print("Dry run: nothing was written.")
    else:
        # The boards' states last: a run killed before them asks again in full, and nothing is lost behind a 304.
        listings_folder.write(places.archive, replace(archive, listings=watched.listings, boards=watched.records))
        state_file.save(places.states, {**states, **watched.states})
        looks_file.save(places.looked_at, {**stored.looks, **watched.looks})
    _print_report(places, boards, stored, watched, options)


async def _watch(
    settings: Settings,
    options: WatchOptions,
    places: ListingPlaces,
    boards: Boards,
    stored: StoredBoards,
    clock: Clock,
    progress: Callable[[Board], None],
) -> Watched:
    site, own = settings.of(SiteSettings), settings.of(ListingsSettings)
    name = user_agent(site.siteurl, site.contact)
    try:
        network = Network(user_agent=name, allow=options.allow, in_flight=own.in_flight, host_gap=own.host_gap)
    except ValueError as error:
        raise MisuseError([Problem("", 0, f"--allow-private-host: {error}", "correct it")]) from error
    wishes = Wishes(
        most_details=own.details,
        budget=BoardBudget(own.new_a_day, own.text_a_day),
        force=not options.due,
        full=options.full,
        accept_shrunk=frozenset(options.accept_shrunk),
    )
    async with network as net:
        outside = WatchAdapters(get=net.get, post=net.post_json, folder=places.written, progress=progress)
        return await watch(boards.boards, stored, outside, clock, wishes)


@contextmanager
def _progress(count: int) -> Iterator[Callable[[Board], None]]:
    """Show a progress bar on a terminal while boards are read; nothing elsewhere, as the report at the end has all."""
    if not sys.stderr.isatty():
        yield lambda board: None
        return
    # Imported here: rich takes its time to load, and CI has no terminal.
    from plugins.core import console  # noqa: PLC0415

    with console.progress(console.open_console(sys.stderr), "Reading the boards", count) as advance:
        yield lambda board: advance()


def _print_report(
    places: ListingPlaces, boards: Boards, stored: StoredBoards, watched: Watched, options: WatchOptions
) -> None:
    """Print how each board answered; in GitHub's CI also as annotations of boards.toml and in the run's summary."""
    by_id = boards.by_id
    for id, outcome in watched.outcomes.items():
        if report.worth_a_line(outcome, watched.tallies.get(id)) and not watched.offline:
            print(for_terminal(report.line(by_id[id], outcome, watched.tallies.get(id))))
    for told in report.told(watched.told):
        print(for_terminal(told))
    notes = _companies(boards, stored, watched)
    commented = commented_on(read_listings(places.written))
    waiting = report.uncommented(watched.listings.values(), commented)
    if waiting and not options.due:
        notes.append(waiting)
    if watched.offline:
        notes.append(polling_report.offline(watched.outcomes.values(), "boards"))
    else:
        notes.append(report.total(watched.outcomes.values(), watched.tallies.values()))
        notes += polling_report.not_asked(watched.outcomes.values())
    print(*map(for_terminal, notes), sep="\n")
    if os.environ.get("GITHUB_ACTIONS"):
        print(*report.annotations(by_id, boards.lines, watched.outcomes), sep="\n")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        text = report.summary(by_id, watched.outcomes, watched.tallies)
        with Path(summary).open("a", encoding="utf-8") as out:
            out.write(text)
            for note in notes:
                out.write(f"- {for_markdown(note)}\n")


def _companies(boards: Boards, stored: StoredBoards, watched: Watched) -> list[str]:
    """Return a line for each board that names its company for the first time, or another one than before."""
    first: dict[str, str] = {}
    renamed: dict[str, tuple[str, str]] = {}
    for board in boards.boards:
        record = watched.records.get(board.id)
        tally = watched.tallies.get(board.id)
        before = stored.archive.boards.get(board.id)
        if record and record.company and not (before and before.company):
            first[board.id] = record.company
        if record and tally and tally.renamed:
            renamed[board.id] = (tally.renamed, record.company)
    return list(report.companies(renamed, first))
