"""Cluster updates as they arrive: each joins the story that it is most like, or begins a new one.

`StoryIndex` holds all state of a run. It is given the updates in the order of arrival and never moves one, so that an
update's story depends on nothing that came later. The desk's corrections and the order for readers are `stories`'.

So a run can begin where another ended: `state` is all that the index knows, as plain values, and `restored` makes an
index of it.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import Any

from plugins.updates.budgets import StoryBudget
from plugins.updates.model import Update
from plugins.updates.stories.cited_pages import hosts, linked_pages, page
from plugins.updates.stories.feature_blocks import BlockStore, FeatureBlocks, MemoryBlocks
from plugins.updates.stories.similarity import UpdateFeatures, likeness, needed, same_frame, same_page, weighted
from plugins.updates.stories.stemming import run_together
from plugins.updates.stories.term_counts import Mentions, Rarity, SeenTogether, UpdateTimes, states
from plugins.updates.stories.text_features import TextFeatures, has_tail, other_outlet, read_text
from plugins.updates.stories.thresholds import (
    COMMON,
    COMPARED_OF_SOURCE,
    CROWDING,
    EACH,
    FRAME_WINDOW_DAYS,
    JOIN_MOST,
    JOIN_QUIET,
    LATEST,
    LOOKED_UP,
    PAGE_HEADLINES,
    QUIET,
    SHARED_TERMS,
    TOLD_ALREADY,
    TOLD_ALREADY_HEADLINES,
    WINDOW,
    WINDOW_DAYS,
)

_NONE: frozenset[str] = frozenset()
_Numbers = dict[Any, tuple[int, ...]]
"""Stories by a key that they share, the LATEST of each."""


@dataclass(slots=True, eq=False)
class OpenStory:
    """A story that may still grow: its `updates` in the order of arrival, and the likeness with which each came.

    `places` are those updates' places among all that arrived, from 0; `by_source` counts the updates of each source.
    A likeness, 0 to 1, is the mean of an update's likenesses to those that were in the story when it came; 1 for the
    first, and for one that is the same page.
    """

    number: int
    updates: list[Update] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    likenesses: list[float] = field(default_factory=list)
    by_source: dict[str, int] = field(default_factory=dict)

    def is_only_of(self, source: str) -> bool:
        """Say whether all its updates are one source's."""
        return self.by_source.get(source, 0) == len(self.updates)


