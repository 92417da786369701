"""Which item of a feed is which update of the archive: every item gets the id it keeps for good.

The policy says what a feed's items are told apart by: `guid`, else `link`, else `hash` (of title and date). It steps
down by itself where a feed's guids, or links, turn out to be made anew at every fetch. Whether an item is kept is for
the topics to say, in `filter`.

An item and an archived update are compared by their marks: guid, link, title, date, summary. First come the rules by
which the marks match, then the policy a feed deserves, then new ids.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import chain, count
from operator import attrgetter, itemgetter
from typing import NamedTuple

from plugins.core.text.urls import canonical
from plugins.updates.model import Identity, Item, Update, by_id, ids_of, without

_HEX = 10
_EVIDENCE = 2
"""Items that must turn up under new guids, or new links, before a policy is given up."""
_TEXT = ("title", "summary")
_ALL = ("guid", "link", "title", "date", "summary")
# What a new id is made of only where that is nobody else's; an archived update's summary is not known here.
_OWN_KEYS: tuple[tuple[str, ...], ...] = (("guid",), ("guid", "link"), ("link",))


_Shared = Callable[[tuple[str, ...]], Container[tuple[str, ...]]]
"""From names of marks to the values of these that several items, or several updates, have."""


class Marks(NamedTuple):
    """What an item, or an archived update, is recognised by; "" for what it lacks. Only an archived one has an id."""

    guid: str
    link: str
    title: str
    date: str
    summary: str = ""
    id: str = ""

    @property
    def only_text(self) -> bool:
        """Say whether there is neither guid, nor link, nor date."""
        return not (self.guid or self.link or self.date)

    def of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the values of the marks with these names."""
        return _getter(names)(self)


