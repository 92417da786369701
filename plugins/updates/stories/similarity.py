"""Judge how alike two reports are: rarity of the terms they share, distance in time, and what tells steps apart.

Pure: reports in, figures out. It decides no grouping. Rarity is counted causally: a report is weighed once, by what
had been seen before it, so that what comes later never changes an earlier judgement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt

from plugins.updates.stories.report_terms import Wording
from plugins.updates.stories.term_counts import Company, Rarity

_DAY = 86_400.0
WINDOW_DAYS = 3
WINDOW = WINDOW_DAYS * _DAY
"""Seconds. Reports further apart than this are never of one event, unless they are the same page."""

# Chosen on tests/labelled/stories with each set left out in turn, and on the sets laid over one another and drawn
# together in time (docs/decisions/0008).
_HALF_LIFE = 10 * 3600.0  # seconds in which likeness halves …
_GRACE = 2 * 3600.0  # … after the first hours, in which outlets merely differ in speed
_DATE_ALONE = 8 * 3600.0  # seconds: as far apart as two times of one day are, where a feed tells the day only
_DOUBT = 1.5  # brevity: each text counts as having said this many rarest words more that nobody else says
_EXPLAINED = 0.6  # some are reports all the same
_OTHER_FIGURES = 0.8
_OTHER_STEP = 0.7
_OTHER_WEEKDAY = 0.7
_OTHER_SHARE = 0.5
_OTHER_DAY_COUNT = 0.5
_ONE_NAME = 0.5  # shared and nothing else: it may be in the news twice
_OTHER_NAMES = 0.5  # two quakes, two verdicts, two companies' results are told in the same words
_SAME_SHARE = 1.0  # percentage points: outlets round
_TITLE_TERMS = 4
_LITTLE = 3  # shared terms: with so few, a name of two words must not count twice


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """An update weighed for comparison, once, when it arrived.

    `source` is where we have it from and `outlet` who tells it, "" where neither is known. `at` is in seconds since
    1970, None where the time is not known. `page` is its canonical address, "" for a home page; `links` are those of
    the pages elsewhere that it is about. `weights` are the terms by rarity, in the order of their first saying; `norm`
    is the length that likeness is divided by. `needed` is how alike it must be, in the mean, to the reports of a story
    that it joins.
    """

    source: str
    outlet: str
    at: float | None
    page: str
    links: frozenset[str]
    said: Wording
    weights: dict[str, float]
    norm: float
    needed: float


def weigh(terms: Mapping[str, float], rarity: Rarity) -> tuple[dict[str, float], float]:
    """Weigh terms by their rarity now; return the weights and the length to divide likeness by."""
    weights = rarity.weights(terms)
    doubt = _DOUBT * rarity.rarest() ** 2
    return weights, sqrt(doubt + sum(weight * weight for weight in weights.values()))


def alike(one: Report, other: Report, company: Company, least: float = 0.0) -> float:
    """Return how alike two reports are, 0 to 1; 1 where both name the same source of what they tell.

    Below `least` the figure is not worked out to the end, and may be too large.
    """
    if one.at is None or other.at is None:
        return float(one.source != other.source and same_title(one.said, other.said))
    if abs(one.at - other.at) > WINDOW:
        return 0.0
    if one.source != other.source and same_source(one, other):
        return 1.0
    if one.said.alone or other.said.alone:
        return 0.0
    shared = _cosine(one, other, least)
    if shared < least or not shared:
        return shared
    factor = _EXPLAINED if one.said.explains or other.said.explains else 1.0
    factor *= _by_time(one.at, other.at) * _by_names(one, other, company) * _by_step(one.said, other.said)
    return shared * factor


def same_page(one: Report, others: Sequence[Report]) -> bool:
    """Say whether a report is a page that a story's reports have already, and tells the same there.

    A page that keeps changing (a live blog) tells of another event after three days, unless its headline stayed.
    """
    same = [other for other in others if one.page and one.page == other.page]
    if any(same_title(one.said, other.said) for other in same):
        return True
    return bool(same) and not any(_far(one, other) for other in others)


def same_source(one: Report, other: Report) -> bool:
    """Say whether one report links to the other's page, or both to one page elsewhere."""
    if not one.links and not other.links:
        return False
    return one.page in other.links or other.page in one.links or not one.links.isdisjoint(other.links)


def _far(one: Report, other: Report) -> bool:
    return one.at is not None and other.at is not None and abs(one.at - other.at) > WINDOW


def same_title(one: Wording, other: Wording) -> bool:
    """Say whether two headlines have the same terms; short ones ("Strike update") say too little."""
    return len(one.title) >= _TITLE_TERMS and one.title == other.title


def _cosine(one: Report, other: Report, least: float) -> float:
    mine, theirs = one.weights, other.weights
    # fsum, for a set's order is another in every run, and a plain sum would round otherwise.
    both = mine.keys() & theirs.keys()
    length = one.norm * other.norm
    cosine = fsum([mine[term] * theirs[term] for term in both]) / length
    if len(both) > _LITTLE or cosine < least:
        return cosine
    shared = {term: mine[term] * theirs[term] for term in both}
    beside = _beside(mine, theirs, shared)
    # Two words of one name are half as much.
    cosine -= fsum(min(shared[first], shared[then]) / 2 for first, then in beside) / length
    one_name = len(shared) - len(beside) == 1 and shared.keys() <= one.said.names | other.said.names
    return cosine * _ONE_NAME if one_name else cosine


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
        apart = max(apart, _DATE_ALONE)
    return float(0.5 ** (max(0.0, apart - _GRACE) / _HALF_LIFE))


def _by_names(one: Report, other: Report, company: Company) -> float:
    """Return below 1 where each names somebody who is a stranger to the other."""
    mine, theirs = one.said.names, other.said.names
    if not mine or not theirs or not theirs.isdisjoint(one.weights) or not mine.isdisjoint(other.weights):
        return 1.0
    return _OTHER_NAMES if company.strangers(mine, theirs) else 1.0


def _by_step(one: Wording, other: Wording) -> float:
    """Return below 1 where the two name other actions, figures or days: consecutive steps share all the names."""
    factor = 1.0
    if _differ(one.figures, other.figures):
        factor *= _OTHER_FIGURES
    if _differ(one.weekdays, other.weekdays):
        factor *= _OTHER_WEEKDAY
    if _differ(one.day_counts, other.day_counts):
        factor *= _OTHER_DAY_COUNT
    if _differ(one.title_steps, other.steps) and _differ(other.title_steps, one.steps):
        factor *= _OTHER_STEP
    return factor * (_OTHER_SHARE if _other_shares(one.shares, other.shares) else 1.0)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _other_shares(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return False
    return all(abs(float(a[:-1]) - float(b[:-1])) >= _SAME_SHARE for a in one for b in other)
