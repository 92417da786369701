"""What sections want found becomes pages that Pagefind reads as they are meant."""

import gzip
import json
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core.text.localised import Wording
from plugins.incremental.signals import BuiltFiles
from plugins.search import index, pagefind
from plugins.search.model import FOLDER
from plugins.search.records import records
from plugins.sections.findable import Findable, Part, sentences

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
    assert index.write(
        finder, BuiltFiles(tmp_path, tmp_path, {}), "en", tmp_path / "cache", records([DAY, FUND], WORDING)
    )
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
