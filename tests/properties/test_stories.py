"""Laws of the grouping, on made updates whose words, times and links collide often."""

import marshal
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from operator import attrgetter
from random import Random
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.updates.cache import MemoryCache
from plugins.updates.model import Kind, SafeHtml, Update
from plugins.updates.stories import checkpoints
from plugins.updates.stories.clustering import StoryIndex
from plugins.updates.stories.feature_blocks import MemoryBlocks
from plugins.updates.stories.similarity import UpdateFeatures
from plugins.updates.stories.steps import steps
from plugins.updates.stories.stories import arrival, group

START = datetime(2031, 5, 5, tzinfo=UTC)
WORDS = (
    "crews ferry vote reject offer judge order appeal mediator arrest Calder Quay picket 94% 58 Thursday 脚本家 grève"
)
LINKS = ("https://a.example.org/one", "https://b.example.org/two", "https://b.example.org/", "not an address", "")

texts = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)


@st.composite
def updates(draw: st.DrawFn, id_: str) -> Update:
    """Draw an update: seen some hours after the start, published some hours before it was seen."""
    seen = START + timedelta(hours=draw(st.integers(0, 150)))
    summary = draw(texts)
    link = draw(st.sampled_from(LINKS))
    return Update(
        id=id_,
        source=f"source-{draw(st.integers(0, 3))}",
        url=draw(st.sampled_from([f"https://{id_}.example.org/news", f"https://{id_}.example.org/news", *LINKS])),
        title=draw(texts),
        summary=SafeHtml(f'<p>{summary} <a href="{link}">x</a></p>' if draw(st.booleans()) else summary),
        authors=(),
        published=seen - timedelta(hours=draw(st.integers(-3, 100))),
        date_from=draw(st.sampled_from(["published", "published", "published", "first-seen"])),
        first_seen=seen,
        via=tuple(draw(st.lists(st.sampled_from(LINKS), max_size=2))),
    )


@st.composite
def wires(draw: st.DrawFn) -> list[Update]:
    """Draw up to fourteen updates in any order."""
    return [draw(updates(f"u{number}")) for number in range(draw(st.integers(0, 14)))]


some_ids = st.frozensets(st.integers(0, 14).map("u{}".format), max_size=4)


@given(wires(), st.lists(some_ids, max_size=2), some_ids)
@settings(deadline=None)
def test_loses_and_doubles_nothing(wire: list[Update], joins: list[frozenset[str]], splits: frozenset[str]) -> None:
    """Every update is in exactly one story, whatever the desk says, and each story has an id of its own."""
    stories = group(wire, joins=joins, splits=splits)
    assert sorted(one.id for story in stories for one in story.updates) == sorted(one.id for one in wire)
    assert len({story.id for story in stories}) == len(stories)
    assert all(story.id in {one.id for one in story.updates} for story in stories)


@given(wires(), st.data())
@settings(deadline=None)
def test_later_updates_move_no_earlier_one(wire: list[Update], data: st.DataObject) -> None:
    """Grouping old and new, less the new, is grouping the old: stories only grow, and keep their ids and order."""
    ordered = sorted(wire, key=arrival)
    old = ordered[: data.draw(st.integers(0, len(ordered)))]
    known = {one.id for one in old}
    grown = [
        (story.id, kept)
        for story in group(wire, kinds={"source-1": "guild"})
        if (kept := tuple(one for one in story.updates if one.id in known))
    ]
    assert grown == [(story.id, story.updates) for story in group(old, kinds={"source-1": "guild"})]


@given(wires(), st.lists(some_ids, max_size=3), some_ids)
@settings(deadline=None)
def test_no_order_of_the_desk_loses_an_address(
    wire: list[Update], joins: list[frozenset[str]], splits: frozenset[str]
) -> None:
    """Whatever was a story's id before an order, of those written one by one, is a story's id or a former one."""
    published: set[str] = set()
    for number in range(len(joins) + 1):
        for taken_out in (frozenset[str](), splits):
            stories = group(wire, joins=joins[:number], splits=taken_out)
            ids = {story.id for story in stories if len(story.updates) > 1}
            answered = ids.union(*(story.former_ids for story in stories))
            assert published <= answered
            assert not any(story.id in story.former_ids for story in stories if len(story.updates) > 1)
        # What was split off and joined again has been a story of its own only as long as that.
        published |= {story.id for story in group(wire, joins=joins[:number]) if len(story.updates) > 1}


@given(wires(), st.data())
@settings(deadline=None, max_examples=50)
def test_an_index_goes_on_as_if_it_had_had_all(wire: list[Update], data: st.DataObject) -> None:
    """What an index knows, written down after any of the updates, is all that it needs for the others."""
    ordered = sorted(wire, key=arrival)
    cut = data.draw(st.integers(0, len(ordered)))
    blocks = MemoryBlocks()
    whole, first, then = (StoryIndex({}, blocks=blocks) for _ in range(3))
    for update in ordered[:cut]:
        first.add(update)
    then.restore(marshal.loads(marshal.dumps(first.state())), ordered[:cut])  # noqa: S302 - written a moment ago
    for index, rest in ((whole, ordered), (then, ordered[cut:])):
        for update in rest:
            index.add(update)
    found, expected = then.state(), whole.state()
    assert found.keys() == expected.keys()
    assert [key for key in found if key != "blocks" and found[key] != expected[key]] == []
    values = attrgetter(*(field.name for field in fields(UpdateFeatures)))
    for one, other in zip(then.stories, whole.stories, strict=True):
        assert list(map(values, then.features_of(one))) == list(map(values, whole.features_of(other)))


kinds = st.fixed_dictionaries({f"source-{number}": st.sampled_from(["guild", "employer"]) for number in range(4)})


@given(wires(), updates("u0"), kinds, kinds, st.data())
@settings(deadline=None, max_examples=60)
def test_what_was_kept_of_another_run_changes_nothing(
    wire: list[Update], other: Update, known: dict[str, Kind], now: dict[str, Kind], data: st.DataObject
) -> None:
    """One of the updates may be gone, or other than when it was grouped last, and so may what each source is."""
    cache, after = MemoryCache(), list(wire)
    if wire:
        place = data.draw(st.integers(0, len(wire) - 1))
        name = data.draw(
            st.sampled_from(["summary", "url", "via", "title", "published", "date_from", "first_seen", ""])
        )
        after[place : place + 1] = [replace(wire[place], **{name: getattr(other, name)})] if name else []
    with patch.object(checkpoints, "_FEW", 0):
        group(wire, kinds=known, cache=cache)
        steps(group(wire, kinds=known), cache)
        found = group(after, kinds=now, cache=cache)
    assert found == group(after, kinds=now)
    assert steps(found, cache) == steps(found)


@given(wires(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_order_of_input_makes_no_difference(wire: list[Update], chance: Random) -> None:
    """Shuffled updates give the same stories in the same order."""
    shuffled = list(wire)
    chance.shuffle(shuffled)
    assert group(shuffled) == group(wire)


@given(wires())
@settings(deadline=None)
def test_no_dated_story_is_longer_than_the_window(wire: list[Update]) -> None:
    """Dated updates of one story lie within three days of each other, unless two of them are one page."""
    for story in group(wire):
        dated = [one for one in story.updates if one.date_from != "first-seen"]
        if len({one.url for one in dated}) == len(dated):
            times = [one.sorted_by for one in dated]
            assert not times or max(times) - min(times) <= timedelta(days=3)
