"""The manual says what the code does: what is made from it is current, the rest names what exists."""

import re
import shlex
from pathlib import Path

import pytest
from pelican.settings import DEFAULT_CONFIG

from plugins.commands import manual, manual_commands, manual_settings
from plugins.sections.settings import models
from tasks import program
from tests.copies import ROOT, SHIPPED

VERBS = {command.name: command for command in manual.commands(program)}
SETTINGS = {setting.name: setting for setting in manual_settings.read((SHIPPED / "pelicanconf.py").read_text("utf-8"))}
PEOPLE = ("writer", "editor", "publisher", "maintainer")
PROSE = [
    *(ROOT / "docs" / f"{name}.md" for name in (*PEOPLE, "topics", "importing")),
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")),
    *sorted((ROOT / ".github/workflows").glob("*.yml")),
]
_CALL = re.compile(r"\./inv ([a-z][a-z-]*)((?:[ \n]+(?:--?[a-z][a-z-]*(?:[= ](?:\"[^\"]*\"|[^\s`\"-][^\s`]*))?))*)")
_READ = re.compile(r"\b(?:settings|pelican)(?:\.get\(|\[)\"([A-Z][A-Z_]+)\"")


def test_what_is_made_from_the_code_is_current() -> None:
    """docs/commands.md is what `./inv docs` would write now."""
    text = manual_commands.page(VERBS.values())
    assert (ROOT / "docs/commands.md").read_text("utf-8") == text, "docs/commands.md is out of date: run ./inv docs"


def test_every_setting_is_explained() -> None:
    """No line of docs/settings.md is blank: pelicanconf.py has a word on each setting, Pelican's own too."""
    rows = re.findall(r"(?m)^\| `(\w+)` \|(.*)\|$", manual_settings.page(tuple(SETTINGS.values())))
    assert [name for name, _ in rows] == list(SETTINGS)
    assert [name for name, text in rows if not text.strip()] == []


def test_every_setting_that_is_read_is_named() -> None:
    """No plugin has or reads a setting that pelicanconf.py does not name, so that the manual has them all.

    `incremental`, which is for any site, has a page of its own, where its settings stand.
    """
    declared = {name for model in models() for name in model.names()} - {"PREVIEW"}  # which `./inv serve` alone sets
    read = {name for path in (ROOT / "plugins").rglob("*.py") for name in _READ.findall(path.read_text("utf-8"))}
    elsewhere = set(re.findall(r"`(INCREMENTAL_[A-Z]+)`", (ROOT / "docs" / "incremental.md").read_text("utf-8")))
    pelicans = {*DEFAULT_CONFIG, "DEFAULT_DATE"}  # which Pelican's documentation names, and its defaults do not
    assert sorted((read | declared) - SETTINGS.keys() - pelicans - elsewhere) == []


def test_every_verb_and_option_is_explained() -> None:
    """Each verb has a docstring, and each of its arguments and options a word of help."""
    for name, command in VERBS.items():
        assert command.text, name
        assert (name, [one.typed for one in command.parameters if not one.help]) == (name, [])


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_prose_names_what_exists(path: Path) -> None:
    """Every `./inv VERB --option` in what people read, and in the workflows, exists; so does every setting."""
    text = path.read_text("utf-8")
    for verb, options in _CALL.findall(text):
        assert verb in VERBS, f"./inv {verb}"
        known = {"--help"}.union(*(one.names for one in VERBS[verb].parameters))
        used = [word.partition("=")[0] for word in shlex.split(options) if word.startswith("-")]
        assert (verb, [word for word in used if word not in known]) == (verb, [])
    named = re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", text)
    assert [name for name in named if name not in SETTINGS and not _in_code(name)] == []


def test_the_manual_is_short() -> None:
    """Each of the four pages can be read over a cup of coffee."""
    for name in PEOPLE:
        assert len((ROOT / "docs" / f"{name}.md").read_text("utf-8").split()) < 700, name


def _in_code(name: str) -> bool:
    """Say whether a name that is no setting, such as an environment variable, is one the code knows."""
    return any(name in path.read_text("utf-8") for folder in ("plugins", ".github") for path in _sources(folder))


def _sources(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*") if path.suffix in {".py", ".yml"}]
