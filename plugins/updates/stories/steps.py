"""Which story is the step before another in one running matter: an agreement, then its terms, then its ratification.

Two stories are steps of one matter where their headlines share its words, or where they tell stages of a labour dispute
that follow one another, of the same workers: everybody writes of an agreement, so that its words are no matter's own.
The steps stay stories of their own; a reader is only shown the way. In doubt there is no link.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum, log, sqrt
from typing import Any

from plugins.updates.cache import Memo, MemoryCache, WireCache
from plugins.updates.digests import all_shown, digest
from plugins.updates.model import Steps, Story
from plugins.updates.stories.stages import Stage, at_least, read_stage
from plugins.updates.stories.stemming import STEPS, terms
from plugins.updates.stories.term_counts import SeenTogether
from plugins.updates.stories.text_features import explains, names, stands_alone

_LONGEST = 30 * 86_400.0
"""Seconds from a story's last report to the first of its next step, at most."""
_SHARE = 0.5
"""Share of a story's headlines, 0 to 1, that have a word which is of its matter; at least two of them have it."""
_ALIKE = 0.5
"""Cosine, 0 to 1, of two stories' words, weighted by rarity, from which they are steps of one matter."""
_SHARED = 3
"""Words that two steps have in common at least."""
_SHARED_RARE = 2
"""Of these, rare ones at least."""
_RARE = 0.02
"""Share of the stories, 0 to 1, that have a rare word, at most..."""
_RARE_STORIES = 8
"""...or as many stories, where there are few."""
_LATEST = 30
"""Stories that are compared for one word, the latest: a word that comes back daily does not lead far back."""


@dataclass(frozen=True, slots=True)
class _Matter:
    """A story of several reports, when it began and ended (seconds since 1970), and the words of its headlines.

    `names` are those words that are written as names, `all_names` the names in each headline; `stage` is that of a
    dispute, where the headlines tell one.
    """

    story: Story
    first: float
    last: float
    words: frozenset[str]
    names: frozenset[str]
    all_names: tuple[frozenset[str], ...]
    stage: Stage | None


def steps(stories: Iterable[Story], cache: WireCache | None = None) -> dict[str, Steps]:
    """Return the step before and after each story that has one, by the story's id.

    Only stories of several reports are linked, for they have pages. The step before is the latest of the like
    stories that ended before this one began; it is named only where this one is also its own first step after.

    What was read in a story's headlines before is in the `cache`; how rare a word is, and so which stories are alike,
    is another thing whenever a story is added.
    """
    memo = Memo(cache or MemoryCache(), "matters")
    matters: list[_Matter] = []
    for story in stories:
        if story.has_page and (found := _matter(story, memo)):
            matters.append(found)
    memo.keep()
    matters.sort(key=lambda matter: (matter.first, matter.story.id))
    before = _before(matters)
    after: dict[str, Story] = {}
    for matter in matters:
        earlier = before.get(matter.story.id)
        if earlier is not None:
            after.setdefault(earlier.id, matter.story)
    links: dict[str, Steps] = {}
    for matter in matters:
        story_id = matter.story.id
        earlier, later = before.get(story_id), after.get(story_id)
        if earlier and after[earlier.id].id != story_id:
            earlier = None  # another is its first step after
        if earlier or later:
            links[story_id] = Steps(earlier, later)
    return links


def _matter(story: Story, memo: Memo) -> _Matter | None:
    dated = [update.sorted_by.timestamp() for update in story.updates if update.date_from != "first-seen"]
    if not dated:
        return None
    key = digest(all_shown(story.updates).hex())
    words, named, all_names, stage = memo.get(key, lambda: _said(story))
    return _Matter(story, min(dated), max(dated), words, named, all_names, stage and Stage(*stage))


def _said(story: Story) -> tuple[Any, ...]:
    """Return what a story's headlines say, as plain values: its words, its names, those of each, and its stage."""
    headlines: list[str] = []
    said = Counter[str]()
    named: set[str] = set()
    all_names: list[frozenset[str]] = []
    for update in story.updates:
        all_names.append(names(update.title))
        if not (stands_alone(update.title) or explains(update.title)):
            headlines.append(update.title)
            said.update(set(terms(update.title)))
            named |= all_names[-1]
    enough = max(2.0, _SHARE * len(headlines))
    words = at_least(enough, said)
    stage = read_stage(headlines)
    plain_stage = stage and (stage.place, stage.workers, stage.acronyms)
    return words, words & named, tuple(all_names), plain_stage


def _before(matters: Sequence[_Matter]) -> dict[str, Story]:
    """Return the story before each that has one; `matters` stand in the order in which they began.

    It is the latest that tells a stage before, else the latest that is alike in words.
    """
    return dict(_alike(matters)) | dict(_staged(matters))


def _alike(matters: Sequence[_Matter]) -> Iterator[tuple[str, Story]]:
    """Yield a story's id and the latest story before it that is alike in words, for each that has one."""
    having = Counter[str]()
    for matter in matters:
        having.update(matter.words)
    # A word's part in the square of a vector's length, and in the product of two vectors that both have it.
    squares = {word: log((len(matters) + 1) / count) ** 2 for word, count in having.items()}
    lengths = [sqrt(fsum(map(squares.__getitem__, matter.words))) for matter in matters]
    rare = max(_RARE_STORIES, _RARE * len(matters))
    by_word = defaultdict[str, list[int]](list)
    for place, matter in enumerate(matters):
        # What was done is the same in many matters; who and what it was done to is not.
        distinctive = [word for word in matter.words if having[word] <= rare and word not in STEPS]
        shared_rare = Counter[int]()
        for word in distinctive:
            shared_rare.update(by_word[word][-_LATEST:])
        for other in sorted(shared_rare, reverse=True):
            if shared_rare[other] < _SHARED_RARE:
                continue
            earlier = matters[other]
            shared = matter.words & earlier.words
            if len(shared) < _SHARED or not earlier.last < matter.first <= earlier.last + _LONGEST:
                continue
            if fsum(map(squares.__getitem__, shared)) >= _ALIKE * lengths[place] * lengths[other]:
                yield matter.story.id, earlier.story
                break
        for word in distinctive:
            by_word[word].append(place)


def _staged(matters: Sequence[_Matter]) -> Iterator[tuple[str, Story]]:
    """Yield a story's id and the latest story before it that tells a stage before its own, for each that has one."""
    together = _names_together(matters)
    by_party = defaultdict[str, list[tuple[_Matter, Stage]]](list)
    for matter in matters:
        if matter.stage is None:
            continue
        candidates: dict[str, tuple[_Matter, Stage]] = {}
        for party in matter.stage.parties:
            for earlier, stage in by_party[party][-_LATEST:]:
                candidates[earlier.story.id] = earlier, stage
        latest = sorted(candidates.values(), key=lambda found: (found[0].first, found[0].story.id), reverse=True)
        for earlier, stage in latest:
            if not earlier.first < matter.first <= earlier.last + _LONGEST or not matter.stage.follows(stage):
                continue
            # Nurses at two hospitals may agree in one week: each headline names a place never seen beside the other's.
            if not together.never_together(matter.names, earlier.names):
                yield matter.story.id, earlier.story
                break
        for party in matter.stage.parties:
            by_party[party].append((matter, matter.stage))


def _names_together(matters: Iterable[_Matter]) -> SeenTogether:
    together = SeenTogether()
    for matter in matters:
        for of_one_headline in matter.all_names:
            together.learn(of_one_headline)
    return together
