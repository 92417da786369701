"""Judge items by the topics: which are kept, and why, or why not.

Pure: items, topics and the source come in, a verdict goes out. Nothing here changes an item, or knows of files.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from plugins.updates.judging.phrases import Phrase
from plugins.updates.judging.terms import Pattern, Term
from plugins.updates.judging.texts import FieldText, Judged, Texts
from plugins.updates.judging.topics import Finder, Topic
from plugins.updates.models import Field, Match, Parsed, Source

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
    texts = Texts(item)
    matches: list[Match] = []
    reasons: list[str] = []
    for topic in topics:
        if source.topics and topic.id not in source.topics:
            continue
        verdict = _about(topic, texts)
        if isinstance(verdict, str):
            reasons.append(verdict)
        else:
            matches += verdict
    if matches or source.keep == "all":
        return Kept(tuple(matches))
    return Dropped("; ".join(filter(None, reasons)) or "no topic matched")


def _about(topic: Topic, texts: Texts) -> tuple[Match, ...] | str:
    """Return why an item is about a topic; or why it is not, in words ("" where there is nothing to say)."""
    if not topic.wanted.may_be_in(texts.all_numbers(topic.fields, topic.vocabulary)):
        return ""
    found, lost = _found(topic, texts)
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


def _found(topic: Topic, texts: Texts) -> tuple[dict[int, Field], dict[int, str]]:
    """Return in which field first each of the wanted terms is found, by place; and why one that is there is not."""
    found: dict[int, Field] = {}
    lost: dict[int, str] = {}
    for place, field, text in _likely(topic.wanted, topic, texts):
        term = topic.wanted.terms[place]
        if place in found or not _stands(term, text):
            continue
        passed = _passed(topic, field, texts)
        if not passed or _stands(term, text, frozenset().union(*passed.values())):
            found[place] = field
        else:
            over = _overlapping(term, text, passed)
            lost[place] = f"topic {topic.id}: “{term.written}” in {field} only within the ignored “{over}”"
    return found, {place: why for place, why in sorted(lost.items()) if place not in found}


def _likely(finder: Finder, topic: Topic, texts: Texts) -> Iterator[tuple[int, Field, FieldText]]:
    """Return the places of terms that are worth a look, each with the field to look in."""
    for field in topic.fields:
        text = texts.field(field)
        for place in finder.likely_in(text.folded, texts.numbers(field, topic.vocabulary)):
            yield place, field, text


def _refusal(topic: Topic, texts: Texts) -> str:
    """Return why an item that has what is wanted is not about the topic after all, in words."""
    refused: dict[int, Field] = {}
    for place, field, text in _likely(topic.refused, topic, texts):
        if place not in refused and _stands(topic.refused.terms[place], text):
            refused[place] = field
    if not refused:
        return ""
    first = min(refused)
    return f"topic {topic.id}: none-term “{topic.refused.terms[first].written}” in {refused[first]}"


def _passed(topic: Topic, field: Field, texts: Texts) -> dict[Phrase, AbstractSet[int]]:
    """Return the phrases to ignore that a field has, and the places of their words."""
    text = texts.field(field)
    likely = topic.ignored.likely_in(text.folded, texts.numbers(field, topic.vocabulary))
    return {topic.ignore[place]: places for place in likely if (places := topic.ignore[place].places(text.words))}


def _stands(term: Term, text: FieldText, passed: AbstractSet[int] = _NOTHING) -> bool:
    """Tell whether a text has a term without the words that are passed over."""
    if isinstance(term, Pattern):
        return term.found_in(*(text.without(passed) if passed else (text.folded, text.plain)))
    return bool(term.places(text.words, passed))


def _overlapping(term: Term, text: FieldText, passed: Mapping[Phrase, AbstractSet[int]]) -> str:
    """Return the phrase to ignore for which a term does not count."""
    places = frozenset(range(len(text.words.all))) if isinstance(term, Pattern) else term.places(text.words)
    return next(phrase.written for phrase, spots in passed.items() if not places.isdisjoint(spots))
