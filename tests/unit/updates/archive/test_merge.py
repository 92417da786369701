from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from plugins.updates.archive.merge import MOST_REVISIONS, MOST_TITLES, make_update, merge, resolve, union
from plugins.updates.model import EarlierTitle, Item, Match, SafeHtml, Source, Update

NOW = datetime(2026, 11, 24, 8, 0, 0, 999, tzinfo=UTC)
SEEN = NOW.replace(microsecond=0)
HOUR = timedelta(hours=1)
SOURCE = Source("post", "The Post", "https://post.example", "press")
ITEM = Item("g1", "https://post.example/1", "A", SafeHtml("<p>x</p>"), published=NOW - HOUR, updated=NOW)


def update(title: str = "A", **changes: Any) -> Update:
    """Return an update first seen now, with changes."""
    return replace(make_update("id1", replace(ITEM, title=title), SOURCE, (), NOW), **changes)


def edits(*updates: Update, start: Update | None = None) -> Update:
    """Return what the archive makes of updates that come in one an hour."""
    archive = {"id1": start or update()}
    for hours, incoming in enumerate(updates, 1):
        archive = dict(merge(archive, [incoming], NOW + hours * HOUR).updates)
    return archive["id1"]


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (NOW - HOUR, NOW, (SEEN - HOUR, "published")),
        (None, NOW - 2 * HOUR, (SEEN - 2 * HOUR, "updated")),
        (None, None, (SEEN, "first-seen")),
        (SEEN + HOUR, None, (SEEN + HOUR, "published")),
        (NOW + 2 * HOUR, None, (SEEN, "first-seen")),
        (NOW + 400 * 24 * HOUR, NOW - HOUR, (SEEN - HOUR, "updated")),
        (datetime(1970, 1, 1, tzinfo=UTC), None, (SEEN, "first-seen")),
        (datetime(1, 1, 1, tzinfo=UTC), None, (SEEN, "first-seen")),
        (datetime(1988, 3, 7, tzinfo=UTC), None, (datetime(1988, 3, 7, tzinfo=UTC), "published")),
        (datetime(2026, 11, 24, 3, tzinfo=timezone(-5 * HOUR)), None, (SEEN, "published")),
    ],
)
def test_a_date_is_chosen_once_and_says_where_it_is_from(
    published: datetime | None, updated: datetime | None, expected: tuple[datetime, str]
) -> None:
    """Publication, else update, else first sight; the future and day one are not believed; UTC, exact to the second."""
    made = make_update("id1", replace(ITEM, published=published, updated=updated), SOURCE, (), NOW)
    assert (made.published, made.date_from) == expected
    assert made.first_seen == SEEN
    assert made.published.tzinfo is UTC
    assert made.sorted_by <= SEEN


def test_new_updates_are_added_and_none_ever_leaves() -> None:
    """What a feed no longer lists stays; what is new is named."""
    old = update(id="old")
    merged = merge({"old": old}, [update()], NOW)
    assert merged.updates == {"old": old, "id1": update()}
    assert (set(merged.new), set(merged.changed)) == ({"id1"}, set())


def test_an_edit_keeps_the_earlier_headline_with_its_time_and_freezes_the_dates() -> None:
    """A new headline is taken over with the rest of the edit; when we first saw the update never changes."""
    later = NOW + 5 * HOUR
    edit = make_update(
        "id1",
        Item("g1", "https://post.example/2", "B", SafeHtml("<p>y</p>"), ("Ana",), ("tag",), later, later, "en"),
        SOURCE,
        (Match("strike", "b", "title"),),
        later,
    )
    merged = merge({"id1": update()}, [edit], later)
    kept = merged.updates["id1"]
    assert (set(merged.new), set(merged.changed)) == (set(), {"id1"})
    assert (kept.first_seen, kept.published, kept.date_from) == (SEEN, SEEN - HOUR, "published")
    assert kept.earlier_titles == (EarlierTitle("A", SEEN + 5 * HOUR),)
    assert (kept.title, kept.url, kept.summary, kept.authors, kept.tags) == (
        *("B", "https://post.example/2", "<p>y</p>"),
        *(("Ana",), ("tag",)),
    )
    assert (kept.topics, kept.language, kept.revisions) == ((Match("strike", "b", "title"),), "en", 1)


def test_a_headline_that_goes_back_and_forth_comes_to_rest() -> None:
    """A, B, A, B … leaves one earlier headline, never the present one, and stops being written."""
    once = edits(update("B"), update("A"))
    assert (once.title, once.earlier_titles) == ("A", (EarlierTitle("B", SEEN + 2 * HOUR),))
    restless = edits(*[update("B"), update("A")] * 50)
    assert len(restless.earlier_titles) == 1
    assert restless == edits(update("B"), update("A"), start=restless)
    assert edits(update("C"), start=restless).title == "C"


def test_an_item_that_embeds_the_clock_stops_being_rewritten() -> None:
    """After a few edits without a new headline the record stays; a new headline is still taken, up to a bound."""
    clock = edits(*[update(summary=SafeHtml(f"<p>{n}</p>")) for n in range(50)])
    assert (clock.revisions, clock.summary) == (MOST_REVISIONS, f"<p>{MOST_REVISIONS - 1}</p>")
    assert edits(update("New"), start=clock).title == "New"
    assert len(edits(*[update(f"Day {n}") for n in range(99)]).earlier_titles) == MOST_TITLES


def test_what_a_feed_leaves_out_once_is_not_taken_back() -> None:
    """An address or headline that is missing in one fetch stays as it was."""
    assert edits(update("", url="")) == update()


def test_changed_topics_are_taken_over_without_counting_as_an_edit() -> None:
    """The rules changed, not the item."""
    judged = edits(update(topics=(Match("t", "a", "title"),)))
    assert (judged.topics, judged.revisions) == ((Match("t", "a", "title"),), 0)


def test_a_record_corrected_by_hand_is_left_alone() -> None:
    """Where the editor set by_hand, no feed overwrites the correction, and it wins over another branch's record."""
    corrected = update("Corrected", by_hand=True)
    assert edits(update("Wrong"), start=corrected) == corrected
    assert resolve(corrected, update("Wrong", revisions=4)).title == "Corrected"


def test_two_records_become_one_and_lose_no_headline() -> None:
    """The earliest sight and its date stand, the more revised record gives the rest, the other's headline is kept."""
    one = update("B", revisions=1, earlier_titles=(EarlierTitle("A", SEEN + 2 * HOUR),))
    other = update(
        *("C",),
        first_seen=SEEN - HOUR,
        published=SEEN - 3 * HOUR,
        date_from="updated",
        revisions=2,
        earlier_titles=(EarlierTitle("A", SEEN + HOUR), EarlierTitle("A2", SEEN + 3 * HOUR)),
    )
    whole = resolve(one, other)
    assert whole == resolve(other, one) == resolve(whole, one) == resolve(whole, other)
    assert (whole.title, whole.revisions) == ("C", 2)
    assert (whole.first_seen, whole.published, whole.date_from) == (SEEN - HOUR, SEEN - 3 * HOUR, "updated")
    assert {earlier.title: earlier.until for earlier in whole.earlier_titles} == {
        "A": SEEN + HOUR,
        "A2": SEEN + 3 * HOUR,
        "B": SEEN + 3 * HOUR,
    }
    assert union({"id1": one}, {"id1": other, "x": update(id="x")}) == {"id1": whole, "x": update(id="x")}
