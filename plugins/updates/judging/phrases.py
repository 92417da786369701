"""Phrases: words in a row, or near each other in one sentence, found among the words of a text in linear time. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from plugins.updates.judging.folding import SENTENCE_ENDS

NEAR = 5
"""Words that `...` passes over at most."""
_MOST_KNOWN = 50_000
_ABBREVIATED = 2

Value = TypeVar("Value")
Used = dict[int, frozenset[int]]
"""Where an occurrence may go on, and the places of the words it consists of so far."""

_NOWHERE: frozenset[int] = frozenset()


class Word(NamedTuple):
    """A folded word, or the beginning of words."""

    text: str
    prefix: bool = False

    def means(self, word: str) -> bool:
        """Tell whether a word of a text is this one."""
        return word.startswith(self.text) if self.prefix else word == self.text


class ByWord(dict[str, tuple[Value, ...]], Generic[Value]):
    """What is kept under words and beginnings of words; what a text's word stands for is worked out once."""

    def __init__(self, pairs: Iterable[tuple[Word, Value]]) -> None:
        super().__init__()
        self._pairs = tuple(pairs)
        self._whole: dict[str, list[Value]] = {}
        for word, value in self._pairs:
            if not word.prefix:
                self._whole.setdefault(word.text, []).append(value)
        self._begun = tuple((word.text, value) for word, value in self._pairs if word.prefix)

    def __missing__(self, word: str) -> tuple[Value, ...]:
        found = (*self._whole.get(word, ()), *(value for text, value in self._begun if word.startswith(text)))
        made = tuple(dict.fromkeys(found))
        if len(self) < _MOST_KNOWN:
            self[word] = made
        return made

    def __reduce__(self) -> tuple[type["ByWord[Value]"], tuple[tuple[tuple[Word, Value], ...]]]:
        return ByWord, (self._pairs,)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several rows of words; where it is `apart`, other words of the sentence may stand before it."""

    choices: tuple[tuple[Word, ...], ...]
    apart: bool = False
    _by_first: ByWord[tuple[Word, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make ready to look."""
        object.__setattr__(self, "_by_first", ByWord((choice[0], choice) for choice in self.choices))

    def places(self, words: Sequence[str], passed: AbstractSet[int]) -> Iterator[int]:
        """Return where it stands, at its first word."""
        known = self._by_first
        for at, word in enumerate(words):
            if known[word] and any(self.ends(words, at, passed)):
                yield at

    def ends(self, words: Sequence[str], at: int, passed: AbstractSet[int]) -> Iterator[int]:
        """Return where it ends, if it stands at a place and has none of the words that are passed over."""
        for choice in self._by_first[words[at]]:
            end = at + len(choice)
            if end <= len(words) and all(map(Word.means, choice, words[at:end])) and passed.isdisjoint(range(at, end)):
                yield end


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word, a phrase or words near each other, as `written` by the editor."""

    written: str
    parts: tuple[Part, ...]

    @property
    def keys(self) -> Iterator[Word]:
        """Return words of which every text that has the phrase has one: those of its rarest part, as far as is seen."""
        part = min(self.parts, key=lambda part: (len(part.choices), -max(map(_length, part.choices))))
        return (max(choice, key=lambda word: len(word.text)) for choice in part.choices)

    def places(self, words: Sequence[str], passed: AbstractSet[int] = _NOWHERE) -> frozenset[int]:
        """Return the places of all words of all its occurrences, without those that have a word passed over."""
        first, *others = self.parts
        found: set[int] = set()
        for at in first.places(words, passed):
            ways: Used = {end: frozenset(range(at, end)) for end in first.ends(words, at, passed)}
            for part in others:
                ways = _further(ways, part, words, passed)
            found.update(*ways.values())
        return frozenset(found)


def _further(ways: Used, part: Part, words: Sequence[str], passed: AbstractSet[int]) -> Used:
    """Return where occurrences may go on after one more part."""
    after: Used = {}
    for start, used in ways.items():
        for at in _reach(words, start) if part.apart else (start,) * (start < len(words)):
            for end in part.ends(words, at, passed):
                after[end] = after.get(end, _NOWHERE) | used | frozenset(range(at, end))
    return after


def _reach(words: Sequence[str], start: int) -> Iterator[int]:
    """Return the places near enough after a part, within its sentence."""
    left = NEAR
    for at in range(start, len(words)):
        yield at
        if _ends_sentence(words, at):
            return
        left -= words[at][0].isalnum()
        if left < 0:
            return


def _ends_sentence(words: Sequence[str], at: int) -> bool:
    """Tell whether a sentence ends at a place; the stop of an abbreviation, such as “U.S.” or “St.”, ends none."""
    return words[at] in SENTENCE_ENDS and not (words[at][0] == "." and at > 0 and len(words[at - 1]) <= _ABBREVIATED)


def _length(choice: tuple[Word, ...]) -> int:
    return max(len(word.text) for word in choice)
