"""The files of an index, as Pagefind writes them: of a part with all pages, what a reader's browser asks for."""

import gzip
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import cbor2

from plugins.search.parts import WORD, IndexPart, array, digest, on_pages

_SIZE = 20_000  # Pagefind's own, of places that a file of the index has before the next one begins
_LEVEL = 5  # of compression: 9 takes ten times as long for a twentieth, and an edit changes most files
_DIGITS = 7  # of a file's digest in its name, more where two have the same
_DIGITS_OF_ALL = 10


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """An index but for its fragments. `files`: path → digest. `data`: digest → bytes.

    `fragments` has a name for each page's file. `name` is what the list of all has in its path, and what Pagefind's
    entry calls the index by.
    """

    name: str
    fragments: Sequence[str]
    files: Mapping[str, str]
    data: Mapping[str, bytes]


def index_files(whole: IndexPart, language: str, before: Mapping[str, bytes]) -> IndexFiles:
    """Return the files of an index; what was compressed `before`, by digest, is taken as it is."""
    with ThreadPoolExecutor() as workers:
        files: dict[str, str] = {}
        data: dict[str, Future[bytes]] = {}

        def add(path: str, encoded: bytes, name_of: Callable[[str], str]) -> str:
            encoded_digest = digest(encoded)
            name = name_of(encoded_digest)
            files[path.format(name)] = encoded_digest
            # Compressed at once: to hold all that is not would be 60 MiB for 10,000 pages.
            data[encoded_digest] = workers.submit(_compressed, encoded, before.get(encoded_digest))
            return name

        filters: list[tuple[str, str]] = []
        names = _Names(language)
        for filter_name, values in sorted(whole.filters.items()):
            encoded = cbor2.dumps([filter_name, sorted(values.items())])
            filters.append((filter_name, add("filter/{}.pf_filter", encoded, names.of)))
        chunks: list[list[str]] = []
        names = _Names(language)
        for words in _chunks(whole):
            encoded = array(1) + array(len(words)) + b"".join(words.values())
            chunks.append([next(iter(words)), next(reversed(words)), add("index/{}.pf_index", encoded, names.of)])
        _shorten(chunks)
        names = _Names(language)
        pages = [(names.of(page.digest), page.words) for page in whole.pages]
        encoded = cbor2.dumps([whole.version, pages, chunks, filters, [], whole.fields])
        name = add("pagefind.{}.pf_meta", encoded, lambda digest: f"{language}_{digest[:_DIGITS_OF_ALL]}")
        compressed = {key: one.result() for key, one in data.items()}
    return IndexFiles(name, [fragment for fragment, _ in pages], files, compressed)


def _chunks(whole: IndexPart) -> Iterator[dict[str, bytes]]:
    """Yield the words that share a file, in order, with the CBOR of each: the word, its places, its variants."""
    chunk: dict[str, bytes] = {}
    size = 0
    for word in sorted(whole.words):
        found = whole.words[word]
        encoded = [array(3), cbor2.dumps(word), on_pages(found), array(len(found.variants))]
        for form, places in sorted(found.variants.items()):
            encoded += (array(2), cbor2.dumps(form), on_pages(places))
        chunk[word] = b"".join(encoded)
        size += found.size
        if size >= _SIZE:
            yield chunk
            chunk, size = {}, 0
    if chunk:
        yield chunk


def _shorten(chunks: Iterable[list[str]]) -> None:
    """Cut the first and last word of each file to what tells its last from the first of the next."""
    for one, other in pairwise(chunks):
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


def _compressed(data: bytes, before: bytes | None) -> bytes:
    return before or gzip.compress(WORD + data, _LEVEL, mtime=0)
