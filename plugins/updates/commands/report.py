"""The report of a run as text: a line for each source, a line in all, a table for the summary of a run in CI."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from plugins.core.errors import Problem, annotation
from plugins.core.polling.outcomes import Failure, Fetched, NotModified, Outcome, Waiting, failure_of_feed
from plugins.core.polling.report import counted, table
from plugins.updates.archive.source_record import Move
from plugins.updates.model import Source, SourceRecord
from plugins.updates.pipeline import Tally

_MOST_NAMED = 3
"""Items named in a line of those that were kept out, and problems of those that were mended."""


def line(source: Source, outcome: Outcome, tally: Tally | None) -> str:
    """Return one line on how a source answered; a failure says what to do."""
    match outcome:
        case Failure():
            return f"{source.id}: {outcome.kind}: {outcome.detail}; {outcome.remedy}"
        case Waiting():
            until = f" until {outcome.until:%Y-%m-%d %H:%M} UTC" if outcome.until else ""
            return f"{source.id}: not asked{until}: {outcome.reason}"
        case NotModified():
            return f"{source.id}: nothing new (304)"
        case Fetched():
            if outcome.unchanged or tally is None:
                return f"{source.id}: nothing new (same bytes as before)"
            mended = f"; mended: {'; '.join(tally.problems[:_MOST_NAMED])}" if tally.problems else ""
            return f"{source.id}: {', '.join(_parts(tally))}{mended}"


def _parts(tally: Tally) -> Iterator[str]:
    """Yield what came of a source's items, one figure after the other; of most, none where there are none."""
    yield f"{tally.items} items"
    yield f"{tally.new} new"
    if tally.changed:
        yield f"{tally.changed} edited"
    if tally.dropped:
        yield f"{tally.dropped} about no topic"
    yield from tally.over
    if tally.kept_out:
        named = ", ".join(tally.kept_out[:_MOST_NAMED])
        if len(tally.kept_out) > _MOST_NAMED:
            named += ", …"
        yield f"{len(tally.kept_out)} kept out, for the desk took it down: {named}"


def worth_a_line(outcome: Outcome, tally: Tally | None, *, offline: bool = False) -> bool:
    """Say whether a source gets a line on a terminal: it failed, or it brought something new or something to mend.

    Of a run without a network only what is wrong gets one, and who could not be reached does not.
    """
    if isinstance(outcome, Failure):
        return not offline or outcome.kind != "unreachable"
    if not isinstance(outcome, Fetched) or tally is None:
        return False
    if tally.problems or tally.kept_out:
        return True
    return not offline and bool(tally.new or tally.changed or tally.over)


def total(outcomes: Iterable[Outcome], tallies: Iterable[Tally]) -> str:
    """Return the run in one line."""
    new, changed = _new_and_changed(tallies)
    return f"{counted(outcomes, 'sources')} {new} new updates, {changed} edited."


def _new_and_changed(tallies: Iterable[Tally]) -> tuple[int, int]:
    new = changed = 0
    for tally in tallies:
        new += tally.new
        changed += tally.changed
    return new, changed


def offline(outcomes: Collection[Outcome], tallies: Iterable[Tally]) -> str:
    """Return the paragraph of a run in which nobody could be reached: what failed is most likely not the sources.

    Feeds saved in files were read all the same.
    """
    unreachable: list[Failure] = []
    files = 0
    for outcome in outcomes:
        failure = failure_of_feed(outcome)
        if failure and failure.kind == "unreachable":
            unreachable.append(failure)
        files += isinstance(outcome, Fetched)
    why = f"could be reached ({unreachable[0].detail}), so it is probably this machine that has no network."
    again = "run it again when there is one."
    if not files:
        return f"None of the {len(unreachable)} sources asked {why} Nothing was recorded; {again}"
    new, changed = _new_and_changed(tallies)
    came = "nothing new"
    if new or changed:
        came = f"{new} new updates, {changed} edited"
    feeds = "feed" if files == 1 else "feeds"
    read = f"Read {files} {feeds} from files, without a network: {came}."
    return f"{read} None of the {len(unreachable)} live sources {why} Nothing was recorded of them; {again}"


def silent(sources: Iterable[Source], records: Mapping[str, SourceRecord], now: datetime) -> list[str]:
    """Return a line for each source that answers and has brought nothing new for longer than its `silent_after`."""
    lines = []
    for source in sources:
        record = records.get(source.id)
        if record is None or record.last_new is None or record.failure:
            continue
        days = (now.date() - record.last_new).days
        if days > source.silent_after:
            lines.append(f"{source.id}: silent: nothing new for {days} days; look whether its feed has moved")
    return lines


def moved(moves: Iterable[Move]) -> list[str]:
    """Return a line for each move that an editor can accept."""
    lines = []
    for move in moves:
        remedy = "look at it, then run `./inv fetch --accept-moves`"
        lines.append(f"{move.source}: moved: its feed redirects for good to {move.to}; {remedy}")
    return lines


def summary(sources: Mapping[str, Source], outcomes: Mapping[str, Outcome], tallies: Mapping[str, Tally]) -> str:
    """Return the run as a Markdown table, failures first."""
    lines: dict[str, str] = {}
    titles: dict[str, str] = {}
    for name, outcome in outcomes.items():
        lines[name] = line(sources[name], outcome, tallies.get(name)).removeprefix(f"{name}: ")
        titles[name] = sources[name].title
    return table("Updates", "Source", total(outcomes.values(), tallies.values()), outcomes, titles, lines)


def over_budget(sources: Mapping[str, Source], tallies: Mapping[str, Tally]) -> list[str]:
    """Return a GitHub annotation for each budget that a source has reached."""
    warnings: list[str] = []
    for name, tally in tallies.items():
        for told in tally.over:
            what, _, remedy = told.rpartition("; ")  # as in a problem, what to do comes last
            warnings.append(_warning(sources[name], what, remedy))
    return warnings


def annotations(sources: Mapping[str, Source], outcomes: Mapping[str, Outcome]) -> list[str]:
    """Return a GitHub annotation for each failed source."""
    warnings: list[str] = []
    for name, outcome in outcomes.items():
        if isinstance(outcome, Failure):
            warnings.append(_warning(sources[name], f"{outcome.kind}: {outcome.detail}", outcome.remedy))
    return warnings


def _warning(source: Source, what: str, remedy: str) -> str:
    problem = Problem("content/updates/sources.toml", 0, f"{source.id}: {what}", remedy)
    return annotation("warning", problem, source.title)
