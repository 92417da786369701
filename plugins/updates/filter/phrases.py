"""Phrases: words in a row, or near each other in one sentence, found among the words of a text in linear time. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from plugins.updates.filter.folding import SENTENCE_ENDS
from plugins.updates.filter.term_index import ByWord, Choice, Vocabulary, Word, rarest

NEAR = 5
"""Words that `...` passes over at most, and marks between them."""

Used = dict[int, frozenset[int]]
"""Where an occurrence may go on, and the places of the words it consists of so far."""

_NOWHERE: frozenset[int] = frozenset()


class Words:
    """A text's words in their order, and the numbers of what may be among them."""

    def __init__(self, words: Sequence[str], vocabulary: Vocabulary) -> None:
        self.all = words
        self.numbers = vocabulary.numbers_in(words)
        self._vocabulary = vocabulary

    @cached_property
    def starts(self) -> dict[int, list[int]]:
        """Return the places where what has a number may begin."""
        return self._vocabulary.starts_in(self.all)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several rows of words; where it is `apart`, other words of the sentence may stand before it."""

    choices: tuple[Choice, ...]
    by_first: ByWord[Choice] = field(repr=False, compare=False)
    """The same choices, by their first words."""
    apart: bool = False
    number: int = field(default=0, repr=False, compare=False)
    """By which a vocabulary knows it, or a word of it where it has one choice; `offset` is that word's place then."""
    offset: int = field(default=0, repr=False, compare=False)

    def starts(self, words: Words) -> Sequence[int]:
        """Return the places where it may begin."""
        places = words.starts.get(self.number, ())
        return [at - self.offset for at in places if at >= self.offset] if self.offset else places

    def ends(self, words: Sequence[str], at: int, passed: AbstractSet[int]) -> Iterator[int]:
        """Return where it ends, if it stands at a place and has none of the words that are passed over."""
        for choice in self.by_first[words[at]]:
            end = at + len(choice)
            if end > at + 1 and not (end <= len(words) and all(map(Word.means, choice, words[at:end]))):
                continue
            if not passed or passed.isdisjoint(range(at, end)):
                yield end


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word, a phrase or words near each other, as `written` by the editor."""

    written: str
    parts: tuple[Part, ...]
    needed: frozenset[int] = field(default=frozenset(), repr=False, compare=False)
    """The numbers of what a text has to have, each word of a row by itself."""
    rarest: int = field(default=0, repr=False, compare=False)
    """The one of them that is likeliest to be rare."""
    is_word: bool = field(default=False, repr=False, compare=False)
    """It is one word, or one of a set of them."""

    def places(self, words: Words, passed: AbstractSet[int] = _NOWHERE) -> frozenset[int]:
        """Return the places of all words of all its occurrences, without those that have a word passed over."""
        if self.is_word:
            return frozenset(words.starts.get(self.parts[0].number, ())) - passed
        return _NOWHERE.union(*self._occurrences(words, passed))

    def is_in(self, words: Words, passed: AbstractSet[int] = _NOWHERE) -> bool:
        """Tell whether there is such an occurrence."""
        if self.is_word:
            return any(at not in passed for at in words.starts.get(self.parts[0].number, ()))
        return any(True for _ in self._occurrences(words, passed))

    def _occurrences(self, words: Words, passed: AbstractSet[int]) -> Iterator[frozenset[int]]:
        """Return the places of occurrences, those with one beginning and one end together."""
        starts = [part.starts(words) for part in self.parts]
        if not all(starts):
            return
        first = self.parts[0]
        for at in starts[0] if len(starts) == 1 else _openings(self.parts, starts):
            ways: Used = {end: frozenset(range(at, end)) for end in first.ends(words.all, at, passed)}
            for part, places in zip(self.parts[1:], starts[1:], strict=True):
                ways = _further(ways, part, places, words.all, passed) if ways else ways
            yield from ways.values()


def part(choices: tuple[Choice, ...], *, apart: bool) -> Part:
    """Return a part of a phrase that no vocabulary knows yet."""
    return Part(choices, _by_first(choices), apart)


def numbered(written: str, parts: Sequence[Part], vocabulary: Vocabulary) -> Phrase:
    """Return a phrase that is known to a vocabulary."""
    known: list[Part] = []
    needed: list[tuple[Choice, ...]] = []
    for one in parts:
        row = one.choices[0] if len(one.choices) == 1 else ()
        offset = rarest(row) if row else 0
        number = vocabulary.number(((row[offset],),) if row else one.choices)
        known.append(replace(one, number=number, offset=offset))
        needed += [((word,),) for word in row] or [one.choices]
    rare = vocabulary.number(min(needed, key=_commonness))
    is_word = len(known) == 1 and all(len(choice) == 1 for choice in known[0].choices)
    return Phrase(written, tuple(known), frozenset(map(vocabulary.number, needed)), rare, is_word)


@lru_cache(maxsize=10_000)
def _by_first(choices: tuple[Choice, ...]) -> ByWord[Choice]:
    return ByWord((choice[0], choice) for choice in choices)


def _commonness(choices: tuple[Choice, ...]) -> tuple[int, int]:
    """Return a number by which to sort what a text has to have, the likeliest to be rare first."""
    return len(choices), -len(choices[0][rarest(choices[0])].text)


def _openings(parts: Sequence[Part], starts: Sequence[Sequence[int]]) -> Iterator[int]:
    """Return where the first part begins and the second is not too far."""
    reach = max(map(len, parts[0].choices)) + (2 * NEAR if parts[1].apart else 0)
    for at in starts[0]:
        after = bisect_left(starts[1], at + 1)
        if after < len(starts[1]) and starts[1][after] <= at + reach:
            yield at


def _further(ways: Used, part: Part, starts: Sequence[int], words: Sequence[str], passed: AbstractSet[int]) -> Used:
    """Return where occurrences may go on after one more part, which may start at some places."""
    after: Used = {}
    for end, used in ways.items():
        farthest = end + (2 * NEAR if part.apart else 0)
        for at in starts[bisect_left(starts, end) : bisect_left(starts, farthest + 1)]:
            if _is_near(words[end:at]):
                for last in part.ends(words, at, passed):
                    after[last] = after.get(last, _NOWHERE) | used | frozenset(range(at, last))
    return after


def _is_near(between: Sequence[str]) -> bool:
    """Tell whether words are few, and of one sentence."""
    if SENTENCE_ENDS.isdisjoint(between):
        return len(between) <= NEAR or sum(word[0].isalnum() for word in between) <= NEAR
    return False
