"""What sections want found becomes pages that Pagefind reads as they are meant."""

import gzip
import json
import shutil
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

from plugins.core.text.localised import Wording
from plugins.incremental.signals import BuiltFiles
from plugins.search import index, pagefind
from plugins.search.model import FOLDER
from plugins.search.records import records
from plugins.sections.findable import Findable, LaterFindable, Part, sentences

WORDING = Wording("en", ZoneInfo("America/Los_Angeles"))
DAY = Findable(
    "updates/2026/03/01/",
    "day",
    "updates",
    "Sunday 1 March 2026",
    day=date(2026, 3, 1),
    parts=(Part("u1", "Talks <b>resume</b>", "Harbour Daily. They sat down."), Part("u2", "Rain", "At the gate.")),
)
FUND = Findable("donate/#kitchen", "fund", "donate", 'Harbour "Kitchen"', "Hot meals.")


def test_pagefind_reads_a_record_as_it_is_meant(tmp_path: Path) -> None:
    """Kind, day and address come through as they were given, markup as text, and each part has its own id."""
    finder = pagefind.program()
    assert finder is not None
    assert index.write(finder, BuiltFiles.whole(tmp_path), "en", tmp_path / "cache", records([DAY, FUND], WORDING))
    found = {}
    for path in (tmp_path / FOLDER / "fragment").iterdir():
        told = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[told["meta"]["kind"]] = told
    day, fund = found["day"], found["fund"]
    assert (day["meta"]["url"], day["meta"]["day"], day["filters"]) == (DAY.url, "1 March 2026", {"updates": ["yes"]})
    assert [(one["id"], one["text"]) for one in day["anchors"]] == [("u1", "Talks <b>resume</b>"), ("u2", "Rain")]
    assert (fund["meta"]["url"], fund["meta"]["title"]) == (FUND.url, FUND.title)
    assert "day" not in fund["meta"]
    assert not (tmp_path / "_found").exists()


def test_a_new_record_moves_no_other() -> None:
    """A record's place follows from its address, so that the index of the others keeps its files' names."""
    alone, both = records([FUND], WORDING), records([DAY, FUND], WORDING)
    assert set(alone) < set(both)


def test_texts_do_not_run_together() -> None:
    """Each is a sentence of its own, and nothing stands where there is none."""
    assert sentences("A union", "", "They walk out!", "Day one.") == "A union. They walk out! Day one."


def test_what_can_be_made_later_is_made_where_it_is_not_known_alone(tmp_path: Path) -> None:
    """A record whose inputs are as they were is not made for an index that is kept, nor for one without its text."""
    finder = pagefind.program()
    assert finder is not None
    made: list[str] = []

    def later(name: str, inputs: str) -> LaterFindable:
        def make() -> Findable:
            made.append(name)
            return Findable(f"updates/{name}/", "day", "updates", f"Day {inputs}")

        return LaterFindable(f"updates/{name}/", inputs, make)

    def build(*findables: LaterFindable) -> dict[str, bytes]:
        made.clear()
        built = BuiltFiles.whole(Path(mkdtemp(dir=tmp_path)))
        assert index.write(finder, built, "en", tmp_path / "cache", records(findables, WORDING))
        return {path.name: path.read_bytes() for path in built.folder.rglob("*") if path.is_file()}

    first = build(later("one", "a"), later("two", "b"))
    assert sorted(made) == ["one", "two"]
    assert build(later("one", "a"), later("two", "b")) == first
    assert made == []
    changed = build(later("one", "a"), later("two", "c"))
    assert "two" in made
    shutil.rmtree(tmp_path / "cache")
    assert build(later("one", "a"), later("two", "c")) == changed != first
