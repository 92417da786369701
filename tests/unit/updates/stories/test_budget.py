"""What a flood costs the clustering, counted in comparisons, and that it takes no story from the others."""

import random
from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest

from plugins.updates.budgets import StoryBudget
from plugins.updates.model import Update
from plugins.updates.stories import clustering, similarity
from plugins.updates.stories.stories import group
from tests.unit.updates.conftest import START, Make

WORDS = [f"{first}{last}ing" for first in "bdfgklmnprstvz" for last in ("al", "en", "ir", "ov", "ut", "ab")]


@pytest.fixture
def compared() -> Iterator[list[int]]:
    """Return a list with the number of comparisons."""
    count = [0]
    whole = similarity.likeness

    def counting(*pair: object) -> float:
        count[0] += 1
        return whole(*pair)  # type: ignore[arg-type]

    with mock.patch.object(clustering, "likeness", counting):
        yield count


def headlines(make: Make, number: int, sources: int) -> list[Update]:
    """Return headlines of 35 words within some hours, each of which shares rare words with all others."""
    dice = random.Random(1)  # noqa: S311 - the same at every run
    return [
        make(
            f"n{place:04}",
            source=f"s{place % sources}",
            title=" ".join(dice.sample(WORDS, 35)),
            published=START + timedelta(seconds=place),
            first_seen=START + timedelta(seconds=place),
        )
        for place in range(number)
    ]


@pytest.mark.parametrize("sources", [1, 10])
def test_no_report_is_compared_with_all_others(make: Make, compared: list[int], sources: int) -> None:
    """However many headlines share their words, a report is compared with a bounded number of others."""
    group(headlines(make, 200, sources), budget=StoryBudget(compared=50))
    assert compared[0] <= 200 * 50


def test_one_page_told_two_thousand_times_is_many_stories(make: Make, compared: list[int]) -> None:
    """Items without end on one link make no page of megabytes, and cost no more each than the first hundred."""
    same = [
        make(f"n{place:04}", place / 100, title="The strike at the yard is over", url="https://post.example/one")
        for place in range(500)
    ]
    stories = group(same)
    assert max(len(story.updates) for story in stories) == StoryBudget().of_one_source == 40
    assert sum(len(story.updates) for story in stories) == 500
    assert compared[0] <= 500 * StoryBudget().compared


def test_a_flood_does_not_fill_the_others_story(make: Make) -> None:
    """A source links a thousand items to the guild's page: the papers that report the same still join the guild."""
    page = "https://guild.example/vote"
    guild = make("guild", source="guild", url=page, title="Members vote to strike at Calder")
    flood = [
        make(f"n{place:04}", place / 1000, source="loud", title=f"Buy now {place}", via=(page,)) for place in range(300)
    ]
    papers = [make(f"p{n}", 1 + n / 10, source=f"paper{n}", title="They vote", via=(page,)) for n in range(3)]
    story = next(story for story in group([guild, *flood, *papers]) if any(one.id == "guild" for one in story.updates))
    assert {one.id for one in papers} <= {one.id for one in story.updates}
    assert sum(one.source == "loud" for one in story.updates) <= StoryBudget().of_one_source
