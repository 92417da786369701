"""Judge whether what has some fields of text is about a topic: for which terms, or why it is not."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from plugins.core.topics.folding import fold, words
from plugins.core.topics.phrases import Phrase, Words
from plugins.core.topics.term_index import Vocabulary
from plugins.core.topics.topic import Candidate, Topic


class Found(NamedTuple):
    """A term of a topic, as it is written, and the first field it was found in."""

    term: str
    field: str


class TextFields:
    """The fields of one text, for topics that share a vocabulary; a field is cut into words when it is first asked for.

    `values` returns the plain texts of a field by its name: one, or several as of a list of tags.
    """

    def __init__(self, values: Callable[[str], Iterable[str]], vocabulary: Vocabulary) -> None:
        self._values = values
        self._vocabulary = vocabulary
        self._fields: dict[str, Words] = {}
        self._numbers: dict[tuple[str, ...], frozenset[int]] = {}

    def words(self, field: str) -> Words:
        """Return the words of a field. No phrase reaches from one value of a list into the next."""
        known = self._fields.get(field)
        if known is None:
            folded = "\n".join(filter(None, map(fold, self._values(field))))
            known = self._fields[field] = Words(words(folded), self._vocabulary)
        return known

    def numbers(self, fields: tuple[str, ...]) -> frozenset[int]:
        """Return the vocabulary's numbers of everything that one of the fields may have."""
        known = self._numbers.get(fields)
        if known is None:
            known = self._numbers[fields] = frozenset().union(*(self.words(field).numbers for field in fields))
        return known


def judge(topic: Topic, fields: TextFields) -> tuple[Found, ...] | str:
    """Return why a text is about a topic; or why it is not, in words ("" where there is nothing to say)."""
    candidates = topic.wanted.candidates(fields.numbers(topic.fields))
    if not candidates:
        return ""
    found, ignored = _found(candidates, topic, fields)
    if not found:
        return next(iter(ignored.values()), "")
    for place, term in enumerate(topic.all):
        if place not in found:
            return ignored.get(place, f"topic {topic.id}: all-term “{term.written}” not found")
    if topic.any and len(found) == len(topic.all):
        return next(iter(ignored.values()), f"topic {topic.id}: no any-term found")
    refusal = _refusal(topic, fields)
    if refusal:
        return refusal
    return tuple(Found(topic.wanted.terms[place].written, found[place]) for place in sorted(found))


def _found(candidates: Iterable[Candidate], topic: Topic, fields: TextFields) -> tuple[dict[int, str], dict[int, str]]:
    """Look for the wanted terms in a topic's fields, one field after the other.

    Returns two mappings by a term's place among `topic.wanted.terms`: the first field it was found in; and, for those
    that stand within an ignored phrase and nowhere else, the reason why they do not count.
    """
    found: dict[int, str] = {}
    ignored: dict[int, str] = {}
    for field in topic.fields:
        words = fields.words(field)
        here = []
        for place, needed in candidates:
            if place not in found and needed <= words.numbers:
                term = topic.wanted.terms[place]
                if term.is_in(words):
                    here.append((place, term))
        phrases: Mapping[Phrase, AbstractSet[int]] = {}
        if here and topic.ignore:
            phrases = _ignored_phrases(topic, words)
        excluded = frozenset[int]().union(*phrases.values())
        for place, term in here:
            if not excluded or term.is_in(words, excluded):
                found[place] = field
            else:
                phrase = _overlapping(term, words, phrases)
                reason = f"topic {topic.id}: “{term.written}” in {field} only within the ignored “{phrase}”"
                ignored.setdefault(place, reason)
    return found, {place: reason for place, reason in sorted(ignored.items()) if place not in found}


def _refusal(topic: Topic, fields: TextFields) -> str:
    """Return the reason why a text that has what is wanted is dropped all the same: a term of `none`; or ""."""
    if topic.none:
        for place, needed in topic.refused.candidates(fields.numbers(topic.fields)):
            for field in topic.fields:
                words = fields.words(field)
                if needed <= words.numbers and topic.none[place].is_in(words):
                    return f"topic {topic.id}: none-term “{topic.none[place].written}” in {field}"
    return ""


def _ignored_phrases(topic: Topic, words: Words) -> dict[Phrase, AbstractSet[int]]:
    """Return the phrases of `ignore` that a field has, and the places of their words in it."""
    phrases: dict[Phrase, AbstractSet[int]] = {}
    for place, _ in topic.ignored.candidates(words.numbers):
        phrase = topic.ignore[place]
        if places := phrase.places(words):
            phrases[phrase] = places
    return phrases


def _overlapping(term: Phrase, words: Words, phrases: Mapping[Phrase, AbstractSet[int]]) -> str:
    """Return the first ignored phrase that has a word of the term in it."""
    places = term.places(words)
    return next(phrase.written for phrase, theirs in phrases.items() if not places.isdisjoint(theirs))
