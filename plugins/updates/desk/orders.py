"""The editor's desk: orders about single updates, settled against the updates there are, and carried out.

Pure. It changes no archived row: what is hidden stays in the archive, and what is retitled keeps its outlet's words
there. The one exception is a takedown, and that is `Takedowns`' to say. Files and their lines are `file`'s.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from difflib import get_close_matches

from plugins.core.text.urls import canonical, is_web
from plugins.updates.desk.order import Desk, Edits, Fault, Order, Verb
from plugins.updates.desk.takedowns import takedowns
from plugins.updates.model import Story, Update


def settle(
    orders: Iterable[Order], updates: Iterable[Update], torn: Set[str] = frozenset()
) -> tuple[Desk, list[Fault]]:
    """Return the desk, and a fault for each name that no update has and each order that contradicts another.

    An address stands for every update with that page. A takedown need not find its update: it holds all the same. The
    updates in `torn` could not be read: their ids are known, and any address may be theirs.
    """
    orders, updates = list(orders), list(updates)
    if not orders:
        return Desk(), []
    names, down = Names(updates, torn), takedowns(orders)
    found = [(order, names.of(order)) for order in orders]
    desk = Desk(
        pins=_ids(found, "pin"),
        hidden=frozenset(_ids(found, "hide")),
        edits=Edits(_words(found, "retitle"), _words(found, "note")),
        joins=tuple(frozenset(ids) for order, ids in found if order.verb == "join"),
        splits=frozenset(_ids(found, "split")),
        gone=frozenset(update.id for update in updates if down.cover(update.id, update.url)),
    )
    unknown = [fault for order in orders for fault in _unknown(order, names)]
    return desk, unknown + _contradictions(found)


def displaced(orders: Iterable[Order], new: Order, updates: Iterable[Update]) -> tuple[Order, ...]:
    """Return the orders that a new one takes the place of: those about the same update that say the same or against it.

    A takedown displaces all of them, for they repeat the update's words.
    """
    names = Names(list(updates))
    about = {*new.names, *names.of(new)}
    return tuple(
        order for order in orders if about & {*order.names, *names.of(order)} and _gives_way(order.verb, new.verb)
    )


def on_show(stories: Iterable[Story], hidden: Set[str]) -> tuple[Story, ...]:
    """Return the stories without their hidden updates, under the ids they had; a story of none is left out.

    A story of which one update is left has no page any more, so that its id becomes a former one.
    """
    shown = ((story, tuple(one for one in story.updates if one.id not in hidden)) for story in stories)
    return tuple(_without_hidden(story, updates) for story, updates in shown if updates)


def _without_hidden(story: Story, updates: tuple[Update, ...]) -> Story:
    if len(updates) == 1 < len(story.updates):
        return replace(story, updates=updates, former_ids=(*story.former_ids, story.id))
    return replace(story, updates=updates)


class Names:
    """Finds updates by id, or by address in any spelling."""

    def __init__(self, updates: Sequence[Update], torn: Set[str] = frozenset()) -> None:
        self.ids = sorted({update.id for update in updates} | torn)
        self._torn = torn
        self._known = frozenset(self.ids)
        self._by_url: dict[str, list[str]] = {}
        for update in updates:
            if update.url:
                self._by_url.setdefault(canonical(update.url), []).append(update.id)

    def of(self, order: Order) -> tuple[str, ...]:
        """Return the ids of the updates that an order is about."""
        return tuple(dict.fromkeys(id for name in order.names for id in self.find(name)))

    def may_be(self, name: str) -> bool:
        """Say whether there may be an update of that name."""
        return bool(self.find(name)) or (bool(self._torn) and is_web(name))

    def find(self, name: str) -> tuple[str, ...]:
        """Return the ids of the updates of that name, in order; none where there are none."""
        if name in self._known:
            return (name,)
        return tuple(sorted(self._by_url.get(canonical(name), ()))) if is_web(name) else ()


_Found = Sequence[tuple[Order, tuple[str, ...]]]


def _ids(found: _Found, verb: Verb) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for order, ids in found if order.verb == verb for id in ids))


def _words(found: _Found, verb: Verb) -> Mapping[str, str]:
    return {id: order.words for order, ids in found if order.verb == verb for id in ids}


def _unknown(order: Order, names: Names) -> Iterator[Fault]:
    for place, name in enumerate(order.names):
        if order.verb == "takedown" or names.may_be(name):
            continue
        near = [] if is_web(name) else get_close_matches(name, names.ids, n=1, cutoff=0.8)
        remedy = f"did you mean {near[0]}?" if near else "see `./inv desk` for the ids, or remove the order"
        yield Fault(order, place, f"no update has this {'address' if is_web(name) else 'id'} (got {name})", remedy)


def _gives_way(old: Verb, new: Verb) -> bool:
    if new == "takedown":
        return True
    slots = ({"pin", "hide"}, {"retitle"}, {"note"}, {"join", "split"})
    return (old, new) != ("join", "join") and any({old, new} <= slot for slot in slots)


def _contradictions(found: _Found) -> list[Fault]:
    """Return a fault for an update that is retitled or noted in two ways, or pinned and hidden."""
    first: dict[tuple[str, str], Order] = {}
    faults = []
    for order, ids in found:
        slot = "pin" if order.verb == "hide" else order.verb
        for id in ids if slot in {"pin", "retitle", "note"} else ():
            other = first.setdefault((slot, id), order)
            if (other.verb, other.words) != (order.verb, order.words):
                words = {
                    "pin": "is pinned",
                    "hide": "is hidden",
                    "retitle": "has another headline",
                    "note": "has a note",
                }
                what = f"{order.verb} {id}: it {words[other.verb]} already"
                faults.append(Fault(order, 0, what, "remove one of the two"))
    return faults
