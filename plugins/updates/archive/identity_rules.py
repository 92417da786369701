"""The rules by which an item is recognised as an update of the archive, and the digest its id is made of.

Works on marks alone: what an item is, and which policy a feed deserves, is `identity`'s business.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from operator import itemgetter
from typing import NamedTuple

from plugins.updates.model import Identity

_HEX = 10


class Marks(NamedTuple):
    """What an item, or an archived update, is recognised by; "" for what it lacks. Only an archived one has an id."""

    guid: str
    link: str
    title: str
    date: str
    summary: str = ""
    id: str = ""

    @property
    def bare(self) -> bool:
        """Say whether there is nothing but text to go by."""
        return not (self.guid or self.link or self.date)

    def of(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the marks of those names."""
        return marks_of(names)(self)


@cache
def marks_of(names: tuple[str, ...]) -> Callable[[Marks], tuple[str, ...]]:
    """Return what gives the marks of those names, for many."""
    places = [Marks._fields.index(name) for name in names]
    if len(places) > 1:
        return itemgetter(*places)
    return lambda marks: tuple([marks[place] for place in places])


@dataclass(frozen=True, slots=True)
class Rule:
    """An item is an archived update where the marks named in `on` are equal and none of `needs` is missing.

    `alone`: marks that must not be shared, neither by items nor by updates. `unless`: marks that, where both sides have
    them and all of them differ, speak against it.
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
RULES: dict[Identity, tuple[Rule, ...]] = {
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
_KIN = [Marks._fields.index(name) for name in ("guid", "link", "title", "date")]
"""Places of the marks of which every rule wants one that both have."""
TEXT = ("title", "summary")
ALL = ("guid", "link", "title", "date", "summary")


def match(
    leaders: Sequence[Marks], archive: Sequence[Marks], rules: Sequence[Rule], source: str, *, by_text: bool
) -> dict[Marks, Marks]:
    """Return the archived update of each item that has one; no update is given to two items.

    `by_text`: guids and links say nothing, so that undated items are matched by what their text makes first.
    """
    found = _by_own_id([each for each in leaders if each.bare or (by_text and not each.date)], archive, source)
    taken = {update.id for update in found.values()}
    shared = cache(lambda names: shared_by(names, leaders) | shared_by(names, archive))
    held = [{each[place] for each in archive} - {""} for place in _KIN]
    # What shares no mark at all, as most news does, is nothing that is archived.
    unmatched = [
        each
        for each in leaders
        if not each.bare and any(each[place] in marks for place, marks in zip(_KIN, held, strict=True))
    ]
    for rule in rules:
        # The first rules match nearly all, and leave the others little to look through.
        unmatched = [item for item in unmatched if item not in found]
        left = [update for update in archive if update.id not in taken]
        if not unmatched or not left:
            break
        on, needs = marks_of(rule.on), marks_of(rule.needs)
        theirs = defaultdict[tuple[str, ...], list[Marks]](list)
        for update in left:
            theirs[on(update)].append(update)
        for item in unmatched:
            if not all(needs(item)):
                continue
            candidates = theirs.get(on(item), [])
            fit = next((each for each in candidates if not _speaks_against(rule, item, each)), None)
            if fit and item.of(rule.alone) not in shared(rule.alone):
                candidates.remove(fit)
                found[item] = fit
                taken.add(fit.id)
    return found


def _by_own_id(undated: Iterable[Marks], archive: Iterable[Marks], source: str) -> dict[Marks, Marks]:
    """Match undated items by the id their text makes: for some of them it is all there is to go by."""
    by_id = {update.id: update for update in archive}
    made = ((each, by_id.get(id_of(source, TEXT, each))) for each in undated)
    return {each: update for each, update in made if update and update.title == each.title}


def shared_by(names: tuple[str, ...], marks: Iterable[Marks]) -> set[tuple[str, ...]]:
    """Return the values of the named marks that more than one has; none where no mark is named."""
    if not names:
        return set()
    return {key for key, count in Counter(map(marks_of(names), marks)).items() if count > 1}


def _speaks_against(rule: Rule, item: Marks, update: Marks) -> bool:
    if not rule.unless:
        return False
    pairs = list(zip(item.of(rule.unless), update.of(rule.unless), strict=True))
    return bool(pairs) and all(mine and theirs and mine != theirs for mine, theirs in pairs)


def id_of(source: str, names: tuple[str, ...], item: Marks, number: int = 0) -> str:
    """Return the source's id and some digits of a digest: short, fit for an address, the same on every machine."""
    key = "\x1f".join((source, *names, *item.of(names), *([str(number)] if number else [])))
    return f"{source}-{sha256(key.encode('utf-8', 'replace')).hexdigest()[:_HEX]}"
