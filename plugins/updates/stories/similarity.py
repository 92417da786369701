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
    COMMON_TERM,
    DATE_ALONE,
    EXPECTED,
    EXPLAINS,
    FEW_SHARED,
    FRAME_WINDOW,
    GRACE,
    GRACE_HEADLINES,
    HALF_LIFE,
    HALF_LIFE_HEADLINES,
    JOIN_HEADLINES,
    ONE_FRAME,
    ONE_NAME,
    OTHER_FIGURES,
    OTHER_NAMES,
    OTHER_STEP,
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
    divided, `bare_norm` the same among headlines alone, 1 where it is none. `needed` is the mean likeness, 0 to 1, to a
    story's updates with which it joins the story, where one of the two has an excerpt.
    """

    source: str
    outlet: str
    at: float | None
    page: str
    links: frozenset[str]
    text: TextFeatures
    weights: dict[str, float]
    norm: float
    bare_norm: float
    needed: float


def weighted(terms: Mapping[str, float], rarity: Rarity, *, bare: bool) -> tuple[dict[str, float], float, float]:
    """Return terms weighted by their rarity as it is now, and the lengths to divide by: `norm` and `bare_norm`."""
    weights = rarity.weights(terms)
    squares = bare_squares = 0.0
    for weight in weights.values():
        squares += weight * weight
    if bare:
        for weight in weights.values():
            bare_squares += (weight + COMMON_TERM) ** 2
    unknown = BREVITY * rarity.rarest() ** 2
    return weights, sqrt(unknown + squares), sqrt(bare_squares) or 1.0


def likeness(one: UpdateFeatures, other: UpdateFeatures, together: SeenTogether, least: float = 0.0) -> float:
    """Return how alike two updates are, 0 to 1; 1 where one links to the other, both to one page, or `same_frame`.

    A result below `least` may be too large: it is not worked out to the end.
    """
    if one.at is None or other.at is None:
        return float(one.source != other.source and same_title(one.text, other.text))
    if abs(one.at - other.at) > WINDOW:
        return 0.0
    if (one.source != other.source and same_source(one, other)) or same_frame(one, other, together):
        return 1.0
    if one.text.alone or other.text.alone:
        return 0.0
    by_time = _by_time(one.at, other.at, one.text.bare and other.text.bare)
    if by_time < least:  # so of a third of the pairs, whose words need not be compared
        return by_time
    return _by_words(one, other, together, least, by_time)


def needed(one: UpdateFeatures, others: Sequence[UpdateFeatures]) -> float:
    """Return the mean likeness, 0 to 1, that joins an update to the others; of two headlines alone, more is asked."""
    if not one.text.bare:
        return one.needed
    bare = sum(other.text.bare for other in others)
    return (bare * JOIN_HEADLINES + (len(others) - bare) * one.needed) / len(others)


def same_page(one: UpdateFeatures, others: Sequence[UpdateFeatures]) -> bool:
    """Say whether an update is a page that a story's updates have already, and tells the same there.

    A page that keeps changing (a live blog) tells of another event after three days, unless its headline stayed.
    """
    is_there = False
    for other in others:
        if one.page and one.page == other.page:
            if same_title(one.text, other.text):
                return True
            is_there = True
    return is_there and not any(_far(one, other) for other in others)


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


def _by_words(
    one: UpdateFeatures, other: UpdateFeatures, together: SeenTogether, least: float, by_time: float
) -> float:
    """Return the likeness of two updates' words, less for the time between them and for what tells two events apart."""
    shared = _cosine(one, other, least)
    if shared < least or not shared:
        return shared
    headlines = one.text.bare and other.text.bare
    factor = 1.0
    if one.text.explains or other.text.explains:
        factor = EXPLAINS
    factor *= by_time * _by_names(one, other, together)
    if headlines and (one.text.frame is None) != (other.text.frame is None):
        factor *= ONE_FRAME
    return shared * factor * _by_step(one.text, other.text, headlines)


