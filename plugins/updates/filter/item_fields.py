"""The fields of an item as the terms of topics are looked for in them: cut into words when a topic first asks."""

from typing import Protocol
from urllib.parse import unquote

from plugins.core.text.plain_text import plain
from plugins.updates.filter.folding import fold, words
from plugins.updates.filter.phrases import Words
from plugins.updates.filter.term_index import Vocabulary
from plugins.updates.model import Field


class FilterItem(Protocol):
    """What can be filtered: an item of a feed, or an archived update when the topics have changed."""

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


class ItemFields:
    """An item's fields, for topics that share a vocabulary; each is cut into words at the first question about it."""

    def __init__(self, item: FilterItem, vocabulary: Vocabulary) -> None:
        self._item = item
        self._vocabulary = vocabulary
        self._fields: dict[Field, Words] = {}
        self._numbers: dict[tuple[Field, ...], frozenset[int]] = {}

    def words(self, field: Field) -> Words:
        """Return the words of a field. No phrase reaches from one value of a list into the next."""
        known = self._fields.get(field)
        if known is None:
            folded = "\n".join(filter(None, map(fold, _values(self._item, field))))
            known = self._fields[field] = Words(words(folded), self._vocabulary)
        return known

    def numbers(self, fields: tuple[Field, ...]) -> frozenset[int]:
        """Return the vocabulary's numbers of everything that one of the fields may have."""
        known = self._numbers.get(fields)
        if known is None:
            known = self._numbers[fields] = frozenset().union(*(self.words(field).numbers for field in fields))
        return known


def _values(item: FilterItem, field: Field) -> tuple[str, ...]:
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
