"""How alike two updates are, 0 to 1: by the rare terms they share, the time between them, and what tells steps apart.

Rarity is counted in the order of arrival: an update's terms are weighted once, by what was seen before it, so that
nothing that comes later changes a likeness.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt

from plugins.updates.stories.term_counts import Rarity, SeenTogether
from plugins.updates.stories.text_features import TextFeatures
from plugins.updates.stories.thresholds import (
    BREVITY,
    DATE_ALONE,
    EXPLAINS,
    FEW_SHARED,
    GRACE,
    HALF_LIFE,
    ONE_NAME,
    OTHER_DAY_COUNT,
    OTHER_FIGURES,
    OTHER_NAMES,
    OTHER_PERCENTAGES,
    OTHER_STEP,
    OTHER_WEEKDAY,
    SAME_PERCENTAGE,
    TITLE_TERMS,
    WINDOW,
)

_DAY = 86_400.0  # seconds


@dataclass(frozen=True, slots=True, eq=False)
class UpdateFeatures:
    """What is compared of an update, worked out once, when it arrived.

    `source` is the id of the source it came from, `outlet` who reports it, "" where neither is known. `at` is in
    seconds since 1970, None where the time is not known. `page` is its canonical address, "" where that tells of no
    single event; `links` are the canonical addresses of the pages on other sites that it is about. `weights` are its
    terms by their rarity, above 0, in the order of the text; `norm` is the length of that vector, by which likeness is
    divided. `needed` is the mean likeness, 0 to 1, to a story's updates with which it joins the story.
    """

    source: str
    outlet: str
    at: float | None
    page: str
    links: frozenset[str]
    text: TextFeatures
    weights: dict[str, float]
    norm: float
    needed: float


def weighted(terms: Mapping[str, float], rarity: Rarity) -> tuple[dict[str, float], float]:
    """Return terms weighted by their rarity as it is now, and the length (`norm`) to divide likeness by."""
    weights = rarity.weights(terms)
    unknown = BREVITY * rarity.rarest() ** 2
    return weights, sqrt(unknown + sum(weight * weight for weight in weights.values()))


def likeness(one: UpdateFeatures, other: UpdateFeatures, together: SeenTogether, least: float = 0.0) -> float:
    """Return how alike two updates are, 0 to 1; 1 where one links to the other, or both to one page.

    A result below `least` may be too large: it is not worked out to the end.
    """
    if one.at is None or other.at is None:
        return float(one.source != other.source and same_title(one.text, other.text))
    if abs(one.at - other.at) > WINDOW:
        return 0.0
    if one.source != other.source and same_source(one, other):
        return 1.0
    if one.text.alone or other.text.alone:
        return 0.0
    shared = _cosine(one, other, least)
    if shared < least or not shared:
        return shared
    factor = EXPLAINS if one.text.explains or other.text.explains else 1.0
    factor *= _by_time(one.at, other.at) * _by_names(one, other, together) * _by_step(one.text, other.text)
    return shared * factor


def same_page(one: UpdateFeatures, others: Sequence[UpdateFeatures]) -> bool:
    """Say whether an update is a page that a story's updates have already, and tells the same there.

    A page that keeps changing (a live blog) tells of another event after three days, unless its headline stayed.
    """
    same = [other for other in others if one.page and one.page == other.page]
    if any(same_title(one.text, other.text) for other in same):
        return True
    return bool(same) and not any(_far(one, other) for other in others)


def same_source(one: UpdateFeatures, other: UpdateFeatures) -> bool:
    """Say whether one update links to the other's page, or both to one page on another site."""
    if not one.links and not other.links:
        return False
    return one.page in other.links or other.page in one.links or not one.links.isdisjoint(other.links)


def _far(one: UpdateFeatures, other: UpdateFeatures) -> bool:
    return one.at is not None and other.at is not None and abs(one.at - other.at) > WINDOW


def same_title(one: TextFeatures, other: TextFeatures) -> bool:
    """Say whether two headlines have the same terms; short ones ("Strike update") say too little."""
    return len(one.title) >= TITLE_TERMS and one.title == other.title


def _cosine(one: UpdateFeatures, other: UpdateFeatures, least: float) -> float:
    mine, theirs = one.weights, other.weights
    # fsum, for a set's order is another in every run, and a plain sum would round otherwise.
    both = mine.keys() & theirs.keys()
    length = one.norm * other.norm
    cosine = fsum([mine[term] * theirs[term] for term in both]) / length
    if len(both) > FEW_SHARED or cosine < least:
        return cosine
    shared = {term: mine[term] * theirs[term] for term in both}
    beside = _beside(mine, theirs, shared)
    # Two words of one name are half as much.
    cosine -= fsum(min(shared[first], shared[then]) / 2 for first, then in beside) / length
    one_name = len(shared) - len(beside) == 1 and shared.keys() <= one.text.names | other.text.names
    return cosine * ONE_NAME if one_name else cosine


def _beside(mine: Mapping[str, float], theirs: Mapping[str, float], shared: Iterable[str]) -> list[tuple[str, str]]:
    """Return the shared terms that stand side by side in both texts, in pairs."""
    my_place = {term: place for place, term in enumerate(mine)}
    their_place = {term: place for place, term in enumerate(theirs)}
    return [
        (first, then)
        for first, then in pairwise(sorted(shared, key=my_place.__getitem__))
        if my_place[then] - my_place[first] == their_place[then] - their_place[first] == 1
    ]


def _by_time(one: float, other: float) -> float:
    apart = abs(one - other)
    if one % _DAY == 0 or other % _DAY == 0:
        apart = max(apart, DATE_ALONE)
    return float(0.5 ** (max(0.0, apart - GRACE) / HALF_LIFE))


def _by_names(one: UpdateFeatures, other: UpdateFeatures, together: SeenTogether) -> float:
    """Return OTHER_NAMES where each names somebody who was never seen beside the other's names; else 1."""
    mine, theirs = one.text.names, other.text.names
    if not mine or not theirs or not theirs.isdisjoint(one.weights) or not mine.isdisjoint(other.weights):
        return 1.0
    return OTHER_NAMES if together.never_together(mine, theirs) else 1.0


def _by_step(one: TextFeatures, other: TextFeatures) -> float:
    """Return a factor below 1 where the two name other actions, figures or days: all steps share the names."""
    factor = 1.0
    if _differ(one.figures, other.figures):
        factor *= OTHER_FIGURES
    if _differ(one.weekdays, other.weekdays):
        factor *= OTHER_WEEKDAY
    if _differ(one.day_counts, other.day_counts):
        factor *= OTHER_DAY_COUNT
    if _differ(one.title_steps, other.steps) and _differ(other.title_steps, one.steps):
        factor *= OTHER_STEP
    return factor * (OTHER_PERCENTAGES if _other_percentages(one.percentages, other.percentages) else 1.0)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _other_percentages(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return False
    return all(abs(float(a[:-1]) - float(b[:-1])) >= SAME_PERCENTAGE for a in one for b in other)
