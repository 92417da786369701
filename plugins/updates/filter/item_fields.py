"""An item's fields as rules look at them: plain, folded and as words, each made when a rule first asks for it. Pure."""

import unicodedata
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Protocol
from urllib.parse import unquote

from plugins.core.text.plain_text import plain
from plugins.updates.filter.folding import fold, spans, words
from plugins.updates.filter.phrases import Words
from plugins.updates.filter.term_index import Vocabulary
from plugins.updates.model import Field


class Judged(Protocol):
    """What is judged: an item as it comes in, or an archived update when the rules changed."""

    @property
    def title(self) -> str:
        """Return the headline, as plain text."""

    @property
    def summary(self) -> str:
        """Return the excerpt, as sanitised HTML."""

    @property
    def url(self) -> str:
        """Return the address."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the authors' names."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the feed's own categories."""


class FieldText:
    """A field's text, `folded`, as `words` and plain; the values of a list are apart."""

    def __init__(self, values: tuple[str, ...], vocabulary: Vocabulary) -> None:
        self._values = values
        self.folded = "\n".join(filter(None, map(fold, values)))
        self.words = Words(words(self.folded), vocabulary)

    @cached_property
    def plain(self) -> str:
        """Return the text with its capitals and accents, and white space as it is folded."""
        plain = "\n".join(filter(None, (" ".join(value.split()) for value in self._values)))
        return self.folded if plain.isascii() else unicodedata.normalize("NFC", plain)

    def without(self, passed: AbstractSet[int]) -> tuple[str, str]:
        """Return the text folded and plain, with some of its words blanked out."""
        folded, plain = list(self.folded), list(self.plain)
        places = spans(self.folded)
        for place in passed:
            start, end = places[place]
            folded[start:end] = "\0" * (end - start)
            # Folding seldom changes the length; where it does, the plain text's words are elsewhere than the folded.
            if len(plain) == len(folded):
                plain[start:end] = "\0" * (end - start)
        return "".join(folded), "".join(plain if len(plain) == len(folded) else folded)


class Texts:
    """An item's fields, for rules that share a vocabulary."""

    def __init__(self, item: Judged, vocabulary: Vocabulary) -> None:
        self._item = item
        self._vocabulary = vocabulary
        self._made: dict[Field, FieldText] = {}
        self._numbers: dict[tuple[Field, ...], frozenset[int]] = {}

    def field(self, name: Field) -> FieldText:
        """Return a field's text."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = FieldText(_values(self._item, name), self._vocabulary)
        return made

    def numbers(self, names: tuple[Field, ...]) -> frozenset[int]:
        """Return the vocabulary's numbers of what some fields may have."""
        made = self._numbers.get(names)
        if made is None:
            made = self._numbers[names] = frozenset().union(*(self.field(name).words.numbers for name in names))
        return made


def _values(item: Judged, field: Field) -> tuple[str, ...]:
    match field:
        case "title":
            return (item.title,)
        case "summary":
            return (plain(item.summary),)
        case "url":
            return (unquote(item.url),)
        case "authors":
            return item.authors
        case "tags":
            return item.tags
