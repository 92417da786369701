"""Resolve the editor's orders: find the updates they name, report what cannot be carried out, and apply them.

Archived rows are not changed: what is hidden stays in the archive, and what is retitled keeps its outlet's words there.
The one exception is a takedown, which `takedowns` carries out.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain
from types import MappingProxyType

from plugins.core.errors import Problem, did_you_mean
from plugins.core.text.urls import canonical, is_web
from plugins.updates.desk.order import WIDE, Desk, Edits, Order, Verb
from plugins.updates.desk.takedowns import takedowns
from plugins.updates.model import Story, Update, ids_of, without

_STATES = {"pin": "is pinned", "hide": "is hidden", "retitle": "has another headline", "note": "has a note"}
_SLOTS = ({"pin", "hide"}, {"retitle"}, {"note"}, {"join", "split"})

Locate = Callable[[Order, int], tuple[str, int]]
"""Returns file and line of an order's nth name, from 0. Called only for problems: it parses the file a second time."""


def resolve_orders(
    orders: Iterable[Order],
    updates: Iterable[Update],
    locate: Locate = lambda order, place: ("", 0),
    invalid: Set[str] = frozenset(),
    sites: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Desk, list[Problem]]:
    """Return the desk, and a problem for each name that no update has and each order that contradicts another.

    An address names every update with that page, and is a problem in an order that is not WIDE: another source may
    claim the page tomorrow, and would get our headline or its place on top. A takedown is no problem where its update
    is not found: it is kept for the day the update comes back. `invalid` are ids of updates that could not be loaded:
    they may be named by these, and any address may be theirs. `sites` are the sources' sites by their ids.
    """
    orders, updates = list(orders), list(updates)
    if not orders:
        return Desk(), []
    names, down = UpdateNames(updates, invalid), takedowns(orders, updates, sites)
    words: dict[Verb, dict[str, str]] = defaultdict(dict)  # of an order's verb, by the ids it is about
    joins: list[frozenset[str]] = []
    resolved: list[tuple[Order, tuple[str, ...]]] = []
    problems: list[Problem] = []
    for order in orders:
        ids = names.ids_of(order)
        resolved.append((order, ids))
        words[order.verb].update(dict.fromkeys(ids, order.words))
        if order.verb == "join":
            joins.append(frozenset(ids))
        problems += _unknown(order, names, locate)
    desk = Desk(
        pins=tuple(words["pin"]),
        hidden=frozenset(words["hide"]),
        edits=Edits(words["retitle"], words["note"]),
        joins=tuple(joins),
        splits=frozenset(words["split"]),
        taken_down=down.among(updates),
    )
    return desk, [*problems, *_contradictions(resolved, locate)]


def superseded(
    orders: Iterable[Order],
    new: Order,
    updates: Iterable[Update],
    sites: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Order, ...]:
    """Return the orders that a new one replaces: those about the same update that say the same thing or its opposite.

    A takedown replaces every order about its update, for an order may repeat the update's words.
    """
    updates = list(updates)
    names, down = UpdateNames(updates), takedowns([new], updates, sites)
    about = {*new.names, *names.named_in(new), *down.among(updates)}
    replaced: list[Order] = []
    for order in orders:
        if _replaces(new.verb, order.verb) and not about.isdisjoint((*order.names, *names.named_in(order))):
            replaced.append(order)
    return tuple(replaced)


def without_hidden(stories: Iterable[Story], hidden: Set[str]) -> tuple[Story, ...]:
    """Return the stories without their hidden updates, under the ids they had; a story with none left is left out.

    A story with one update left has no page any more, so that its id becomes a former one.
    """
    if not hidden:
        return tuple(stories)
    shown = []
    for story in stories:
        updates = tuple(without(story.updates, hidden))
        if len(updates) == len(story.updates):
            shown.append(story)
        elif len(updates) == 1:
            shown.append(replace(story, updates=updates, former_ids=(*story.former_ids, story.id)))
        elif updates:
            shown.append(replace(story, updates=updates))
    return tuple(shown)


class UpdateNames:
    """Finds updates by id, or by address in any spelling; `invalid` as in `resolve_orders`."""

    def __init__(self, updates: Sequence[Update], invalid: Set[str] = frozenset()) -> None:
        self.ids = sorted(ids_of(updates) | invalid)
        self._invalid = invalid
        self._known = frozenset(self.ids)
        self._by_url: dict[str, list[str]] = {}
        for update in updates:
            if update.url:
                self._by_url.setdefault(canonical(update.url), []).append(update.id)

    def ids_of(self, order: Order) -> tuple[str, ...]:
        """Return the ids of the updates that an order is carried out for."""
        if order.verb in WIDE:
            return self.named_in(order)
        return tuple(dict.fromkeys(filter(self._known.__contains__, order.names)))

    def named_in(self, order: Order) -> tuple[str, ...]:
        """Return the ids of the updates that an order names, by an address too, whether or not that is carried out."""
        return tuple(dict.fromkeys(chain.from_iterable(map(self.find, order.names))))

    def may_exist(self, name: str) -> bool:
        """Say whether there may be an update of that name."""
        return bool(self.find(name)) or (bool(self._invalid) and is_web(name))

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the updates of that name, in order; none where there are none."""
        if name in self._known:
            return (name,)
        if is_web(name):
            return tuple(sorted(self._by_url.get(canonical(name), ())))
        return ()


def _unknown(order: Order, names: UpdateNames, locate: Locate) -> Iterator[Problem]:
    """Yield a problem for each name of an order that no update has, or that another may have tomorrow."""
    for place, name in enumerate(order.names):
        if order.verb == "takedown" or (order.verb in WIDE and names.may_exist(name)):
            continue
        found = names.find(name)
        if order.verb not in WIDE and is_web(name) and (found or names.may_exist(name)):
            what = f"{order.verb} names an address, which another update may have tomorrow (got {name})"
            yield Problem(*locate(order, place), what, f"write the update's id{_which(found)}")
        elif not found:
            kind, ids = "id", names.ids
            if is_web(name):  # no two addresses mean the same because they are alike
                kind, ids = "address", []
            remedy = did_you_mean(name, ids, "see `./inv desk` for the ids, or remove the order", likeness=0.8)
            yield Problem(*locate(order, place), f"no update has this {kind} (got {name})", remedy)


def _which(found: Sequence[str]) -> str:
    """Return how a remedy names the updates that an address has now."""
    if not found:
        return "; `./inv desk` lists them"
    if len(found) == 1:
        return f', "{found[0]}"'
    return f", of the one that is meant: {', '.join(found)}"


def _replaces(new: Verb, old: Verb) -> bool:
    """Say whether an order of one verb replaces one of another about the same update; an update may be joined twice."""
    if new == "takedown":
        return True
    return (old, new) != ("join", "join") and any({old, new} <= slot for slot in _SLOTS)


def _contradictions(resolved: Iterable[tuple[Order, Iterable[str]]], locate: Locate) -> Iterator[Problem]:
    """Yield a problem for each order that retitles or notes an update in a second way, or hides what is pinned.

    The orders come with the ids of the updates that they are about.
    """
    first: dict[tuple[str, str], Order] = {}
    for order, ids in resolved:
        if order.verb not in _STATES:
            continue
        slot = "pin" if order.verb == "hide" else order.verb
        for id in ids:
            other = first.setdefault((slot, id), order)
            if (other.verb, other.words) != (order.verb, order.words):
                what = f"{order.verb} {id}: it {_STATES[other.verb]} already"
                yield Problem(*locate(order, 0), what, "remove one of the two")
