"""`./inv desk`: reading, listing, and writing desk.toml."""

from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.core.errors import SiteError
from plugins.updates.archive import archive_folder, dropped_items
from plugins.updates.commands.edit_desk import DeskOptions, desk, orders_of
from plugins.updates.config import desk_file
from plugins.updates.config.load import read_archive
from plugins.updates.desk.order import Order
from plugins.updates.model import Drop
from tests.unit.updates.conftest import START, Make

SOURCES = '[[source]]\nid = "post"\ntitle = "The Post"\nsite = "https://post.example/"\nkind = "press"\n'
DESK = """\
# Ours alone.

[[pin]] # a pin
update = "a"   # keep it there

# About the hidden one.
[[hide]]
update = "b"
why = "a duplicate"

[[pin]]
update = "c"
# The end.
"""


@pytest.fixture
def content(tmp_path: Path, make: Make) -> Path:
    """Return the content folder of a site with a desk and five updates, a to e."""
    folder = tmp_path / "content" / "updates"
    folder.mkdir(parents=True)
    (folder / "sources.toml").write_text(SOURCES)
    (folder / "desk.toml").write_text(DESK)
    updates = {name: make(name, number) for number, name in enumerate("abcde")}
    archive_folder.write(tmp_path / "content" / "archive" / "updates", archive_folder.Archive(updates))
    return tmp_path / "content"


def text(content: Path) -> str:
    """Return the desk as it is now."""
    return (content / "updates" / "desk.toml").read_text()


def orders(content: Path) -> list[tuple[str, tuple[str, ...], str]]:
    """Return the desk's orders as they are read."""
    read = desk_file.read_desk(content / "updates")
    assert not read.problems
    return [(order.verb, order.names, order.words) for order in read.orders]


