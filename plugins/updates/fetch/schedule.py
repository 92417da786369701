"""When may a source be asked, and what is remembered after it was: the etiquette of `core.polling`, for feeds.

Pure: the time is handed in, aware and UTC. Nothing here asks, sleeps or writes.
"""

from datetime import datetime

from plugins.core.polling import schedule
from plugins.core.polling.outcomes import FeedState, Outcome, Waiting
from plugins.updates.model import Source, SourceRecord


def due(
    source: Source, state: FeedState, record: SourceRecord | None, now: datetime, force: bool, waits: schedule.Waits
) -> Waiting | None:
    """Return why a source is not to be asked now, or None where it may be.

    `force` overrides the hour, the day and the waits after failures; not what a host asked for (Retry-After),
    nor that a feed is gone.
    """
    if not source.address:
        if source.file:
            return None
        return Waiting(source.id, "has no feed; its updates are entered by hand")
    if record and record.gone_on and record.gone_feed == source.feed:
        why = f"gone since {record.gone_on}; name another feed, or remove the source"
        return Waiting(source.id, why)
    return schedule.too_early(source.id, source.feed, source.address, state, now, force=force, waits=waits)


def after(source: Source, state: FeedState, outcome: Outcome, now: datetime) -> FeedState:
    """Return what is remembered of a source once it brought `outcome`."""
    # A file saved by hand costs nobody anything to read again.
    return schedule.after(source.id, source.feed, state, outcome, now, at_no_cost=bool(source.file))
