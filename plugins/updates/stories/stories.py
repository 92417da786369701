"""Group updates on the same event into stories: `clustering` finds them, the desk's joins and splits correct them.

In doubt two updates stay apart: a false join claims a second witness who does not exist. Updates are taken in the order
in which they arrived and none is moved later, so that a story keeps its id and its updates as coverage grows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from types import MappingProxyType

from plugins.updates.budgets import StoryBudget
from plugins.updates.model import Kind, Story, Update
from plugins.updates.stories.clustering import StoryIndex

_PRIMARY: Set[Kind] = frozenset({"union", "guild", "employer", "government"})
_NO_KINDS: Mapping[str, Kind] = MappingProxyType({})
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def group(
    updates: Iterable[Update],
    *,
    kinds: Mapping[str, Kind] = _NO_KINDS,
    outlets: Mapping[str, str] = _NO_NAMES,
    joins: Sequence[Set[str]] = (),
    splits: Set[str] = frozenset(),
    budget: StoryBudget = StoryBudget(),  # noqa: B008 - frozen
) -> tuple[Story, ...]:
    """Return every update in exactly one story, in the order in which the stories' first updates arrived.

    `kinds` and `outlets` tell a source's kind and title
    by its id. A story's id is that of its first update to arrive. Its updates stand primary sources first (unions,
    employers, governments: what happened in the words of those it happened between), then by time, address and id; the
    first leads.

    Two updates are of one story where they are one page; or where, within three days, they come from the same linked
    page or are alike in words, and every update of the story is so with every other. An update whose time is not known
    (`date_from` is "first-seen") joins by its page, or by the same headline in another source.

    A story is as large as its `budget` lets it be: what comes later on its event begins another.

    The desk overrides: an update in `splits` is taken out of its story and stands alone, and nothing else moves; all
    stories that hold an update of one of `joins` then become one. Ids that are not there are passed over.

    Law: updates that arrive later (by `arrival`) change no story of earlier ones but by joining it. Hidden updates
    must therefore be grouped with the others, and left out afterwards.
    """
    index = StoryIndex(outlets, budget)
    for update in sorted(updates, key=arrival):
        index.add(update)
    found = [story.updates for story in index.stories]
    stories = sorted(_joined(_split(found, splits), joins), key=lambda story: arrival(story[0]))
    former = _former_ids(found, stories, frozenset(splits).union(*joins))
    return tuple(_ordered(story, kinds, ids) for story, ids in zip(stories, former, strict=True))


def arrival(update: Update) -> tuple[datetime, datetime, str, str]:
    """Return the key that updates are taken in order of: first sight, then time, address and id."""
    return update.first_seen, update.sorted_by, update.url, update.id


def _split(stories: list[list[Update]], splits: Set[str]) -> list[list[Update]]:
    out = []
    for story in stories:
        out.append([update for update in story if update.id not in splits])
        out.extend([update] for update in story if update.id in splits)
    return [story for story in out if story]


def _joined(stories: list[list[Update]], joins: Sequence[Set[str]]) -> list[list[Update]]:
    held = dict(enumerate(stories))
    place = {update.id: number for number, story in held.items() for update in story}
    for ids in joins:
        numbers = sorted({place[id_] for id_ in ids if id_ in place})
        for number in numbers[1:]:
            moved = held.pop(number)
            held[numbers[0]] = held[numbers[0]] + moved
            place.update((update.id, numbers[0]) for update in moved)
    return [sorted(story, key=arrival) for story in held.values()]


def _former_ids(found: list[list[Update]], stories: list[list[Update]], ordered: Set[str]) -> Iterator[tuple[str, ...]]:
    """Return, for each story, the ids that a story of its updates may have been published under before.

    `found` are the stories as the updates themselves made them, `ordered` the ids that the desk has joined or split. An
    order is written one at a time, and an update entered by hand may come after those it precedes: each update of a
    story with one of these may have been its first once. Of other stories there is only what `found` says.
    """
    first = {update.id: story[0].id for story in found if len(story) > 1 for update in story}
    for story in stories:
        ids = {first[update.id] for update in story if update.id in first}
        if len(story) > 1:
            if any(update.id in ordered or update.by_hand for update in story):
                ids.update(update.id for update in story)
            ids.discard(story[0].id)
        yield tuple(sorted(ids))


def _ordered(story: list[Update], kinds: Mapping[str, Kind], former_ids: tuple[str, ...]) -> Story:
    """Return a story with its primary sources first; its id is that of its first update to arrive."""

    def key(update: Update) -> tuple[bool, datetime, str, str]:
        return kinds.get(update.source) not in _PRIMARY, update.sorted_by, update.url, update.id

    return Story(story[0].id, tuple(sorted(story, key=key)), former_ids)
