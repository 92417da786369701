"""The views of listings: their names, state, history and texts."""

from dataclasses import replace
from datetime import date

import pytest

from plugins.listings.posting import Happening, Snapshot
from plugins.listings.publish import build_views
from tests.unit.listings.publish.archived import at, builder, listing, sum_of


@pytest.mark.parametrize(
    "number",
    ["../../etc/passwd", "", "A-7", "a/b", "7 8", "ü", "\u202e7", "x" * 500, "7_8", "%2e%2e", "<script>", "\udcff"],
)
def test_a_boards_number_is_no_path_whatever_it_is(number: str) -> None:
    """What a board calls its listing can lead to no other folder, and is no other listing’s address."""
    ref = build_views.board_ref(f"harbour/{number}")
    board, _, name = ref.partition("/")
    assert board == "harbour"
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert len(name) < 80
    others = [
        build_views.board_ref(f"harbour/{other}") for other in (number.lower(), f"{number}x", name) if other != number
    ]
    assert ref not in others


def test_an_ordinary_number_stands_in_the_address() -> None:
    """The address of a listing’s page can be read."""
    assert build_views.board_url(build_views.board_ref("netflix/790298")) == "listings/boards/netflix/790298/"


def test_what_a_commentary_names_has_the_boards_history_beside_its_own() -> None:
    """What the archive knows fills what the file leaves out; events and notes stand in order of days."""
    history = [{"date": "2026-02-03", "text": "Reported."}]
    archived = listing("7", happened=[(4, "missing"), (6, "closed")], posted=date(2026, 1, 30))
    made = builder(archived, files={"planner": {"board": "harbour/7", "history": history}})
    (view,) = made.commented()
    assert (view.state, view.closed, view.posted, view.link) == (
        "closed",
        date(2026, 2, 6),
        date(2026, 1, 30),
        "https://jobs.example.org/7",
    )
    assert [(row.day.day, row.event) for row in view.history] == [
        (1, "opened"),
        (3, "noted"),
        (4, "missing"),
        (6, "closed"),
    ]
    assert made.uncommented() == ()


def test_a_listing_that_nobody_watches_is_not_called_open() -> None:
    """What is not known is not said."""
    (view,) = builder(files={"planner": {}}).commented()
    assert (view.state, view.marks) == ("", ())


def test_a_rewording_is_shown_with_what_changed() -> None:
    """A change of title, text or pay is told; one of line breaks alone is none."""
    first = Snapshot(at(1), "Planner", "The harbour", "You are flexible.", (sum_of(1, 2),))
    broken = replace(first, seen=at(2), text="You are\n\nflexible.")
    reworded = replace(broken, seen=at(3), text="You are calm.", pay=(sum_of(1, 3),))
    changes = (Happening(at(1), "opened"), Happening(at(2), "changed"), Happening(at(3), "changed"))
    made = builder(listing("7", first, broken, reworded, happenings=changes))
    (view,) = made.uncommented()
    assert (view.marks, view.rewordings) == (("reworded", "pay-changed"), 1)
    assert [(row.event, row.fields) for row in view.history] == [("opened", ()), ("changed", ("pay", "text"))]
    (change,) = made.changes("harbour/7")
    assert change.anchor == view.history[1].anchor
    assert [field.field for field in change.fields] == ["pay", "text"]
    assert [one.repeats for one in made.snapshots("harbour/7")] == [False, True, False]
    assert change.after in {one.anchor for one in made.snapshots("harbour/7")}


def test_a_relisting_is_told_at_both_listings() -> None:
    """The new number leads to the old one, and the old one to where its text is now."""
    old = listing("7", happened=[(4, "missing"), (6, "closed")])
    text = Snapshot(at(9), "Planner again", "The harbour", "You are flexible.")
    new = listing("9", text, happenings=(Happening(at(9), "relisted", "harbour/7"),))
    first, second = builder(old, new).uncommented()
    assert [(row.event, row.of_url) for row in first.history] == [("relisted", "listings/boards/harbour/7/")]
    assert second.history[-1].event == "relisted-as"
    assert second.history[-1].of_title == "Planner again"
    assert ("relisted" in first.marks, "relisted" in second.marks) == (True, True)


def test_signs_that_nobody_sees_are_not_shown() -> None:
    """A title cannot turn the reading order round, and an address that is none leads nowhere."""
    said = Snapshot(at(1), "Pl\u202eanner\x00", "x" * 9999, "Te\u2066xt")
    made = builder(listing("7", said, url="javascript:alert(1)"))
    (view,) = made.uncommented()
    assert (view.role, view.link, len(view.location)) == ("Planner", "", 200)
    assert made.snapshots("harbour/7")[0].paragraphs == ("Text",)


def test_days_are_the_sites() -> None:
    """A listing seen at noon in Greenwich was seen on the next day where it was midnight already."""
    (view,) = builder(listing("7"), zone="Pacific/Auckland").uncommented()
    assert view.seen == date(2026, 2, 2)
