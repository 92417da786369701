"""Why an update is in its story: what it shares with the updates that were there when it came.

For `./inv fetch --explain`: all updates are clustered once more, and what was found for one story is returned.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.core.text.plain_text import plain
from plugins.updates.budgets import StoryBudget
from plugins.updates.model import Update
from plugins.updates.stories.clustering import OpenStory, StoryIndex
from plugins.updates.stories.similarity import UpdateFeatures, needed, same_page, same_source
from plugins.updates.stories.stemming import terms
from plugins.updates.stories.stories import arrival

_WORDS = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """How an update came into its story: as its first, or by page, common source, headline, action or words.

    `likeness` is the mean of its likenesses to those before it, 0 to 1; `needed` is what joins by words, or by the
    same action of a dispute. `words` are those of its text that added most to the likeness.
    """

    update: Update
    by: Literal["first", "page", "source", "headline", "action", "words"]
    likeness: float = 1.0
    needed: float = 0.0
    words: tuple[str, ...] = ()


def evidence(
    updates: Iterable[Update],
    outlets: Mapping[str, str],
    asked: str,
    budget: StoryBudget = StoryBudget(),  # noqa: B008 - frozen
) -> tuple[Evidence, ...]:
    """Return how each update of the story with the update `asked` came into it, in the order of arrival.

    None where there is no such update. The desk's joins and splits come afterwards and are not seen here.
    """
    index = StoryIndex(outlets, budget)
    for update in sorted(updates, key=arrival):
        index.add(update)
    for story in index.stories:
        if any(update.id == asked for update in story.updates):
            return tuple(_of_story(story, index.features_of(story)))
    return ()


def _of_story(story: OpenStory, features: Sequence[UpdateFeatures]) -> Iterator[Evidence]:
    for place, (update, likeness) in enumerate(zip(story.updates, story.likenesses, strict=True)):
        yield _of_update(update, features[place], likeness, features[:place])


def _of_update(update: Update, features: UpdateFeatures, likeness: float, before: Sequence[UpdateFeatures]) -> Evidence:
    """Return how an update came to those `before` it, looking in the order in which clustering does."""
    if not before:
        return Evidence(update, "first")
    if same_page(features, before):
        return Evidence(update, "page")
    if any(same_source(features, other) for other in before):
        return Evidence(update, "source", likeness)
    if features.at is None or any(other.at is None for other in before):
        return Evidence(update, "headline", likeness)
    by: Literal["action", "words"] = "words"
    for other in before:
        if features.text.frame and other.text.frame and features.text.frame.agrees(other.text.frame):
            by = "action"
    return Evidence(update, by, likeness, needed(features, before), _words(update, features, before))


def _words(update: Update, features: UpdateFeatures, before: Sequence[UpdateFeatures]) -> tuple[str, ...]:
    """Return the words of an update's text that added most to its likeness, as they are written there."""
    weights: Counter[str] = Counter()
    for other in before:
        for term in features.weights.keys() & other.weights.keys():
            weights[term] += features.weights[term] * other.weights[term]  # type: ignore[assignment]  # a float's sum
    written: dict[str, str] = {}
    for word in re.findall(r"[\w'’%-]+", f"{update.title} {plain(update.summary)}"):
        for term in terms(word):
            written.setdefault(term, word)
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    return tuple(dict.fromkeys(filter(None, map(written.get, ranked))))[:_WORDS]
