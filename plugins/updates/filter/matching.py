"""Judge items by the topics: which are kept, and why, or why not.

Pure: items, topics and the source come in, a verdict goes out. Nothing here changes an item, or knows of files.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from plugins.updates.filter.item_fields import FieldText, Judged, Texts
from plugins.updates.filter.phrases import Phrase
from plugins.updates.filter.term_index import Vocabulary
from plugins.updates.filter.terms import Pattern, Term
from plugins.updates.filter.topic import Likely, Topic
from plugins.updates.model import Field, Match, Parsed, Source

_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """The item goes on the wire; `matches` is empty where the source keeps all and no topic matched."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """The item is left out, and why, in words for the editor."""

    reason: str


@dataclass(frozen=True, slots=True)
class Weighed(Parsed):
    """A feed whose items were judged where it was read; `verdicts` are in the order of its items."""

    verdicts: tuple[Kept | Dropped, ...] = ()


def weigh(parsed: Parsed, topics: Iterable[Topic], source: Source) -> Weighed:
    """Return a feed with a verdict on each of its items."""
    topics = tuple(topics)
    verdicts = tuple(judge(item, topics, source) for item in parsed.items)
    return Weighed(parsed.title, parsed.items, parsed.problems, parsed.language, verdicts)


def judge(item: Judged, topics: Iterable[Topic], source: Source) -> Kept | Dropped:
    """Return whether a source's item is kept. Only the source's own topics count, where it names some."""
    texts: dict[Vocabulary, Texts] = {}
    matches: list[Match] = []
    reasons: list[str] = []
    for topic in topics:
        if source.topics and topic.id not in source.topics:
            continue
        if topic.vocabulary not in texts:
            texts[topic.vocabulary] = Texts(item, topic.vocabulary)
        verdict = _about(topic, texts[topic.vocabulary])
        if isinstance(verdict, str):
            reasons.append(verdict)
        else:
            matches += verdict
    if matches or source.keep == "all":
        return Kept(tuple(matches))
    return Dropped("; ".join(filter(None, reasons)) or "no topic matched")


def _about(topic: Topic, texts: Texts) -> tuple[Match, ...] | str:
    """Return why an item is about a topic; or why it is not, in words ("" where there is nothing to say)."""
    likely = topic.wanted.likely_in(texts.numbers(topic.fields))
    if not likely:
        return ""
    found, lost = _found(likely, topic, texts)
    missing = [place for place in range(len(topic.all)) if place not in found]
    some = len(found) > len(topic.all) - len(missing)
    if not found:
        return next(iter(lost.values()), "")
    if missing:
        what = f"all-term “{topic.all[missing[0]].written}” not found"
        return lost.get(missing[0], f"topic {topic.id}: {what}")
    if topic.any and not some:
        return next(iter(lost.values()), f"topic {topic.id}: no any-term found")
    return _refusal(topic, texts) or tuple(
        Match(topic.id, topic.wanted.terms[place].written, found[place]) for place in sorted(found)
    )


def _found(likely: Likely, topic: Topic, texts: Texts) -> tuple[dict[int, Field], dict[int, str]]:
    """Return in which field first each of the wanted terms is found, by place; and why one that is there is not."""
    found: dict[int, Field] = {}
    lost: dict[int, str] = {}
    for field in topic.fields:
        text = texts.field(field)
        there = [
            (place, term)
            for place, needed in likely
            if place not in found and needed <= text.words.numbers and _stands(term := topic.wanted.terms[place], text)
        ]
        passed = _passed(topic, text) if there and topic.ignore else {}
        places = frozenset[int]().union(*passed.values())
        for place, term in there:
            if not places or _stands(term, text, places):
                found[place] = field
            else:
                phrase = _overlapping(term, text, passed)
                why = f"topic {topic.id}: “{term.written}” in {field} only within the ignored “{phrase}”"
                lost.setdefault(place, why)
    return found, {place: why for place, why in sorted(lost.items()) if place not in found}


def _refusal(topic: Topic, texts: Texts) -> str:
    """Return why an item that has what is wanted is not about the topic after all, in words."""
    if topic.none:
        for place, needed in topic.refused.likely_in(texts.numbers(topic.fields)):
            for field in topic.fields:
                there = needed <= texts.field(field).words.numbers
                if there and _stands(topic.none[place], texts.field(field)):
                    return f"topic {topic.id}: none-term “{topic.none[place].written}” in {field}"
    return ""


def _passed(topic: Topic, text: FieldText) -> dict[Phrase, AbstractSet[int]]:
    """Return the phrases to ignore that a field has, and the places of their words."""
    likely = (topic.ignore[place] for place, _ in topic.ignored.likely_in(text.words.numbers))
    return {phrase: places for phrase in likely if (places := phrase.places(text.words))}


def _stands(term: Term, text: FieldText, passed: AbstractSet[int] = _NOTHING) -> bool:
    """Tell whether a text has a term without the words that are passed over."""
    if isinstance(term, Pattern):
        likely = term.likely_in(text.folded)
        return likely and term.found_in(*(text.without(passed) if passed else (text.folded, text.plain)))
    return term.is_in(text.words, passed)


def _overlapping(term: Term, text: FieldText, passed: Mapping[Phrase, AbstractSet[int]]) -> str:
    """Return the phrase to ignore for which a term does not count."""
    places = frozenset(range(len(text.words.all))) if isinstance(term, Pattern) else term.places(text.words)
    return next(phrase.written for phrase, spots in passed.items() if not places.isdisjoint(spots))
