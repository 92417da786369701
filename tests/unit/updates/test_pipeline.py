"""What a run does with the archive before it asks anybody: what was taken down loses its text, and not its place."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from plugins.core.net.http import Response, Validators
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.config.desk_file import parse_desk
from plugins.updates.config.load import HandWritten
from plugins.updates.model import Source, Update
from plugins.updates.pipeline import Outside, Stored, collect
from plugins.updates.stories.stories import group
from tests.unit.updates.conftest import START, Make


async def _ask_nobody(
    url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
) -> Response:
    raise AssertionError(url)


def _after_a_run(updates: Mapping[str, Update], desk: str) -> Mapping[str, Update]:
    """Return the archive after a run that asks nobody."""
    sources = {"post": Source("post", "The Post", "https://post.example/", "press")}
    written = HandWritten(sources, (), (), frozenset(), parse_desk(desk, "desk.toml"), (), sources)
    outside = Outside(_ask_nobody, lambda fetched, source: None, lambda path: b"")  # type: ignore[arg-type, return-value]
    stored = Stored(Archive(updates), (), {})
    return asyncio.run(collect(written, stored, outside, START)).updates


def test_what_is_taken_down_is_noted_beside_what_stays(make: Make) -> None:
    """The story keeps its id run after run, whichever of its updates are taken down, the first or all but one."""
    page = "https://post.example/offer"
    updates = {name: make(name, number, url=page, title="The offer") for number, name in enumerate("abc")}
    updates["d"] = make("d", 3, title="Chowder feeds the pickets")
    desk = '[[takedown]]\nupdate = "a"\n'
    once = _after_a_run(updates, desk)
    assert [(one.id, one.title, one.stood_with) for one in once.values() if one != updates[one.id]] == [("a", "", "b")]
    assert _after_a_run(once, desk) == once
    twice = _after_a_run(once, desk + '[[takedown]]\nupdate = "b"\n[[takedown]]\nupdate = "d"\n')
    assert [twice[name].stood_with for name in "abcd"] == ["b", "c", "", ""]
    for archived in (once, twice):
        told, bare = ([one for one in archived.values() if bool(one.title) is there] for there in (True, False))
        stories = group(told, bare=bare)
        assert [(story.id, sorted(one.id for one in story.updates)) for story in stories] == [
            ("a", ["a", "b", "c"]),
            ("d", ["d"]),
        ]


def test_who_stood_with_whom_in_a_circle_is_no_trap(make: Make) -> None:
    """Rows that a hand or a merge has mixed up stand alone, and nothing hangs."""
    bare = [replace(make(name), title="", stood_with=other) for name, other in ("ab", "bc", "ca")]
    assert [story.id for story in group([make("d", 1)], bare=bare)] == ["a", "b", "c", "d"]
