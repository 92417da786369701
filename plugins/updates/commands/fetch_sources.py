"""`./inv fetch`: one run, from the content folder's sources to its archive. Two runs at once are refused."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core import files
from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.core.escapes import for_markdown, for_terminal
from plugins.core.locks import run_lock
from plugins.core.logs import logging_to_terminal
from plugins.core.made_files import remove
from plugins.core.net.client import Network
from plugins.core.net.http import user_agent
from plugins.core.polling import report as polling_report
from plugins.core.polling import state_file
from plugins.core.polling.outcomes import Outcome
from plugins.sections import content_folder
from plugins.sections.settings import SiteSettings
from plugins.updates import pipeline
from plugins.updates.archive import dropped_items, source_record
from plugins.updates.commands import report
from plugins.updates.commands.forget_texts import forget_texts
from plugins.updates.config.feed_moves import accepted
from plugins.updates.config.load import HandWritten, read_archive, read_content
from plugins.updates.config.paths import Places
from plugins.updates.model import Source
from plugins.updates.parse import parse_cache
from plugins.updates.parse.worker_pool import ParsePool
from plugins.updates.pipeline import Collected, Outside, Progress, Stored
from plugins.updates.settings import UpdatesSettings


@dataclass(frozen=True, slots=True)
class Options:
    """The options of the command line.

    `force` asks sources that are not due too; `refilter` filters once more what the topics dropped lately; `only` are
    ids of sources; `allow` are hosts or networks that may have private addresses; `now` is the time in a replay.
    `verbose` prints every decision as it is made; in GitHub's CI all are written to .cache/updates/fetch.log anyway.
    """

    force: bool = False
    dry_run: bool = False
    refilter: bool = False
    verbose: bool = False
    accept_archive: bool = False
    only: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    now: datetime | None = None


def fetch(settings: Settings, options: Options) -> None:
    """Ask the sources and archive what the topics keep.

    A source that fails is reported and harms no other. Raises SiteError where the content is wrong, the archive is
    damaged, or another run is going on.
    """
    site = settings.of(SiteSettings)
    content_folder.check(site.content)
    places = Places(site.content)
    written = read_content(places.updates, ZoneInfo(site.timezone))
    written = _chosen(written, options)
    if not written.sources:
        print("No sources: content/updates/sources.toml names none, so there is nothing to fetch.")
        return
    log_file = places.cache / "fetch.log" if os.environ.get("GITHUB_ACTIONS") else None
    with run_lock(places.cache / "run.lock"), logging_to_terminal(verbose=options.verbose, file=log_file):
        _run(settings, options, places, written)


def accept_moves(content: Path) -> None:
    """Write the new address of every feed that has moved for good into sources.toml, and say which."""
    places = Places(content)
    moves = source_record.proposals(read_archive(places.archive).records.values())
    path = places.updates / "sources.toml"
    if moves:
        files.replace(path, accepted(files.read_text(path), moves).encode())
    for move in moves:
        print(for_terminal(f"{move.source}: feed is now {move.to}"))
    if not moves:
        print("No feed has moved.")


def _run(settings: Settings, options: Options, places: Places, written: HandWritten) -> None:
    stored = _stored(places, options)
    for notice in stored.archive.notices:
        print(notice, file=sys.stderr)
    with _progress(len(written.sources)) as progress:
        collected = asyncio.run(_collect(settings, options, places, written, stored, progress))
    if collected.offline and not collected.tallies:
        _print_report(written, collected)
        return
    if options.refilter:
        again = pipeline.filter_again(collected, written.topics, written.sources)
        print(f"{again.new} of {again.items} items dropped lately are kept by the topics as they are now.")
    if options.dry_run:
        print("Dry run: nothing was written.")
    else:
        # The feeds' states last: a run killed before them asks again in full, and nothing is lost behind a 304.
        pipeline.store(places.archive, stored, collected)
        dropped_items.write(places.dropped, collected.remaining_drops())
        if options.only:
            state_file.save(places.states, {**stored.states, **collected.states})  # the others' are as they were
        else:
            state_file.save(places.states, collected.states)
            parse_cache.forget(places.items, written.sources)
        for name, tally in collected.tallies.items():
            if tally.kept_out:
                remove(places.items / f"{name}.json")  # where the text that was kept out is
        forget_texts(places, written.desk.orders, collected.down)
    _print_report(written, collected)


def _chosen(written: HandWritten, options: Options) -> HandWritten:
    """Return the content, with the sources that were asked for alone. Raises SiteError."""
    misused: list[Problem] = []
    for name in options.only:
        if name not in written.sources:
            remedy = "use an id of content/updates/sources.toml"
            misused.append(Problem("", 0, f"there is no source {name!r}", remedy))
    if written.problems:
        raise SiteError([*written.problems, *misused])
    if misused:
        raise MisuseError(misused)
    if not options.only:
        return written
    return replace(written, sources={name: written.sources[name] for name in options.only})


def _stored(places: Places, options: Options) -> Stored:
    kept = read_archive(places.archive, accept=options.accept_archive)
    drops, problems = dropped_items.read(places.dropped)
    for problem in problems:
        print(problem, file=sys.stderr)
    # What the archive lost may still be in the feeds, so they are asked without the validators of the last answer.
    states = {} if options.accept_archive else state_file.load(places.states)
    return Stored(kept, drops, states)


async def _collect(
    settings: Settings, options: Options, places: Places, written: HandWritten, stored: Stored, progress: Progress
) -> Collected:
    site, own = settings.of(SiteSettings), settings.of(UpdatesSettings)
    name = user_agent(site.siteurl, site.contact)
    try:
        network = Network(user_agent=name, allow=options.allow, in_flight=own.in_flight, host_gap=own.host_gap)
    except ValueError as error:
        raise MisuseError([Problem("", 0, f"--allow-private-host: {error}", "correct it")]) from error
    cache = None if options.dry_run else places.items
    async with network as net, ParsePool(written.topics, cache, own.budgets.item) as pool:
        outside = Outside(net.get, pool.parse, lambda path: (places.updates / path).read_bytes(), progress)
        now = options.now or datetime.now(UTC)
        return await pipeline.collect(written, stored, outside, now, force=options.force, budgets=own.budgets)


@contextmanager
def _progress(count: int) -> Iterator[Progress]:
    """Show a progress bar on a terminal while sources are asked; nothing elsewhere, as the report at the end has all.

    What is yielded is called for each of the `count` sources when it has answered.
    """
    if not sys.stderr.isatty():
        yield lambda source, outcome: None
        return
    # Imported here: rich takes its time to load, and CI has no terminal.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[last]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as shown:
        job = shown.add_task("sources", total=count, last="")

        def advance(source: Source, outcome: Outcome) -> None:
            shown.update(job, advance=1, last=source.title)

        yield advance


def _print_report(written: HandWritten, collected: Collected) -> None:
    """Print how each source answered; in GitHub's CI also as annotations of sources.toml and in the run's summary."""
    tallies, remembered = collected.tallies, collected.records
    for name, outcome in collected.outcomes.items():
        if report.worth_a_line(outcome, tallies.get(name), offline=collected.offline):
            print(for_terminal(report.line(written.sources[name], outcome, tallies.get(name))))
    if collected.offline:
        print(for_terminal(report.offline(collected.outcomes.values(), tallies.values())))
        return
    moved = report.moved(source_record.proposals(remembered.values()))
    notes = [*report.silent(written.sources.values(), remembered, collected.now), *moved]
    asked = polling_report.not_asked(collected.outcomes.values())
    lines = (*notes, report.total(collected.outcomes.values(), tallies.values()), *asked)
    print(*map(for_terminal, lines), sep="\n")
    if os.environ.get("GITHUB_ACTIONS"):
        warnings = report.annotations(written.sources, collected.outcomes)
        print(*warnings, *report.over_budget(written.sources, tallies), sep="\n")
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary:
        text = report.summary(written.sources, collected.outcomes, tallies)
        with Path(summary).open("a", encoding="utf-8") as out:
            out.write(text)
            for note in notes:
                out.write(f"- {for_markdown(note)}\n")
