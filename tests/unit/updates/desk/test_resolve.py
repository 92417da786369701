"""The desk's orders: resolved, carried out, and stronger than any fetch."""

from dataclasses import replace

from plugins.updates.archive.codec import UPDATES
from plugins.updates.desk.order import Desk, Edits, Order, Verb
from plugins.updates.desk.resolve import resolve_orders, superseded, without_hidden
from plugins.updates.desk.takedowns import redacted, takedowns
from plugins.updates.model import EarlierTitle, Match, Story
from tests.unit.updates.conftest import START, Make


def test_orders_name_updates_by_id_and_some_by_any_spelling_of_an_address(make: Make) -> None:
    """What is hidden or taken down may be named as the browser shows it, in whatever spelling."""
    updates = [make("a"), make("b"), make("c", url="https://www.post.example/a?utm_medium=rss")]
    orders = [
        Order("pin", ("b",)),
        Order("hide", ("http://post.example/a/#top",)),
        Order("retitle", ("b",), "Ours"),
        Order("note", ("b",), "Seen."),
        Order("join", ("a", "b")),
        Order("split", ("b",)),
        Order("takedown", ("https://post.example/b?fbclid=1",)),
    ]
    desk, problems = resolve_orders(orders, updates)
    assert not problems
    assert desk.pins == ("b",)
    assert [sorted(ids) for ids in (desk.hidden, desk.splits, desk.taken_down)] == [["a", "c"], ["b"], ["b"]]
    assert (desk.edits.titles, desk.edits.notes) == ({"b": "Ours"}, {"b": "Seen."})
    assert desk.joins == (frozenset("ab"),)
    assert desk.decided == set("abc")


def test_an_address_in_an_order_that_gives_a_voice_is_a_problem(make: Make) -> None:
    """Whoever claims the page next would speak under our headline: it is refused at its line, with the id to write."""
    page = "https://post.example/a"
    orders = [
        Order("pin", (page,)),
        Order("retitle", (page,), "Ours"),
        Order("note", ("https://post.example/b",), "Seen."),
        Order("join", ("b", page)),
        Order("split", ("https://else.example/",)),
    ]
    updates = [make("a"), make("b"), make("claim", url=page)]
    desk, problems = resolve_orders(orders, updates, lambda order, place: (f"{order.verb}.toml", place + 1))
    assert (desk.pins, desk.edits, desk.splits, desk.joins) == ((), Edits(), frozenset(), (frozenset("b"),))
    assert [(one.where, one.line) for one in problems] == [
        ("pin.toml", 1),
        ("retitle.toml", 1),
        ("note.toml", 1),
        ("join.toml", 2),
        ("split.toml", 1),
    ]
    assert problems[0].what == f"pin names an address, which another update may have tomorrow (got {page})"
    assert problems[0].remedy == "write the update's id, of the one that is meant: a, claim"
    assert problems[2].remedy == 'write the update\'s id, "b"'
    assert problems[4].what == "no update has this address (got https://else.example/)"


def test_an_order_about_nothing_is_a_problem_and_a_takedown_is_not(make: Make) -> None:
    """Each unknown name is told with what comes nearest; what was taken down may be long gone."""
    orders = [
        Order("join", ("post-1234", "post-1235")),
        Order("hide", ("https://else.example/",)),
        Order("takedown", ("post-99", "https://else.example/x")),
    ]
    _, problems = resolve_orders(orders, [make("post-1234")], lambda order, place: (f"{order.verb}.toml", place + 1))
    assert [(problem.where, problem.line, problem.what) for problem in problems] == [
        ("join.toml", 2, "no update has this id (got post-1235)"),
        ("hide.toml", 1, "no update has this address (got https://else.example/)"),
    ]
    assert problems[0].remedy == "did you mean post-1234?"


def test_orders_that_contradict_each_other_are_problems(make: Make) -> None:
    """Nobody can guess which of two headlines was meant; the same said twice is no harm."""
    orders = [
        Order("pin", ("a",)),
        Order("hide", ("https://post.example/a",)),
        Order("retitle", ("b",), "One"),
        Order("retitle", ("b",), "Two", 1),
        Order("note", ("b",), "Same"),
        Order("note", ("b",), "Same", 1),
    ]
    _, problems = resolve_orders(orders, [make("a"), make("b")])
    assert [problem.what for problem in problems] == [
        "hide a: it is pinned already",
        "retitle b: it has another headline already",
    ]


def test_hiding_leaves_every_story_its_name_and_its_others(make: Make) -> None:
    """A story that loses its first update is still the story of that name; one that loses all is gone.

    Of two, one that is left has no page of its own any more, and the page there was leads to it.
    """
    stories = [Story("a", (make("a"), make("b"))), Story("c", (make("c"),))]
    assert without_hidden(stories, {"a", "c"}) == (Story("a", (make("b"),), ("a",)),)
    three = Story("a", (make("a"), make("b"), make("d")))
    assert without_hidden([three], {"a"}) == (Story("a", (make("b"), make("d"))),)
    assert without_hidden(stories, set()) == tuple(stories)


def test_a_takedown_leaves_no_word_and_stays_readable(make: Make) -> None:
    """What is kept is what it is known again by: the archive's row has no text, and reads back as it is."""
    update = make(
        "a",
        guid="g-1",
        authors=("A. Writer",),
        tags=("pay",),
        language="es",
        via=("https://wire.example/secret",),
        topics=(Match("pay", "wage*", "title"),),
        earlier_titles=(EarlierTitle("Before", START),),
    )
    bare = redacted(update)
    row = UPDATES.row(bare).decode()
    assert UPDATES.read(row, "x") == ([bare], [])
    for word in ("Title", "Text", "Writer", "pay", "secret", "Before"):
        assert word not in row
    assert (bare.id, bare.url, bare.guid, bare.first_seen) == ("a", update.url, "g-1", update.first_seen)
    assert redacted(bare) == bare


def test_a_takedown_holds_for_what_comes_back(make: Make) -> None:
    """By id, by address in another spelling, under a new id: it stays down, and nothing else does."""
    down = takedowns([Order("takedown", ("a", "https://post.example/b")), Order("hide", ("c",))])
    archived = {name: make(name) for name in "abcd"}
    assert down.without_text(archived) == {
        **archived,
        "a": redacted(archived["a"]),
        "b": redacted(archived["b"]),
    }
    assert down.cover("new-id", "http://www.post.example/b/?utm_source=feed")
    assert not down.cover("new-id", "")
    assert not down.cover("c", "https://post.example/c")


def test_a_new_order_takes_the_place_of_what_it_overrules(make: Make) -> None:
    """The desk keeps one word on each thing, and none at all beside a takedown."""
    updates = [make("a"), make("b")]
    old = [
        Order("pin", ("https://post.example/a",)),
        Order("retitle", ("a",), "Ours"),
        Order("join", ("a", "b")),
        Order("note", ("b",), "Seen."),
    ]

    def gone(verb: Verb, *names: str) -> list[str]:
        return [order.verb for order in superseded(old, replace(Order("pin", names), verb=verb), updates)]

    assert gone("hide", "a") == ["pin"]
    assert gone("retitle", "a") == ["retitle"]
    assert gone("split", "b") == ["join"]
    assert gone("join", "a", "b") == []
    assert gone("takedown", "a") == ["pin", "retitle", "join"]


def test_no_orders_no_desk(make: Make) -> None:
    """A site without a desk is as it was."""
    assert resolve_orders([], [make("a")]) == (Desk(), [])