def test_the_list_is_of_what_nobody_decided_about(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The newest come first, what the desk names is left out, and a pipe gets plain lines."""
    desk(content, ZoneInfo("UTC"), DeskOptions())
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ["e", "2026-03-01 16:00", "The Post", "Title e"],
        ["d", "2026-03-01 15:00", "The Post", "Title d"],
    ]


def test_an_order_is_added_below_and_all_else_stays(content: Path) -> None:
    """Comments, spacing and order are the editor's; the new lines say in a comment what they are about."""
    desk(content, ZoneInfo("UTC"), DeskOptions(pin="d", note='She said "no".'))
    assert text(content).startswith(DESK)
    assert 'update = "d" # post: Title d\n' in text(content)
    assert orders(content)[-1] == ("note", ("d",), 'She said "no".')


def test_each_wish_is_read_back_as_it_was_meant(content: Path) -> None:
    """What the command writes, the build understands."""
    desk(content, ZoneInfo("UTC"), DeskOptions(retitle="https://post.example/d", to="Ours"))
    desk(content, ZoneInfo("UTC"), DeskOptions(join="d,https://post.example/e"))
    desk(content, ZoneInfo("UTC"), DeskOptions(hide="e"))
    desk(content, ZoneInfo("UTC"), DeskOptions(note="Seen.", item="e"))
    assert [order for order in orders(content) if order[0] not in {"pin"}] == [
        ("hide", ("b",), ""),
        ("hide", ("e",), ""),
        ("retitle", ("d",), "Ours"),
        ("note", ("e",), "Seen."),
        ("join", ("d", "e"), ""),
    ]


def test_an_address_is_looked_up_when_the_order_is_written(content: Path, make: Make) -> None:
    """Whoever claims the page tomorrow gets neither our headline nor our pin; today's claims are put to the editor."""
    desk(content, ZoneInfo("UTC"), DeskOptions(pin="http://www.post.example/d?utm_source=x", note="Seen."))
    assert 'update = "d" # post: Title d\n' in text(content)
    assert orders(content)[-1] == ("note", ("d",), "Seen.")
    before = text(content)
    updates = {name: make(name, number, url="https://post.example/d") for number, name in enumerate("abcde")}
    folder = content / "archive" / "updates"
    archived = read_archive(folder)
    archive_folder.write(folder, replace(archived, updates={**updates, "d": archived.updates["d"]}))
    for options in (
        DeskOptions(retitle="https://post.example/d", to="Ours"),
        DeskOptions(join="a,https://post.example/d"),
    ):
        with pytest.raises(SiteError, match=r"5 updates have this address.*name one by its id: a \(post: Title a\); b"):
            desk(content, ZoneInfo("UTC"), options)
    assert text(content) == before
    desk(content, ZoneInfo("UTC"), DeskOptions(hide="https://post.example/d"))
    assert ("hide", ("https://post.example/d",), "") in orders(content)


def test_a_new_order_replaces_the_old_and_keeps_the_comments(content: Path) -> None:
    """Hiding what was pinned takes the pin away; what was written around it is not the machine's to remove."""
    desk(content, ZoneInfo("UTC"), DeskOptions(hide="a"))
    assert [order[:2] for order in orders(content)] == [("pin", ("c",)), ("hide", ("b",)), ("hide", ("a",))]
    assert "# Ours alone.\n" in text(content)
    assert "# About the hidden one.\n[[hide]]" in text(content)
    desk(content, ZoneInfo("UTC"), DeskOptions(undo="c"))
    assert "# The end.\n" in text(content)
    assert [order[:2] for order in orders(content)] == [("hide", ("b",)), ("hide", ("a",))]


def test_a_takedown_takes_the_words_with_it(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No headline stays in the desk's comments, and the address is written down in case the id changes."""
    desk(content, ZoneInfo("UTC"), DeskOptions(pin="d", note="Secret."))
    desk(content, ZoneInfo("UTC"), DeskOptions(takedown="d"))
    assert orders(content)[-1] == ("takedown", ("d", "https://post.example/d"), "")
    assert "Title d" not in text(content)
    assert "Secret." not in text(content)
    desk(content, ZoneInfo("UTC"), DeskOptions(takedown="https://never.example/seen"))
    assert orders(content)[-1] == ("takedown", ("https://never.example/seen",), "")
    assert "Git's history" in capsys.readouterr().out


def test_a_takedown_leaves_stories_where_they_are_and_nothing_in_the_cache(
    content: Path, make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the desk joined and split stays so, without the headline; for whom it holds is told; caches are emptied."""
    desk(content, ZoneInfo("UTC"), DeskOptions(join="d,e"))
    desk(content, ZoneInfo("UTC"), DeskOptions(split="d"))
    desk(content, ZoneInfo("UTC"), DeskOptions(join="d,e"))
    cache = content.parent / ".cache"
    made = ["search/index/page.txt", "cards/a.png", "preview/site/output/index.html", "updates/items/post.json"]
    for name in (*made, "images/a.webp"):
        (cache / name).parent.mkdir(parents=True, exist_ok=True)
        (cache / name).write_text("Title d")
    drops = [Drop(START.date(), "no topic matched", make(name, url=f"https://post.example/{name}")) for name in "dx"]
    dropped_items.write(cache / "updates" / "dropped.jsonl", drops)
    desk(content, ZoneInfo("UTC"), DeskOptions(takedown="https://post.example/D/?utm_source=x"))
    assert "It holds for d, and for what comes with the same page or id" in capsys.readouterr().out
    assert orders(content)[-2:] == [
        ("join", ("d", "e"), ""),
        ("takedown", ("https://post.example/D/?utm_source=x",), ""),
    ]
    assert "Title d" not in text(content)
    assert "Title e" in text(content)
    assert not [name for name in made if (cache / name).exists()]
    assert (cache / "images/a.webp").exists()
    assert [drop.update.id for drop in dropped_items.read(cache / "updates" / "dropped.jsonl")[0]] == ["x"]
    desk(content, ZoneInfo("UTC"), DeskOptions(takedown="https://post.example/e?v=1"))
    said = capsys.readouterr().out
    assert "No update has it now; it is kept out when it comes.\ne has nearly the same page, and stays: " in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (DeskOptions(pin="x"), "no update has this id"),
        (DeskOptions(retitle="a"), "a headline needs an update and words"),
        (DeskOptions(note="Hm."), "a note needs an update"),
        (DeskOptions(item="a"), "--item says what a note is about"),
        (DeskOptions(join="a"), "only one update to join"),
        (DeskOptions(undo="e"), "the desk says nothing about e"),
    ],
)
def test_an_order_that_cannot_be_carried_out_changes_nothing(content: Path, options: DeskOptions, said: str) -> None:
    """The editor is told what is missing, and the file is as it was."""
    with pytest.raises(SiteError, match=said):
        desk(content, ZoneInfo("UTC"), options)
    assert text(content) == DESK


def test_an_address_may_have_a_comma_of_its_own() -> None:
    """Updates to join are split between names, not inside them."""
    (order,) = orders_of(DeskOptions(join="post-1, https://a.example/1,2.html,https://b.example/?a=1,b"))
    assert order == Order("join", ("post-1", "https://a.example/1,2.html", "https://b.example/?a=1", "b"))


def test_a_problem_is_told_at_its_line_wherever_its_table_stands(content: Path) -> None:
    """Tables of one verb may stand among others; the line is still the one to look at."""
    path = content / "updates" / "desk.toml"
    path.write_text(DESK + '\n[[retitle]]\nupdate = "a"\n[[pin]]\nupdate = ""\n[[hide]]\nwhat = 1\nupdate = "d"\n')
    read = desk_file.read_desk(path.parent)
    assert sorted((problem.line, problem.what.split(" (")[0]) for problem in read.problems) == [
        (15, "to is missing"),
        (18, "update must not be empty"),
        (20, "unknown key what"),
    ]


def test_a_layout_that_is_not_known_is_not_written_to(content: Path) -> None:
    """TOML can say the same in other ways; where the command cannot take a line out, it says so and leaves all."""
    path = content / "updates" / "desk.toml"
    path.write_text('pin = [{ update = "a" }]\n')
    with pytest.raises(SiteError, match="cannot be written to"):
        desk(content, ZoneInfo("UTC"), DeskOptions(hide="a"))
    assert path.read_text() == 'pin = [{ update = "a" }]\n'


def test_without_a_desk_the_first_order_founds_one(content: Path) -> None:
    """A new file explains itself."""
    (content / "updates" / "desk.toml").unlink()
    desk(content, ZoneInfo("UTC"), DeskOptions(pin="a"))
    assert text(content).startswith("# The editor's desk")
    assert orders(content) == [("pin", ("a",), "")]
