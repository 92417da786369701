"""The report of a watch as text: a line for each board, what happened to each listing, a table for CI."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from plugins.core.errors import Problem, annotation
from plugins.core.polling import report
from plugins.core.polling.outcomes import Failure, Fetched, NotModified, Outcome, Waiting
from plugins.listings.board import Board
from plugins.listings.config.boards_file import FILE
from plugins.listings.posting import ArchivedListing, Event
from plugins.listings.watch.changes import ListingChange
from plugins.listings.watch.watch_run import BoardTally

MOST_TOLD = 50
"""Listings that a report names of each kind of event; the archive has them all."""
_OVER_BUDGET = "more than LISTINGS_NEW_A_DAY or LISTINGS_TEXT_A_DAY; look at the board, and if it is right, raise them"
_EVENTS: Mapping[Event, str] = {
    "opened": "new",
    "relisted": "listed again",
    "reopened": "reopened",
    "returned": "there again",
    "changed": "reworded",
    "missing": "missing",
    "closed": "closed",
}


def line(board: Board, outcome: Outcome, tally: BoardTally | None) -> str:
    """Return one line on how a board answered; a failure says what to do."""
    tally = tally or BoardTally()
    brought = _brought(tally)
    match outcome:
        case Failure():
            failed = f"{board.id}: {outcome.kind}: {outcome.detail}; {outcome.remedy}"
            return f"{failed} ({brought})" if brought else failed
        case Waiting():
            until = f" until {outcome.until:%Y-%m-%d %H:%M} UTC" if outcome.until else ""
            return f"{board.id}: not asked{until}: {outcome.reason}"
        case NotModified():
            return f"{board.id}: {brought or 'nothing new'}"
        case Fetched():
            postings = "1 posting" if tally.present == 1 else f"{tally.present} postings"
            return f"{board.id}: {postings}, {brought or 'nothing new'}"


def worth_a_line(outcome: Outcome, tally: BoardTally | None) -> bool:
    """Say whether a board gets a line on a terminal: it failed, or there is something to say of it."""
    return isinstance(outcome, Failure) or bool(tally and _brought(tally))


def total(outcomes: Iterable[Outcome], tallies: Iterable[BoardTally]) -> str:
    """Return the run in one line."""
    sums = Counter[Event]()
    for tally in tallies:
        sums.update(tally.events)
    parts = [f"{sums.pop('opened', 0)} new listings", *_counted(sums)]
    return f"{report.counted(outcomes, 'boards')} {', '.join(parts)}."


def told(happened: Iterable[ListingChange]) -> Iterator[str]:
    """Yield a line for what happened to each listing, by event; of very many, how many more there are."""
    by_event: defaultdict[Event, list[ArchivedListing]] = defaultdict(list)
    for one in happened:
        by_event[one.event].append(one.listing)
    for event, word in _EVENTS.items():
        same = by_event[event]
        for listing in same[:MOST_TOLD]:
            yield f"  {word}: {_named(listing)}"
        if len(same) > MOST_TOLD:
            yield f"  {word}: {len(same) - MOST_TOLD} more"


def companies(renamed: Mapping[str, tuple[str, str]], first: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each board that names its company for the first time, or another one than before.

    Boards have names that others have too: an editor should see whose it is.
    """
    for id, name in sorted(first.items()):
        yield f"{id}: the board calls itself “{name}”; if that is another company, correct boards.toml"
    for id, (before, name) in sorted(renamed.items()):
        what = f"the board calls itself “{name}”, and was “{before}” before"
        yield f"{id}: {what}; look whether it is still the same company"


def uncommented(listings: Iterable[ArchivedListing], commented: frozenset[str]) -> str:
    """Return how many listings that are open have no commentary, and how one is begun; "" where none is."""
    waiting = [one for one in listings if one.is_there and one.id not in commented]
    if not waiting:
        return ""
    newest = max(waiting, key=lambda one: (one.first_seen, one.id))
    return f"Not yet commented on: {len(waiting)}. Begin with: ./inv new listing {newest.id}"


def summary(boards: Mapping[str, Board], outcomes: Mapping[str, Outcome], tallies: Mapping[str, BoardTally]) -> str:
    """Return the run as a Markdown table, failures first."""
    lines: dict[str, str] = {}
    titles: dict[str, str] = {}
    for id, outcome in outcomes.items():
        lines[id] = line(boards[id], outcome, tallies.get(id)).removeprefix(f"{id}: ")
        titles[id] = boards[id].employer
    return report.table("Listings", "Board", total(outcomes.values(), tallies.values()), outcomes, titles, lines)


def annotations(
    boards: Mapping[str, Board], lines: Mapping[str, int], outcomes: Mapping[str, Outcome]
) -> Iterator[str]:
    """Yield a GitHub annotation for each failed board, at its line of boards.toml."""
    for id, outcome in outcomes.items():
        if isinstance(outcome, Failure):
            what = f"{id}: {outcome.kind}: {outcome.detail}"
            problem = Problem(f"content/{FILE}", lines.get(id, 0), what, outcome.remedy)
            yield annotation("warning", problem, boards[id].employer)


def _brought(tally: BoardTally) -> str:
    parts = _counted(tally.events)
    if tally.left:
        parts.append(f"{tally.left} to be read in the next run")
    if tally.unread:
        parts.append(f"{tally.unread} could not be read, and stay as they were")
    if tally.held:
        parts.append(f"{tally.held} held back for a later run: {_OVER_BUDGET}")
    return ", ".join(parts)


def _counted(events: Counter[Event]) -> list[str]:
    return [f"{events[event]} {word}" for event, word in _EVENTS.items() if events[event]]


def _named(listing: ArchivedListing) -> str:
    words = [listing.now.title, listing.now.location]
    # The advertisement's own words, where it has any, before its board's fields.
    for pay in sorted(listing.now.pay, key=lambda one: one.of_fields)[:1]:
        words.append(pay.quote)
    named = f"{listing.id}  {' · '.join(filter(None, words))}"
    return f"{named} (was {listing.relisting_of})" if listing.relisting_of else named
