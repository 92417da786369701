"""What is told of a page before its values are made: another digest wherever the values are others."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins.sections.printed import Page
from plugins.updates.desk.order import Edits
from plugins.updates.model import Match, Source, Steps, Story
from plugins.updates.publish import build_views, pages
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.months import WireMonths
from tests.unit.updates.conftest import Make


class Told:
    """A wire of a few updates, that can be changed in one respect."""

    def __init__(self, make: Make, sources: Mapping[str, Source]) -> None:
        self.a = make("a", source="guild", topics=(Match("pay", "pay", "title"),))
        self.b = make("b", -1, published=self.a.published - timedelta(hours=40))
        self.c, self.d = make("c", 2), make("d", 40)
        self.sources, self.topic = dict(sources), "Pay"
        self.edits, self.scheduled = Edits(), frozenset[str]()
        self.secondhand, self.apart, self.step = frozenset[str](), False, True
        self.digests: dict[date, bytes] = {}

    def pages(self) -> dict[str, Page]:
        """Return the pages of days, months, stories and sources, by their files."""
        views = ViewBuilder(
            {name: build_views.source_view(source) for name, source in self.sources.items()},
            {"pay": build_views.topic_view("pay", self.topic)},
            ZoneInfo("UTC"),
            "en",
            self.edits,
            self.scheduled,
        )
        told = (self.a, self.b) if self.apart else (self.a, self.b, self.c)
        story, other = Story("a", told, secondhand=self.secondhand), Story("d", (self.d, replace(self.d, id="e")))
        stories = [story, other, *([Story("c", (self.c,))] if self.apart else [])]
        steps = {"a": Steps(after=other)} if self.step else {}
        months = WireMonths(stories, steps, views)
        found: list[Page] = [*pages.of_stories(stories, steps, views)]
        self.digests = dict(months.digests)
        for month in months.months:
            found += pages.by_day(months, month, views)
            theirs = [update for update in months.updates(month) if update.source == "post"]
            days, beside = views.layout.alone(theirs), months.beside_of_source(month, "post")
            found.append(pages.month_page(views.sources["post"], "source", month, days, beside, views))
        return {page.save_as: page for page in found}


def retitle(wire: Told) -> None:
    """Have an outlet change a headline."""
    wire.b = replace(wire.b, title="Another")


def edit(wire: Told) -> None:
    """Have the desk write a sentence under an update."""
    wire.edits = Edits(notes={"b": "Seen."})


def schedule(wire: Told) -> None:
    """Show an update that is to come."""
    wire.scheduled = frozenset("b")


def rename_source(wire: Told) -> None:
    """Give a source another title."""
    wire.sources["post"] = replace(wire.sources["post"], title="The Evening Post")


def rename_topic(wire: Told) -> None:
    """Give a topic another title."""
    wire.topic = "Wages"


def split(wire: Told) -> None:
    """Take an update out of its story: it has a line of its own."""
    wire.apart = True


def lose_a_step(wire: Told) -> None:
    """Find no more what came after a story."""
    wire.step = False


def rewrite_a_step(wire: Told) -> None:
    """Have a headline changed in the story after another."""
    wire.d = replace(wire.d, title="Another")


def speak_of_another(wire: Told) -> None:
    """Find that an update with a date in the past speaks of another's page: the story is not as old as that."""
    wire.secondhand = frozenset("b")


CHANGES: tuple[Callable[[Told], None], ...] = (
    retitle,
    edit,
    schedule,
    rename_source,
    rename_topic,
    split,
    lose_a_step,
    rewrite_a_step,
    speak_of_another,
)


@pytest.mark.parametrize("change", CHANGES)
def test_other_values_have_other_inputs(make: Make, sources: dict[str, Source], change: Callable[[Told], None]) -> None:
    """Of each page whose values are others after a change, so are the inputs, and its month’s; some page is another."""
    wire = Told(make, sources)
    before, months = wire.pages(), wire.digests
    change(wire)
    after = wire.pages()
    assert months.keys() == wire.digests.keys()
    assert all(months[month] != wire.digests[month] for month in months)
    changed = {name for name in before if name in after and dict(before[name].values) != dict(after[name].values)}
    assert changed
    assert {name for name in changed if before[name].inputs == after[name].inputs} == set()


def test_a_day_that_is_over_keeps_its_inputs(make: Make, sources: dict[str, Source]) -> None:
    """What comes two days later changes its own day’s page, its month’s and its story’s, and no day’s before."""
    wire = Told(make, sources)
    before = wire.pages()
    wire.d = make("d", 41)
    after = wire.pages()
    same = {name for name in before if before[name].inputs == after[name].inputs}
    assert "updates/2026/03/01/index.html" in same
    changed = {f"updates/{name}/index.html" for name in ("2026/03/03", "2026/03", "stories/d")}
    assert changed <= before.keys() - same
