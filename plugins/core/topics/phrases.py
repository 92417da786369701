"""Phrases: words in a row, or near each other in one sentence, found among the words of a text.

The time grows with the text's length and no faster, whatever the text: it comes from other people's feeds.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from plugins.core.topics.folding import SENTENCE_ENDS
from plugins.core.topics.term_index import ByWord, Choice, Vocabulary, Word, rarest

NEAR = 5
"""Words that may stand in the place of `...`, at most; marks between them are not counted."""

Ends = dict[int, frozenset[int]]
"""The beginnings of occurrences: the place behind each, and the places of the words it consists of so far."""

_NOWHERE: frozenset[int] = frozenset()


class Words:
    """A text's words in their order; `numbers` are the vocabulary's of what may be among them."""

    def __init__(self, words: Sequence[str], vocabulary: Vocabulary) -> None:
        self.all = words
        self.numbers = vocabulary.numbers_in(words)
        self._vocabulary = vocabulary

    @cached_property
    def starts(self) -> dict[int, list[int]]:
        """Return, for each number of the vocabulary, the places where what it stands for may begin."""
        return self._vocabulary.starts_in(self.all)


@dataclass(frozen=True)
class PhrasePart:
    """A row of words, or one of several `choices` of them; where it is `apart`, a `...` stands before it.

    `number` is its number in the vocabulary. A part of one choice has the number of its rarest word, which stands
    `offset` words behind its first.
    """

    choices: tuple[Choice, ...]
    apart: bool = False
    number: int = field(default=0, repr=False, compare=False)
    offset: int = field(default=0, repr=False, compare=False)

    @property
    def gap(self) -> int:
        """Return how many places may lie before it: as many words as NEAR, and marks between them."""
        return 2 * NEAR if self.apart else 0

    @cached_property
    def by_first(self) -> ByWord[Choice]:
        """Return the choices by their first word."""
        return _by_first(self.choices)

    def starts(self, words: Words) -> Sequence[int]:
        """Return the places of a text where the part may begin, in order."""
        places = words.starts.get(self.number, ())
        if not self.offset:
            return places
        return [at - self.offset for at in places if at >= self.offset]

    def ends(self, words: Sequence[str], at: int, excluded: AbstractSet[int]) -> Iterator[int]:
        """Yield the place behind each choice that stands at a place and has none of the excluded words."""
        for choice in self.by_first[words[at]]:
            end = at + len(choice)
            if end > at + 1 and not (end <= len(words) and all(map(Word.means, choice, words[at:end]))):
                continue
            if not excluded or excluded.isdisjoint(range(at, end)):
                yield end


@dataclass(frozen=True)
class Phrase:
    """A term of a topic, as `written` by the editor: a word, words in a row, or words near each other.

    `needed` are the vocabulary's numbers of all that a text has to have for it, each word of a row by itself; `rarest`
    is the one of them that is likeliest to be rare.
    """

    written: str
    parts: tuple[PhrasePart, ...]
    needed: frozenset[int] = field(default=frozenset(), repr=False, compare=False)
    rarest: int = field(default=0, repr=False, compare=False)

    @cached_property
    def is_word(self) -> bool:
        """Say whether it is one word, or any one word of a set."""
        return len(self.parts) == 1 and all(len(choice) == 1 for choice in self.parts[0].choices)

    def places(self, words: Words, excluded: AbstractSet[int] = _NOWHERE) -> frozenset[int]:
        """Return the places of the words of all its occurrences, but for occurrences that have an excluded word."""
        if self.is_word:
            return frozenset(words.starts.get(self.parts[0].number, ())) - excluded
        return _NOWHERE.union(*self._occurrences(words, excluded))

    def is_in(self, words: Words, excluded: AbstractSet[int] = _NOWHERE) -> bool:
        """Say whether it occurs without an excluded word."""
        if self.is_word:
            return any(at not in excluded for at in words.starts.get(self.parts[0].number, ()))
        return any(True for _ in self._occurrences(words, excluded))

    def _occurrences(self, words: Words, excluded: AbstractSet[int]) -> Iterator[frozenset[int]]:
        """Yield the places of the words of occurrences; those with the same beginning and end come as one."""
        starts = [part.starts(words) for part in self.parts]
        if not all(starts):
            return
        first, begins = self.parts[0], iter(starts[0])
        if len(starts) > 1:
            begins = _first_starts(self.parts, starts)
        for at in begins:
            ends: Ends = {end: frozenset(range(at, end)) for end in first.ends(words.all, at, excluded)}
            for part, places in zip(self.parts[1:], starts[1:], strict=True):
                if ends:
                    ends = _extended(ends, part, places, words.all, excluded)
            yield from ends.values()


def numbered(written: str, parts: Sequence[PhrasePart], vocabulary: Vocabulary) -> Phrase:
    """Return a phrase of these parts, and note in the vocabulary what has to be looked for."""
    known: list[PhrasePart] = []
    needed: list[tuple[Choice, ...]] = []
    for part in parts:
        if len(part.choices) > 1:
            offset, number = 0, vocabulary.number(part.choices)
            needed.append(part.choices)
        else:  # a row of words: a text has to have each of them, and is asked for the rarest first
            row = part.choices[0]
            offset = rarest(row)
            number = vocabulary.number(((row[offset],),))
            needed += [((word,),) for word in row]
        known.append(PhrasePart(part.choices, part.apart, number, offset))
    rare = vocabulary.number(min(needed, key=_commonness))
    return Phrase(written, tuple(known), frozenset(map(vocabulary.number, needed)), rare)


@lru_cache(maxsize=10_000)
def _by_first(choices: tuple[Choice, ...]) -> ByWord[Choice]:
    return ByWord((choice[0], choice) for choice in choices)


def _commonness(choices: tuple[Choice, ...]) -> tuple[int, int]:
    """Return a key that sorts what a text has to have, the likeliest to be rare first: few choices, a long word."""
    return len(choices), -len(choices[0][rarest(choices[0])].text)


def _first_starts(parts: Sequence[PhrasePart], starts: Sequence[Sequence[int]]) -> Iterator[int]:
    """Yield the places where the first part begins and the second follows near enough."""
    reach = max(map(len, parts[0].choices)) + parts[1].gap
    for at in starts[0]:
        after = bisect_left(starts[1], at + 1)
        if after < len(starts[1]) and starts[1][after] <= at + reach:
            yield at


def _extended(
    ends: Ends, part: PhrasePart, starts: Sequence[int], words: Sequence[str], excluded: AbstractSet[int]
) -> Ends:
    """Return the beginnings of occurrences, longer by one more part, which may start at some places."""
    after: Ends = {}
    gap = part.gap
    for end, used in ends.items():
        for at in starts[bisect_left(starts, end) : bisect_left(starts, end + gap + 1)]:
            if _is_near(words[end:at]):
                for last in part.ends(words, at, excluded):
                    after[last] = after.get(last, _NOWHERE) | used | frozenset(range(at, last))
    return after


def _is_near(between: Sequence[str]) -> bool:
    """Say whether the words between two parts are few enough, and of one sentence."""
    if SENTENCE_ENDS.isdisjoint(between):
        return len(between) <= NEAR or sum(word[0].isalnum() for word in between) <= NEAR
    return False
