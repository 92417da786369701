"""An index as it is kept in the cache: what it says, where its files go, and which leaves it was made from."""

import hashlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cbor2

from plugins.core.made_files import digest
from plugins.incremental import known_pages
from plugins.search.index_files import IndexFiles, LeafPages, WordFile
from plugins.search.known_texts import read
from plugins.search.model import FOLDER
from plugins.search.word_rows import Order

_FORM = 1
"""The form in which an index is kept; of the one before these, the first value was a word."""


class LeafFiles(NamedTuple):
    """What is known of a leaf that is kept: what it says of its pages, and these pages' own files.

    These are in a folder by its key; `digest` is of all of them in order.
    """

    said: LeafPages
    names: Sequence[str]
    digest: str

    def whole(self, folder: Path) -> list[Path] | None:
        """Return the files in order; none where they are not those that were kept."""
        found = [folder / name for name in self.names]
        try:
            same = digest_of(found) == self.digest
        except OSError:
            return None
        return found if same else None

    @classmethod
    def unpacked(cls, said: Sequence[Any], names: Sequence[str], digest: str) -> "LeafFiles":
        """Return what CBOR made lists of."""
        return cls(LeafPages(*said), names, digest)


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index as it is kept. `common` is the key of what is the same for all.

    `leaves` are in order, by key. `ids` are their ids in rows of words, in the same order.
    """

    common: str
    leaves: Mapping[str, LeafFiles]
    ids: Sequence[int]
    words: Sequence[WordFile]
    files: IndexFiles

    def packed(self) -> bytes:
        """Return it as bytes, for the cache."""
        made = self.files
        of_files = [made.name, made.fragments, made.words, made.others]
        return cbor2.dumps([_FORM, self.common, self.leaves, self.ids, self.words, of_files])

    @classmethod
    def unpacked(cls, data: bytes) -> "KeptIndex | None":
        """Return what `packed` made bytes of; None for what another version of this code has kept."""
        form, *packed = cbor2.loads(data)
        if form != _FORM:
            return None
        common, packed_leaves, ids, packed_words, files = packed
        leaves = {key: LeafFiles.unpacked(*leaf) for key, leaf in packed_leaves.items()}
        return cls(common, leaves, ids, [WordFile(*file) for file in packed_words], IndexFiles(*files))

    def missing_fragments(self) -> dict[str, dict[int, str]]:
        """Return the pages' files that are not in the output: by key of their leaf, number in it → path in the site."""
        missing: dict[str, dict[int, str]] = {}
        fragments = iter(self.files.fragments)
        for key, leaf in self.leaves.items():
            for number, (page, _) in enumerate(leaf.said.pages):
                name = f"{FOLDER}/{next(fragments)}"
                if not known_pages.stays(name, f"{self.common} {page}"):
                    missing.setdefault(key, {})[number] = name
        return missing

    def missing_words(self) -> dict[str, WordFile]:
        """Return the files of words that are not in the output, by path in the site."""
        missing: dict[str, WordFile] = {}
        for path, file in zip(self.files.words, self.words, strict=True):
            name = f"{FOLDER}/{path}"
            if not known_pages.stays(name, f"{self.common} {file.digest}"):
                missing[name] = file
        return missing


NO_INDEX = KeptIndex("", {}, [], [], IndexFiles("", (), (), {}))


class LeafPlace(NamedTuple):
    """A place among leaves: the id of the leaf there in rows of words, and its keys `before` and `now`; "" for none."""

    id: int
    before: str
    now: str


def places_of(leaves: Sequence[str], last: KeptIndex) -> list[LeafPlace]:
    """Return the places of the leaves of an index, by key and in order, and of those of the last index.

    A leaf that comes where another goes takes that one's id. Both are in order of their pages' paths, so that those
    that stay are in the same order in both.
    """
    before = deque(zip(last.leaves, last.ids, strict=True))
    now = deque(leaves)
    stay = set(leaves) & last.leaves.keys()
    next_id = max(last.ids, default=-1) + 1
    places: list[LeafPlace] = []
    while before or now:
        if before and now and before[0][0] == now[0]:
            key, leaf = before.popleft()
            places.append(LeafPlace(leaf, key, now.popleft()))
            continue
        goes = bool(before) and before[0][0] not in stay
        comes = now.popleft() if now and now[0] not in stay else ""
        key, leaf = before.popleft() if goes else ("", next_id)
        next_id += not goes
        places.append(LeafPlace(leaf, key, comes))
    return places


def order_of(places: Iterable[LeafPlace], leaves: Mapping[str, LeafFiles]) -> Order:
    """Return where leaves are, of which some are known by key."""
    place: dict[int, int] = {}
    start: dict[int, int] = {}
    pages = 0
    for number, one in enumerate(places):
        place[one.id] = number
        if one.now:
            start[one.id] = pages
            pages += len(leaves[one.now].said.pages)
    return Order(place, start)


def digest_of(paths: Iterable[Path]) -> str:
    """Return a digest of files' bytes, in order."""
    return digest(b"".join(hashlib.sha256(read(str(path))).digest() for path in paths))
