"""The Nu HTML checker over built pages. It needs Java, and npm to fetch the checker once: see CONTRIBUTING.md."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from plugins.core.errors import Problem
from plugins.html import checker
from tests.copies import ROOT
from tests.sites.conftest import NOW, POST, SETTINGS, Build, Site

GOLDEN = Path(__file__).with_name("small") / "golden"


def found(output: Path) -> tuple[Problem, ...]:
    """Return what the checker says; fails where it cannot be run."""
    try:
        return checker.problems(output)
    except checker.MissingError as missing:
        pytest.fail(f"the HTML was not checked: {missing}")


def check(site: Site, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `./inv check --html` as a writer would."""
    words = [sys.executable, "-m", "plugins.commands", "check", "--html", "--settings", SETTINGS]
    words += ["--content", str(site.content), "--output", str(site.output)]
    variables: Mapping[str, str] = {**os.environ, "SOURCE_DATE_EPOCH": NOW, **environment}
    return subprocess.run(words, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=120, check=False)


def test_every_kind_of_page_is_html_without_an_error() -> None:
    """The small site, which has every kind of page, is HTML as the standard has it."""
    assert [str(one) for one in found(GOLDEN)] == []


def test_an_error_in_a_text_is_told_with_its_page(build: Build) -> None:
    """What a writer's own markup breaks is a problem with its page and line, and exit code 1."""
    site = build({"posts/first.md": f"{POST}\n<p><center>Old</center>\n", "posts/second.md": POST})
    assert site.code == 0, site.said
    run = check(site)
    assert run.returncode == 1, run.stdout + run.stderr
    told = [line for line in run.stderr.splitlines() if "element is obsolete" in line]
    assert [line.split(":")[0] for line in told] == [str(site.output / "posts/first/index.html")]
    assert "posts/second" not in run.stderr


def test_without_java_nothing_is_said_to_be_right(build: Build, tmp_path: Path) -> None:
    """Where there is no Java the check says so, and what to install; its exit code is one of its own."""
    site = build({"posts/first.md": POST})
    run = check(site, PATH=str(tmp_path))
    assert run.returncode == 3, run.stdout + run.stderr
    assert "The HTML was not checked: there is no Java; install one" in run.stderr
