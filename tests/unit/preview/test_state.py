"""What a tab is told, whenever it asks."""

from plugins.preview.model import Trouble
from plugins.preview.state import State

WRONG = Trouble("a.md", 3, "what", "remedy")


def test_a_tab_is_told_all_that_changed_since_its_page() -> None:
    """Also where it lost the line for some builds."""
    state = State(first=100)
    state.built(["a", "b"])
    state.built(["b"])
    state.built(["c"])
    assert state.told(100) == {"build": 102, "changed": ["b", "c"], "problems": []}
    assert state.told(101)["changed"] == ["c"]
    assert state.told(102)["changed"] == []


def test_a_tab_of_another_run_or_of_no_site_loads_again() -> None:
    """What changed since then is not known."""
    state = State(first=100)
    assert state.told(0)["changed"] == []
    state.built(["a"])
    assert state.told(0)["changed"] is None
    assert state.told(99)["changed"] is None
    state.built(None)
    assert state.told(100)["changed"] is None
    state.built(["b"])
    assert state.told(101)["changed"] == ["b"]


def test_problems_stay_until_a_build_goes_well() -> None:
    """And change nothing of what is on show."""
    state = State(first=100)
    state.built(["a"])
    state.failed([WRONG])
    assert (state.is_good, state.told(100)["changed"], state.told(100)["problems"][0]["line"]) == (True, [], 3)
    state.built([])
    assert state.told(100) == {"build": 101, "changed": [], "problems": []}
