from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plugins.core.polling.outcomes import Failure, Fetched, Hop, NotModified, Outcome, Waiting
from plugins.updates.archive import source_record
from plugins.updates.archive.merge import make_update
from plugins.updates.archive.source_record import (
    DAYS_DROPPED,
    Move,
    next_drops,
    next_record,
    overlaps,
    proposals,
    resolve,
)
from plugins.updates.model import Drop, Item, SafeHtml, Source, SourceRecord, Update

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = NOW.date()
SOURCE = Source("post", "The Post", "https://post.example", "press", feed="https://post.example/feed")
SAME = NotModified("post", "https://post.example/feed")


def fetched(*hops: Hop) -> Fetched:
    """Return a body that came after redirects."""
    return Fetched("post", hops[-1].url if hops else SOURCE.feed, b"x", "text/xml", "d", hops=hops)


def days(*outcomes: Outcome, start: SourceRecord | None = None) -> SourceRecord:
    """Return the record after one visit a day."""
    record = start
    for day, outcome in enumerate(outcomes):
        record = next_record(record, SOURCE, outcome, 0, NOW + day * DAY)
    assert record
    return record


MOVED = fetched(Hop(301, "https://new.example/feed"))
TIMEOUT = Failure("post", "timeout", "no answer within 30 s", "wait")


def test_news_and_success_are_remembered_to_the_day() -> None:
    """A visit with news dates both; one without dates the success alone."""
    first = next_record(None, SOURCE, fetched(), 3, NOW)
    assert first == SourceRecord("post", last_success=TODAY, last_new=TODAY)
    assert next_record(first, SOURCE, SAME, 0, NOW + DAY) == replace(first, last_success=TODAY + DAY)


@pytest.mark.parametrize("outcome", [fetched(), SAME, TIMEOUT, Waiting("post", "not due")])
def test_a_second_run_on_the_same_day_changes_nothing(outcome: Outcome) -> None:
    """Whatever came, the same again on the same day leaves the record as it was."""
    once = next_record(None, SOURCE, outcome, 0, NOW)
    assert next_record(once, SOURCE, outcome, 0, NOW + timedelta(hours=3)) == once


def test_a_failure_is_dated_from_its_first_day_until_the_next_success() -> None:
    """The kind follows what happens, the details stay those of the kind's first day, and success clears all."""
    other = replace(TIMEOUT, detail="no answer within 29.98 s")
    failing = days(SAME, TIMEOUT, other)
    assert (failing.failing_since, failing.failure, failing.detail) == (TODAY + DAY, "timeout", TIMEOUT.detail)
    assert failing.last_success == TODAY
    worse = days(Failure("post", "server error", "503", "wait"), start=failing)
    assert (worse.failing_since, worse.failure, worse.detail) == (TODAY + DAY, "server error", "503")
    assert days(SAME, start=worse) == SourceRecord("post", last_success=TODAY)


def test_a_source_that_is_gone_stays_so_until_it_answers() -> None:
    """410 dates the end; being left in peace afterwards changes nothing."""
    gone = days(Failure("post", "gone", "410", "remove it"), Waiting("post", "gone"), TIMEOUT)
    assert (gone.gone_on, gone.gone_feed) == (TODAY, SOURCE.feed)
    back = days(SAME, start=gone)
    assert (back.gone_on, back.gone_feed) == (None, "")


def test_a_permanent_redirect_is_proposed_after_three_runs_and_followed_by_nobody() -> None:
    """Only permanent hops count, on runs in a row, to one address; any other answer starts again."""
    assert proposals([days(MOVED, MOVED)]) == ()
    moved = days(MOVED, replace(SAME, hops=MOVED.hops), MOVED, MOVED)
    assert (moved.moved_to, moved.moved_runs) == ("https://new.example/feed", 3)
    assert proposals([moved]) == (Move("post", "https://new.example/feed"),)
    for outcome in (SAME, TIMEOUT, fetched(Hop(302, "https://new.example/feed")), fetched(Hop(301, SOURCE.feed))):
        assert days(outcome, start=moved).moved_runs == 0
    mixed = fetched(Hop(301, "https://a.example/"), Hop(307, "https://new.example/feed"))
    assert days(mixed, start=moved).moved_to == ""
    assert days(fetched(Hop(308, "https://b.example/")), start=moved).moved_runs == 1


def test_the_policy_in_force_is_the_sources_own_until_it_was_stepped_down() -> None:
    """A stepped-down identity is kept; otherwise the settings' word counts."""
    assert next_record(None, replace(SOURCE, identity="link"), SAME, 0, NOW).identity == "link"
    stepped = SourceRecord("post", identity="hash", identity_reason="guids repeat")
    assert next_record(stepped, SOURCE, SAME, 0, NOW).identity == "hash"


def test_the_more_recent_of_two_branches_records_is_taken() -> None:
    """The order of the two does not matter."""
    one, other = (
        SourceRecord("post", last_success=TODAY),
        SourceRecord("post", last_success=TODAY + DAY, failure="gone"),
    )
    assert resolve(one, other) == resolve(other, one) == other


def items(*numbers: int, host: str = "post.example", guid: str = "tag:post.example,2026:{}") -> list[Item]:
    """Return items of a feed."""
    return [
        Item(guid.format(n), f"https://{host}/{n}", f"Headline {n}" if host == "post.example" else "", SafeHtml(""))
        for n in numbers
    ]


def test_a_move_is_proved_by_items_known_before() -> None:
    """Three known items prove it, or all of fewer; a stranger's feed with guids 1, 2, 3 does not."""
    old = items(*range(20))
    assert overlaps(old, items(17, 18, 19, 20, 21))
    assert overlaps(old, items(19))
    assert overlaps(old, items(17, 18, 19, host="new.example"))
    assert not overlaps(old, items(19, 20, 21, 22))
    assert not overlaps(old, [])
    assert not overlaps([], items(1))
    assert not overlaps(items(1, 2, 3, guid="{}"), items(1, 2, 3, guid="{}", host="spam.example"))


def drop(number: int, day: date, reason: str = "no topic matched", first_seen: datetime = NOW) -> Drop:
    """Return an update that was dropped."""
    update: Update = make_update(f"id{number}", items(number)[0], SOURCE, (), first_seen)
    return Drop(day, reason, update)


def test_what_was_dropped_is_remembered_for_a_month_from_its_first_day() -> None:
    """Seen again it keeps its day and dates, with the latest reason; kept since, or a month old, it goes."""
    held = (drop(1, TODAY - DAY), drop(2, TODAY - DAY), drop(3, TODAY - DAYS_DROPPED * DAY))
    again = drop(1, TODAY, "topic t: none-term “x” in title", NOW + DAY)
    after = next_drops(held, [again, drop(4, TODAY)], {"id2"}, TODAY)
    assert after == (replace(held[0], reason=again.reason), drop(4, TODAY))
    assert next_drops(after, [again, drop(4, TODAY)], {"id2"}, TODAY) == after


def test_of_one_source_so_much_is_remembered_of_what_was_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed with new items at every run fills no file with what no topic wants: the latest stay."""
    monkeypatch.setattr(source_record, "MOST_DROPPED", 3)
    flood = [drop(number, TODAY - (5 - number) * DAY) for number in range(1, 6)]
    other = replace(drop(9, TODAY - 9 * DAY), update=replace(drop(9, TODAY).update, source="other"))
    assert [one.update.id for one in next_drops(flood, [other], set(), TODAY)] == ["id3", "id4", "id5", "id9"]
