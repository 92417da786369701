"""The wire as a section: what a check is told at once, and what waits until it is printed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from plugins.sections.model import Edition, Newsroom
from plugins.updates import section
from plugins.updates.archive import archive_folder
from tests.site_settings import changed
from tests.unit.updates.conftest import START, Make

SOURCES = '[[source]]\nid = "post"\ntitle = "The Post"\nsite = "https://post.example/"\nkind = "press"\n'
BY_HAND = '---\ntitle: "By hand"\nsource: post\ndate: {date}\nurl: https://post.example/hand\n---\n\nText.\n'


def edition(folder: Path, make: Make, preview: Literal["", "drafts"] = "") -> Edition:
    """Return the edition of two archived updates and two entered by hand, one of them dated a day ahead."""
    (folder / "updates").mkdir(parents=True)
    (folder / "updates" / "sources.toml").write_text(SOURCES)
    (folder / "updates" / "today.md").write_text(BY_HAND.format(date="2026-03-01"))
    (folder / "updates" / "tomorrow.md").write_text(BY_HAND.format(date="2026-03-02").replace("hand\n", "later\n"))
    updates = {name: make(name) for name in "ab"}
    archive_folder.write(folder / "archive" / "updates", archive_folder.Archive(updates))
    newsroom = Newsroom(folder, START, ZoneInfo("UTC"), "en", "https://s.example", changed(), preview)
    return section.edition(newsroom)


def test_a_check_clusters_nothing(tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that a check reads is there without the most expensive step, which the first value for a template begins."""

    def group(*_: object, **__: object) -> None:
        raise AssertionError("clustered")

    monkeypatch.setattr(section, "group", group)
    made = edition(tmp_path / "content", make)
    assert (made.problems, [link.url for link in made.links]) == ((), ["https://post.example/hand"])
    with pytest.raises(AssertionError, match="clustered"):
        made.context["wire"]


def test_what_is_scheduled_is_shown_in_a_preview_of_drafts_and_nowhere_else(tmp_path: Path, make: Make) -> None:
    """Before its time an update entered by hand has no entry; in the preview it has one, which says so."""
    public = edition(tmp_path / "public", make).context["updates_by_id"]
    assert isinstance(public, Mapping) and sorted(public) == ["a", "b", "today"]
    preview = edition(tmp_path / "preview", make, preview="drafts").context["updates_by_id"]
    assert isinstance(preview, Mapping) and sorted(preview) == ["a", "b", "today", "tomorrow"]
    assert preview["tomorrow"].standing.kind == "scheduled" and preview["today"].standing is None
