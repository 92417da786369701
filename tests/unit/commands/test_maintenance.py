"""What the maintainer's commands run."""

import subprocess
import tomllib

import pytest
from click.testing import CliRunner

from plugins.commands import maintenance
from tasks import program
from tests.copies import ROOT

TESTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]["testpaths"]


def pytest_runs(words: list[str], monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return what `./inv WORDS` hands to pytest, run by run; nothing is run."""
    runs: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        words = [str(word) for word in command]
        if "pytest" in words:
            runs.append(words[words.index("pytest") + 1 :])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(maintenance, "_say_what_was_not_run", lambda: None)
    assert CliRunner().invoke(program, words).exit_code == 0
    return runs


def folders(run: list[str]) -> list[str]:
    """Return the folders of tests that a run of pytest goes through."""
    named = [word for word in run if word.startswith("tests/")]
    return named or [tests for tests in TESTS if f"--ignore={tests}" not in run]


def test_every_folder_of_tests_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However the tests are parted into those that are measured, the browser's and the rest."""
    runs = pytest_runs(["test"], monkeypatch)
    assert sorted(tests for run in runs for tests in folders(run)) == sorted(TESTS)
    assert folders(runs[-1]) == ["tests/browser"]


def test_chosen_tests_run_alone_and_without_measuring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs one test wants it soon."""
    (run,) = pytest_runs(["test", "tests/unit/core -x"], monkeypatch)
    assert run[-2:] == ["tests/unit/core", "-x"] and "--cov" not in run


def test_golden_builds_the_golden_site_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """It took ten minutes when it ran all tests of sites."""
    (run,) = pytest_runs(["golden"], monkeypatch)
    assert folders(run) == ["tests/sites/test_golden.py"] and "--golden" in run
    assert (ROOT / "tests/sites/test_golden.py").is_file()
