"""Files of words, kept as they are published, each with what is needed to change rows in it (`word_rows`).

Which words share a file follows from how many places each has. So after a change the same words share most files, and
files in which no row changed are taken as they are, unread.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import cbor2

from plugins.core.made_files import MadeFiles
from plugins.core.made_files import digest as digest_of_kept
from plugins.search.index_files import SIZE, WordFile, compressed, decompressed
from plugins.search.parts import WordPlaces, digest
from plugins.search.word_rows import NO_PLACES, LeafChange, Order, WordRows, packed, unpacked


class LostFileError(Exception):
    """A file of the last index is no more in the cache as it was kept."""


@dataclass(frozen=True, slots=True)
class ChangedLeaf:
    """What a leaf said, word by word, and what it says; nothing where it is new or gone.

    `is_shorter_or_longer`: it has another number of pages, so that all pages behind it have another number.
    """

    leaf: int
    before: Mapping[str, WordPlaces]
    now: Mapping[str, WordPlaces]
    is_shorter_or_longer: bool


def published(made: MadeFiles, file: WordFile) -> bytes:
    """Return a file as it is published. Raises LostFileError."""
    return _found(made, file)[0]


def new_files(made: MadeFiles, words: dict[str, WordRows]) -> list[WordFile]:
    """Keep all words, of which each is let go when it is in a file; return the files."""
    with _Files(made) as files:
        for word in sorted(words):
            files.add(word, words.pop(word))
        files.end()
    return files.made()


def changed_files(
    made: MadeFiles, last: Sequence[WordFile], leaves: Sequence[ChangedLeaf], order: Order
) -> list[WordFile]:
    """Return the files of the last index after some leaves, which are in order, have changed. Raises LostFileError."""
    if not last:
        raise LostFileError
    changes = _Changes(leaves)
    known = set[str]()
    for file in last:
        known.update(file.words)
    new = sorted(changes.words - known, reverse=True)  # of which the next is the last
    with _Files(made) as files:
        for number, file in enumerate(last):
            is_last = number + 1 == len(last)
            words: list[str] = []
            while new and (is_last or new[-1] < last[number + 1].words[0]):
                words.append(new.pop())
            if not words and files.is_between and not changes.touch(file.words) and (is_last or file.is_full):
                files.take(file)
                continue
            rows = _rows(made, file)
            for word in sorted((*file.words, *words)):
                of_word = rows.pop(word, None) or WordRows()
                if changes.touch([word]):
                    of_word = of_word.changed(changes.of(word), order)
                if not of_word.is_empty:
                    files.add(word, of_word)
        files.end()
    return files.made()


class _Changes:
    """What changed leaves say of which words."""

    def __init__(self, leaves: Sequence[ChangedLeaf]) -> None:
        self._leaves = leaves
        self._touch_all = any(leaf.is_shorter_or_longer for leaf in leaves)
        self.words = set[str]()
        for leaf in leaves:
            for word in leaf.before.keys() | leaf.now.keys():
                if leaf.before.get(word) != leaf.now.get(word):
                    self.words.add(word)

    def touch(self, words: Iterable[str]) -> bool:
        """Say whether the row of any of these words changes."""
        return self._touch_all or not self.words.isdisjoint(words)

    def of(self, word: str) -> list[LeafChange]:
        """Return what the leaves say of a word, also where a leaf says what it said."""
        found: list[LeafChange] = []
        for leaf in self._leaves:
            found.append(LeafChange(leaf.leaf, leaf.before.get(word, NO_PLACES), leaf.now.get(word, NO_PLACES)))
        return found


class _Files:
    """Files that are made from words which come in order, several at a time."""

    def __init__(self, made: MadeFiles) -> None:
        self._made = made
        self._files: list[WordFile | Future[WordFile]] = []
        self._words: dict[str, WordRows] = {}
        self._size = 0
        self._workers = ThreadPoolExecutor()

    def __enter__(self) -> "_Files":
        return self

    def __exit__(self, error: object, *_: object) -> None:
        self._workers.shutdown(cancel_futures=error is not None)

    @property
    def is_between(self) -> bool:
        """Say whether the next word begins a file."""
        return not self._words

    def take(self, file: WordFile) -> None:
        """Take a file as it was."""
        self._files.append(file)

    def add(self, word: str, rows: WordRows) -> None:
        """Add the next word, which ends a file that is full with it."""
        self._words[word] = rows
        self._size += rows.size
        if self._size >= SIZE:
            self.end()

    def end(self) -> None:
        """End a file with the last word, if there is one."""
        if self._words:
            encoded, listed = packed(self._words)
            sizes = [rows.size for rows in self._words.values()]
            # Compressed at once: to hold all that is not would be 60 MiB for 10,000 pages.
            self._files.append(self._workers.submit(_kept, self._made, encoded, listed, list(self._words), sizes))
            self._words, self._size = {}, 0

    def made(self) -> list[WordFile]:
        """Return the files, in order."""
        return [file if isinstance(file, WordFile) else file.result() for file in self._files]


def _kept(made: MadeFiles, encoded: bytes, listed: object, words: Sequence[str], sizes: Sequence[int]) -> WordFile:
    data = cbor2.dumps([compressed(encoded), listed])
    key = digest_of_kept(data)
    made.kept(key, "words", lambda: data)
    return WordFile(key, digest(encoded), words, sizes)


def _rows(made: MadeFiles, file: WordFile) -> dict[str, WordRows]:
    data, listed = _found(made, file)
    return unpacked(decompressed(data), listed)


def _found(made: MadeFiles, file: WordFile) -> tuple[bytes, list[object]]:
    found = made.find(file.key)
    if found is None:
        raise LostFileError(file.key)
    data, listed = cbor2.loads(found[1])
    return data, listed
