"""What a value says is the same, whether the ways to its parts are looked for or not."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Tag

from plugins.incremental.consumed import STOCK, Consumed, ValueData
from plugins.incremental.functions import Functions

PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just(datetime(2026, 1, 1, tzinfo=UTC))
TAGS = st.text(max_size=2).map(lambda name: Tag(name, DEFAULT_CONFIG))


def containers(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return lists, tuples and mappings of these parts, and sets, which are gone into otherwise."""
    lists = st.lists(parts, max_size=4)
    return lists | lists.map(tuple) | st.dictionaries(st.text(max_size=2), parts, max_size=3) | st.frozensets(PLAIN)


VALUES = st.recursive(PLAIN | TAGS, containers, max_leaves=12)


def consumed(met: Iterable[object] = ()) -> Consumed:
    """Return one that has met values, whose types it knows from then on."""
    found = Consumed(STOCK, Functions((), STOCK))
    for value in met:
        found.data_and_ways(value)
    return found


@given(VALUES, st.integers(0, 40))
def test_what_a_value_says_does_not_depend_on_who_asks(value: Any, times: int) -> None:
    """Also where it is in a long list, and where its kind was met before or not."""
    for one in (value, [value] * times):
        expected = consumed().data_and_ways(one)[0]
        known = consumed([value, "", 0, None])
        assert consumed().data(one) == expected
        assert known.data(one) == expected
        assert known.data(one) == expected


def test_a_long_list_says_what_it_is_now() -> None:
    """It is gone through once, while it is as it was."""
    said, words = consumed([""]), [str(number) for number in range(100)]
    before = said.data(words)
    words[50] = "other"
    assert said.data(words) == consumed().data_and_ways(words)[0] != before


def test_of_lists_in_a_list_a_long_one_is_gone_through_once() -> None:
    """Each page of a theme may ask for all tags, with all posts of each: of 10,000 that takes 25 ms."""
    said = consumed()
    tags = [Tag(str(number), DEFAULT_CONFIG) for number in range(100)]
    value = [("first", tags), ("second", tags[50:])]
    before = said.data(value)
    looked_at: list[object] = []
    says = said._plain[Tag]

    def noted(tag: object) -> bytes:
        looked_at.append(tag)
        return says(tag)

    said._plain[Tag] = noted
    said._by_type[Tag] = lambda tag, _: ValueData(noted(tag))
    assert said.data(value) == before
    assert not looked_at
    tags.append(Tag("new", DEFAULT_CONFIG))
    assert said.data(value) != before
    assert looked_at