@cache
def _getter(names: tuple[str, ...]) -> Callable[[Marks], tuple[str, ...]]:
    """Return a function from marks to the values of those with these names; feeds have many items."""
    places = list(map(Marks._fields.index, names))
    if not places:
        return lambda marks: ()
    if len(places) > 1:
        return itemgetter(*places)
    # Of one place `itemgetter` would give the value, and no tuple of it.
    return itemgetter(slice(places[0], places[0] + 1))


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to recognise an item: it is the archived update that has the same marks as it, of those named in `on`.

    The marks in `needs` must not be "". Those in `alone`, taken together, must be no other item's and no other update's
    (a guid that a feed gives to all its items says nothing). Where both have all the marks in `unless`, and each of
    these differs, the two are not the same after all.
    """

    on: tuple[str, ...]
    needs: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


_EXACTLY = Rule(("guid", "link", "title", "date"))
_NAMELESS = (
    Rule(("title", "date", "guid", "link"), needs=("title", "date")),
    Rule(("title", "guid", "link"), needs=("title",), alone=("title",), unless=("date",)),
)
# The rules of each policy, the surest first. An update is matched once, so that a later rule sees only what is left.
_RULES: dict[Identity, tuple[Rule, ...]] = {
    "guid": (
        _EXACTLY,
        Rule(("guid", "link", "title"), needs=("guid",)),
        Rule(("guid", "link", "title"), needs=("link",)),
        Rule(("guid", "link", "date"), needs=("guid", "date")),
        Rule(("guid", "link"), needs=("guid",), alone=("guid", "link")),
        Rule(("guid", "title"), needs=("guid", "title"), alone=("guid",)),
        Rule(("guid", "date"), needs=("guid", "date"), alone=("guid",)),
        Rule(("guid",), needs=("guid",), alone=("guid",), unless=("link", "date")),
        Rule(("link", "title", "date"), needs=("link",)),
        Rule(("link", "title"), needs=("link", "title"), alone=("link",)),
        Rule(("link", "date"), needs=("link", "date"), alone=("link",)),
        Rule(("link",), needs=("link",), alone=("link",), unless=("guid",)),
        *_NAMELESS,
    ),
    "link": (
        _EXACTLY,
        Rule(("link", "title", "date"), needs=("link",)),
        Rule(("link", "title"), needs=("link", "title")),
        Rule(("link", "date"), needs=("link", "date"), alone=("link", "date")),
        Rule(("link",), needs=("link",), alone=("link",)),
        Rule(("title", "date", "link"), needs=("title", "date")),
        Rule(("title", "link"), needs=("title",), alone=("title",), unless=("date",)),
    ),
    "hash": (
        _EXACTLY,
        Rule(("title", "date"), needs=("title",)),
        Rule(("title",), needs=("title",), alone=("title",), unless=("date",)),
        Rule(("guid", "link"), needs=("guid", "link"), alone=("guid", "link")),
    ),
}


@dataclass(frozen=True, slots=True)
class Identified:
    """The items with their ids, in the feed's order, and the policy in force, with the reason where it stepped down.

    Items with the same id are one item that the feed lists twice.
    """

    items: tuple[tuple[str, Item], ...]
    identity: Identity
    reason: str = ""


def identify(items: Sequence[Item], known: Iterable[Update], policy: Identity, *, source: str) -> Identified:
    """Return every item with its id: its archived update's, or a new one made of the source's id and the item's key.

    The ids depend neither on the order of `items` nor on that of `known`, and identifying again, with the outcome
    archived, changes nothing. `known` are the source's archived updates and what the topics dropped of it lately.
    """
    marks = list(map(_marks_of_item, items))
    archive = sorted(map(_marks_of_update, known))
    fit = _fit_policy(sorted(set(marks)), archive, policy)
    leader = _representatives(marks, fit.policy)
    leaders = sorted(set(leader.values()))
    rules = _RULES[fit.policy]
    if fit.links_are_new:
        rules += _RULES["hash"]
    found = _match(leaders, archive, rules, source, by_text=fit.policy == "hash")
    ids = _ids(leaders, found, archive, fit.policy, source)
    identified: list[tuple[str, Item]] = []
    for item, own in zip(items, marks, strict=True):
        lead = leader[own]
        identified.append((ids[lead], _with_archived_guid(item, found.get(lead), fit.policy)))
    return Identified(tuple(identified), fit.policy, fit.reason)


def ids_by_text(item: Item, source: str) -> frozenset[str]:
    """Return every id that `identify` may have made of an item's headline, alone or with its other marks.

    What was taken down is known by them when nothing else is left: a takedown empties the headline in the archive, and
    where a feed has neither guid nor address, or makes them anew, the headline is what an update is recognised by.
    """
    marks = _marks_of_item(item)
    ways = (("title", "date"), _TEXT, ("link", "title", "date"), ("guid", "link", "title", "date"), _ALL)
    return frozenset(_id_of(source, names, marks) for names in ways)


def _marks_of_item(item: Item) -> Marks:
    """Return what an item of a feed is recognised by."""
    return Marks(item.guid, canonical(item.url), item.title, _date(item.published or item.updated), item.summary)


def _marks_of_update(update: Update) -> Marks:
    """Return what an archived update is recognised by; a date that was only our first sight of it is none."""
    published = update.published if update.date_from != "first-seen" else None
    return Marks(update.guid, canonical(update.url), update.title, _date(published), id=update.id)


def _date(when: datetime | None) -> str:
    return when.isoformat() if when else ""


def _representatives(marks: Iterable[Marks], policy: Identity) -> dict[Marks, Marks]:
    """Return for each item the one that stands for it and for its repetitions.

    A repetition has the same guid and link (by policy: link) and the same title or, with the same guid, date. So a guid
    that is used for several pages is several items.
    """
    leader: dict[Marks, Marks] = {}
    first: dict[tuple[str, ...], Marks] = {}
    for each in sorted(set(marks)):
        guid = each.guid if policy == "guid" else ""
        link = each.link if policy != "hash" else ""
        by_title: tuple[str, ...] = (guid, link, "title", each.title)
        if not guid and not link:
            # A headline alone may be two items', such as of a column that has the same each week.
            by_title += (each.date or each.summary,)
        alike = [by_title]
        if guid and each.date:
            alike.append((guid, link, "date", each.date))
        lead = each
        for key in alike:
            if key in first:
                lead = first[key]
                break
        leader[each] = lead
        for key in alike:
            first.setdefault(key, lead)
    return leader


class _FitPolicy(NamedTuple):
    """The policy to go on with, whether even the links are new, and the reason where the policy steps down."""

    policy: Identity
    links_are_new: bool = False
    reason: str = ""


def _fit_policy(items: Sequence[Marks], archive: Sequence[Marks], policy: Identity) -> _FitPolicy:
    """Return the policy that suits what the feed does now.

    It steps down (guid to link, link to hash) where at least _EVIDENCE items, and more than still have their old marks,
    come under new ones though their links, or their titles and dates, are archived.
    """
    if policy == "hash":
        return _FitPolicy(policy)
    mark = attrgetter(policy)
    stated, archived = set(map(mark, items)), set(map(mark, archive))
    gone = [update for update in archive if mark(update) not in stated]
    new: list[Marks] = []
    stayed = 0
    for item in items:
        if mark(item) and mark(item) not in archived:
            new.append(item)
        elif mark(item):
            stayed += 1
    if len(new) < _EVIDENCE:
        return _FitPolicy(policy)
    by_text = _recognised(new, gone, ("title", "date"))
    by_link = _recognised(new, gone, ("link",)) if policy == "guid" else 0
    recognised = max(by_link, by_text)
    if recognised < _EVIDENCE or recognised <= stayed:
        return _FitPolicy(policy)
    links_are_new = by_text > by_link
    what = "titles" if links_are_new else "links"
    reason = f"{recognised} of {len(items)} items came with new {policy}s, though their {what} are archived"
    lower: Identity = "link" if policy == "guid" else "hash"
    return _FitPolicy(lower, links_are_new, reason)


def _recognised(new: Sequence[Marks], gone: Sequence[Marks], names: tuple[str, ...]) -> int:
    """Count the items under new marks that are archived, by the marks named; those that several share say nothing."""
    values = _getter(names)
    telling = set(map(values, gone)) - _shared_by(names, new) - _shared_by(names, gone)
    count = 0
    for value in map(values, new):
        count += bool(value[0]) and value in telling
    return count


def _match(
    leaders: Sequence[Marks], archive: Sequence[Marks], rules: Sequence[Rule], source: str, *, by_text: bool
) -> dict[Marks, Marks]:
    """Return the archived update of each item that has one; no update is given to two items.

    `by_text`: guids and links say nothing, so that undated items are matched by what their text makes first.
    """
    marks = set(chain.from_iterable(map(_placed, archive)))
    undated: list[Marks] = []
    unmatched: list[Marks] = []
    for item in leaders:
        if item.only_text or (by_text and not item.date):
            undated.append(item)
        # What shares no mark at all, as most news does, is nothing that is archived.
        if not item.only_text and not marks.isdisjoint(_placed(item)):
            unmatched.append(item)
    found = _by_own_id(undated, archive, source)
    taken = set(ids_of(found.values()))
    shared = cache(lambda names: _shared_by(names, leaders) | _shared_by(names, archive))
    for rule in rules:
        # The first rules match nearly all, and leave the others little to look through.
        unmatched = [item for item in unmatched if item not in found]
        left = without(archive, taken)
        if not unmatched or not left:
            break
        for item, update in _match_by(rule, unmatched, left, shared):
            found[item] = update
            taken.add(update.id)
    return found


def _match_by(
    rule: Rule, items: Iterable[Marks], archive: Iterable[Marks], shared: _Shared
) -> Iterator[tuple[Marks, Marks]]:
    """Yield the items that one rule recognises, each with its archived update, of which each is given once."""
    on, needs = _getter(rule.on), _getter(rule.needs)
    candidates = defaultdict[tuple[str, ...], list[Marks]](list)
    for update in archive:
        candidates[on(update)].append(update)
    for item in items:
        # Asked first, for of 2,000 items on one page each has 2,000 candidates, and none of them can be it.
        if not all(needs(item)) or (rule.alone and item.of(rule.alone) in shared(rule.alone)):
            continue
        for update in candidates.get(on(item), ()):
            if not _contradicts(rule, item, update):
                candidates[on(item)].remove(update)
                yield item, update
                break


def _by_own_id(undated: Iterable[Marks], archive: Iterable[Marks], source: str) -> dict[Marks, Marks]:
    """Match undated items by the id their text makes: for some of them it is all there is to go by."""
    archived = by_id(archive)
    found: dict[Marks, Marks] = {}
    for item in undated:
        update = archived.get(_id_of(source, _TEXT, item))
        if update and update.title == item.title:
            found[item] = update
    return found


def _placed(marks: Marks) -> Iterator[tuple[int, str]]:
    """Return what there is of guid, link, title and date, each with its place: every rule wants one in common."""
    return filter(itemgetter(1), enumerate(marks[:4]))


def _shared_by(names: tuple[str, ...], marks: Iterable[Marks]) -> set[tuple[str, ...]]:
    """Return the values of the named marks that more than one has; none where no mark is named."""
    if not names:
        return set()
    return {key for key, count in Counter(map(_getter(names), marks)).items() if count > 1}


def _contradicts(rule: Rule, item: Marks, update: Marks) -> bool:
    if not rule.unless:
        return False
    for mine, theirs in zip(item.of(rule.unless), update.of(rule.unless), strict=True):
        if not mine or not theirs or mine == theirs:
            return False
    return True


def _ids(
    leaders: Sequence[Marks], found: dict[Marks, Marks], archive: Sequence[Marks], policy: Identity, source: str
) -> dict[Marks, str]:
    """Return every item's id; a new one is made of as few marks as tell it from all others, and never reused."""
    everything = (*leaders, *archive)
    shared = cache(lambda names: _shared_by(names, everything))
    ids: dict[Marks, str] = {}
    used = set(ids_of(archive))
    for item in leaders:
        if item in found:
            ids[item] = found[item].id
        else:
            made = _possible_ids(item, policy, source, shared)
            ids[item] = next(id for id in made if id not in used)
            used.add(ids[item])
    return ids


