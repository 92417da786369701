"""`./inv new site`: a fork's first ten minutes."""

import ast
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.publishing import fresh_site, starter_files
from tests.copies import EXAMPLE, project
from tests.publishing.conftest import Clone, inv

ASKED = {
    "--name": 'The "Dock" Wire',
    "--address": "https://dock.github.io/wire/",
    "--strike": "Dockers’ Local 12 against Harbour Corp",
    "--zone": "America/New_York",
}
NAMES = ("WGA", "SAG-AFTRA", "Hollywood", "hollywood")
TRADE = ("actor", "writers", "screen", "studio", "stream", "film", "hollywood", "sag-aftra", "wga", "residual", "vfx")
printable = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)


def words(**changes: str) -> list[str]:
    """Return the command line of the answers, with some changed; an empty one is left out."""
    asked = {**ASKED, **{f"--{key}": value for key, value in changes.items()}}
    return [word for key, value in asked.items() if value for word in (key, value)]


@pytest.fixture
def copy(tmp_path: Path) -> Clone:
    """Return a fork of the project, committed, with the example in it."""
    clone = Clone(tmp_path / "fork")
    project(clone.folder, EXAMPLE)
    (clone.folder / "SECURITY.md").write_text(
        "# Reporting\n\n**Who runs this site:** Hollywood.\n\nAll else.\n", "utf-8"
    )
    clone.git("init", "--quiet")
    clone.commit({})
    return clone


def test_leaves_a_site_of_ones_own_that_builds(copy: Clone) -> None:
    """After one command the example is gone, the site has its own name, address, strike and zone, and it builds."""
    done = inv(copy.folder, "new", "site", *words())
    assert done.returncode == 0, done.stderr

    settings = (copy.folder / "pelicanconf.py").read_text("utf-8")
    assert 'SITENAME = "The \\"Dock\\" Wire"' in settings
    assert 'TIMEZONE = "America/New_York"' in settings
    assert 'NOTICE = ""' in settings
    strike = tomllib.loads((copy.folder / "content/strikes.toml").read_text("utf-8"))["strike"]
    assert [(one["union"], one["employers"], one["status"]) for one in strike] == [
        ("Dockers’ Local 12", "Harbour Corp", "running")
    ]
    for name in ("build", "check"):
        done = inv(copy.folder, name, "--settings", "publishconf.py")
        assert done.returncode == 0, done.stderr
    pages = {path: path.read_text("utf-8") for path in (copy.folder / "output").rglob("*.html")}
    assert pages
    for path, text in pages.items():
        assert (path, [word for word in NAMES if word in text]) == (path, [])
    assert any("Dockers’ Local 12" in text for text in pages.values())
    assert "https://dock.github.io/wire/" in (copy.folder / "output/sitemap.xml").read_text("utf-8")
    assert not list((copy.folder / "output").rglob("*first-post*")), "a draft is not published"
    funds = (copy.folder / "content/funds.toml").read_text("utf-8")
    assert funds.startswith("# What a fund's keys mean.\n\n# ---- A fund. ")
    assert tomllib.loads(funds) == {}
    assert (copy.folder / "content/extra/notes.txt").exists()
    security = (copy.folder / "SECURITY.md").read_text("utf-8")
    assert '**Who runs this site:** the newsroom of The "Dock" Wire, https://dock.github.io/wire/contact/. ' in security
    assert security.startswith("# Reporting\n\n**Who") and security.endswith("\n\nAll else.\n")
    assert "Hollywood" not in security

    copy.commit({})
    again = inv(copy.folder, "new", "site", *words())
    assert again.returncode == 1
    assert "this is a site of its own" in again.stderr


