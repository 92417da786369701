"""The files of an index, as Pagefind writes them: of a part with all pages, what a reader's browser asks for."""

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    filters = {name: sorted(values.items()) for name, values in sorted(whole.filters.items())}
    chunks = list(_chunks(whole))
    told = [cbor2.dumps([name, values]) for name, values in filters.items()]
    told += [array(1) + array(len(words)) + b"".join(words.values()) for words in chunks]
    digests = [digest(one) for one in told]
    of_filters = list(_names(digests[: len(filters)], language))
    of_chunks = list(_names(digests[len(filters) :], language))
    fragments = list(_names((page.digest for page in whole.pages), language))
    ends = _ends([(next(iter(words)), next(reversed(words))) for words in chunks])
    pages = [[name, page.words] for name, page in zip(fragments, whole.pages, strict=True)]
    listed = [[*edges, name] for edges, name in zip(ends, of_chunks, strict=True)]
    named = [[name, file] for name, file in zip(filters, of_filters, strict=True)]
    told.append(cbor2.dumps([whole.version, pages, listed, named, [], whole.fields]))
    digests.append(digest(told[-1]))
    name = f"{language}_{digests[-1][:_DIGITS_OF_ALL]}"
    paths = [f"filter/{one}.pf_filter" for one in of_filters] + [f"index/{one}.pf_index" for one in of_chunks]
    paths.append(f"pagefind.{name}.pf_meta")
    files = dict(zip(paths, digests, strict=True))
    return IndexFiles(name, fragments, files, _compressed(dict(zip(digests, told, strict=True)), before))


def _chunks(whole: IndexPart) -> Iterator[dict[str, bytes]]:
    """Yield the words that share a file, in order, with the CBOR of each: the word, its places, its variants."""
    chunk: dict[str, bytes] = {}
    size = 0
    for word in sorted(whole.words):
        found = whole.words[word]
        variants = (b"\x82" + cbor2.dumps(form) + on_pages(one) for form, one in sorted(found.variants.items()))
        chunk[word] = b"".join((b"\x83", cbor2.dumps(word), on_pages(found), array(len(found.variants)), *variants))
        size += found.size
        if size >= _SIZE:
            yield chunk
            chunk, size = {}, 0
    if chunk:
        yield chunk


def _ends(edges: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return from which word to which each file goes, cut to what tells its last from the first of the next."""
    ends = [[first, last] for first, last in edges]
    for one, other in pairwise(ends):
        length = 1
        while one[1][:length] == other[0][:length]:
            length += 1
        if one[1][:length] >= one[0]:
            one[1] = one[1][:length]
        other[0] = other[0][:length]
    return ends


def _names(digests: Iterable[str], language: str) -> Iterator[str]:
    """Yield the name of each file: as many digits of its digest as no file before it has."""
    taken: dict[str, str] = {}
    for one in digests:
        length = _DIGITS
        while taken.setdefault(one[:length], one) != one:
            length += 1
        yield f"{language}_{one[:length]}"


def _compressed(told: Mapping[str, bytes], before: Mapping[str, bytes]) -> dict[str, bytes]:
    known = {key: before[key] for key in told if key in before}
    new = {key: data for key, data in told.items() if key not in known}
    with ThreadPoolExecutor() as workers:
        return known | dict(zip(new, workers.map(_gzip, new.values()), strict=True))


def _gzip(data: bytes) -> bytes:
    return gzip.compress(WORD + data, _LEVEL, mtime=0)
