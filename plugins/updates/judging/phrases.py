"""Phrases: words in a row, or near each other in one sentence, found among the words of a text in linear time. Pure."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache

from plugins.updates.judging.folding import SENTENCE_ENDS
from plugins.updates.judging.vocabulary import ByWord, Choice, Word, rarest

NEAR = 5
"""Words that `...` passes over at most."""
_ABBREVIATED = 2
_SHORT = 2

Used = dict[int, frozenset[int]]
"""Where an occurrence may go on, and the places of the words it consists of so far."""

_NOWHERE: frozenset[int] = frozenset()


class Words:
    """A text's words, in their order and each of them once, and where some of them are, found out when first asked."""

    def __init__(self, words: Sequence[str]) -> None:
        self.all = words
        self.known = frozenset(words)
        self._of_word: dict[Word, list[int]] = {}
        self._of_choices: dict[int, list[int]] = {}

    def of_word(self, word: Word) -> list[int]:
        """Return the places of a word."""
        made = self._of_word.get(word)
        if made is None:
            meant = (
                {one for one in self.known if one.startswith(word.text)} if word.prefix else {word.text} & self.known
            )
            made = self._of_word[word] = [at for at, one in enumerate(self.all) if one in meant] if meant else []
        return made

    def of_choices(self, by_first: ByWord[Choice]) -> list[int]:
        """Return the places of the words that one of some choices begins with; terms share most of their sets."""
        made = self._of_choices.get(id(by_first))
        if made is None:
            made = self._of_choices[id(by_first)] = [at for at, word in enumerate(self.all) if by_first[word]]
        return made


@dataclass(frozen=True, slots=True)
class Part:
    """One of several rows of words; where it is `apart`, other words of the sentence may stand before it."""

    choices: tuple[Choice, ...]
    apart: bool = False
    by_first: ByWord[Choice] = field(init=False, repr=False, compare=False)
    key: int = field(init=False, repr=False, compare=False)
    """The place of the word by which a part of one choice is looked for."""

    def __post_init__(self) -> None:
        """Make ready to look."""
        object.__setattr__(self, "by_first", _by_first(self.choices))
        object.__setattr__(self, "key", rarest(self.choices[0]))

    def starts(self, words: Words) -> list[int]:
        """Return the places where it may begin."""
        if len(self.choices) > 1:
            return words.of_choices(self.by_first)
        (choice,) = self.choices
        starts = [at - self.key for at in words.of_word(choice[self.key])]
        return starts if len(choice) == 1 else [at for at in starts if at >= 0 and _goes_on(choice, words.all, at)]

    def ends(self, words: Sequence[str], at: int, passed: AbstractSet[int]) -> Iterator[int]:
        """Return where it ends, if it stands at a place and has none of the words that are passed over."""
        for choice in self.by_first[words[at]]:
            end = at + len(choice)
            if _goes_on(choice, words, at) and not (passed and any(place in passed for place in range(at, end))):
                yield end


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word, a phrase or words near each other, as `written` by the editor."""

    written: str
    parts: tuple[Part, ...]

    @property
    def needed(self) -> Iterator[tuple[Choice, ...]]:
        """Return what a text has to have, but for short words, which every text has: the words of a row one by one."""
        for part in self.parts:
            row = part.choices[0] if len(part.choices) == 1 else ()
            yield from (((word,),) for word in row if len(word.text) > _SHORT or word is row[part.key])
            if not row:
                yield part.choices

    def places(self, words: Words, passed: AbstractSet[int] = _NOWHERE) -> frozenset[int]:
        """Return the places of all words of all its occurrences, without those that have a word passed over."""
        first, *others = self.parts
        starts = first.starts(words)
        if not starts or not all(part.starts(words) for part in others):
            return _NOWHERE
        found: set[int] = set()
        for at in starts:
            ways: Used = {end: frozenset(range(at, end)) for end in first.ends(words.all, at, passed)}
            for part in others:
                ways = _further(ways, part, words.all, passed)
            found.update(*ways.values())
        return frozenset(found)


@lru_cache(maxsize=10_000)
def _by_first(choices: tuple[Choice, ...]) -> ByWord[Choice]:
    return ByWord((choice[0], choice) for choice in choices)


def _goes_on(choice: Choice, words: Sequence[str], at: int) -> bool:
    """Tell whether the words at a place are a choice's."""
    end = at + len(choice)
    return end <= len(words) and all(map(Word.means, choice, words[at:end]))


def _further(ways: Used, part: Part, words: Sequence[str], passed: AbstractSet[int]) -> Used:
    """Return where occurrences may go on after one more part."""
    after: Used = {}
    for start, used in ways.items():
        for at in _reach(words, start) if part.apart else (start,) * (start < len(words)):
            if part.by_first[words[at]]:
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
