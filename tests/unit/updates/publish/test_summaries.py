"""The wire's stories as news of a period."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from plugins.sections.news import NewsItem, Period
from plugins.updates.desk.order import Edits
from plugins.updates.model import Source, Story
from plugins.updates.publish import build_views
from plugins.updates.publish.build_views import ViewBuilder
from plugins.updates.publish.summaries import news
from tests.unit.updates.conftest import START, Make

DAY = Period(START, START + timedelta(hours=24))


def told(
    sources: dict[str, Source], *stories: Story, edits: Edits | None = None, pins: tuple[str, ...] = ()
) -> list[NewsItem]:
    """Return the news of 24 hours from noon on 1 March."""
    views = {name: build_views.source_view(source) for name, source in sources.items()}
    return list(news(stories, ViewBuilder(views, {}, ZoneInfo("UTC"), "en", edits), pins, DAY))


def test_a_story_is_told_once_by_its_primary_source_with_all_outlets(make: Make, sources: dict[str, Source]) -> None:
    """A guild's own words lead, whoever was first; an outlet that reported twice counts once."""
    story = Story("p", (make("g", 2, source="guild"), make("p", 1), make("q", 3)))
    (item,) = told(sources, story)
    assert (item.reference, item.title, item.by, item.rank) == ("{story}g", "Title g", ("The Guild", "The Post"), 2)
    assert item.at == START + timedelta(hours=1)


def test_only_what_was_reported_in_the_period_is_its_news(make: Make, sources: dict[str, Source]) -> None:
    """Both ends belong to it; of an older story the new reports are told, and of one that is over nothing."""
    older = Story("g", (make("g", -5, source="guild"), make("p", 24)))
    over, later, now = (Story(name, (make(name, at),)) for name, at in (("a", -0.1), ("b", 24.1), ("c", 0)))
    items = told(sources, older, over, later, now)
    assert [(item.reference, item.by) for item in items] == [("{story}p", ("The Post",)), ("{story}c", ("The Post",))]


def test_who_speaks_of_anothers_page_gives_no_headline_to_its_story(make: Make, sources: dict[str, Source]) -> None:
    """A day on which only others told of a guild's page has the guild's words; an answer to an employer, its own."""
    story = Story("g", (make("g", -5, source="guild"), make("p", 1)), secondhand=frozenset("p"))
    (item,) = told(sources, story)
    assert (item.reference, item.title, item.by) == ("{story}g", "Title g", ("The Post",))
    sources["studios"] = Source("studios", "Studios", "https://studios.example/", "employer")
    answer = Story("e", (make("e", -5, source="studios"), make("g", 1, source="guild")), secondhand=frozenset("g"))
    assert told(sources, answer)[0].title == "Title g"


def test_the_desk_has_its_say(make: Make, sources: dict[str, Source]) -> None:
    """A headline of ours stands instead of the outlet's, our note below it, and what is pinned ranks above all."""
    stories = [Story(name, (make(name),)) for name in ("a", "b", "c")]
    many = Story("m", (make("m", source="guild"), make("n")))
    edits = Edits({"a": "Our headline"}, {"b": "Our note."})
    items = {item.reference: item for item in told(sources, *stories, many, edits=edits, pins=("c", "b"))}
    assert items["{story}a"].title == "Our headline"
    assert items["{story}b"].text == "Our note."
    by_rank = sorted(items.values(), key=lambda item: -item.rank)
    assert [item.reference for item in by_rank] == ["{story}c", "{story}b", "{story}m", "{story}a"]
