"""How far topics reach."""

from dataclasses import replace
from datetime import timedelta

from plugins.updates.filter.item_fields import compile_topic
from plugins.updates.filter.topic_reach import lines, reach, recent
from plugins.updates.model import Source
from tests.unit.updates.conftest import START, Make


def test_a_topic_is_told_what_it_keeps_and_which_terms_are_idle(make: Make, sources: dict[str, Source]) -> None:
    """Terms of every list are looked for in all items, kept or dropped; those that find nothing are named."""
    topic = compile_topic("pay", "Pay", any=["wage*", "salary", "pension*"], none=["minimum wage", "lottery"])
    items = [
        make("a", title="Wages fell"),
        make("b", title="The minimum wage is debated"),
        make("c", title="Nothing here"),
        make("d", title="Pensions", source="gone"),
    ]
    (one,) = reach([topic], items, sources)
    assert (one.kept, one.items, one.idle) == (1, 3, ("salary", "pension*", "lottery"))
    assert list(lines([one])) == [
        "topic pay: keeps 1 of the 3 items of the last 30 days",
        "  nothing found by salary, pension*, lottery",
    ]


def test_of_many_idle_terms_some_are_named_and_the_rest_counted(make: Make, sources: dict[str, Source]) -> None:
    """Those that are wanted come first, then those that are to be ignored; what is ignored in an item is not idle."""
    ignored = [f"phrase {number}" for number in range(30)]
    topic = compile_topic("pay", "Pay", any=["wages", "salary"], ignore=["wages of war", *ignored])
    (one,) = reach([topic], [make("a", title="Wages of war"), make("b", title="Wages")], sources)
    assert (one.kept, one.idle) == (1, ("salary", *ignored))
    assert list(lines([one]))[1].startswith("  nothing found by salary, phrase 0, ")
    assert list(lines([one]))[1].endswith(", phrase 18, and 11 more")


def test_a_source_that_keeps_all_or_has_other_topics_does_not_count(make: Make, sources: dict[str, Source]) -> None:
    """What is kept for its source's sake is not the topic's doing, nor is what the topic is never asked about."""
    topic = compile_topic("pay", "Pay", any=["wage*"])
    given = {"post": replace(sources["post"], keep="all"), "guild": replace(sources["guild"], topics=("other",))}
    (one,) = reach([topic], [make("a"), make("b", source="guild", title="Wages")], given)
    assert (one.kept, one.items) == (0, 1)


def test_the_last_days_are_by_first_sight(make: Make) -> None:
    """An old piece found today counts, one found a month ago does not."""
    updates = [make("new", published=START - timedelta(days=900)), make("old", -24 * 31)]
    assert [update.id for update in recent(updates, START)] == ["new"]
