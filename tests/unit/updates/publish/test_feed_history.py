"""A feed's history, cut into parts that stay."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from plugins.updates.model import SafeHtml, Update
from plugins.updates.publish.feeds import PART, parts
from tests.unit.updates.conftest import START


def update(minutes: int, number: int) -> Update:
    """Return an update first seen so many minutes after the start."""
    at = START + timedelta(minutes=minutes)
    return Update(f"u-{number:03}", "post", "", "T", SafeHtml(""), (), at, "published", at)


@given(st.lists(st.integers(0, 200_000), max_size=30), st.integers(0, 30), st.integers(0, 200_000))
def test_a_closed_part_never_changes_and_nothing_is_lost(minutes: list[int], early: int, now: int) -> None:
    """Whatever is seen later, the parts that were closed are there with the same updates; every update is in one."""
    updates = [update(minute, number) for number, minute in enumerate(sorted(minutes))]
    then = START + timedelta(minutes=max(now, *(sorted(minutes)[:early] or [0])))
    known = [one for one in updates if one.first_seen <= then]
    before, left = parts(known, then, 4)
    after, open_end = parts(updates, START + timedelta(days=200), 4)
    assert after[: len(before)] == before
    assert [one for part in before for one in part.updates] + list(left) == known
    assert [one for part in after for one in part.updates] == updates
    assert not open_end


def test_a_month_with_many_is_closed_piece_by_piece() -> None:
    """A running month's full pieces are closed, so that what people fetch again and again stays small."""
    updates = [update(number, number) for number in range(2 * PART + 3)]
    closed, left = parts(updates, START + timedelta(days=1))
    assert [part.key for part in closed] == ["2026-03", "2026-03-2"]
    assert len(left) == 3
    closed, left = parts(updates, START + timedelta(days=31))
    assert [part.key for part in closed] == ["2026-03", "2026-03-2", "2026-03-3"]
    assert left == ()
