"""When may an address be asked, and what is remembered after it was. Pure: the time is handed in, aware and UTC.

The etiquette: at most hourly, daily where the server gives no validators, rarer after failures, and never while
a host asks to be left alone. Nothing here asks, sleeps or writes.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from plugins.core.net.http import authority
from plugins.core.polling.outcomes import Failure, FeedState, Fetched, NotModified, Outcome, Waiting

HOUR = timedelta(hours=1)
DAY = timedelta(hours=24)
"""Also the longest wait of any kind: a later `next_at` comes from a wrong clock, and is ignored."""
TURNED_AWAY = timedelta(hours=4)
"""The least wait after a bot wall, or a rate limit without Retry-After."""
HOST = "host:"
"""Before a host's name, in place of a source's id: the state that remembers until when a host wants quiet."""

Waits = Mapping[str, datetime]
"""Host (as `http.authority` names it) to the end of its wait."""


def too_early(
    id: str, asked: str, address: str, state: FeedState, now: datetime, *, force: bool, waits: Waits
) -> Waiting | None:
    """Return why `id` is not to be asked now, or none where it is.

    `asked` is what is asked for, as `FeedState.feed` has it, and `address` where. `force` overrides the hour, the day
    and the waits after failures; not what a host asked for (Retry-After).
    """
    for host in (authority(address), authority(state.url)):
        until = waits.get(host)
        if until and until > now:
            return Waiting(id, f"{host} asked us to wait", until)
    if force or state.feed != asked:
        return None
    return _not_due(id, state, now)


def _not_due(id: str, state: FeedState, now: datetime) -> Waiting | None:
    """Return why a source waits for its hour or day, or none where that is over; a time of a wrong clock is ignored."""
    until = now
    if state.checked_at and state.checked_at <= now:
        until = max(until, state.checked_at + HOUR)
    if state.next_at and state.next_at <= now + DAY:
        until = max(until, state.next_at)
    if until == now:
        return None
    why = "not due yet"
    if state.streak:
        why = f"{state.streak} failures in a row; asked less often"
    return Waiting(id, why, until)


def after(
    id: str, asked: str, state: FeedState, outcome: Outcome, now: datetime, *, at_no_cost: bool = False
) -> FeedState:
    """Return what is remembered once a state brought `outcome`. A failure keeps the validators of the last success.

    `asked` is what was asked for; `at_no_cost`: nobody is burdened by its being asked for every hour.
    """
    if isinstance(outcome, Fetched):
        wait = DAY
        if outcome.etag or outcome.last_modified or at_no_cost:
            wait = HOUR
        return FeedState(
            source=id,
            feed=asked,
            url=outcome.url,
            etag=outcome.etag,
            last_modified=outcome.last_modified,
            digest=outcome.digest,
            checked_at=now,
            next_at=now + wait,
        )
    if isinstance(outcome, NotModified):
        return replace(
            state,
            feed=asked,
            etag=outcome.etag or state.etag,
            last_modified=outcome.last_modified or state.last_modified,
            checked_at=now,
            next_at=now + HOUR,
            streak=0,
        )
    if isinstance(outcome, Failure):
        return _after_failure(id, asked, state, outcome, now)
    return state


def _after_failure(id: str, asked: str, state: FeedState, failure: Failure, now: datetime) -> FeedState:
    streak = state.streak + 1
    wait = min(HOUR * 2 ** min(streak - 1, 5), DAY)
    if failure.kind in {"bot wall", "rate limited"}:
        wait = max(wait, TURNED_AWAY)
    if failure.retry_at:
        wait = min(max(failure.retry_at - now, HOUR), DAY)
    if failure.kind == "gone":
        state = FeedState(id)
    return replace(state, feed=asked, checked_at=now, next_at=now + wait, streak=streak)


def waits_in(states: Mapping[str, FeedState], now: datetime) -> dict[str, datetime]:
    """Return which hosts still want to be left alone, and until when."""
    waits = {}
    for key, state in states.items():
        if key.startswith(HOST) and state.next_at and now < state.next_at <= now + DAY:
            waits[key.removeprefix(HOST)] = state.next_at
    return waits


def remembered(waits: Waits) -> dict[str, FeedState]:
    """Return the waits as states, to be kept among those of the sources."""
    return {HOST + host: FeedState(HOST + host, next_at=until) for host, until in sorted(waits.items())}