def test_shows_how_to_write_every_table_and_text(copy: Clone) -> None:
    """Each file has a commented example of all it can hold; without its signs, whole or table by table, it passes."""
    assert inv(copy.folder, "new", "site", *words()).returncode == 0
    content = copy.folder / "content"
    written = {
        path: path.read_text("utf-8")
        for path in sorted([*content.glob("*.toml"), *content.glob("*/*.toml"), *content.rglob("_example.md")])
    }
    names = {path.relative_to(content).as_posix() for path in written}
    assert names == {
        *("strikes.toml", "demands.toml", "events.toml", "funds.toml", "yardsticks.toml"),
        *("listings/_example.md", "listings/boards.toml"),
        *(f"updates/{name}" for name in ("sources.toml", "topics.toml", "desk.toml", "_example.md")),
    }
    page = "---\ntitle: W\nsource: harbour-paper\ndate: 2026-01-05\nurl: https://paper.example.org/walk-out\n---\n"
    (content / "updates/walk-out.md").write_text(page, "utf-8")
    for path, text in written.items():
        # A listing off a board is in the archive after a watch, and not before.
        path.with_name(path.name.removeprefix("_")).write_text(
            _set(text).replace('board: "harbour/12345"\n', ""), "utf-8"
        )
    assert {*tomllib.loads((content / "strikes.toml").read_text("utf-8"))["strike"][0]} > {"milestone"}
    desk = _set(written[content / "updates/desk.toml"])
    for order in ("pin", "hide"):  # of which the desk takes one for an update
        other = re.sub(rf"(?ms)^\[\[{order}\]\].*?(?=^# ----)", "", desk)
        (content / "updates/desk.toml").write_text(other, "utf-8")
        done = inv(copy.folder, "check")
        assert done.returncode == 0, done.stderr


def _set(text: str) -> str:
    """Return a text with every commented line set that is one of the file; in Markdown, two spaces are a list's."""
    return re.sub(r"(?m)^#(?! |$)|^#(?=  )", "", text) if text.startswith("---") else re.sub(r"(?m)^#(?! |$)", "", text)


def test_keeps_topics_that_fit_any_strike_and_what_this_one_is_about(copy: Clone) -> None:
    """The topics left are few, name nothing of the example's trade, and file the union's walk-out where it belongs."""
    done = inv(copy.folder, "new", "site", *words(), "--about", "pay, artificial intelligence and the night ferry")
    assert done.returncode == 0, done.stderr

    text = (copy.folder / "content/updates/topics.toml").read_text("utf-8")
    assert list(tomllib.loads(text)["topic"]) == ["strike", "talks", "pay", "help", "ai", "the-night-ferry"]
    assert [word for word in TRADE if re.search(rf"\b{word}", text, re.IGNORECASE)] == []
    assert len(text.splitlines()) < 130
    copy.write(
        {
            "content/updates/sources.toml": '[[source]]\nid = "dock"\ntitle = "Local 12"\nkind = "union"\n'
            'site = "https://local12.example.org/"\nkeep = "all"\n',
            "content/updates/out.md": "---\ntitle: Local 12 members walk out at Harbour Corp over pay\n"
            "source: dock\ndate: 2026-01-02 09:00\n---\n",
        }
    )
    for name in ("check", "build"):
        done = inv(copy.folder, name)
        assert done.returncode == 0, done.stderr
    day = (copy.folder / "output/updates/2026/01/02/index.html").read_text("utf-8")
    assert re.findall(r'p-category"? href="?[^" >]*/updates/topics/([a-z-]+)/', day) == ["strike", "pay"]
    assert ">Union<" in day


def test_what_it_is_about_need_not_be_said(copy: Clone) -> None:
    """Without `--about` a site has the topics of any strike; an answer that no topic could look for is refused."""
    done = inv(copy.folder, "new", "site", *words(), "--about", "pay, 50 % {more}")
    assert done.returncode == 2
    assert "--about has a sign that is no part of a word (found '50 % {more}'); write words with commas" in done.stderr
    assert copy.git("status", "--porcelain") == ""

    assert inv(copy.folder, "new", "site", *words()).returncode == 0
    text = (copy.folder / "content/updates/topics.toml").read_text("utf-8")
    assert list(tomllib.loads(text)["topic"]) == ["strike", "talks", "pay", "help"]
    assert '"Dockers’ Local 12", "Harbour Corp",' in text