class StoryIndex:
    """The stories so far; where to find those with a page, link, headline or term; how common terms and links are.

    `outlets` are the titles of the sources by their ids; `blocks` keep the features that are not in use.
    """

    def __init__(
        self,
        outlets: Mapping[str, str],
        budget: StoryBudget = StoryBudget(),  # noqa: B008 - frozen
        blocks: BlockStore | None = None,
    ) -> None:
        self.stories: list[OpenStory] = []
        self.count = 0
        self._blocks = blocks or MemoryBlocks()
        self._features_by_story = FeatureBlocks(self._blocks)
        self._outlets = outlets
        self._most_updates, self._most_of_source = budget.updates, budget.of_one_source
        self._most_compared = budget.compared
        self._rarity = Rarity()
        self._times = UpdateTimes()
        self._together = SeenTogether()
        self._first_cited: dict[str, float] = {}
        self._cited_by: set[tuple[str, str]] = set()
        # Numbers of stories by page, link, headline, term, and action of a dispute. Headlines are known by digests.
        self._pages: _Numbers = {}
        self._page_titles: dict[tuple[str, str], tuple[bytes, ...]] = {}
        self._links: _Numbers = {}
        self._titles: _Numbers = {}
        self._undated: _Numbers = {}
        self._terms: dict[str, Mentions] = defaultdict(Mentions)
        self._actions: dict[str, Mentions] = defaultdict(Mentions)

    def state(self) -> dict[str, Any]:
        """Return all that is known after the updates so far, as plain values; what was packed is in the blocks."""
        return {
            "count": self.count,
            "blocks": self._features_by_story.pack(),
            "stories": [(tuple(one.places), tuple(one.likenesses), one.by_source) for one in self.stories],
            "rarity": self._rarity.state(),
            "times": self._times.state(),
            "together": self._together.state(),
            "cited": (self._first_cited, self._cited_by),
            "numbers": (self._pages, self._page_titles, self._links, self._titles, self._undated),
            "terms": states(self._terms),
            "actions": states(self._actions),
        }

    def restore(self, state: Mapping[str, Any], updates: Sequence[Update]) -> None:
        """Know all that an index knew after the first of these updates; they stand in the order of arrival."""
        self.count = state["count"]
        self._features_by_story = FeatureBlocks(self._blocks, state["blocks"])
        self.stories = []
        for number, (places, likenesses, by_source) in enumerate(state["stories"]):
            of_story = [updates[place] for place in places]
            self.stories.append(OpenStory(number, of_story, list(places), list(likenesses), by_source))
        self._rarity = Rarity.restored(state["rarity"])
        self._times = UpdateTimes.restored(state["times"])
        self._together = SeenTogether.restored(state["together"])
        self._first_cited, self._cited_by = state["cited"]
        self._pages, self._page_titles, self._links, self._titles, self._undated = state["numbers"]
        for known, kept in ((self._terms, state["terms"]), (self._actions, state["actions"])):
            for key, mentions in kept.items():
                known[key] = Mentions.restored(mentions)

    def grouped(self) -> list[list[Update]]:
        """Return the updates of each story, in the order of arrival."""
        return [story.updates for story in self.stories]

    def features_of(self, story: OpenStory) -> list[UpdateFeatures]:
        """Return the features of a story's updates, in the order of arrival."""
        return self._features_by_story.of(story.number)

    def add(self, update: Update) -> None:
        """Put an update, the latest to arrive, into its story or a new one."""
        features = self._features(update)
        rare = self._rarity.uncommon(features.weights, COMMON)
        number, mean = self._same_page(features), 1.0
        if number is None:
            number, mean = self._most_alike(features, rare)
        if number is None:  # nothing was like it: it is the first of a new story
            number, mean = len(self.stories), 1.0
            self.stories.append(OpenStory(number))
        self.stories[number].likenesses.append(mean)
        self._remember(self.stories[number], update, features, rare)

    def _features(self, update: Update) -> UpdateFeatures:
        title = update.title
        if update.earlier_titles:
            title = update.earlier_titles[0].title  # as it was first seen: a later headline must not move it
        names, other_name = _NONE, ""
        if has_tail(title):
            names = self._names(update)
            other_name = other_outlet(title, names)
        outlet = " ".join((update.source, *hosts(update.url), other_name)).strip()
        terms, text = read_text(title, update.summary, update.language, names)
        weights, norm, bare_norm = weighted(terms, self._rarity, bare=text.bare)
        own = self._own_page(update, text)
        at, links, asked = None, _NONE, JOIN_MOST
        # The day on which a feed's item without a date was first seen says nothing of when it was written.
        if update.date_from != "first-seen":
            at = update.sorted_by.timestamp()
            links = self._event_links(update, at)
            asked = self._needed(at)
        return UpdateFeatures(update.source, outlet, at, own, links, text, weights, norm, bare_norm, asked)

    def _needed(self, at: float) -> float:
        """Return the mean likeness that joins a story at a time: more where much is reported."""
        times_quiet = max(1.0, self._times.around(at) / QUIET)
        return float(min(JOIN_MOST, JOIN_QUIET * times_quiet**CROWDING))

    def _own_page(self, update: Update, text: TextFeatures) -> str:
        """Return the update's page, or "" where it tells of no single event: all items of its source link to it."""
        own = page(update.url)
        titles = self._page_titles.get((own, update.source), ())
        headlines = {*titles, title_key(text.title)}
        return own if len(headlines) <= PAGE_HEADLINES else ""

    def _names(self, update: Update) -> frozenset[str]:
        names = (self._outlets.get(update.source, ""), update.source, *hosts(update.url))
        return frozenset(filter(None, map(run_together, names)))

    def _event_links(self, update: Update, at: float) -> frozenset[str]:
        """Return the pages linked to that may tell of one event.

        What the source has linked to before is one of its standing links, what was first linked to longer than
        WINDOW ago is background.
        """
        links = linked_pages(update)
        if not links:
            return _NONE
        found = set()
        for link in links:
            first = self._first_cited.setdefault(link, at)
            if (update.source, link) not in self._cited_by and abs(at - first) <= WINDOW:
                found.add(link)
            self._cited_by.add((update.source, link))
        return frozenset(found)

    def _same_page(self, features: UpdateFeatures) -> int | None:
        """Return the number of the latest story with the same page, if it is still the same event there."""
        for number in reversed(self._pages.get(features.page, ())):
            story = self.stories[number]
            if self._has_room(story, features.source) and same_page(features, self.features_of(story)):
                return number
        return None

    def _has_room(self, story: OpenStory, source: str) -> bool:
        """Say whether a story is not full, and not full of one source."""
        return len(story.updates) < self._most_updates and story.by_source.get(source, 0) < self._most_of_source

    def _most_alike(self, features: UpdateFeatures, rare: list[str]) -> tuple[int | None, float]:
        """Return the number of the story that is most like the update, or None, and the mean likeness.

        Every update of that story is like it. A story where more tell the same action comes first, so that what all
        report at once is not scattered; of equally like stories, the earliest is returned.
        """
        best, best_number = (0, 0.0), None
        for number in sorted(self._compared(features, rare)):
            others = self.features_of(self.stories[number])
            same = self._same_frames(features, others)
            asked = needed(features, others)
            least = EACH * asked
            if 2 * same >= len(others):
                # Any likeness above 0 is enough for those that tell another action: one that came in by chance must not
                # close the story to all that follow.
                least = 0.0
            elif len(others) == 1:  # the mean is this one's
                least = asked
            mean = self._mean_likeness(features, others, least)
            if mean >= asked and (same, mean) > best:
                best, best_number = (same, mean), number
        return best_number, best[1]

    def _same_frames(self, features: UpdateFeatures, others: Sequence[UpdateFeatures]) -> int:
        """Return how many of the others tell the same action of a dispute."""
        if features.text.frame is None:
            return 0
        return sum(same_frame(features, other, self._together) for other in others)

    def _mean_likeness(self, features: UpdateFeatures, others: Sequence[UpdateFeatures], least: float) -> float:
        """Return the mean of an update's likenesses to the others; 0 where one of them is 0, or less than `least`."""
        total, same_outlet = 0.0, False
        for other in others:
            one = likeness(features, other, self._together, least)
            if one < least or not one:
                return 0.0
            total += one
            same_outlet = same_outlet or (features.outlet == other.outlet != "")
        if same_outlet and features.text.bare:
            total *= TOLD_ALREADY_HEADLINES
        elif same_outlet:
            total *= TOLD_ALREADY
        return total / len(others)

    def _compared(self, features: UpdateFeatures, rare: list[str]) -> Iterator[int]:
        """Yield the numbers of the stories to compare with, as many as may be: those with most in common.

        Of stories with as much in common the earlier ones come first: who copies a headline comes after it.
        """
        in_common = self._candidates(features, rare)
        compared = only_of_source = 0
        for number in sorted(sorted(in_common), key=in_common.__getitem__, reverse=True):
            story = self.stories[number]
            if not self._has_room(story, features.source):
                continue
            if story.is_only_of(features.source):
                only_of_source += 1
                if only_of_source > COMPARED_OF_SOURCE:
                    continue
            if compared + len(story.updates) <= self._most_compared:
                compared += len(story.updates)
                yield number

    def _candidates(self, features: UpdateFeatures, rare: list[str]) -> dict[int, int]:
        """Return the numbers of the stories of the same headline, page, link or rare terms, and how many each shares.

        A page or a headline in common counts for more than all terms.
        """
        titles = self._titles if features.at is None else self._undated
        surely = set(titles.get(title_key(features.text.title), ()))
        surely.update(self._links.get(features.page, ()))
        for link in features.links:
            surely.update(self._links.get(link, ()), self._pages.get(link, ()))
        if features.at is None:
            return dict.fromkeys(surely, LOOKED_UP)
        day = _day(features.at)
        if features.text.frame is not None:
            for action in features.text.frame.actions:
                surely.update(self._actions[action].between(day - FRAME_WINDOW_DAYS, day + FRAME_WINDOW_DAYS))
        # By the alphabet first: terms that are as rare must not be chosen by where they stand in the text.
        rarest = sorted(sorted(rare), key=features.weights.__getitem__, reverse=True)[:LOOKED_UP]
        first, last = day - WINDOW_DAYS, day + WINDOW_DAYS
        near: list[array[int]] = []
        for term in rarest:
            if mentions := self._terms.get(term):
                near.append(mentions.between(first, last))
        shared = Counter(chain.from_iterable(near))
        alike = {number: count for number, count in shared.items() if count >= SHARED_TERMS}
        return alike | dict.fromkeys(surely, LOOKED_UP)

    def _remember(self, story: OpenStory, update: Update, features: UpdateFeatures, rare: list[str]) -> None:
        """Put an update into its story, and note and count all by which those that come after it are compared."""
        known = [other.weights for other in self.features_of(story)]
        new_terms: Set[str] = features.weights.keys()
        if known:
            new_terms = features.weights.keys() - chain.from_iterable(known)
        self._rarity.learn(new_terms, new_story=not known)
        self._together.learn(features.text.names)
        story.updates.append(update)
        story.places.append(self.count)
        self.count += 1
        self._features_by_story.add(story.number, features)
        story.by_source[features.source] = story.by_source.get(features.source, 0) + 1
        title = title_key(features.text.title)
        if features.page:
            _note(self._pages, features.page, story.number)
            titles = self._page_titles.get((features.page, features.source), ())
            if title not in titles:
                self._page_titles[features.page, features.source] = (*titles, title)
        _note(self._titles, title, story.number)
        for link in features.links:
            _note(self._links, link, story.number)
        if features.at is None:
            _note(self._undated, title, story.number)
        else:
            self._times.add(features.at)
            day = _day(features.at)
            if features.text.frame is not None:
                for action in features.text.frame.actions:
                    self._actions[action].add(day, story.number)
            for term in rare:
                self._terms[term].add(day, story.number)


@lru_cache(maxsize=64)  # each update's is asked for three times
def title_key(terms: frozenset[str]) -> bytes:
    """Return what a headline is known by: a digest of its terms, a tenth as large as these."""
    return blake2b("\n".join(sorted(terms)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _note(known: _Numbers, key: object, number: int) -> None:
    """Add a story to those kept under one key, of which the LATEST stay."""
    numbers = known.get(key, ())
    if number not in numbers:
        known[key] = (*numbers, number)[-LATEST:]


def _day(at: float) -> int:
    return int(at // 86_400)
