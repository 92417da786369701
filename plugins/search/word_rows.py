"""Rows of the index: of a word, where it is on all pages, made from what leaves say of it, or changed with some leaves.

A row is what is published, and a list of which leaf said what of it. So a leaf that changes has its own bytes replaced,
in the rows of the words that it says something else of; all others are as they were. Numbers of pages in a row are
differences: where a leaf has another number of pages than before, one number changes in each row that goes on behind.
"""

from array import array as numbers
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import cbor2

from plugins.search.parts import PAGE, WordPlaces, array, head

_OF_LEAF = 4  # numbers in a row's list for each leaf: its id, the word's first and last page in it, bytes
NO_PLACES = WordPlaces(0, 0, 0, 0, b"", in_fields=False, variants={})


class Order(NamedTuple):
    """Where leaves are, by their ids: the place of each, and the number of its first page among all pages.

    Leaves that are gone have a place too, and no number.
    """

    place: Mapping[int, int]
    start: Mapping[int, int]


class LeafChange(NamedTuple):
    """What a leaf said of a word, and what it says."""

    leaf: int
    before: WordPlaces
    now: WordPlaces


@dataclass(slots=True)
class Row:
    """Where a word is, in one of its forms: how many `pages`, and their `encoded` list, without its head.

    `leaves` has, of each leaf that says something of the word, in order: its id, the numbers in it of the first and the
    last page, and how many bytes it is in `encoded`.
    """

    pages: int = 0
    encoded: bytes | bytearray = b""
    leaves: "numbers[int]" = field(default_factory=lambda: numbers("I"))

    def changed(self, changes: Iterable[LeafChange], order: Order) -> "Row":
        """Return the row after some leaves have changed, which are in order."""
        new = _Copy(order)
        pages, copied = self.pages, 0
        for leaf, before, now in changes:
            at = bisect_left(self.leaves[::_OF_LEAF], order.place[leaf], key=order.place.__getitem__)
            new.copy(self, copied, at)
            copied = at
            if self.leaves[at * _OF_LEAF : at * _OF_LEAF + 1] == numbers("I", [leaf]):
                copied += 1
            new.add(leaf, now)
            pages += now.pages - before.pages
        new.copy(self, copied, len(self.leaves) // _OF_LEAF)
        return Row(pages, b"".join(new.encoded), new.leaves)


class _Copy:
    """A row that is made from what leaves say and from pieces of another row."""

    def __init__(self, order: Order) -> None:
        self.encoded: list[bytes | bytearray] = []
        self.leaves = numbers("I")
        self._order = order
        self._last = 0  # page there is so far, by its number among all; the first number is a difference to 0

    def add(self, leaf: int, places: WordPlaces) -> None:
        """Add what a leaf says."""
        if places.pages:
            self._add_first(leaf, places.first)
            self.encoded.append(places.encoded)
            first = len(self.encoded[-2])
            self.leaves.extend((leaf, places.first, places.last, first + len(places.encoded)))
            self._last = self._order.start[leaf] + places.last

    def copy(self, row: Row, begin: int, end: int) -> None:
        """Add what some leaves in a row said, which say it still, in as few pieces as differences allow."""
        if begin == end:
            return
        lengths = row.leaves[_OF_LEAF - 1 :: _OF_LEAF]
        at = sum(lengths[:begin])
        leaves = row.leaves[begin * _OF_LEAF : end * _OF_LEAF]
        old = _length_of_first(row.encoded, at)
        self._add_first(leaves[0], leaves[1])
        leaves[_OF_LEAF - 1] += len(self.encoded[-1]) - old
        self.encoded.append(row.encoded[at + old : at + sum(lengths[begin:end])])
        self.leaves += leaves
        leaf, _, last, _ = leaves[-_OF_LEAF:]
        self._last = self._order.start[leaf] + last

    def _add_first(self, leaf: int, first: int) -> None:
        self.encoded.append(PAGE + head(0, self._order.start[leaf] + first - self._last))


def _length_of_first(encoded: bytes | bytearray, at: int) -> int:
    """Return how many bytes the head of a page's array and its number take (`parts.head`)."""
    number = encoded[at + 1]
    return 2 if number < 24 else 2 + (1 << (number - 24))  # noqa: PLR2004 - the first byte itself holds as much


@dataclass(slots=True)
class WordRows:
    """All rows of a word: its own, and of its forms with accents. `size` is what it counts to fill a file."""

    size: int = 0
    own: Row = field(default_factory=Row)
    forms: dict[str, Row] = field(default_factory=dict)

    def changed(self, changes: Sequence[LeafChange], order: Order) -> "WordRows":
        """Return the rows after some leaves have changed, which are in order."""
        size = self.size
        names = set(self.forms)
        for change in changes:
            size += change.now.size - change.before.size
            names.update(change.now.variants)
        forms: dict[str, Row] = {}
        for name in sorted(names):
            of_form = [_of_form(change, name) for change in changes]
            row = self.forms.get(name, _NO_ROW).changed(of_form, order)
            if row.pages:
                forms[name] = row
        return WordRows(size, self.own.changed(changes, order), forms)

    @property
    def is_empty(self) -> bool:
        """Say whether no page has the word any more."""
        return not self.own.pages and not self.forms

    def published(self, word: str) -> Iterator[bytes | bytearray]:
        """Yield the CBOR of the word, its places and its forms, in pieces."""
        yield array(3) + cbor2.dumps(word) + array(self.own.pages)
        yield self.own.encoded
        yield array(len(self.forms))
        for form in sorted(self.forms):
            row = self.forms[form]
            yield array(2) + cbor2.dumps(form) + array(row.pages)
            yield row.encoded


_NO_ROW = Row()


def _of_form(change: LeafChange, form: str) -> LeafChange:
    before = change.before.variants.get(form, NO_PLACES)
    return LeafChange(change.leaf, before, change.now.variants.get(form, NO_PLACES))


class AllRows:
    """The rows of all words, made from what all leaves say, which are added in order."""

    def __init__(self) -> None:
        self.words: dict[str, WordRows] = {}
        self._start: dict[int, int] = {}

    def add(self, leaf: int, start: int, words: Mapping[str, WordPlaces]) -> None:
        """Add what a leaf says, of which the first page has the number `start` among all."""
        self._start[leaf] = start
        for word, places in words.items():
            rows = self.words.get(word)
            if rows is None:
                rows = self.words[word] = WordRows()
            rows.size += places.size
            if places.pages:
                self._extend(rows.own, leaf, places)
            for form, of_form in places.variants.items():
                row = rows.forms.get(form)
                if row is None:
                    row = rows.forms[form] = Row()
                self._extend(row, leaf, of_form)

    def _extend(self, row: Row, leaf: int, places: WordPlaces) -> None:
        there = row.leaves
        last = self._start[there[-4]] + there[-2] if there else 0
        if not there:
            row.encoded = bytearray()
        first = PAGE + head(0, self._start[leaf] + places.first - last)
        row.encoded += first
        row.encoded += places.encoded
        row.pages += places.pages
        there.extend((leaf, places.first, places.last, len(first) + len(places.encoded)))


def packed(words: Mapping[str, WordRows]) -> tuple[bytes, list[Any]]:
    """Return what is published of words that share a file, and what else is to be kept of them, for `unpacked`."""
    pieces: list[bytes | bytearray] = [array(1), array(len(words))]
    listed: list[Any] = []
    for word, rows in words.items():
        pieces += rows.published(word)
        forms = [(form, *_packed_row(row)) for form, row in sorted(rows.forms.items())]
        listed.append((word, rows.size, *_packed_row(rows.own), forms))
    return b"".join(pieces), listed


def _packed_row(row: Row) -> tuple[int, int, bytes]:
    return row.pages, len(row.encoded), row.leaves.tobytes()


def unpacked(published: bytes, listed: Iterable[Any]) -> dict[str, WordRows]:
    """Return the words that `packed` made this of."""
    words: dict[str, WordRows] = {}
    listed = list(listed)
    at = len(array(1) + array(len(listed)))

    def row(name: str, pages: int, length: int, leaves: bytes) -> Row:
        nonlocal at
        at += 1 + len(cbor2.dumps(name)) + len(array(pages))
        there = numbers("I")
        there.frombytes(leaves)
        begin, at = at, at + length
        return Row(pages, published[begin:at], there)

    for word, size, pages, length, leaves, forms in listed:
        rows = words[word] = WordRows(size, row(word, pages, length, leaves))
        at += len(array(len(forms)))
        for form, *of_form in forms:
            rows.forms[form] = row(form, *of_form)
    return words