def _possible_ids(item: Marks, policy: Identity, source: str, shared: _Shared) -> Iterator[str]:
    """Yield the ids that a new item may get, the one of the fewest marks first, and numbered ones without end."""
    for names in _keys(item, policy):
        if names not in _OWN_KEYS or item.of(names) not in shared(names):
            yield _id_of(source, names, item)
    for number in count():
        yield _id_of(source, _ALL, item, number)


def _keys(item: Marks, policy: Identity) -> tuple[tuple[str, ...], ...]:
    """Return the names of the marks that a new id may be made of, the fewest first."""
    if policy == "guid" and item.guid:
        return (("guid",), ("guid", "link"), ("guid", "link", "title", "date"))
    if policy != "hash" and item.link:
        return (("link",), ("link", "title", "date"))
    if item.date:
        return (("title", "date"),)
    return (_TEXT,)


def _id_of(source: str, names: tuple[str, ...], item: Marks, number: int = 0) -> str:
    """Return the source's id and some digits of a digest: short, fit for an address, the same on every machine."""
    parts = [source, *names, *item.of(names)]
    if number:
        parts.append(str(number))
    key = "\x1f".join(parts)
    return f"{source}-{sha256(key.encode('utf-8', 'replace')).hexdigest()[:_HEX]}"


def _with_archived_guid(item: Item, update: Marks | None, policy: Identity) -> Item:
    """Keep the archived guid of a feed whose guids say nothing, so that they are not taken for edits."""
    if update and policy != "guid":
        return replace(item, guid=update.guid)
    return item
