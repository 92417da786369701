from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.updates.archive.merge import MOST_REVISIONS, MOST_TITLES, merge, resolve, union
from plugins.updates.model import EarlierTitle, SafeHtml, Update

START = datetime(2026, 11, 24, tzinfo=UTC)
times = st.integers(0, 1000).map(lambda hours: START + timedelta(hours=hours))
titles = st.sampled_from("ABCD")
updates = st.builds(
    Update,
    id=st.sampled_from(["1", "2", "3"]),
    source=st.just("post"),
    url=st.sampled_from(["", "https://post.example/"]),
    title=titles,
    summary=st.sampled_from([SafeHtml("x"), SafeHtml("y")]),
    authors=st.just(()),
    published=times,
    date_from=st.sampled_from(["published", "first-seen"]),
    first_seen=times,
    earlier_titles=st.dictionaries(titles, times).map(
        lambda earlier: tuple(sorted((EarlierTitle(*one) for one in earlier.items()), key=lambda one: one.until))
    ),
    revisions=st.integers(0, 4),
    by_hand=st.booleans(),
)
feeds = st.lists(updates.map(lambda update: replace(update, earlier_titles=(), revisions=0)), max_size=8)


def archived(incoming: Sequence[Update], now: datetime = START) -> dict[str, Update]:
    """Return an archive made of what came in."""
    return dict(merge({}, incoming, now).updates)


@settings(deadline=None)
@given(feeds, feeds, times, times)
def test_merging_the_same_again_changes_nothing(
    old: list[Update], new: list[Update], now: datetime, later: datetime
) -> None:
    """A second run on the same feeds leaves every record as it was, whenever it is."""
    once = merge(archived(old), new, now).updates
    again = merge(once, new, max(now, later))
    assert (again.updates, again.new, again.changed) == (once, frozenset(), frozenset())


@settings(deadline=None)
@given(feeds, feeds, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_does_not_matter(old: list[Update], new: list[Update], dice: object) -> None:
    """Shuffled, repeated, or in two halves without an id in common, the outcome is one."""
    archive = archived(old)
    shuffled = new * 2
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    whole = merge(archive, new, START).updates
    assert merge(archive, shuffled, START).updates == whole
    halves = [[u for u in new if u.id == "1"], [u for u in new if u.id != "1"]]
    for first, second in (halves, halves[::-1]):
        assert merge(merge(archive, first, START).updates, second, START).updates == whole


@settings(deadline=None)
@given(feeds, st.lists(feeds, max_size=40))
def test_no_record_is_rewritten_for_ever(old: list[Update], runs: list[list[Update]]) -> None:
    """Nothing leaves, dates stay, the present headline is no earlier one, and edits and headlines are bounded."""
    archive = first = archived(old)
    for hours, run in enumerate(runs):
        archive = dict(merge(archive, [replace(u, by_hand=False) for u in run], START + timedelta(hours=hours)).updates)
    for id, update in first.items():
        kept = archive[id]
        assert (kept.first_seen, kept.published, kept.date_from) == (
            update.first_seen,
            update.published,
            update.date_from,
        )
        seen = [earlier.title for earlier in kept.earlier_titles]
        assert kept.title not in seen
        assert len(seen) == len(set(seen)) <= MOST_TITLES
        assert kept.revisions <= MOST_REVISIONS + len(seen)


@settings(deadline=None)
@given(updates, updates)
def test_the_union_of_two_records_is_settled(one: Update, other: Update) -> None:
    """Whichever comes first, whoever merges again: one outcome, with every headline and the earliest sight."""
    other = replace(other, id=one.id)
    whole = resolve(one, other)
    assert whole == resolve(other, one)
    assert resolve(whole, one) == resolve(whole, other) == resolve(whole, whole) == whole
    headlines = {whole.title, *(earlier.title for earlier in whole.earlier_titles)}
    for record in (one, other):
        assert headlines >= {record.title, *(earlier.title for earlier in record.earlier_titles)}
    assert whole.first_seen == min(one.first_seen, other.first_seen)
    assert union({one.id: one}, {one.id: other}) == union({one.id: other}, {one.id: one}) == {one.id: whole}
