"""Group updates on the same event into stories: `clustering` finds them, the desk's joins and splits correct them.

In doubt two updates stay apart: a false join claims a second witness who does not exist. Updates are taken in the order
in which they arrived and none is moved later, so that a story keeps its id and its updates as coverage grows.
"""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from heapq import heappop, heappush
from operator import attrgetter
from types import MappingProxyType

from plugins.updates.budgets import StoryBudget
from plugins.updates.cache import Memo, WireCache
from plugins.updates.digests import all_shown, digest
from plugins.updates.model import WORKERS, Kind, Story, Update, by_id, ids_of
from plugins.updates.page_owners import PageOwners
from plugins.updates.stories.checkpoints import clustered
from plugins.updates.stories.cited_pages import cited_pages, page

_OTHER_PARTIES: Set[Kind] = frozenset({"employer", "government"})
_NO_KINDS: Mapping[str, Kind] = MappingProxyType({})
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def group(  # noqa: PLR0913 - what is known of the sources, and what the desk ordered
    updates: Iterable[Update],
    *,
    kinds: Mapping[str, Kind] = _NO_KINDS,
    outlets: Mapping[str, str] = _NO_NAMES,
    sites: Mapping[str, str] = _NO_NAMES,
    joins: Sequence[Set[str]] = (),
    splits: Set[str] = frozenset(),
    bare: Iterable[Update] = (),
    budget: StoryBudget = StoryBudget(),  # noqa: B008 - frozen
    cache: WireCache | None = None,
) -> tuple[Story, ...]:
    """Return every update in exactly one story, in the order in which the stories' first updates arrived.

    `kinds`, `outlets` and `sites` tell a source's kind, title and site by its id. A story's id is that of its first
    update to arrive. Its updates stand in order of who speaks, and the first leads (docs/decisions/0035): unions, then
    employers and governments, then all others, each by `arrival`, so that no date in the past wins a place. But whose
    link or `via` lies on another source's site stands after that source's own updates; so does who links to its page.

    Two updates are of one story where they are one page; or where, within three days, they come from the same linked
    page or are alike in words, and every update of the story is so with every other. An update whose time is not known
    (`date_from` is "first-seen") joins by its page, or by the same headline in another source.

    A story is as large as its `budget` lets it be: what comes later on its event begins another.

    The desk overrides: an update in `splits` is taken out of its story and stands alone, and nothing else moves; all
    stories that hold an update of one of `joins` then become one. Ids that are not there are passed over.

    `bare` are updates whose text was taken down: nothing is alike to them, and each is in the story of the update that
    it `stood_with`, so that the story keeps its id.

    Law: updates that arrive later (by `arrival`) change no story of earlier ones but by joining it. Hidden updates
    must therefore be grouped with the others, and left out afterwards. So what `cache` has of an earlier run of which
    these updates are the continuation is not done again.
    """
    found = _with_bare(clustered(sorted(updates, key=arrival), outlets, budget, cache), bare)
    stories = sorted(_joined(_split(found, splits), joins), key=lambda story: arrival(story[0]))
    former = _former_ids(found, stories, frozenset(splits).union(*joins))
    order = _Order(kinds, sites, cache)
    ordered = tuple(map(order.story, stories, former))
    order.keep()
    return ordered


arrival: Callable[[Update], tuple[datetime, datetime, str, str]] = attrgetter("first_seen", "sorted_by", "url", "id")
"""Gets the key that updates are taken in order of: first sight, then time, address and id."""


def _with_bare(stories: list[list[Update]], bare: Iterable[Update]) -> list[list[Update]]:
    """Return the stories with the updates that have no text, each where it stood, or alone."""
    without = by_id(bare)
    if not without:
        return stories
    place = _places(stories)
    for update in without.values():
        beside, passed = update, set[str]()
        # The one it stood with may have been taken down later, and have stood with another.
        while beside.stood_with in without and beside.id not in passed:
            passed.add(beside.id)
            beside = without[beside.stood_with]
        number = place.get(beside.stood_with)
        if number is None:
            stories.append([update])
        else:
            insort(stories[number], update, key=arrival)
    return stories


def _places(stories: Iterable[list[Update]]) -> dict[str, int]:
    """Return the number of the story, from 0, that each update is in, by its id."""
    place: dict[str, int] = {}
    for number, story in enumerate(stories):
        for update in story:
            place[update.id] = number
    return place


def _split(stories: Iterable[list[Update]], splits: Set[str]) -> list[list[Update]]:
    """Return the stories without the updates to be split off, each of which is a story of its own."""
    found: list[list[Update]] = []
    for story in stories:
        left: list[Update] = []
        for update in story:
            if update.id in splits:
                found.append([update])
            else:
                left.append(update)
        if left:
            found.append(left)
    return found


def _joined(stories: list[list[Update]], joins: Sequence[Set[str]]) -> list[list[Update]]:
    """Return the stories, all of those that hold an update of one of the joins as one."""
    held = dict(enumerate(stories))
    place = _places(stories)
    for ids in joins:
        numbers = sorted(set(map(place.__getitem__, ids & place.keys())))
        for number in numbers[1:]:
            moved = held.pop(number)
            held[numbers[0]] = held[numbers[0]] + moved
            for update in moved:
                place[update.id] = numbers[0]
    return [sorted(story, key=arrival) for story in held.values()]


