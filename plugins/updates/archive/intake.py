"""Which of a source's new updates are taken in by a run: what its budgets leave room for, the newest first.

What is held back is not lost: it comes again for as long as the feed has it. A feed that is a little over its budget
has all of it in within days. Of one that brings many times as much less is taken, the more it is: of ten times a day's
budget, a hundredth of the budget. So nothing is won by flooding.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from plugins.updates.budgets import HISTORY, IntakeBudget
from plugins.updates.model import Source, Update, ids_of, without

FULL_TEXT_TIMES = 4
"""Times the bytes of a day that a source may bring whose full texts are kept."""

FIRST_TIMES = 3
"""Times a day's budget that a feed may have at its first answer and still bring all of it: an editor chose the feed."""

_SPREAD = 3
"""Times a day's new updates that a source may have on the page of one day, over all runs."""
_REMEDY = "look at the feed, and if it is right, set `allowance` for the source in sources.toml"

SizeOf = Callable[[Update], int]


@dataclass(frozen=True, slots=True)
class Intake:
    """The updates that are taken in, and of the others how many are `held` back until later, and how many too `old`.

    `unedited` are archived ones whose new headline is left to a later run.
    """

    taken: tuple[Update, ...]
    held: int = 0
    old: int = 0
    unedited: int = 0


def admit(
    new: Collection[Update],
    archived: Collection[Update],
    source: Source,
    budget: IntakeBudget,
    now: datetime,
    size_of: SizeOf,
    *,
    is_first: bool,
) -> Intake:
    """Return what is taken in of a source's `new` updates at `now`; `archived` are those it has already.

    At a source's first answer its history is welcome: old updates too, as far as the recent ones leave room for it.
    `size_of` says how many bytes an update takes.
    """
    if not new:
        return Intake(())
    earliest = now - timedelta(days=budget.oldest_days * source.allowance)
    recent: list[Update] = []
    history: list[Update] = []
    for update in new:
        if update.date_from == "first-seen" or update.published >= earliest:
            recent.append(update)
        else:
            history.append(update)
    today = [update for update in archived if _day(update.first_seen) == _day(now)]
    patience = FIRST_TIMES if is_first else 1
    most, most_bytes = _of_the_day([*today, *recent], source, budget, size_of, patience)
    room = max(0, most - len(today))
    if not is_first:
        room = min(room, budget.new_a_fetch * source.allowance)
    taken = _fitting(_newest_first(recent), room, most_bytes - sum(map(size_of, today)), size_of)
    if not today and not taken:
        # One a day comes in, however large it is: or nothing would ever come of a source whose items all are.
        taken = _newest_first(recent)[:1]
    taken = _spread(taken, archived, _SPREAD * budget.new_a_day * source.allowance)
    held = len(recent) - len(taken)
    if not is_first or held:
        return Intake(tuple(taken), held, len(history))
    left = most_bytes - sum(map(size_of, taken))
    past = _fitting(_newest_first(history), min(HISTORY, room - len(taken)), left, size_of)
    return Intake((*taken, *past), 0, len(history) - len(past))


def edits_within(
    known: Sequence[Update], archived: Mapping[str, Update], source: Source, budget: IntakeBudget, now: datetime
) -> list[Update]:
    """Return what came of updates that are archived, with as many new headlines as the source may have in a day.

    Each leaves the one before behind: a feed of 2,000 items, each reworded at every fetch, grew the archive by its own
    size each time. Edits without a new headline take no room, and are bounded for each update by `merge`.
    """
    reworded = [update for update in known if update.title and update.title != archived[update.id].title]
    if not reworded:
        return list(known)
    today = 0
    for update in archived.values():
        for earlier in update.earlier_titles:
            today += _day(earlier.until) == _day(now)
    room = max(0, budget.new_a_day * source.allowance - today)
    left = ids_of(_newest_first(reworded)[room:])
    return without(known, left)


def told(intake: Intake, cut: int, row_bytes: int, source: Source, budget: IntakeBudget) -> Iterator[str]:
    """Yield what a run's report says of the budgets a source has reached; `cut` updates were over their `row_bytes`."""
    if intake.held:
        a_fetch = f"{budget.new_a_fetch * source.allowance} in a fetch (UPDATES_NEW_A_FETCH)"
        a_day = f"{budget.new_a_day * source.allowance} (UPDATES_NEW_A_DAY)"
        bytes_a_day = f"{budget.bytes_a_day * source.allowance} bytes (UPDATES_BYTES_A_DAY)"
        what = f"{intake.held} of {intake.held + len(intake.taken)} new updates are held back"
        figures = f"more than {a_fetch}, {a_day} or {bytes_a_day} in a day"
        yield f"{what}: {figures}; they may come in with the next runs; {_REMEDY}"
    if intake.unedited:
        figure = f"{budget.new_a_day * source.allowance} (UPDATES_NEW_A_DAY)"
        yield f"{intake.unedited} changed headlines are left for later: more than {figure} in a day; {_REMEDY}"
    if intake.old:
        limit = f"{budget.oldest_days * source.allowance} days (UPDATES_OLDEST_DAYS)"
        yield f"{intake.old} updates that are new here are dated more than {limit} back, and left out; {_REMEDY}"
    if cut:
        setting = "UPDATES_TEXT_BYTES" if source.full_text else "UPDATES_ROW_BYTES"
        yield f"{cut} updates were cut to {row_bytes} bytes ({setting}); raise it if their text is worth it"


def _of_the_day(
    wanted: Iterable[Update], source: Source, budget: IntakeBudget, size_of: SizeOf, patience: int
) -> tuple[int, int]:
    """Return how many updates, and bytes of them, a source may bring on a day on which it brings what is `wanted`.

    Up to `patience` times its budget it may bring all of the budget.
    """
    sizes = list(map(size_of, wanted))
    most = budget.new_a_day * source.allowance
    most_bytes = budget.bytes_a_day * source.allowance
    if source.full_text:
        most_bytes *= FULL_TEXT_TIMES
    times = max(1.0, len(sizes) / most / patience, sum(sizes) / most_bytes / patience)
    return max(1, int(most / times**2)), int(most_bytes / times**2)


def _fitting(updates: Iterable[Update], most: int, most_bytes: int, size_of: SizeOf) -> list[Update]:
    """Return the first updates, as many as there is room for."""
    taken: list[Update] = []
    for update in updates:
        most_bytes -= size_of(update)
        if len(taken) >= most or most_bytes < 0:
            break
        taken.append(update)
    return taken


def _spread(updates: Iterable[Update], archived: Iterable[Update], most: int) -> list[Update]:
    """Return the updates without those of a day that has `most` of the source already: its page has to be read too."""
    on_day = Counter(map(_day_shown, archived))
    kept: list[Update] = []
    for update in updates:
        day = _day_shown(update)
        on_day[day] += 1
        if on_day[day] <= most:
            kept.append(update)
    return kept


def _newest_first(updates: Iterable[Update]) -> list[Update]:
    return sorted(updates, key=lambda update: (-update.sorted_by.timestamp(), update.id))


def _day_shown(update: Update) -> date:
    return _day(update.sorted_by)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()
