"""Why an update stands in its story: what it shares with those that were there when it came. Pure.

It groups as `stories` does and says what was found; it decides nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.core.text.plain_text import plain
from plugins.updates.model import Update
from plugins.updates.stories.clustering import Coverage, Open
from plugins.updates.stories.similarity import Report, same_page, same_source
from plugins.updates.stories.stems import terms
from plugins.updates.stories.stories import arrival

_WORDS = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """How an update came into its story: it founded it, or by page, by a common source, by headline or by words.

    `likeness` is the mean of its likenesses to those before it, 0 to 1; `needed` is what joins by words. `words` are
    those of its text that weighed most.
    """

    update: Update
    by: Literal["first", "page", "source", "headline", "words"]
    likeness: float = 1.0
    needed: float = 0.0
    words: tuple[str, ...] = ()


def evidence(updates: Iterable[Update], outlets: Mapping[str, str], asked: str) -> tuple[Evidence, ...]:
    """Return how each update of the story with the update `asked` came into it, in the order of arrival.

    None where there is no such update. The desk's joins and splits come afterwards and are not seen here.
    """
    coverage = Coverage(outlets)
    for update in sorted(updates, key=arrival):
        coverage.add(update)
    holding = (story for story in coverage.stories if any(update.id == asked for update in story.updates))
    return tuple(found for story in holding for found in _of(story))


def _of(story: Open) -> Iterator[Evidence]:
    told = zip(story.updates, story.reports, story.likenesses, strict=True)
    for place, (update, report, likeness) in enumerate(told):
        yield _one(update, report, likeness, story.reports[:place])


def _one(update: Update, report: Report, likeness: float, before: Sequence[Report]) -> Evidence:
    if not before:
        return Evidence(update, "first")
    if same_page(report, before):
        return Evidence(update, "page")
    if any(same_source(report, other) for other in before):
        return Evidence(update, "source", likeness)
    if report.at is None or any(other.at is None for other in before):
        return Evidence(update, "headline", likeness)
    return Evidence(update, "words", likeness, report.needed, _words(update, report, before))


def _words(update: Update, report: Report, before: Sequence[Report]) -> tuple[str, ...]:
    """Return the words of an update's text that weighed most, as they stand in it."""
    weights: Counter[str] = Counter()
    for other in before:
        for term in report.weights.keys() & other.weights.keys():
            weights[term] += report.weights[term] * other.weights[term]  # type: ignore[assignment]  # a float's sum
    spoken: dict[str, str] = {}
    for word in re.findall(r"[\w'’%-]+", f"{update.title} {plain(update.summary)}"):
        for term in terms(word):
            spoken.setdefault(term, word)
    ranked = sorted(weights, key=lambda term: (-weights[term], term))
    return tuple(dict.fromkeys(spoken[term] for term in ranked if term in spoken))[:_WORDS]