def test_removes_nothing_that_is_not_committed(copy: Clone) -> None:
    """Where work is not committed the example stays: git could not bring that work back."""
    copy.write({"content/posts/mine.md": "Mine.\n"})

    done = inv(copy.folder, "new", "site", *words())

    assert done.returncode == 1
    assert "1 file is not committed (content/posts/mine.md)" in done.stderr
    assert (copy.folder / "content/funds.toml").read_text("utf-8").count("[[fund]]") > 1


def test_names_everything_that_is_wrong_at_once(copy: Clone) -> None:
    """Without a terminal to ask at, every answer that is missing or wrong is named, each with its remedy."""
    done = inv(copy.folder, "new", "site", *words(name="", address="dock.github.io", strike="Us", zone="New York"))

    assert done.returncode == 2
    assert "--name is missing" in done.stderr
    assert "--address is no address that begins with https://" in done.stderr
    assert 'write it as --strike "WHO against WHOM"' in done.stderr
    assert "did you mean America/New_York?" in done.stderr
    assert copy.git("status", "--porcelain") == ""


def test_asks_again_only_for_what_was_answered_wrongly(capsys: pytest.CaptureFixture[str]) -> None:
    """At a terminal a slip costs one more answer, not all of them."""
    typed = iter(
        [
            *("The Dock Wire", "dock.example.org", "Us", "{pay}", "Europe/Lisbon"),
            *("https://dock.example.org", "Us against Them", "night buses and pay"),
        ]
    )
    asked: list[str] = []

    def question(words: str) -> str:
        asked.append(words)
        return next(typed)

    answers = fresh_site.ask({}, question)
    assert (answers.address, answers.union, answers.zone) == ("https://dock.example.org", "Us", "Europe/Lisbon")
    assert answers.about == ("night buses", "pay")
    assert len(asked) == 8
    said = capsys.readouterr().out
    assert "--strike does not say who and against whom" in said
    assert "--about has a sign that is no part of a word (found '{pay}')" in said


def test_knows_what_can_be_new(copy: Clone) -> None:
    """A thing that cannot be begun is refused with the list of those that can."""
    done = inv(copy.folder, "new", "planet")

    assert done.returncode == 2
    assert (
        "There is no new 'planet'. It is one of answer, board, demand, event, fund, listing, milestone, post, site, "
        "source, " in done.stderr
    )


@given(printable, printable)
def test_any_name_can_be_written_into_settings(name: str, zone: str) -> None:
    """Whatever a site is called, the settings stay Python, say just that, and keep all else."""
    text = 'SITENAME = "A \\" name"\nTIMEZONE = "UTC"  # of dates\nOTHER = "SITENAME = 1"\n'

    changed = starter_files.with_settings(text, {"SITENAME": name, "TIMEZONE": zone})

    values = [ast.literal_eval(node.value) for node in ast.parse(changed).body if isinstance(node, ast.Assign)]
    assert values == [name, zone, "SITENAME = 1"]
    assert "# of dates" in changed


@given(printable, printable)
def test_any_strike_can_be_written(union: str, employers: str) -> None:
    """Whoever strikes against whomever, strikes.toml says just that."""
    answers = starter_files.Answers("n", "https://a.example", union, employers, "UTC")

    (strike,) = tomllib.loads(starter_files.strikes("# Head\n", answers, date(2026, 1, 2)))["strike"]

    assert (strike["union"], strike["employers"], strike["start"]) == (union, employers, date(2026, 1, 2))


def test_a_text_is_begun_with_its_name(copy: Clone) -> None:
    """`./inv new post "Title"` writes the draft, as the README says it."""
    done = inv(copy.folder, "new", "post", "What the vote means: day 3")
    assert done.returncode == 0, done.stderr
    text = (copy.folder / "content/posts/what-the-vote-means-day-3.md").read_text("utf-8")
    assert 'title: "What the vote means: day 3"' in text
    assert "\nstatus: draft\n" in text
