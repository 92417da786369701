"""What a build changes in the output folder."""

from hypothesis import given
from hypothesis import strategies as st

from plugins.incremental.plan import plan

TREES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12"), max_size=6)


def test_only_what_differs_is_written() -> None:
    """A page whose bytes stand already is left alone."""
    assert plan({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "1"}, ["a", "b"]).write == ("b", "c")


def test_only_what_the_site_made_is_removed() -> None:
    """A page made before and no more is an orphan; a file nobody here made is named, and stays."""
    made = plan({"a": "1"}, {"a": "1", "old": "1", "CNAME": "1"}, ["a", "old", "long-gone"])
    assert (made.remove, made.foreign) == (("old",), ("CNAME",))


def test_what_stands_in_the_way_goes_first() -> None:
    """A page that becomes a folder, and the pages of a folder that becomes a page, go before what is written there."""
    made = plan({"a/b": "1", "c": "1"}, {"a": "1", "c/d/e": "1", "old": "1"}, ["a", "c/d/e", "old"])
    assert made.in_the_way == ("a", "c/d/e")


@given(TREES, TREES, st.lists(st.sampled_from("abcdef")))
def test_carrying_a_plan_out_leaves_nothing_to_do(
    built: dict[str, str], present: dict[str, str], before: list[str]
) -> None:
    """After a build, the same build writes and removes nothing, and others' files are as they were."""
    made = plan(built, present, before)
    after = {path: digest for path, digest in present.items() if path not in made.remove}
    after |= {path: built[path] for path in made.write}
    again = plan(built, after, built)
    assert (again.write, again.remove) == ((), ())
    assert all(after[path] == present[path] for path in made.foreign)
    assert built.items() <= after.items()
