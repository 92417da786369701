"""Which item of a feed is which update of the archive: every item gets the id it keeps for good.

The policy says what a feed's items are told apart by: `guid`, else `link`, else `hash` (of title and date). It steps
by itself where a feed’s guids, or links, turn out to be made anew at every fetch. Whether an item is kept is for the
topics to say, elsewhere.

"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import chain, count
from operator import attrgetter

from plugins.core.text.urls import canonical
from plugins.updates.archive.identity_rules import ALL, RULES, TEXT, Marks, id_of, match, shared_by
from plugins.updates.model import Identity, Item, Update

_EVIDENCE = 2
"""Items that must turn up under new guids, or new links, before a policy is given up."""


@dataclass(frozen=True, slots=True)
class Identified:
    """The items with their ids, in the feed's order, and the policy in force, with the reason where it stepped down.

    Items with the same id are one item that the feed lists twice.
    """

    items: tuple[tuple[str, Item], ...]
    identity: Identity
    reason: str = ""


# What a new id may be made of where that is nobody else's; an archived update's summary is not known here.
_KEYS: tuple[tuple[str, ...], ...] = (("guid",), ("guid", "link"), ("link",))


def identify(items: Sequence[Item], known: Iterable[Update], policy: Identity, *, source: str) -> Identified:
    """Return every item with its id: its archived update's, or a new one made of the source's id and the item's key.

    The ids depend neither on the order of `items` nor on that of `known`, and identifying again, with the outcome
    archived, changes nothing. `known` are the source's archived updates and what the topics dropped of it lately.
    """
    marks = [Marks(i.guid, _link(i.url), i.title, _date(i.published or i.updated), i.summary) for i in items]
    archive = sorted(_marks_of(update) for update in known)
    lower, moved, reason = _doubt(sorted(set(marks)), archive, policy)
    leader = _leaders(marks, lower)
    leaders = sorted(set(leader.values()))
    rules = (*RULES[lower], *(RULES["hash"] if moved else ()))
    found = match(leaders, archive, rules, source, by_text=lower == "hash")
    ids = _ids(leaders, found, archive, lower, source)
    named = tuple(
        (ids[leader[each]], _steady(item, found.get(leader[each]), lower))
        for item, each in zip(items, marks, strict=True)
    )
    return Identified(named, lower, reason)


def _marks_of(update: Update) -> Marks:
    """Return what an archived update is recognised by; a date that was only our first sight of it is none."""
    published = update.published if update.date_from != "first-seen" else None
    return Marks(update.guid, _link(update.url), update.title, _date(published), id=update.id)


def _link(url: str) -> str:
    return canonical(url) if url else ""


def _date(when: datetime | None) -> str:
    return when.isoformat() if when else ""


def _leaders(marks: Iterable[Marks], policy: Identity) -> dict[Marks, Marks]:
    """Return for each item the one that stands for it and for its repetitions.

    A repetition has the same guid and link (by policy: link) and the same title or, with the same guid, date. So a guid
    that is used for several pages is several items.
    """
    leader: dict[Marks, Marks] = {}
    first: dict[tuple[str, ...], Marks] = {}
    for each in sorted(set(marks)):
        by_guid = policy == "guid" and bool(each.guid)
        place = (each.guid if by_guid else "", "" if policy == "hash" else each.link)
        alike: list[tuple[str, ...]] = [
            (*place, "title", each.title, *(() if any(place) else (each.date or each.summary,)))
        ]
        if by_guid and each.date:
            alike.append((*place, "date", each.date))
        lead = next((first[key] for key in alike if key in first), each)
        leader[each] = lead
        for key in alike:
            first.setdefault(key, lead)
    return leader


def _doubt(items: Sequence[Marks], archive: Sequence[Marks], policy: Identity) -> tuple[Identity, bool, str]:
    """Return the policy the feed deserves, and why: the next one where most of its marks are made anew.

    Says too whether even the links are new, so that only titles and dates tell what is archived.
    """
    if policy == "hash":
        return policy, False, ""
    mark = attrgetter(policy)
    stated, past = set(map(mark, items)), set(map(mark, archive))
    gone = [update for update in archive if mark(update) not in stated]
    marked = [each for each in items if mark(each)]
    new = [each for each in marked if mark(each) not in past]
    if len(new) < _EVIDENCE:
        return policy, False, ""
    by_text = _count(new, gone, ("title", "date"))
    by_link = _count(new, gone, ("link",)) if policy == "guid" else 0
    moved = max(by_link, by_text)
    if moved < _EVIDENCE or moved <= len(marked) - len(new):
        return policy, False, ""
    what = "titles" if by_text > by_link else "links"
    reason = f"{moved} of {len(items)} items came with new {policy}s, though their {what} are archived"
    return ("link" if policy == "guid" else "hash"), by_text > by_link, reason


def _count(new: Sequence[Marks], gone: Sequence[Marks], names: tuple[str, ...]) -> int:
    """Count the new items that have an old one's marks; marks that several share say nothing."""
    common = shared_by(names, new) | shared_by(names, gone)
    past = {each.of(names) for each in gone} - common
    return sum(1 for each in new if each.of(names)[0] and each.of(names) in past)


def _ids(
    leaders: Sequence[Marks], found: dict[Marks, Marks], archive: Sequence[Marks], policy: Identity, source: str
) -> dict[Marks, str]:
    """Return every item's id; a new one is made of as few marks as tell it from all others, and never reused."""
    everything = (*leaders, *archive)
    shared = cache(lambda names: shared_by(names, everything if names in _KEYS else ()))
    ids = {item: update.id for item, update in found.items()}
    used = {update.id for update in archive}
    for item in leaders:
        if item not in ids:
            telling = (names for names in _keys(item, policy) if item.of(names) not in shared(names))
            tries = (id_of(source, names, item) for names in (*telling, ALL))
            numbered = (id_of(source, ALL, item, number) for number in count())
            ids[item] = next(made for made in chain(tries, numbered) if made not in used)
            used.add(ids[item])
    return ids


def _keys(item: Marks, policy: Identity) -> tuple[tuple[str, ...], ...]:
    if policy == "guid" and item.guid:
        return (("guid",), ("guid", "link"), ("guid", "link", "title", "date"))
    if policy != "hash" and item.link:
        return (("link",), ("link", "title", "date"))
    return (("title", "date") if item.date else TEXT,)


def _steady(item: Item, update: Marks | None, policy: Identity) -> Item:
    """Keep the archived guid of a feed whose guids say nothing, so that they are not taken for edits."""
    return replace(item, guid=update.guid) if update and policy != "guid" else item