def _former_ids(found: list[list[Update]], stories: list[list[Update]], ordered: Set[str]) -> Iterator[tuple[str, ...]]:
    """Return, for each story, the ids that a story of its updates may have been published under before.

    `found` are the stories as the updates themselves made them, `ordered` the ids that the desk has joined or split. An
    order is written one at a time, and an update entered by hand may come after those it precedes: each update of a
    story with one of these may have been its first once. Of other stories there is only what `found` says.
    """
    published_under: dict[str, str] = {}
    for story in found:
        if len(story) > 1:
            for update in story:
                published_under[update.id] = story[0].id
    for story in stories:
        own = ids_of(story)
        ids = {published_under[id_] for id_ in own & published_under.keys()}
        if len(story) > 1:
            if not ordered.isdisjoint(own) or any(update.by_hand for update in story):
                ids.update(own)
            ids.discard(story[0].id)
        yield tuple(sorted(ids))


class _Order:
    """Puts a story's updates in the order of who speaks; what was found for a story before is not found again."""

    def __init__(self, kinds: Mapping[str, Kind], sites: Mapping[str, str], cache: WireCache | None) -> None:
        self._kinds, self._owners = kinds, PageOwners(sites)
        self._rules = digest(repr((sorted(kinds.items()), sorted(sites.items()))))
        self._memo = Memo(cache, "order") if cache else None

    def story(self, updates: list[Update], former_ids: tuple[str, ...]) -> Story:
        """Return a story of updates, given as they arrived; its id is that of the first."""
        if len(updates) == 1:
            return Story(updates[0].id, tuple(updates), former_ids)
        if self._memo:
            key = digest((self._rules + all_shown(updates)).hex())
            places, secondhand = self._memo.get(key, lambda: self._found(updates))
        else:
            places, secondhand = self._found(updates)
        ids = ids_of(map(updates.__getitem__, secondhand))
        return Story(updates[0].id, tuple(map(updates.__getitem__, places)), former_ids, ids)

    def keep(self) -> None:
        """Keep what was found in this run."""
        if self._memo:
            self._memo.keep()

    def _found(self, story: list[Update]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the places of the updates in their order, and the places of those that are secondhand."""
        ordered, secondhand = _ordered(story, self._kinds, self._owners)
        place = {update.id: number for number, update in enumerate(story)}
        return tuple(place[update.id] for update in ordered), tuple(sorted(map(place.__getitem__, secondhand)))


def _ordered(story: list[Update], kinds: Mapping[str, Kind], owners: PageOwners) -> tuple[Sequence[Update], Set[str]]:
    """Return the updates of a story in order of who speaks, and the ids of those that speak of another's page."""

    def key(update: Update) -> tuple[int, tuple[datetime, datetime, str, str]]:
        return _rank(kinds.get(update.source)), arrival(update)

    telling = {update.source for update in story}
    secondhand: set[str] = set()
    awaited = _cited(story, kinds, owners)
    for update in story:
        spoken_of = owners.spoken_of(update) & telling
        if spoken_of:
            secondhand.add(update.id)
            awaited[update.id] |= spoken_of
    ordered = sorted(story, key=key)
    if awaited:
        ordered = _after_owners(ordered, awaited, kinds)
    return ordered, secondhand


def _cited(story: Sequence[Update], kinds: Mapping[str, Kind], owners: PageOwners) -> defaultdict[str, set[str]]:
    """Return the other sources whose own pages in the story an update links to in its words, by its id.

    Those that stand below it by their kind are left out: a guild that answers its employer links to what it answers.
    """
    pages = defaultdict[str, set[str]](set)
    for update in story:
        if update.source in owners.of(update.url):
            pages[page(update.url)].add(update.source)
    found = defaultdict[str, set[str]](set)
    for update in story:
        if update.by_hand:
            continue
        own_rank = _rank(kinds.get(update.source))
        for url in cited_pages(update) & pages.keys():
            for source in pages[url] - {update.source}:
                if _rank(kinds.get(source)) <= own_rank:
                    found[update.id].add(source)
    return found


def _rank(kind: Kind | None) -> int:
    if kind in WORKERS:
        return 0
    return 1 if kind in _OTHER_PARTIES else 2


def _after_owners(
    ordered: Sequence[Update], spoken_of: Mapping[str, Set[str]], kinds: Mapping[str, Kind]
) -> list[Update]:
    """Return updates in their order, but each after those of the sources it speaks of.

    An employer's stands after those of the unions too, but for a union that speaks of the employer's page. Where two
    wait for each other, the order given decides.
    """
    waits = _waits(ordered, spoken_of, kinds)
    waiting = defaultdict[str, list[int]](list)
    free: list[int] = []  # a heap, as what is in order is one
    for place, awaited in enumerate(waits):
        if not awaited:
            free.append(place)
        for source in awaited:
            waiting[source].append(place)
    left = Counter(update.source for update in ordered)
    rest = iter(range(len(ordered)))
    placed: dict[int, Update] = {}
    while len(placed) < len(ordered):
        if free:
            place = heappop(free)
        else:  # all that are left wait for each other
            place = next(place for place in rest if place not in placed)
        if place in placed:
            continue
        update = placed[place] = ordered[place]
        left[update.source] -= 1
        if left[update.source]:
            continue
        for other in waiting[update.source]:
            waits[other].discard(update.source)
            if not waits[other]:
                heappush(free, other)
    return list(placed.values())


def _waits(ordered: Sequence[Update], spoken_of: Mapping[str, Set[str]], kinds: Mapping[str, Kind]) -> list[set[str]]:
    """Return, for each update, the sources after whose updates it is to stand."""
    waits: list[set[str]] = []
    unions: dict[str, Set[str]] = {}
    for update in ordered:
        others = spoken_of.get(update.id, frozenset())
        waits.append(set(others))
        if kinds.get(update.source) in WORKERS:
            unions[update.source] = others
    for update, awaited in zip(ordered, waits, strict=True):
        if kinds.get(update.source) == "employer":
            awaited.update(union for union, others in unions.items() if update.source not in others)
    return waits
