"""What a site is told of demands.toml: its faults at their lines, its news, what is found."""

from datetime import UTC, datetime

import pytest

from plugins.demands.section import edition
from plugins.sections.findable import Findable
from plugins.sections.model import Edition, Newsroom
from plugins.sections.news import Period
from tests.conftest import NOW

TEXT = """[[demand]]
id = "pay"
strike = "dock"
topic = "Pay"

[[demand.asked]]
text = "10%"
date = 2026-01-05
source = "The union"

[[demand.offered]]
text = "4%"
date = 2026-02-23
source = "The paper"
url = "https://paper.example.org/talks"
"""


def told(newsroom: Newsroom, text: str) -> Edition:
    """Return the edition of a demands.toml."""
    (newsroom.content / "demands.toml").write_text(text, "utf-8")
    return edition(newsroom)


def faults(newsroom: Newsroom, text: str) -> list[tuple[int, str]]:
    """Return the lines of a file's problems, and what each is."""
    return sorted((one.line, one.what) for one in told(newsroom, text).problems)


def test_without_a_file_there_is_nothing(newsroom: Newsroom) -> None:
    """No page, no feed, no place in the navigation."""
    found = edition(newsroom)
    assert (found.problems, found.navigation, found.feeds, list(found.findables())) == ((), (), (), [])


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('source = "The paper"\nurl = "https://paper.example.org/talks"\n', "", 11, "pay: offered 1 has no source"),
        ("2026-02-23", "2026-01-04", 13, "offered 1 is dated 2026-01-04, before anything was asked (2026-01-05)"),
        ("2026-02-23", '"2025-12"', 13, "offered 1 is dated 2025-12, before anything was asked (2026-01-05)"),
        ("2026-02-23", "2026-02-30", 13, "there is no such day"),
        ("2026-02-23", '"2026-02-30"', 13, "offered 1.date must be a day that exists"),
        ("2026-02-23", '"2026-13"', 13, "offered 1.date must be a day that exists"),
        ("2026-02-23", "2206-02-23", 13, "offered 1.date must be in a year from 1800 to 2100"),
        ("2026-02-23", "2026-02-23 10:00:00", 13, "offered 1.date must be a day that exists"),
        ("date = 2026-02-23\n", "", 11, "offered 1.date is missing"),
        ('text = "4%"\n', "", 11, "offered 1.text is missing"),
        ("https://paper.example.org", "javascript:alert(1)//", 15, "offered 1.url must start with http"),
        (
            'topic = "Pay"',
            'topic = "Pay"\nopen = ["offered"]',
            5,
            "pay: offered is open, and something is stated of it",
        ),
        ('topic = "Pay"', 'topic = "Pay"\nopen = ["asked"]', 5, "open 1 must be one of offered, won"),
        ("[[demand.offered]]", "[[demand.ofered]]", 11, "unknown key ofered"),
        ('text = "4%"', 'txt = "4%"', 12, "unknown key offered 1.txt"),
        ('source = "The union"', 'source = "The union"\nnothing = true', 10, "unknown key asked 1.nothing"),
        ('topic = "Pay"\n', "", 1, "topic is missing"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(newsroom: Newsroom, old: str, new: str, line: int, what: str) -> None:
    """One mistake is one message, where it stands."""
    (found,) = faults(newsroom, TEXT.replace(old, new))
    assert found[0] == line
    assert what in found[1]


def test_a_month_that_may_be_after_the_demand_is_no_mistake(newsroom: Newsroom) -> None:
    """An answer of the month in which the demand was made may well have come after it."""
    assert faults(newsroom, TEXT.replace("2026-02-23", '"2026-01"')) == []
    assert faults(newsroom, TEXT.replace("2026-02-23", '"unknown"')) == []


def test_the_demands_sources_are_enough(newsroom: Newsroom) -> None:
    """Pages that support a row together need not be given to its cells."""
    row = TEXT.replace('source = "The paper"\nurl = "https://paper.example.org/talks"\n', "")
    assert faults(newsroom, row.replace('topic = "Pay"', 'topic = "Pay"\nsources = ["https://a.example.org/"]')) == []


def test_one_statement_may_be_a_single_table(newsroom: Newsroom) -> None:
    """In braces, or below one pair of brackets: who writes it so has not made a list, and means one."""
    short = '[[demand]]\nid = "a"\nstrike = "s"\ntopic = "T"\nwon = { text = "W", date = "2026-01", source = "U" }\n'
    assert faults(newsroom, short) == []
    assert faults(newsroom, TEXT.replace("[[demand.asked]]", "[demand.asked]")) == []
    assert "won 1.text is missing" in faults(newsroom, short.replace('text = "W", ', ""))[0][1]


def test_a_demand_without_words_and_an_idle_preface_are_told(newsroom: Newsroom) -> None:
    """A row of gaps says nothing, and a preface of a strike without a table is read by nobody."""
    empty = '[[demand]]\nid = "a"\nstrike = "s"\ntopic = "T"\n[[preface]]\nstrike = "x"\ntext = "W"\n'
    assert faults(newsroom, empty) == [
        (2, "a: nothing was asked, offered or won"),
        (6, "the preface stands above no table: there is no demand of the strike x"),
    ]


def test_names_of_strikes_are_held_against_the_strikes(newsroom: Newsroom) -> None:
    """A row with other problems names its strike as well; who looks finds all mistakes at once."""
    found = told(newsroom, TEXT.replace('topic = "Pay"\n', ""))
    assert [(one.line, one.kind, one.id) for one in found.references] == [(3, "strike", "dock")]
    assert found.defines["demand"] == {"pay"}
    assert [(one.line, one.url) for one in told(newsroom, TEXT).links] == [(15, "https://paper.example.org/talks")]


def test_answers_of_a_period_are_its_news(newsroom: Newsroom) -> None:
    """An answer is told by its demand, with its words and whose they are; a month only where all of it may be meant."""
    text = f'{TEXT}\n[[demand.won]]\ntext = "5%"\ndate = "2026-02"\nsource = "The union"\n'
    found = told(newsroom, text)
    week = Period(datetime(2026, 2, 22, 23, tzinfo=UTC), NOW)
    assert [(one.reference, one.title, one.change, one.text, one.by) for one in found.news(week)] == [
        ("{demand}pay", "Pay", "offered", "4%", ("The paper",))
    ]
    month = Period(datetime(2026, 2, 1, tzinfo=UTC), NOW)
    assert [one.change for one in found.news(month)] == ["offered", "won"]


def test_the_search_finds_a_demand_by_all_its_words(newsroom: Newsroom) -> None:
    """It leads to the demand's row, and is dated by the last that is stated of it."""
    (found,) = told(newsroom, TEXT).findables()
    assert isinstance(found, Findable)
    assert (found.url, found.kind, found.section, found.title) == ("demands/dock/#pay", "demand", "demands", "Pay")
    assert (found.text, str(found.day)) == ("10%. 4%.", "2026-02-23")
