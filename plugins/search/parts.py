"""Parts of the index: pages that Pagefind indexed together, in a shape from which pages can be taken, and parts joined.

Joined (`word_rows`), they are what Pagefind makes of all their pages together, so that a search finds the same in the
same order. Parts that a browser joins (Pagefind's `mergeIndex`) are not: docs/decisions/0043.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from gzip import decompress
from hashlib import sha1
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import cbor2

WORD = b"pagefind_dcd"
"""What each file of an index begins with, below its compression."""

PAGE = b"\x83"
"""The head of a CBOR array of three: a page's number, a word's places on it, its places in fields."""

FRAGMENTS = "fragment"
"""The folder of an index with a file for each page: what is shown of it where it is found."""


class WordPlaces(NamedTuple):
    """Where a word is on the pages of a part.

    `size` is what Pagefind counts to fill a file of the index. `first` and `last` are the numbers of the first and the
    last page, `pages` is how many there are. `encoded` is the CBOR of all that is said of them but the first number:
    each other number is a difference to the one before. `in_fields` says whether it is in a title or another field of a
    page. `variants` are the word's forms with accents, each with its places.
    """

    size: int
    first: int
    last: int
    pages: int
    encoded: bytes
    in_fields: bool
    variants: Mapping[str, Any]


class IndexedPage(NamedTuple):
    """A page: its address, the digest of its file as Pagefind writes it, in full, how many words it has, and fields."""

    url: str
    digest: str
    words: int
    fields: Sequence[str]


@dataclass(frozen=True, slots=True)
class IndexPart:
    """Pages numbered from 0, and what is found on them.

    `filters`: name → value → numbers of pages. `fields`: names of titles and the like; places in them count by these.
    """

    version: str
    pages: Sequence[IndexedPage]
    filters: Mapping[str, Mapping[str, Sequence[int]]]
    fields: Sequence[str]
    words: Mapping[str, WordPlaces]

    def packed(self) -> bytes:
        """Return the part as bytes, for the cache."""
        return cbor2.dumps([self.version, self.pages, self.filters, self.fields, self.words])

    @classmethod
    def unpacked(cls, data: bytes) -> "IndexPart":
        """Return the part that `packed` made bytes of."""
        version, pages, filters, fields, words = cbor2.loads(data)
        found: dict[str, WordPlaces] = {}
        for word, row in words.items():
            there = found[word] = WordPlaces(*row)
            if there.variants:
                variants = {form: WordPlaces(*of_form) for form, of_form in there.variants.items()}
                found[word] = there._replace(variants=variants)
        return cls(version, [IndexedPage(*page) for page in pages], filters, fields, found)

    def rows(self) -> Iterator[tuple[str, str, WordPlaces]]:
        """Yield each word with its places, and with each of its forms with accents; the form is "" for all others."""
        for word, places in self.words.items():
            if places.pages:
                yield word, "", places
            for form, of_form in places.variants.items():
                yield word, form, of_form

    def with_fields(self, fields: Sequence[str]) -> "IndexPart":
        """Return the same part with places that count by other fields, among which those of its pages are."""
        if list(fields) == list(self.fields):
            return self
        of_name = {name: number for number, name in enumerate(fields)}
        # A field that only pages have which are not taken is among no others, nor are places in it.
        moved = {-1 - old: -1 - of_name[name] for old, name in enumerate(self.fields) if name in of_name}
        words = {word: _moved(found, moved) for word, found in self.words.items()}
        return IndexPart(self.version, self.pages, self.filters, fields, words)


def taken(sources: Sequence[tuple[IndexPart, Collection[str]]]) -> IndexPart:
    """Return the part that Pagefind makes of pages which are in other parts: of each, those with certain addresses.

    Each address is taken from one part only.
    """
    pages: list[IndexedPage] = []
    names = set[str]()
    for part, urls in sources:
        pages += [page for page in part.pages if page.url in urls]
    pages.sort(key=attrgetter("url"))
    for page in pages:
        names.update(page.fields)
    fields = sorted(names)
    number_of = {page.url: number for number, page in enumerate(pages)}
    parts: list[tuple[IndexPart, list[int | None]]] = []
    for part, urls in sources:
        numbers = [number_of[page.url] if page.url in urls else None for page in part.pages]
        parts.append((part.with_fields(fields), numbers))
    version = max(part.version for part, _ in sources)
    return IndexPart(version, pages, _filters_taken(parts), fields, _words_taken(parts))


def _filters_taken(parts: Iterable[tuple[IndexPart, Sequence[int | None]]]) -> dict[str, dict[str, list[int]]]:
    """Return name → value → numbers of pages, of parts with the numbers of their pages; None for one left out."""
    filters: dict[str, dict[str, list[int]]] = {}
    for part, numbers in parts:
        for name, values in part.filters.items():
            for value, pages in values.items():
                there = [number for page in pages if (number := numbers[page]) is not None]
                if there:
                    of_value = filters.setdefault(name, {}).setdefault(value, [])
                    of_value[:] = sorted((*of_value, *there))
    return filters


def _words_taken(parts: Iterable[tuple[IndexPart, Sequence[int | None]]]) -> dict[str, WordPlaces]:
    """Return the places of each word in parts with the numbers of their pages; None for one left out."""
    found = defaultdict[str, dict[str, list[WordPlaces]]](dict)
    for part, numbers in parts:
        for word, form, places in part.rows():
            there = _renumbered(places, numbers)
            if there.pages:
                found[word].setdefault(form, []).append(there)
    words: dict[str, WordPlaces] = {}
    for word, forms in found.items():
        own = _merged(forms.pop("", ()))
        if forms:
            own = own._replace(variants={form: _merged(forms[form]) for form in sorted(forms)})
        words[word] = own
    return words


def _renumbered(places: WordPlaces, numbers: Sequence[int | None]) -> WordPlaces:
    """Return the places of a word, but for its forms, by other numbers of the pages; None for one that is left out."""
    found: list[tuple[int, Any, Any]] = []
    shifts = set[int]()
    for old, on_page, in_fields in _decoded(places):
        number = numbers[old]
        if number is not None:
            found.append((number, on_page, in_fields))
            shifts.add(number - old)
    if len(found) < places.pages or len(shifts) > 1:
        return _places(found)
    shift = shifts.pop()  # differences are as they were: of a leaf in which a page changed, for most words
    return places._replace(first=places.first + shift, last=places.last + shift, variants={})


def _merged(found: Sequence[WordPlaces]) -> WordPlaces:
    """Return places of a word on different pages as one."""
    if len(found) == 1:
        return found[0]
    there: list[tuple[int, Any, Any]] = []
    for places in found:
        there += _decoded(places)
    return _places(sorted(there))


def _decoded(places: WordPlaces) -> Iterator[tuple[int, Any, Any]]:
    """Yield the number of each page, places on it, and places in fields."""
    number = 0
    for difference, on_page, in_fields in cbor2.loads(on_pages(places)):
        number += difference
        yield number, on_page, in_fields


def read(made: Path) -> tuple[IndexPart, list[str]]:
    """Read the index that Pagefind wrote into a folder: the part, and the name of each page's own file, a fragment.

    Its files are CBOR (https://www.rfc-editor.org/rfc/rfc8949), compressed; what they hold is in Pagefind's sources
    (pagefind/src/index). Pages are put in order of address: Pagefind numbers them as the disk lists them, which is not
    the same everywhere. Raises ValueError where the files are of another form.
    """
    try:
        return _read(made)
    except (OSError, EOFError, KeyError, TypeError, IndexError, cbor2.CBORDecodeError) as error:
        raise ValueError(f"its files are of another form: {error}") from error


def _read(made: Path) -> tuple[IndexPart, list[str]]:
    metas = list(made.glob("*.pf_meta"))
    if not metas:  # no page has a word
        return IndexPart("", [], {}, [], {}), []
    version, listed, chunks, filters, sorts, fields = cbor2.loads(_content(metas[0]))
    if sorts:
        raise ValueError("pages have an order of their own, data-pagefind-sort, which this search does not know")
    rows: list[tuple[IndexedPage, int, str]] = []
    names = set[str]()
    for number, (name, words) in enumerate(listed):
        fragment = f"{name}.pf_fragment"
        content = _content(made / FRAGMENTS / fragment)
        said = json.loads(content)
        names.update(said["meta"])
        rows.append((IndexedPage(said["url"], digest(content), words, sorted(said["meta"])), number, fragment))
    if sorted(names) != sorted(fields):
        raise ValueError(f"fields are {', '.join(fields)}, those of pages {', '.join(sorted(names))}")
    rows.sort(key=itemgetter(0))
    numbers = [0] * len(rows)  # ours, by Pagefind's
    pages: list[IndexedPage] = []
    fragments: list[str] = []
    for page, number, fragment in rows:
        numbers[number] = len(pages)
        pages.append(page)
        fragments.append(fragment)
    found: dict[str, WordPlaces] = {}
    for *_, name in chunks:
        for word, there, variants in cbor2.loads(_content(made / "index" / f"{name}.pf_index"))[0]:
            forms = {form: _places(_absolute(of_form, numbers)) for form, of_form in sorted(variants)}
            found[word] = _places(_absolute(there, numbers), forms)
    return IndexPart(version, pages, _filters(made, filters, numbers), fields, found), fragments


def _filters(made: Path, listed: Iterable[Sequence[str]], numbers: Sequence[int]) -> dict[str, dict[str, list[int]]]:
    """Return name → value → numbers of pages, ours."""
    filters: dict[str, dict[str, list[int]]] = {}
    for name, file in listed:
        filters[name] = {}
        _, values = cbor2.loads(_content(made / "filter" / f"{file}.pf_filter"))
        for value, pages in values:
            filters[name][value] = sorted(map(numbers.__getitem__, pages))
    return filters


def _content(file: Path) -> bytes:
    content = decompress(file.read_bytes())
    if not content.startswith(WORD):
        raise ValueError("one of its files begins with another word")
    return content[len(WORD) :]


def digest(data: bytes) -> str:
    """Return a digest as Pagefind names files: each byte of SHA-1 in hexadecimal, without a zero before it."""
    return "".join(f"{byte:x}" for byte in sha1(data, usedforsecurity=False).digest())


def on_pages(found: WordPlaces) -> bytes:
    """Return the CBOR of Pagefind's list: of each page its number or the difference to it, places, places in fields."""
    if not found.pages:
        return array(0)
    return array(found.pages) + PAGE + head(0, found.first) + found.encoded


def array(count: int) -> bytes:
    """Return the head of a CBOR array, which `cbor2` writes with its items only."""
    return head(0x80, count)


def head(kind: int, value: int) -> bytes:
    """Return the start of a CBOR item (RFC 8949, section 3): its kind, and a number or how many items follow."""
    if value < 24:  # noqa: PLR2004 - the first byte itself holds as much
        return bytes((kind + value,))
    power = (value > 0xFF) + (value > 0xFFFF) + (value > 0xFFFFFFFF)  # noqa: PLR2004 - in 1, 2, 4 or 8 bytes
    return bytes((kind + 24 + power,)) + value.to_bytes(1 << power, "big")


def _absolute(there: Iterable[Sequence[Any]], numbers: Sequence[int]) -> list[tuple[int, Any, Any]]:
    """Return Pagefind's list with numbers of our own for the pages, instead of differences, in order of these."""
    found, old = [], 0
    for difference, places, in_fields in there:
        old += difference
        found.append((numbers[old], places, in_fields))
    found.sort()
    return found


def _places(there: Sequence[tuple[int, Any, Any]], variants: Mapping[str, WordPlaces] | None = None) -> WordPlaces:
    """Return where a word is: of each page its number, places, and places in fields."""
    if not there:
        return WordPlaces(0, 0, 0, 0, b"", False, variants or {})
    first, last, size, anywhere = there[0][0], 0, len(there), False
    differences = []
    for number, places, in_fields in there:
        size += len(places) + len(in_fields)
        anywhere = anywhere or bool(in_fields)
        differences.append((number - last, places, in_fields))
        last = number
    start = len(array(len(there))) + 1 + len(head(0, first))
    return WordPlaces(size, first, last, len(there), cbor2.dumps(differences)[start:], anywhere, variants or {})


def _moved(found: WordPlaces, moved: Mapping[int, int]) -> WordPlaces:
    """Return the places of a word with its fields by other numbers: old → new."""
    variants = {form: _moved(one, moved) for form, one in found.variants.items()}
    if not found.in_fields:
        return found._replace(variants=variants) if variants else found
    there = []
    for number, places, in_fields in _decoded(found):
        there.append((number, places, [moved.get(one, one) for one in in_fields]))
    return _places(there, variants)
