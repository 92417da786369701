"""Topics: an editor's rules, compiled from checked values so that many texts can be judged quickly.

What has fields to look in, an item of a feed or a job listing, is a feature's; `matching` asks it for their words.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypedDict, Unpack

from plugins.core.topics.phrases import Phrase
from plugins.core.topics.term_index import Vocabulary
from plugins.core.topics.terms import Sets, read_set, read_term, read_word


class Rules(TypedDict, total=False):
    """A topic's terms as they are written, and the names of the fields they are looked for in."""

    any: Sequence[str]
    all: Sequence[str]
    none: Sequence[str]
    ignore: Sequence[str]
    fields: Sequence[str]


Candidate = tuple[int, frozenset[int]]
"""A term that may be in a text: its place among the terms, and the vocabulary's numbers of all that it needs there."""


class TermFinder:
    """Some terms, by the rarest word each of them needs, so that only few have to be looked for in a text."""

    def __init__(self, terms: tuple[Phrase, ...]) -> None:
        self.terms = terms
        self._by_rarest: defaultdict[int, list[Candidate]] = defaultdict(list)
        for place, term in enumerate(terms):
            self._by_rarest[term.rarest].append((place, term.needed))
        self._rarest = frozenset(self._by_rarest)

    def candidates(self, numbers: frozenset[int]) -> list[Candidate]:
        """Return the terms that a text may have in which the vocabulary finds these numbers, in the terms' order."""
        candidates = []
        for number in self._rarest & numbers:
            for candidate in self._by_rarest[number]:
                if candidate[1] <= numbers:
                    candidates.append(candidate)
        candidates.sort(key=_place)
        return candidates


@dataclass(frozen=True)
class Topic:
    """A rule: an item is about it that has every term of `all`, one of `any` (if there are any), and none of `none`.

    A term of `all` or `any` does not count where it shares a word with a phrase of `ignore`. Topics may share a
    `vocabulary`, so that an item's words are looked up once for all of them.
    """

    id: str
    title: str
    any: tuple[Phrase, ...]
    all: tuple[Phrase, ...]
    none: tuple[Phrase, ...]
    ignore: tuple[Phrase, ...]
    fields: tuple[str, ...]
    vocabulary: Vocabulary = field(repr=False, compare=False)

    @cached_property
    def wanted(self) -> TermFinder:
        """Find the terms of `all`, and after them those of `any`."""
        return TermFinder(self.all + self.any)

    @cached_property
    def refused(self) -> TermFinder:
        """Find the terms of `none`."""
        return TermFinder(self.none)

    @cached_property
    def ignored(self) -> TermFinder:
        """Find the phrases of `ignore`."""
        return TermFinder(self.ignore)


def compile_topic(
    id: str,
    title: str,
    known_fields: Sequence[str],
    sets: Sets | None = None,
    vocabulary: Vocabulary | None = None,
    **rules: Unpack[Rules],
) -> Topic:
    """Return a topic ready to judge by; its `fields` are some of `known_fields`, and these where it names none.

    Give the topics of one site the same `vocabulary`: texts are judged more quickly by topics that share one.

    Raises ValueError, worded *what is wrong (what was found); what to do*, at the first rule that cannot work.
    """
    fields = rules.get("fields", ())
    for name in fields:
        if name not in known_fields:
            raise ValueError(f"there is no field to search of that name (“{name}”); use {', '.join(known_fields)}")
    if not rules.get("any") and not rules.get("all"):
        raise ValueError("nothing to look for; give the topic terms under any or all")
    chosen = tuple(dict.fromkeys(fields)) or tuple(known_fields)
    words = vocabulary or Vocabulary()
    any_terms, all_terms = _terms(rules.get("any", ()), words, sets), _terms(rules.get("all", ()), words, sets)
    none_terms, ignore = _terms(rules.get("none", ()), words, sets), _terms(rules.get("ignore", ()), words, sets)
    contrary = {term.parts: ("none", "refused") for term in none_terms}
    contrary |= {term.parts: ("ignore", "ignored") for term in ignore}
    for term in (*any_terms, *all_terms):
        if term.parts in contrary:
            key, verb = contrary[term.parts]
            raise ValueError(
                f"a term is both wanted and {verb} (“{term.written}”); take it out of {key}, or of the others"
            )
    return Topic(id, title or id, any_terms, all_terms, none_terms, ignore, chosen, words)


def term_errors(terms: Mapping[str, Sequence[str]], sets: Sets | None = None) -> Iterator[tuple[str, int, str]]:
    """Yield (key, the term's number under it, what is wrong and what to do) for each term that cannot work.

    `terms` has the terms as they are written, under any, all, none and ignore. Where nothing is yielded,
    `compile_topic` raises only for what is wrong with the topic as a whole.
    """
    for key, written in terms.items():
        for number, term in enumerate(written):
            try:
                read_term(term, Vocabulary(), sets)
            except ValueError as error:
                yield key, number, str(error)


def set_errors(sets: Sets) -> Iterator[tuple[str, int, str]]:
    """Yield (set's name, the word's number in it, what is wrong and what to do) for each word that cannot work."""
    for name, written in sets.items():
        try:
            read_set(tuple(written))
        except ValueError:
            for number, message in _word_errors(written):
                yield name, number, message


def _word_errors(written: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, word in enumerate(written):
        try:
            read_word(word)
        except ValueError as error:
            yield number, str(error)


def _terms(written: Sequence[str], vocabulary: Vocabulary, sets: Sets | None) -> tuple[Phrase, ...]:
    """Read terms, each once; of one that is written in several ways, the first."""
    terms: dict[object, Phrase] = {}
    for one in written:
        term = read_term(one, vocabulary, sets)
        terms.setdefault(term.parts, term)
    return tuple(terms.values())


def _place(candidate: Candidate) -> int:
    return candidate[0]
