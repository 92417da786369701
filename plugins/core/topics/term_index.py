"""An index of what the terms of topics look for, so that each word of a text is looked up once for all terms.

Everything that a text may have to have (a word, a row of words, one of a set) gets a number in a `Vocabulary`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

_MOST_KNOWN = 50_000  # words of texts that are remembered by one ByWord

Value = TypeVar("Value")


class Word(NamedTuple):
    """A folded word; with `prefix`, any word that begins with it."""

    text: str
    prefix: bool = False

    def means(self, word: str) -> bool:
        """Say whether it stands for a word of a text."""
        return word.startswith(self.text) if self.prefix else word == self.text


Choice = tuple[Word, ...]
"""Words in a row."""


class ByWord(dict[str, tuple[Value, ...]], Generic[Value]):
    """Values by word or prefix: `by_word[word]` is every value whose word or prefix fits a text's word.

    What a word fits is worked out at the first question about it, and remembered for up to _MOST_KNOWN words.
    """

    def __init__(self, pairs: Iterable[tuple[Word, Value]]) -> None:
        super().__init__()
        self._pairs = tuple(pairs)
        self._whole: defaultdict[str, list[Value]] = defaultdict(list)
        for word, value in self._pairs:
            if not word.prefix:
                self._whole[word.text].append(value)
        self._begun = tuple((word.text, value) for word, value in self._pairs if word.prefix)

    def __missing__(self, word: str) -> tuple[Value, ...]:
        found = list(self._whole.get(word, ()))
        for text, value in self._begun:
            if word.startswith(text):
                found.append(value)
        made = tuple(dict.fromkeys(found))
        if len(self) < _MOST_KNOWN:
            self[word] = made
        return made

    def __reduce__(self) -> tuple[type["ByWord[Value]"], tuple[tuple[tuple[Word, Value], ...]]]:
        return ByWord, (self._pairs,)


class Vocabulary:
    """Everything that the terms of some topics look for, each under a number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Choice, ...], int] = {}
        self._by_word: ByWord[int] | None = None
        self._by_place: ByWord[tuple[int, int]] | None = None

    def number(self, choices: tuple[Choice, ...]) -> int:
        """Return the number of some choices, of which a text has to have one; a new number where they are new."""
        if choices not in self._numbers:
            self._by_word = self._by_place = None
        return self._numbers.setdefault(choices, len(self._numbers))

    def numbers_in(self, words: Iterable[str]) -> frozenset[int]:
        """Return the numbers of what a text with these words may have.

        Only the rarest word of each row is looked up: a text without it lacks the row.
        """
        if self._by_word is None:
            self._by_word = ByWord((word, number) for word, _, number in self._rarest_words())
        return frozenset().union(*filter(None, map(self._by_word.__getitem__, words)))

    def starts_in(self, words: Sequence[str]) -> dict[int, list[int]]:
        """Return, for each number, the places among these words where what it stands for may begin, in order."""
        if self._by_place is None:
            self._by_place = ByWord((word, (number, place)) for word, place, number in self._rarest_words())
        found: defaultdict[int, list[int]] = defaultdict(list)
        moved: set[int] = set()
        for at, meant in enumerate(map(self._by_place.__getitem__, words)):
            for number, offset in meant:
                if not offset:
                    found[number].append(at)
                elif at >= offset:
                    found[number].append(at - offset)
                    moved.add(number)
        for number in moved:
            found[number].sort()
        return found

    def _rarest_words(self) -> Iterator[tuple[Word, int, int]]:
        """Yield the rarest word of each row of words, its place in the row, and the number that the row has."""
        for choices, number in self._numbers.items():
            for row in choices:
                place = rarest(row)
                yield row[place], place, number


def rarest(choice: Choice) -> int:
    """Return the place in a row of its longest word, the last of several: the word likeliest to be rare."""
    return max(range(len(choice)), key=lambda place: (len(choice[place].text), place))
