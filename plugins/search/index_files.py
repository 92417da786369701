"""The files of an index, as Pagefind writes them: of all leaves, what a reader's browser asks for."""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import cbor2

from plugins.search.parts import FRAGMENTS, WORD, IndexPart, digest

SIZE = 20_000
"""Pagefind's own: of places that a file of the index has before the next one begins."""

_LEVEL = 5  # of compression: 9 takes ten times as long for a twentieth
_DIGITS = 7  # of a file's digest in its name, more where two have the same
_DIGITS_OF_ALL = 10


class LeafPages(NamedTuple):
    """What an index says of a leaf's pages besides their words.

    `pages` are the digest of each page's file, in full, and its number of words. `filters`: name → value → numbers of
    pages in the leaf.
    """

    version: str
    pages: Sequence[tuple[str, int]]
    filters: Mapping[str, Mapping[str, Sequence[int]]]
    fields: Sequence[str]

    @classmethod
    def of(cls, part: IndexPart) -> "LeafPages":
        """Return what a part says."""
        return cls(part.version, [(page.digest, page.words) for page in part.pages], part.filters, part.fields)


class WordFile(NamedTuple):
    """A file of the index: its digest as Pagefind makes it, its words in order, and what each counts to fill a file.

    `key` is under which the cache has it.
    """

    key: str
    digest: str
    words: Sequence[str]
    sizes: Sequence[int]

    @property
    def is_full(self) -> bool:
        """Say whether it ends because of its size, and not with the last of all words."""
        return sum(self.sizes) >= SIZE


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """Where an index's files go, below its folder.

    `fragments` has the path of each page's file, `words` of each file of words. `others`: path → compressed bytes.
    `name` is what the list of all has in its path, and what Pagefind's entry calls the index by.
    """

    name: str
    fragments: Sequence[str]
    words: Sequence[str]
    others: Mapping[str, bytes]


def fields_of(leaves: Iterable[LeafPages]) -> list[str]:
    """Return the names of the fields that the pages of some leaves have."""
    names = set[str]()
    for leaf in leaves:
        names.update(leaf.fields)
    return sorted(names)


def index_files(leaves: Sequence[LeafPages], files: Iterable[WordFile], language: str) -> IndexFiles:
    """Return the files of an index of leaves, of which the words are in some files."""
    version = ""  # of a leaf without pages, too
    others: dict[str, bytes] = {}
    pages: list[tuple[str, int]] = []
    values = defaultdict[str, defaultdict[str, list[int]]](lambda: defaultdict(list))
    names = _Names(language)
    for leaf in leaves:
        start = len(pages)
        version = max(version, leaf.version)
        for filter_name, found in leaf.filters.items():
            for value, numbers in found.items():
                values[filter_name][value] += [start + number for number in numbers]
        pages += [(names.of(page), words) for page, words in leaf.pages]
    filters: list[tuple[str, str]] = []
    names = _Names(language)
    for filter_name, of_filter in sorted(values.items()):
        encoded = cbor2.dumps([filter_name, sorted(of_filter.items())])
        name = names.of(digest(encoded))
        filters.append((filter_name, name))
        others[f"filter/{name}.pf_filter"] = compressed(encoded)
    names = _Names(language)
    edges = [[file.words[0], file.words[-1], names.of(file.digest)] for file in files]
    _shorten(edges)
    encoded = cbor2.dumps([version, pages, edges, filters, [], fields_of(leaves)])
    name = f"{language}_{digest(encoded)[:_DIGITS_OF_ALL]}"
    others[f"pagefind.{name}.pf_meta"] = compressed(encoded)
    fragments = [f"{FRAGMENTS}/{fragment}.pf_fragment" for fragment, _ in pages]
    return IndexFiles(name, fragments, [f"index/{file}.pf_index" for *_, file in edges], others)


def compressed(encoded: bytes) -> bytes:
    """Return a file as it is published."""
    return gzip.compress(WORD + encoded, _LEVEL, mtime=0)


def decompressed(published: bytes) -> bytes:
    """Return what `compressed` made a file of."""
    return gzip.decompress(published)[len(WORD) :]


def _shorten(edges: Iterable[list[Any]]) -> None:
    """Cut the first and last word of each file to what tells its last from the first of the next."""
    for one, other in pairwise(edges):
        length = 1
        while one[1][:length] == other[0][:length]:
            length += 1
        if one[1][:length] >= one[0]:
            one[1] = one[1][:length]
        other[0] = other[0][:length]


class _Names:
    """Names files by their digests: each by as many digits as no file before it has."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._taken: dict[str, str] = {}

    def of(self, digest: str) -> str:
        """Return the name of the file with a digest."""
        length = _DIGITS
        while self._taken.setdefault(digest[:length], digest) != digest:
            length += 1
        return f"{self._language}_{digest[:length]}"