def _cosine(one: UpdateFeatures, other: UpdateFeatures, least: float) -> float:
    """Return the cosine of two updates' weights, less where hardly more is shared than one name."""
    mine, theirs = one.weights, other.weights
    both = mine.keys() & theirs.keys()
    more, length = 0.0, one.norm * other.norm
    if one.text.bare and other.text.bare:
        # The common terms say who does what to whom, which is most of a headline, and little of an excerpt.
        more, length = COMMON_TERM, one.bare_norm * other.bare_norm
    # fsum, for a set's order is another in every run, and a plain sum would round otherwise.
    cosine = fsum([(mine[term] + more) * (theirs[term] + more) for term in both]) / length
    if len(both) > FEW_SHARED or cosine < least:
        return cosine
    shared = {term: (mine[term] + more) * (theirs[term] + more) for term in both}
    beside = _beside(mine, theirs, shared)
    # Two words of one name are half as much.
    cosine -= fsum(min(shared[first], shared[then]) / 2 for first, then in beside) / length
    if len(shared) - len(beside) == 1 and shared.keys() <= one.text.names | other.text.names:
        return cosine * ONE_NAME
    return cosine


def _beside(mine: Iterable[str], theirs: Iterable[str], shared: Iterable[str]) -> list[tuple[str, str]]:
    """Return the shared terms, a few, that stand side by side in both texts, in pairs."""
    my_terms, their_terms = list(mine), list(theirs)
    found: list[tuple[str, str]] = []
    for first, then in pairwise(sorted(shared, key=my_terms.index)):
        my_distance = my_terms.index(then) - my_terms.index(first)
        their_distance = their_terms.index(then) - their_terms.index(first)
        if my_distance == their_distance == 1:
            found.append((first, then))
    return found


def same_frame(one: UpdateFeatures, other: UpdateFeatures, together: SeenTogether) -> bool:
    """Say whether two headlines alone tell the same action of a labour dispute, within a day and nothing against it."""
    if one.text.frame is None or other.text.frame is None or one.at is None or other.at is None:
        return False
    if not one.text.frame.agrees(other.text.frame) or _apart(one.at, other.at) > FRAME_WINDOW:
        return False
    return _by_names(one, other, together) == 1.0 and not _differ(one.text.day_counts, other.text.day_counts)


def _apart(one: float, other: float) -> float:
    """Return the seconds between two times, or what they may be where one is a day without a time."""
    day_alone, other_day_alone = one % _DAY == 0, other % _DAY == 0
    apart = abs(one - other)
    if day_alone != other_day_alone:
        # The day without a time lasts from its midnight to the next.
        begin, at = one, other
        if other_day_alone:
            begin, at = other, one
        apart = max(begin - at, at - (begin + _DAY), 0.0)
    if day_alone or other_day_alone:
        apart = max(apart, DATE_ALONE)
    return apart


def _by_time(one: float, other: float, headlines: bool) -> float:
    """Return a factor, 0 to 1, that halves with the time between two updates, in seconds since 1970."""
    grace, half_life = GRACE, HALF_LIFE
    if headlines:
        grace, half_life = GRACE_HEADLINES, HALF_LIFE_HEADLINES
    return float(0.5 ** (max(0.0, _apart(one, other) - grace) / half_life))


def _by_names(one: UpdateFeatures, other: UpdateFeatures, together: SeenTogether) -> float:
    """Return OTHER_NAMES where each names other workers, or somebody never seen beside the other's names; else 1."""
    if one.text.frame is not None and other.text.frame is not None and one.text.frame.of_others(other.text.frame):
        return OTHER_NAMES
    mine, theirs = one.text.names, other.text.names
    if not mine or not theirs or not theirs.isdisjoint(one.weights) or not mine.isdisjoint(other.weights):
        return 1.0
    return OTHER_NAMES if together.never_together(mine, theirs) else 1.0


def _by_step(one: TextFeatures, other: TextFeatures, headlines: bool) -> float:
    """Return a factor below 1 where the two tell of other steps: all steps of a dispute share the names.

    Of two headlines alone, each has room for another action or figure of one event; these say nothing then.
    """
    if _differ(one.day_counts, other.day_counts):
        return 0.0
    if headlines:
        return EXPECTED if one.expects != other.expects else 1.0
    factor = 1.0
    if _differ(one.figures, other.figures):
        factor *= OTHER_FIGURES
    if _differ(one.title_steps, other.steps) and _differ(other.title_steps, one.steps):
        factor *= OTHER_STEP
    return factor


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)
