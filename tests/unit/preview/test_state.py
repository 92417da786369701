"""What a tab is told, whenever it asks."""

from pathlib import Path

from plugins.preview.model import EarlyFiles, Ready, Trouble
from plugins.preview.state import State

WRONG = Trouble("a.md", 3, "what", "remedy")


def test_a_tab_is_told_all_that_changed_since_its_page() -> None:
    """Also where it lost the line for some builds."""
    state = State(first=100)
    state.built(1, ["a", "b"])
    state.built(1, ["b"])
    state.built(1, ["c"])
    assert state.told(100) == {"build": 102, "changed": ["b", "c"], "problems": []}
    assert state.told(101)["changed"] == ["c"]
    assert state.told(102)["changed"] == []


def test_a_tab_of_another_run_or_of_no_site_loads_again() -> None:
    """What changed since then is not known."""
    state = State(first=100)
    assert state.told(0)["changed"] == []
    state.built(1, ["a"])
    assert state.told(0)["changed"] is None
    assert state.told(99)["changed"] is None
    state.built(1, None)
    assert state.told(100)["changed"] is None
    state.built(1, ["b"])
    assert state.told(101)["changed"] == ["b"]


def test_problems_stay_until_a_build_goes_well() -> None:
    """And change nothing of what is on show."""
    state = State(first=100)
    state.built(1, ["a"])
    state.failed(1, [WRONG])
    assert (state.is_good, state.told(100)["changed"], state.told(100)["problems"][0]["line"]) == (True, [], 3)
    state.built(1, [])
    assert state.told(100) == {"build": 101, "changed": [], "problems": []}


def test_an_edited_page_is_on_show_until_its_build_has_ended(tmp_path: Path) -> None:
    """A tab loads it again only where the build made another page of it, or none."""
    state = State(first=100, ready=Ready(tmp_path, tmp_path, "", ()))
    for name in ("right", "other", "as it was"):
        (tmp_path / name).write_bytes(b"old")
    state.built(1, ["right", "other", "as it was"])
    state.show(EarlyFiles(1, {"right": b"new", "other": b"nearly", "as it was": b"old", "nowhere": b"new"}))
    assert state.told(100)["changed"] == ["nowhere", "other", "right"]
    assert (state.page("right"), state.page("nowhere"), state.has("nowhere")) == (b"new", b"new", True)
    (tmp_path / "right").write_bytes(b"new")
    (tmp_path / "other").write_bytes(b"new")
    state.built(1, ["right", "other"])
    assert state.told(101)["changed"] == ["nowhere", "other"]
    assert (state.page("other"), state.page("nowhere"), state.has("nowhere")) == (b"new", None, False)


def test_what_is_shown_early_of_a_file_is_told_from_what_the_output_has(tmp_path: Path) -> None:
    """A file that is no page is served from the output, but for as long as another is shown."""
    state = State(first=100, ready=Ready(tmp_path, tmp_path, "", ()))
    (tmp_path / "a.css").write_bytes(b"old")
    state.built(1, ["a.css"])
    assert state.early("a.css") is None
    state.show(EarlyFiles(2, {"a.css": b"new"}))
    assert state.early("a.css") == b"new"
    state.failed(2, [WRONG])
    assert (state.early("a.css"), state.told(101)["changed"]) == (None, ["a.css"])


def test_an_edited_page_goes_with_a_build_that_failed(tmp_path: Path) -> None:
    """The page is as it was."""
    state = State(first=100, ready=Ready(tmp_path, tmp_path, "", ()))
    (tmp_path / "page").write_bytes(b"old")
    state.built(1, ["page"])
    state.show(EarlyFiles(1, {"page": b"new"}))
    state.failed(1, [WRONG])
    assert state.page("page") == b"old"
    assert state.told(101)["changed"] == ["page"]


def test_what_is_edited_while_a_build_goes_on_outlives_it(tmp_path: Path) -> None:
    """That build has not seen it: the tab is not taken back to what it made."""
    state = State(first=100, ready=Ready(tmp_path, tmp_path, "", ()))
    (tmp_path / "page").write_bytes(b"old")
    state.built(1, ["page"])
    state.show(EarlyFiles(2, {"page": b"new"}))
    state.show(EarlyFiles(3, {"page": b"newer"}))
    (tmp_path / "page").write_bytes(b"new")
    state.built(2, ["page"])
    assert (state.page("page"), state.told(102)["changed"]) == (b"newer", [])
    (tmp_path / "page").write_bytes(b"newer")
    state.built(3, ["page"])
    assert (state.page("page"), state.told(102)["changed"]) == (b"newer", [])
