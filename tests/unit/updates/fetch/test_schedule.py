"""When a source may be asked, and what is remembered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.core.polling.outcomes import Failure, FailureKind, FeedState, Fetched, NotModified, Outcome
from plugins.core.polling.schedule import Waits, remembered, waits_in
from plugins.updates.fetch.schedule import after, due
from plugins.updates.model import Source, SourceRecord

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://guild.example/feed"
SOURCE = Source("s", "S", "https://guild.example/", "guild", feed=FEED)
NEW = FeedState("s")
ASKED = FeedState("s", feed=FEED)


def _fetched(**fields: Any) -> Fetched:
    return Fetched("s", FEED, b"x", "", "d1", **fields)


def _failure(kind: FailureKind = "timeout", retry_at: datetime | None = None) -> Failure:
    return Failure("s", kind, "what", "do", retry_at=retry_at)


def _due_at(
    visit: FeedState,
    *,
    force: bool = False,
    record: SourceRecord | None = None,
    waits: Waits | None = None,
    source: Source = SOURCE,
    hours: float = 0.0,
) -> bool:
    return due(source, visit, record, NOW + hours * HOUR, force, waits or {}) is None


def test_an_unknown_source_is_asked_and_one_without_feed_is_not() -> None:
    """The first visit is now; a guild whose updates are entered by hand is never asked, one with a file is read."""
    assert _due_at(NEW)
    assert not _due_at(NEW, source=Source("s", "S", "", "guild"), force=True)
    assert _due_at(NEW, source=Source("s", "S", "", "guild", file="f.xml"))


@pytest.mark.parametrize(
    ("outcome", "hours"),
    [
        (_fetched(etag='"1"'), 1),
        (_fetched(last_modified="x"), 1),
        (_fetched(), 24),
        (NotModified("s", FEED), 1),
        (_failure(), 1),
        (_failure("bot wall"), 4),
        (_failure("rate limited"), 4),
        (_failure("rate limited", NOW + 7 * HOUR), 7),
        (_failure("rate limited", NOW + HOUR / 60), 1),
        (_failure("rate limited", NOW + 99 * HOUR), 24),
    ],
)
def test_how_long_a_source_is_left_alone(outcome: Outcome, hours: float) -> None:
    """Hourly with validators, daily without; four hours where we were turned away, or as the host asks."""
    visit = after(SOURCE, NEW, outcome, NOW)
    assert not _due_at(visit, hours=hours - 0.01) and _due_at(visit, hours=hours)
    assert _due_at(visit, force=True)


def test_failures_in_a_row_are_asked_ever_less_and_success_forgets_them() -> None:
    """1, 2, 4, 8, 16, then 24 hours; the validators of the last success are kept all along."""
    visit, waits = FeedState("s", url=FEED, etag='"1"', last_modified="x", digest="d"), []
    for _ in range(8):
        visit = after(SOURCE, visit, _failure(), NOW)
        assert visit.next_at is not None
        waits.append((visit.next_at - NOW) / HOUR)
    assert waits == [1, 2, 4, 8, 16, 24, 24, 24] and visit.streak == 8
    assert (visit.url, visit.etag, visit.last_modified, visit.digest) == (FEED, '"1"', "x", "d")
    assert after(SOURCE, visit, _fetched(), NOW).streak == 0
    assert after(SOURCE, visit, NotModified("s", FEED), NOW).streak == 0


def test_never_more_than_hourly_whatever_the_next_visit_says() -> None:
    """An hour lies between two visits even where `next_at` is missing."""
    assert not _due_at(replace(ASKED, checked_at=NOW), hours=0.99)
    assert _due_at(replace(ASKED, checked_at=NOW), hours=1)


def test_a_clock_that_was_wrong_does_not_silence_a_source() -> None:
    """A visit in the future, or a wait of more than a day, is not believed."""
    assert _due_at(replace(ASKED, checked_at=NOW + 1000 * HOUR, next_at=NOW + 1001 * HOUR))


def test_a_gone_source_is_not_asked_until_its_feed_is_another() -> None:
    """410 holds against force and a lost cache; a corrected feed is asked at once."""
    gone = after(SOURCE, replace(ASKED, url="https://guild.example/moved", etag='"1"'), _failure("gone"), NOW)
    record = SourceRecord("s", gone_on=date(2026, 3, 1), gone_feed=FEED)
    other = Source("s", "S", "", "guild", feed="https://guild.example/new")
    assert not _due_at(gone, record=record, hours=99) and not _due_at(gone, record=record, hours=99, force=True)
    assert _due_at(gone, record=record, source=other)
    assert not _due_at(NEW, record=record, force=True)


def test_a_corrected_feed_does_not_wait_out_what_the_old_one_earned() -> None:
    """Back-off and the hour belong to an address."""
    failed = after(SOURCE, ASKED, _failure("bot wall"), NOW)
    assert not _due_at(failed, hours=2)
    assert _due_at(failed, source=Source("s", "S", "", "guild", feed="https://guild.example/new"))


def test_a_host_that_wants_quiet_is_left_alone_by_force_too() -> None:
    """Retry-After holds for every source of the host, also for one that is redirected to it, and for no other."""
    waits = {"guild.example": NOW + HOUR}
    assert not _due_at(NEW, waits=waits, force=True) and _due_at(NEW, waits=waits, hours=1)
    assert not _due_at(FeedState("s", url="https://cdn.example/f"), waits={"cdn.example": NOW + HOUR}, force=True)
    assert _due_at(NEW, waits={"other.example": NOW + HOUR})


def test_waits_are_kept_among_the_visits_until_they_are_over() -> None:
    """What is remembered is read back, as long as it holds."""
    waits = {"a.example": NOW + HOUR, "b.example:8080": NOW + 2 * HOUR}
    kept = {"s": NEW} | remembered(waits)
    assert waits_in(kept, NOW) == waits
    assert waits_in(kept, NOW + HOUR) == {"b.example:8080": NOW + 2 * HOUR}


OUTCOMES = st.one_of(
    st.builds(_fetched, etag=st.sampled_from(["", '"1"'])),
    st.just(NotModified("s", FEED)),
    st.builds(
        _failure,
        st.sampled_from(["timeout", "bot wall", "gone", "rate limited"]),
        st.none() | st.integers(-10, 10**6).map(lambda s: NOW + timedelta(seconds=s)),
    ),
)


@given(st.lists(OUTCOMES, max_size=12))
def test_whatever_came_the_next_visit_is_an_hour_to_a_day_away(outcomes: list[Outcome]) -> None:
    """No run of outcomes makes us ask sooner than in an hour, or stay away for more than a day."""
    visit = NEW
    for outcome in outcomes:
        visit = after(SOURCE, visit, outcome, NOW)
        assert visit.next_at is not None
        assert HOUR <= visit.next_at - NOW <= 24 * HOUR and visit.checked_at == NOW
