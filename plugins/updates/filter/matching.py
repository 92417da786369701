"""Filter items by the topics: whether each is kept, for which terms, or why it is dropped."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from plugins.updates.filter.item_fields import FilterItem, ItemFields
from plugins.updates.filter.phrases import Phrase, Words
from plugins.updates.filter.term_index import Vocabulary
from plugins.updates.filter.topic import Candidate, Topic
from plugins.updates.model import Field, Match, Parsed, Source


@dataclass(frozen=True, slots=True)
class Kept:
    """The item is archived; `matches` is empty where the source keeps all and no topic matched."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """The item is left out, and why, in words for the editor."""

    reason: str


@dataclass(frozen=True, slots=True)
class FilteredFeed(Parsed):
    """A parsed feed with what the topics say of each of its items; `decisions` are in the order of `items`."""

    decisions: tuple[Kept | Dropped, ...] = ()


def filter_feed(parsed: Parsed, topics: Iterable[Topic], source: Source) -> FilteredFeed:
    """Return a parsed feed with a decision on each of its items."""
    topics = tuple(topics)
    decisions = tuple(filter_item(item, topics, source) for item in parsed.items)
    return FilteredFeed(parsed.title, parsed.items, parsed.problems, parsed.language, decisions)


def filter_item(item: FilterItem, topics: Iterable[Topic], source: Source) -> Kept | Dropped:
    """Return whether a source's item is kept. Only the source's own topics count, where it names some.

    A `Dropped` gives the reason of every topic that came near to keeping the item.
    """
    fields: dict[Vocabulary, ItemFields] = {}
    matches: list[Match] = []
    reasons: list[str] = []
    for topic in topics:
        if source.topics and topic.id not in source.topics:
            continue
        if topic.vocabulary not in fields:
            fields[topic.vocabulary] = ItemFields(item, topic.vocabulary)
        found = _matches(topic, fields[topic.vocabulary])
        if isinstance(found, str):
            reasons.append(found)
        else:
            matches += found
    if matches or source.keep == "all":
        return Kept(tuple(matches))
    return Dropped("; ".join(filter(None, reasons)) or "no topic matched")


def _matches(topic: Topic, fields: ItemFields) -> tuple[Match, ...] | str:
    """Return why an item is about a topic; or why it is not, in words ("" where there is nothing to say)."""
    candidates = topic.wanted.candidates(fields.numbers(topic.fields))
    if not candidates:
        return ""
    found, ignored = _found(candidates, topic, fields)
    if not found:
        return next(iter(ignored.values()), "")
    missing = [place for place in range(len(topic.all)) if place not in found]
    if missing:
        reason = f"topic {topic.id}: all-term “{topic.all[missing[0]].written}” not found"
        return ignored.get(missing[0], reason)
    if topic.any and len(found) == len(topic.all):
        return next(iter(ignored.values()), f"topic {topic.id}: no any-term found")
    refusal = _refusal(topic, fields)
    if refusal:
        return refusal
    return tuple(Match(topic.id, topic.wanted.terms[place].written, found[place]) for place in sorted(found))


def _found(
    candidates: Iterable[Candidate], topic: Topic, fields: ItemFields
) -> tuple[dict[int, Field], dict[int, str]]:
    """Look for the wanted terms in a topic's fields, one field after the other.

    Returns two mappings by a term's place among `topic.wanted.terms`: the first field it was found in; and, for those
    that stand within an ignored phrase and nowhere else, the reason why they do not count.
    """
    found: dict[int, Field] = {}
    ignored: dict[int, str] = {}
    for field in topic.fields:
        words = fields.words(field)
        here = [
            (place, topic.wanted.terms[place])
            for place, needed in candidates
            if place not in found and needed <= words.numbers and topic.wanted.terms[place].is_in(words)
        ]
        phrases = _ignored_phrases(topic, words) if here and topic.ignore else {}
        excluded = frozenset[int]().union(*phrases.values())
        for place, term in here:
            if not excluded or term.is_in(words, excluded):
                found[place] = field
            else:
                phrase = _overlapping(term, words, phrases)
                reason = f"topic {topic.id}: “{term.written}” in {field} only within the ignored “{phrase}”"
                ignored.setdefault(place, reason)
    return found, {place: reason for place, reason in sorted(ignored.items()) if place not in found}


def _refusal(topic: Topic, fields: ItemFields) -> str:
    """Return the reason why an item that has what is wanted is dropped all the same: a term of `none`; or ""."""
    if topic.none:
        for place, needed in topic.refused.candidates(fields.numbers(topic.fields)):
            for field in topic.fields:
                words = fields.words(field)
                if needed <= words.numbers and topic.none[place].is_in(words):
                    return f"topic {topic.id}: none-term “{topic.none[place].written}” in {field}"
    return ""


def _ignored_phrases(topic: Topic, words: Words) -> dict[Phrase, AbstractSet[int]]:
    """Return the phrases of `ignore` that a field has, and the places of their words in it."""
    candidates = (topic.ignore[place] for place, _ in topic.ignored.candidates(words.numbers))
    return {phrase: places for phrase in candidates if (places := phrase.places(words))}


def _overlapping(term: Phrase, words: Words, phrases: Mapping[Phrase, AbstractSet[int]]) -> str:
    """Return the first ignored phrase that has a word of the term in it."""
    places = term.places(words)
    return next(phrase.written for phrase, theirs in phrases.items() if not places.isdisjoint(theirs))
