"""Words as rules have them, and what a text's words mean to all rules at once. Pure."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Generic, NamedTuple, TypeVar

_MOST_KNOWN = 50_000

Value = TypeVar("Value")


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


Choice = tuple[Word, ...]
"""Words in a row."""


def rarest(choice: Choice) -> int:
    """Return the place of the longest word, the last of several: the likeliest to be rare."""
    return max(range(len(choice)), key=lambda place: (len(choice[place].text), place))


class Vocabulary:
    """What rules look for, word by word, each under a number: a text's words are looked up once for all rules."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Choice, ...], int] = {}
        self._by_word: ByWord[int] = ByWord(())

    def number(self, choices: tuple[Choice, ...]) -> int:
        """Return the number of some choices, of which a text has to have one."""
        if choices not in self._numbers:
            self._numbers[choices] = len(self._numbers)
            every = self._numbers.items()
            self._by_word = ByWord((choice[rarest(choice)], number) for choices, number in every for choice in choices)
        return self._numbers[choices]

    def numbers_in(self, words: AbstractSet[str]) -> frozenset[int]:
        """Return the numbers of what a text with these words may have: the quick answer."""
        return frozenset().union(*filter(None, map(self._by_word.__getitem__, words)))
