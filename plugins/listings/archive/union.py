"""Two rows of one listing, or of one board, as git leaves them after two branches were merged: they become one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from plugins.listings.archive.codec import STILL_THERE
from plugins.listings.posting import ArchivedListing, BoardRecord, Event, Happening, Snapshot

_NOTHING: frozenset[Event | None] = frozenset({None})
_FOLLOWS: dict[Event, frozenset[Event | None]] = {
    "missing": frozenset({"opened", "relisted", "returned", "reopened"}),
    "returned": frozenset({"missing"}),
    "closed": frozenset({"missing"}),
    "reopened": frozenset({"closed"}),
}
"""After which event, changes left out, another may come; those that are not here begin a listing."""


def one_listing(one: ArchivedListing, other: ArchivedListing) -> ArchivedListing:
    """Return what two branches' reads tell of one listing: every text and happening of both, in order of time.

    What both saw counts from when the first saw it. The rest is as the later of them has it.
    """
    first_seen = min(one.first_seen, other.first_seen)
    snapshots = tuple(_snapshots((*one.snapshots, *other.snapshots)))
    happenings = tuple(_happenings((*one.happenings, *other.happenings), snapshots))
    later = max(one, other, key=lambda row: (row.happenings[-1].at, row.snapshots[-1].seen, repr(row)))
    merged = replace(later, first_seen=first_seen, snapshots=snapshots, happenings=happenings)
    if merged.is_there:
        return replace(merged, last_seen=STILL_THERE)
    return replace(merged, last_seen=max(first_seen, one.last_seen, other.last_seen))


def _snapshots(snapshots: Iterable[Snapshot]) -> Iterator[Snapshot]:
    """Yield the snapshots in order of time, each that says something else than the one before."""
    said: Snapshot | None = None
    # By `repr` where the times are alike: the outcome must not depend on which branch git put first.
    for snapshot in sorted(snapshots, key=lambda snapshot: (snapshot.seen, repr(snapshot))):
        if said is None or snapshot != replace(said, seen=snapshot.seen):
            yield snapshot
            said = snapshot


def _happenings(happenings: Iterable[Happening], snapshots: tuple[Snapshot, ...]) -> Iterator[Happening]:
    """Yield what happened in order of time: it begins once, and each event can follow the one before."""
    changes = {snapshot.seen for snapshot in snapshots[1:]}
    ordered = sorted(
        set(happenings), key=lambda happening: (happening.at, happening.event == "changed", repr(happening))
    )
    last: Event | None = None
    for happening in ordered:
        if happening.event == "changed":
            if happening.at in changes:
                yield happening
        elif last in _FOLLOWS.get(happening.event, _NOTHING):
            yield happening
            last = happening.event


def one_record(one: BoardRecord, other: BoardRecord) -> BoardRecord:
    """Return the more recent of two records of one board, whichever comes first."""
    never = datetime.min.replace(tzinfo=UTC)
    return max(one, other, key=lambda record: (record.last_complete or never, repr(record)))
