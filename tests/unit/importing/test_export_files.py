"""An export that unpacks to more than it seems: no more is held than a text may have, and the report names the file."""

import gc
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.core.errors import SiteError
from plugins.importing import export_files, load_export, pipeline
from plugins.importing.formats import wxr
from plugins.importing.model import Export, OldDocument

STORY = """<article class="h-entry"><h1 class="p-name">{0}</h1><section data-field="body"><p>Words of {0}.</p>{1}
</section><time class="dt-published" datetime="2024-01-02T10:00:00Z"></time></article>"""
MIB = 2**20


@contextmanager
def within(most: int) -> Iterator[None]:
    """Hold what runs to so many bytes of memory at once."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < most, f"{peak:,} bytes"


def export(path: Path) -> Export:
    """Return what a zip holds."""
    opened = export_files.open_path(path)
    try:
        return load_export.load(opened, "export.zip", "", "", ZoneInfo("UTC"))
    finally:
        opened.close()


def test_a_bomb_among_the_texts_costs_itself(tmp_path: Path) -> None:
    """16 MiB in 16 KiB are given up at the first MiB or two; the file is named, and the other texts come."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as out:
        out.writestr("posts/one.html", STORY.format("one", ""))
    export(tmp_path / "e.zip")  # what the libraries prepare once is not what is measured
    with zipfile.ZipFile(tmp_path / "e.zip", "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("posts/one.html", STORY.format("one", ""))
        out.writestr("posts/bomb.html", STORY.format("bomb", " " * 16 * MIB))
        out.writestr("posts/two.html", STORY.format("two", ""))
    with within(8 * MIB):
        found = export(tmp_path / "e.zip")
    assert [one.title for one in found.documents] == ["one", "two"]
    assert [str(one) for one in found.problems] == [
        "export.zip/posts/bomb.html: unpacks to more than 50 times its size, as no text or picture does; "
        "look whether it is whole, and yours"
    ]


def test_many_small_bombs_end_the_reading_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are each as large as a file may be come to more than an export may: one line says where it ended."""
    monkeypatch.setattr(export_files, "FREE_OF_RATIO", 60_000)
    page = STORY.format("page", " " * 58_000)
    with zipfile.ZipFile(tmp_path / "e.zip", "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(40):
            out.writestr(f"posts/{number:02}.html", page)
    found = export(tmp_path / "e.zip")
    (problem,) = found.problems
    assert problem.where == f"export.zip/posts/{len(found.documents):02}.html"
    assert "unpack to more than an export does" in problem.what
    assert 10 < len(found.documents) < 30


def test_a_text_has_a_limit_and_is_named(tmp_path: Path) -> None:
    """A page that is longer than any text is not held; neither is a field of a WordPress export."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as out:
        out.writestr("posts/one.html", STORY.format("one", ""))
        out.writestr("posts/long.html", STORY.format("long", "<p>word " * 200_000))
    found = export(tmp_path / "e.zip")
    assert [one.title for one in found.documents] == ["one"]
    (problem,) = found.problems
    assert str(problem).startswith("export.zip/posts/long.html: its HTML is longer than 1,500,000 letters; ")
    item = "<item>\n<title>{}</title></item>"
    read = wxr.read(
        f"<rss><channel>{item.format('a')}{item.format('x' * 20_000_001)}{item.format('b')}</channel></rss>"
    )
    assert [one.get("title") for one in read.items] == ["a"]
    assert read.faults == [(3, "a field of more than 20,000,000 letters; nothing was read from here on")]


def test_a_list_of_files_that_is_longer_than_an_exports_is_not_read(tmp_path: Path) -> None:
    """What says of itself that its list alone is of a hundred megabytes is refused before the list is."""
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as out:
        out.writestr("posts/one.html", STORY.format("one", ""))
    whole = bytearray((tmp_path / "e.zip").read_bytes())
    at = whole.rfind(b"PK\5\6")
    whole[at + 12 : at + 16] = (100 * MIB).to_bytes(4, "little")
    (tmp_path / "e.zip").write_bytes(whole)
    with pytest.raises(SiteError, match="it lists more than 50,000 files"):
        export_files.open_path(tmp_path / "e.zip")


def test_no_text_that_waits_holds_its_tree() -> None:
    """All texts are prepared before the first is written; of each no more is held than its markup."""
    html = "<p>" + "<b>a</b> c " * 300 + "</p>"
    document = OldDocument("k", "p", "Title", "text", html, datetime(2024, 5, 1, tzinfo=UTC))
    first = pipeline.prepare(document, "text", "")
    assert str(first.tree) == first.markup
    tracemalloc.start()
    try:
        held = [pipeline.prepare(document, "text", "") for _ in range(2)]
        gc.collect()
        size = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert [one.markup for one in held] == [first.markup] * 2
    assert size < 2 * 20 * len(html)
