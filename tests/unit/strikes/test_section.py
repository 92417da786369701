"""Milestones have names that texts can rely on."""

from datetime import UTC, datetime

from plugins.sections.model import Newsroom
from plugins.sections.news import Period
from plugins.strikes.section import edition
from tests.conftest import NOW

STRIKE = """
[[strike]]
id = "dock"
union = "U"
employers = "E"
start = 2026-01-05
status = "running"
"""
STONE = '[[strike.milestone]]\ndate = {}\ntext = "{}"\nsource = "S"\n'


def named(newsroom: Newsroom, *stones: tuple[str, str]) -> dict[str, str]:
    """Return each milestone's text by its name, with these milestones written."""
    text = STRIKE + "".join(STONE.format(*stone) for stone in stones)
    (newsroom.content / "strikes.toml").write_text(text, "utf-8")
    found = edition(newsroom)
    by_id = found.context["milestones_by_id"]
    assert isinstance(by_id, dict)
    assert found.defines["milestone"] == frozenset(by_id)
    return {name: stone.text for name, (_, stone) in by_id.items()}


def test_a_milestone_keeps_its_name_when_an_earlier_one_is_added(newsroom: Newsroom) -> None:
    """A name is of the strike and the day, a day's second ends in -2: no card comes to show another step."""
    before = named(newsroom, ("2026-02-01", "Talks"), ("2026-02-01", "Talks end"))
    assert before == {"dock-2026-02-01": "Talks", "dock-2026-02-01-2": "Talks end"}
    after = named(newsroom, ("2026-01-05", "Out"), ("2026-02-01", "Talks"), ("2026-02-01", "Talks end"))
    assert after == {"dock-2026-01-05": "Out", **before}


def test_milestones_of_a_period_are_its_news(newsroom: Newsroom) -> None:
    """Each is told by the name texts call it by, with whose word it is; those before and to come are not."""
    stones = [("2026-02-21", "Talks"), ("2026-02-22", "Talks end"), ("2026-03-01", "Day 56"), ("2026-03-02", "A vote")]
    named(newsroom, *stones)
    items = edition(newsroom).news(Period(datetime(2026, 2, 22, 23, tzinfo=UTC), NOW))
    assert [(item.reference, item.title, item.by, item.about) for item in items] == [
        ("{milestone}dock-2026-02-22", "Talks end", ("S",), "U strike"),
        ("{milestone}dock-2026-03-01", "Day 56", ("S",), "U strike"),
    ]
