"""Topics: an editor's rules, read once from checked values and ready to judge by. Nothing here reads files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict, Unpack, cast, get_args

from plugins.updates.filter.phrases import Phrase
from plugins.updates.filter.term_index import Vocabulary
from plugins.updates.filter.terms import Pattern, Sets, Term, read_set, read_term, read_word
from plugins.updates.model import Field

FIELDS: tuple[Field, ...] = get_args(Field)
DEFAULT_FIELDS: tuple[Field, ...] = ("title", "summary", "tags")


class Rules(TypedDict, total=False):
    """A topic's terms as they are written, and the names of the fields they are looked for in."""

    any: Sequence[str]
    all: Sequence[str]
    none: Sequence[str]
    ignore: Sequence[str]
    fields: Sequence[str]


Likely = list[tuple[int, frozenset[int]]]
"""Terms by their place, each with the numbers of what a text has to have for it."""


class Finder:
    """Terms by what a text has to have for them, so that few of them need a look."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._patterns: Likely = []
        self._by_rarest: defaultdict[int, Likely] = defaultdict(list)
        for place, term in enumerate(terms):
            if isinstance(term, Phrase):
                self._by_rarest[term.rarest].append((place, term.needed))
            else:
                self._patterns.append((place, frozenset()))
        self._rarest = frozenset(self._by_rarest)

    def likely_in(self, numbers: frozenset[int]) -> Likely:
        """Return those that may be in texts in which the vocabulary has these numbers, in their order."""
        likely = self._patterns.copy()
        for number in self._rarest & numbers:
            for one in self._by_rarest[number]:
                if one[1] <= numbers:
                    likely.append(one)
        likely.sort(key=_place)
        return likely


@dataclass(frozen=True, slots=True)
class Topic:
    """A rule: about it is what has every term of `all`, one of `any` (where there are some), and none of `none`.

    A term of `all` and `any` does not count where it has a word of a phrase to `ignore`.
    """

    id: str
    title: str
    any: tuple[Term, ...]
    all: tuple[Term, ...]
    none: tuple[Term, ...]
    ignore: tuple[Phrase, ...]
    fields: tuple[Field, ...]
    vocabulary: Vocabulary = field(repr=False, compare=False)
    """May be shared by topics, so that a text's words are looked up once for all of them."""
    wanted: Finder = field(repr=False, compare=False)
    """Finds the terms of `all`, and after them those of `any`."""
    refused: Finder = field(repr=False, compare=False)
    """Finds the terms of `none`."""
    ignored: Finder = field(repr=False, compare=False)
    """Finds the phrases to `ignore`."""


def compile_topic(
    id: str, title: str, sets: Sets | None = None, vocabulary: Vocabulary | None = None, **rules: Unpack[Rules]
) -> Topic:
    """Return a topic ready to judge by; without `fields`, its terms are looked for in DEFAULT_FIELDS.

    Topics that share a `vocabulary` are judged by more quickly.

    Raises ValueError, worded *what is wrong (what was found); what to do*, at the first rule that cannot work.
    """
    fields = rules.get("fields", ())
    for name in fields:
        if name not in FIELDS:
            raise ValueError(f"there is no field to search of that name (“{name}”); use {', '.join(FIELDS)}")
    if not rules.get("any") and not rules.get("all"):
        raise ValueError("nothing to look for; give the topic terms under any or all")
    chosen = cast("tuple[Field, ...]", tuple(dict.fromkeys(fields))) or DEFAULT_FIELDS
    words = vocabulary or Vocabulary()
    wanted, needed = _terms(rules.get("any", ()), words, sets), _terms(rules.get("all", ()), words, sets)
    refused = _terms(rules.get("none", ()), words, sets)
    ignored = tuple(map(_ignorable, _terms(rules.get("ignore", ()), words, sets)))
    contrary = {_key(term): key for key, terms in (("none", refused), ("ignore", ignored)) for term in terms}
    for term in (*wanted, *needed):
        if key := contrary.get(_key(term)):
            verb = "refused" if key == "none" else "ignored"
            raise ValueError(
                f"a term is both wanted and {verb} (“{term.written}”); take it out of {key}, or of the others"
            )
    finders = Finder(needed + wanted), Finder(refused), Finder(ignored)
    return Topic(id, title or id, wanted, needed, refused, ignored, chosen, words, *finders)


def with_terms(topic: Topic, terms: tuple[Term, ...]) -> Topic:
    """Return a topic that is about whatever has one of these terms, in the same fields."""
    found, nothing = Finder(terms), Finder(())
    return replace(topic, any=terms, all=(), none=(), ignore=(), wanted=found, refused=nothing, ignored=nothing)


def faults(table: Mapping[str, Sequence[str]], sets: Sets | None = None) -> Iterator[tuple[str, int, str]]:
    """Return (key, its number, what is wrong and what to do) for each term that cannot work.

    `table` has the terms as they are written, under any, all, none and ignore. Where it says nothing, `compile_topic`
    raises only for what is wrong with the topic as a whole.
    """
    for key, written in table.items():
        for number, term in enumerate(written):
            try:
                read = read_term(term, Vocabulary(), sets)
                if key == "ignore":
                    _ignorable(read)
            except ValueError as error:
                yield key, number, str(error)


def set_faults(sets: Sets) -> Iterator[tuple[str, int, str]]:
    """Return (name, its number, what is wrong and what to do) for each word of a named set that cannot work."""
    for name, written in sets.items():
        try:
            read_set(tuple(written))
        except ValueError:
            yield from ((name, number, told) for number, told in _word_faults(written))


def _word_faults(written: Sequence[str]) -> Iterator[tuple[int, str]]:
    for number, word in enumerate(written):
        try:
            read_word(word)
        except ValueError as error:
            yield number, str(error)


def _ignorable(term: Term) -> Phrase:
    if isinstance(term, Pattern):
        raise ValueError(  # noqa: TRY004 - it is the editor's value that is wrong
            f"a regular expression cannot be ignored (“{term.written}”); write words, or exclude it in the patterns"
        )
    return term


def _terms(written: Sequence[str], vocabulary: Vocabulary, sets: Sets | None) -> tuple[Term, ...]:
    """Read terms, each once however often it was written."""
    terms = (read_term(one, vocabulary, sets) for one in reversed(written))
    return tuple({_key(term): term for term in terms}.values())[::-1]


def _key(term: Term) -> object:
    return term.parts if isinstance(term, Phrase) else term.written


def _place(likely: tuple[int, frozenset[int]]) -> int:
    return likely[0]
