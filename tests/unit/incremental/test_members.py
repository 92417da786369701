"""A list that knows at once what is in it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plugins.incremental.members import Members


class Plain:
    """A thing that equals itself alone."""


class Sized:
    """A thing that equals others of its size."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sized) and self.size == other.size

    __hash__ = object.__hash__


THINGS: list[Any] = [Plain(), Plain(), Plain(), Sized(1), Sized(1), Sized(2), 1, 1.0, float("nan"), None]
STEPS = st.lists(
    st.tuples(st.sampled_from(["append", "remove", "set", "extend", "pop", "sort"]), st.sampled_from(THINGS))
)


@given(steps=STEPS, plain=st.booleans())
def test_it_says_what_a_list_says_whatever_is_done_to_it(steps: list[tuple[str, Any]], plain: bool) -> None:
    """Also of things that equal others, and after each change."""
    one, other = Members(), list[Any]()
    for step, item in steps:
        for found in (one, other):
            thing = THINGS[0] if plain and isinstance(item, Sized) else item
            match step:
                case "append":
                    found.append(thing)
                case "remove" if thing in found:
                    found.remove(thing)
                case "set" if found:
                    found[0] = thing
                case "extend":
                    found += [thing, thing]
                case "pop" if found:
                    found.pop()
                case "sort":
                    found.sort(key=THINGS.index)
        assert [thing in one for thing in THINGS] == [thing in other for thing in THINGS]
    assert one == other
