"""The developer's commands."""

from plugins.commands import maintenance
from tests.copies import ROOT


def test_each_test_is_run_once() -> None:
    """Every folder with tests is in one of the three runs, and in one alone."""
    folders = sorted(f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if any(path.rglob("test_*.py")))
    assert sorted([*maintenance.MEASURED, *maintenance.WHOLES, "tests/browser"]) == folders
