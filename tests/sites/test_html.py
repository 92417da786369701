"""The Nu HTML checker over built pages. It needs Java, and npm to fetch the checker once: see CONTRIBUTING.md."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from plugins.core.errors import Problem
from plugins.html import checker
from tests.copies import ROOT
from tests.publishing.conftest import inv
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
    words = ["check", "--html", "--settings", SETTINGS]
    words += ["--content", str(site.content), "--output", str(site.output)]
    return inv(ROOT, *words, SOURCE_DATE_EPOCH=NOW, **environment)


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


def test_a_page_that_was_right_is_checked_again_only_where_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was wrong is told each time. Java is asked by way of a program that notes which pages it is given."""
    cache, output, asked = tmp_path / "cache", tmp_path / "output", tmp_path / "asked"
    java = tmp_path / "bin/java"
    for folder in (cache, output / "a", java.parent):
        folder.mkdir(parents=True)
    found(GOLDEN)  # the checker is there now
    for jar in checker.CACHE.glob("vnu-*.jar"):
        (cache / jar.name).symlink_to(jar)
    real = shutil.which("java")
    java.write_text(
        f'#!/bin/sh\nfor folder; do :; done\n(cd "$folder" && find . -type l) > "{asked}"\nexec "{real}" "$@"\n'
    )
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{java.parent}:{os.environ['PATH']}")
    page = '<!DOCTYPE html><html lang="en"><title>{0}</title><p>{0}</p></html>'
    (output / "a/index.html").write_text(page.format("right"))
    (output / "b.html").write_text(page.format("<center>wrong</center>"))

    def checked() -> tuple[list[str], list[str]]:
        asked.unlink(missing_ok=True)
        told = sorted({Path(one.where).name for one in checker.problems(output, cache)})
        return told, sorted(asked.read_text().split()) if asked.exists() else []

    assert checked() == (["b.html"], ["./a/index.html", "./b.html"])
    assert checked() == (["b.html"], ["./b.html"])
    (output / "a/index.html").write_text(page.format("other"))
    (output / "b.html").write_text(page.format("mended"))
    assert checked() == ([], ["./a/index.html", "./b.html"])
    assert checked() == ([], [])
    (cache / "html-right.json").write_text('{"right": 3')
    assert checked() == ([], ["./a/index.html", "./b.html"])


def test_without_java_nothing_is_said_to_be_right(build: Build, tmp_path: Path) -> None:
    """Where there is no Java the check says so, and what to install; its exit code is one of its own."""
    site = build({"posts/first.md": POST})
    run = check(site, PATH=str(tmp_path))
    assert run.returncode == 3, run.stdout + run.stderr
    assert "The HTML was not checked: there is no Java; install one" in run.stderr
