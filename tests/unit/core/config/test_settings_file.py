"""Settings are read as Pelican reads them."""

import sys
from pathlib import Path

import pytest
from pelican.settings import read_settings
from pydantic import ValidationError

from plugins.core.errors import SiteError
from plugins.digest.settings import DigestSettings
from plugins.sections import settings
from plugins.updates.settings import UpdatesSettings
from tests.copies import ROOT, SHIPPED, project
from tests.site_settings import changed


def test_settings_are_those_pelican_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the file says is what Pelican makes of it, but for what Pelican adds and the places it makes whole."""
    project(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))  # before the root, whose settings are the owner's
    monkeypatch.delitem(sys.modules, "pelicanconf", raising=False)
    ours, theirs = settings.read("publishconf.py").pelican, read_settings("publishconf.py")
    assert {name for name, value in ours.items() if theirs[name] != value} <= {"THEME", "PLUGINS"}
    assert ours["PATH"] == str(tmp_path / "content")


def test_a_path_is_taken_from_where_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--content DIR` means the folder below the one we are in, wherever the settings file is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    read = settings.read(str(SHIPPED / "pelicanconf.py"), PATH="texts")
    assert read.pelican["PATH"] == read.of(settings.SiteSettings).path == str(tmp_path / "texts")


@pytest.mark.parametrize(("text", "line"), [("SITENAME = 'x'\nA = (\n", 2), ("A = B\n", 1), ("import nothere\n", 1)])
def test_a_file_that_is_no_python_is_named(tmp_path: Path, text: str, line: int) -> None:
    """The file, and the line where Python knows it."""
    file = tmp_path / "conf.py"
    file.write_text(text)
    with pytest.raises(SiteError) as told:
        settings.read(str(file))
    assert [(problem.where, problem.line) for problem in told.value.problems] == [(str(file), line)]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('TIMEZONE = "America/Los_Angles"', "TIMEZONE must be a time zone such as America/Los_Angeles"),
        ("UPDATES_INFLIGHT = 8", "unknown key UPDATES_INFLIGHT; did you mean UPDATES_IN_FLIGHT?"),
        ('UPDATES_IN_FLIGHT = "8"', "UPDATES_IN_FLIGHT must be a whole number (got 8)"),
        ("FUNDS_CHECK_DAYS = 0", "FUNDS_CHECK_DAYS must be 1 or more (got 0)"),
        ('FUNDS_RDAP = "https://x.example.org/"', "FUNDS_RDAP must have {domain} where the name goes"),
        ('SITEURL = "example.org"', "SITEURL must start with http:// or https://"),
        ('DEFAULT_LANG = "English"', "DEFAULT_LANG must be a language’s code, such as en or pt-BR"),
        ('WEBSUB_HUB = "hub.example.org"', "WEBSUB_HUB must start with http:// or https://"),
        ("PUBLISHING = 1", "PUBLISHING must be true or false (got 1)"),
        ("del SITENAME", "SITENAME is missing; add SITENAME"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_at_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    """Whatever Pelican would have swallowed: a wrong type, a value out of range, a name misspelled or gone."""
    monkeypatch.syspath_prepend(str(ROOT))
    file = tmp_path / "conf.py"
    file.write_text(f"from tests.shipped.pelicanconf import *\n\n{setting}\n")
    with pytest.raises(SiteError) as told:
        settings.read(str(file))
    (problem,) = told.value.problems
    assert said in str(problem)
    assert (problem.where, problem.line) == (str(file), 0 if "missing" in said else 3)


def test_all_plugins_settings_are_told_of_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong in one plugin's settings hides nothing in another's, nor what is wrong in the site's own."""
    monkeypatch.syspath_prepend(str(ROOT))
    file = tmp_path / "conf.py"
    wrong = 'LINKS_SAVES = -1\nCARDS_FNT = ""\nTIMEZONE = "Nowhere"\nUPDATES_HOST_GAP = "1"\n'
    file.write_text(f"from tests.shipped.pelicanconf import *\n{wrong}")
    with pytest.raises(SiteError) as told:
        settings.read(str(file))
    assert [(one.line, one.what.split(" must ")[0]) for one in told.value.problems] == [
        (2, "LINKS_SAVES"),
        (3, "unknown key CARDS_FNT"),
        (4, "TIMEZONE"),
        (5, "UPDATES_HOST_GAP"),
    ]


def test_a_plugin_gets_its_settings_as_a_value_that_stays() -> None:
    """Typed, each under a name without the prefix, and never changed on the way."""
    found = changed(UPDATES_IN_FLIGHT=3, DIGEST_FROM="desk@example.org")
    assert found.of(UpdatesSettings).in_flight == 3
    assert found.of(DigestSettings).from_ == "desk@example.org"
    with pytest.raises(ValidationError):
        found.of(UpdatesSettings).in_flight = 4  # type: ignore[misc]
