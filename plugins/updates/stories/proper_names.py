"""Find the words of a text that are written as names: capitalised where no sentence begins.

Works on text alone. It knows no name; in a language that writes all nouns so it finds the nouns, and in a script
without capitals nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from plugins.updates.stories.stems import STEPS, WEEKDAYS
from plugins.updates.stories.stems import terms as read_terms

_LONG = 4  # letters: shorter words are small even in a headline with capitals throughout
_CAPITALS_THROUGHOUT = 0.7  # share of a headline's long words
_ACRONYM = 5  # letters: a longer word in capitals only shouts
_BEGINS_SENTENCE = frozenset(".!?:…|–—-\"“”‘'(")


def names(headline: str, lede: Sequence[str], english: bool) -> frozenset[str]:
    """Return the terms of names in a headline and in an excerpt's words; none of a headline all in capitals."""
    words = headline.split()
    long = [word for word in words if len(word) >= _LONG]
    throughout = sum(word[0].isupper() for word in long) >= _CAPITALS_THROUGHOUT * len(long)
    found = [*(() if throughout else _written_as_names(words)), *_written_as_names(lede)]
    return frozenset(read_terms(" ".join(found), english)) - STEPS - WEEKDAYS if found else frozenset()


def _written_as_names(words: Sequence[str]) -> Iterator[str]:
    for before, word in pairwise(words):
        if word[0].isupper() and before[-1] not in _BEGINS_SENTENCE and not (word.isupper() and len(word) > _ACRONYM):
            yield word
