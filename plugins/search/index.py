"""Keep the index of a build's pages: Pagefind is shown the pages whose text changed, and what they say is changed.

Sorted by path, pages are cut into leaves after each path that has a certain digest. So where a cut is depends on one
page alone: one that comes, goes or changes has its own leaf changed and seldom another. Leaves are what Pagefind is
shown at once, which bounds its memory: it takes 0.3 MiB a page.

All is kept in `.cache/search`: leaves by the text they were made from (`leaves`), and the index of all, whose files are
changed where a leaf says something else of their words (`word_files`). Pages' own files are as many as pages, and are
named a second time in a build instead of being written.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from plugins.core import files
from plugins.core.made_files import MadeFiles, remove
from plugins.incremental.signals import BuiltFiles
from plugins.search import pagefind
from plugins.search.index_files import WordFile, fields_of, index_files
from plugins.search.kept_index import NO_INDEX, KeptIndex, LeafPlace, order_of, places_of
from plugins.search.known_texts import TEXTS, KnownTexts, PageText
from plugins.search.leaves import Leaf, Leaves, Pages, folder_of
from plugins.search.model import FOLDER
from plugins.search.parts import FRAGMENTS, IndexPart
from plugins.search.records import Record
from plugins.search.word_files import ChangedLeaf, LostFileError, changed_files, new_files, published
from plugins.search.word_rows import AllRows, Order

_LEAF = 64  # pages of usual length, on average
_LONG = 20_000  # bytes, for which a page counts once more: a day of the wire is as long as many posts

_MANY = 16
"""Leaves of which so many at once are not worth changing rows for: in each, rows of all words are gone through."""

T = TypeVar("T")


def write(finder: Path, built: BuiltFiles, language: str, cache: Path, records: Mapping[str, Record] = {}) -> bool:
    """Write the index of a build into it, or take it from the cache; say whether there was anything to index.

    `records` are pages for the index alone, by path, beside those of the build. Raises SiteError where Pagefind fails.
    """
    known = KnownTexts(MadeFiles(cache))
    texts = {**known.of_pages(built), **known.of_records(records)}
    known.keep()
    if not texts:
        return False
    pages = Pages(built, known.made_now(records))
    _Index(Leaves(finder, language.partition("-")[0], cache, pages), built.folder).write(texts)
    return True


def put_last(folder: Path, language: str, cache: Path) -> None:
    """Write the index that was made last into a folder, whatever pages it was made from; none where there is none."""
    made = MadeFiles(cache)
    for path in sorted(cache.glob("*.index"), key=lambda path: path.stat().st_mtime, reverse=True):
        found = made.find(_key_of(path))
        if found is None:
            continue
        kept = KeptIndex.unpacked(found[1])
        if kept is None:
            continue
        common = made.find(kept.common)
        if common is None:
            continue
        fragments = kept.missing_fragments()
        paths = {key: kept.leaves[key].whole(folder_of(cache, key)) for key in fragments}
        try:
            words = _published(made, kept)
        except LostFileError:
            continue
        if None not in paths.values():
            for key, names in fragments.items():
                _put_fragments(names, paths[key] or [], folder)
            _put(kept, words, common[1], language.partition("-")[0], folder)
            return


class _Index:
    """An index to be written into a folder, of leaves that are kept."""

    def __init__(self, leaves: Leaves, folder: Path) -> None:
        self._leaves, self._folder = leaves, folder
        self._cache = leaves.cache

    def write(self, texts: Mapping[str, PageText]) -> None:
        """Write the index of all texts, by path, into the folder."""
        of_leaves = _split_after(sorted(texts.items()), lambda page: _ends(*page))
        leaves = [Leaf(self._leaves.key(pages), dict(pages)) for pages in of_leaves]
        key = self._leaves.key([leaf.key for leaf in leaves])
        is_new = False
        found = self._leaves.made.find(key)
        kept = found and KeptIndex.unpacked(found[1])
        if not kept:
            kept, is_new = self._joined(leaves, self._last()), True
        try:
            words = _published(self._leaves.made, kept)
        except LostFileError:
            kept, is_new = self._joined(leaves, NO_INDEX), True
            words = _published(self._leaves.made, kept)
        if is_new:
            self._leaves.made.forget(key)
            self._leaves.made.kept(key, "index", kept.packed)
        _, common = self._leaves.made.kept(kept.common, "files", self._leaves.common)
        by_key = {leaf.key: leaf for leaf in leaves}
        for leaf_key, names in kept.missing_fragments().items():
            paths = self._leaves.fragments(by_key[leaf_key], kept.leaves[leaf_key])
            _put_fragments(names, paths, self._folder)
        _put(kept, words, common, self._leaves.language, self._folder)
        if is_new:
            # Only now: this may be stopped at any moment by the next build of a preview, which wants the last one.
            used = {key, kept.common, TEXTS, *kept.leaves, *(file.key for file in kept.words)}
            for path in list(self._cache.iterdir()):
                if (_key_of(path) or path.stem) not in used:
                    remove(path)

    def _joined(self, leaves: Sequence[Leaf], last: KeptIndex) -> KeptIndex:
        """Return the index of leaves: the last one, changed where leaves are others, or made anew of all."""
        self._cache.mkdir(parents=True, exist_ok=True)
        known = self._leaves.files_of(leaves, last.leaves)
        said = [of_leaf.said for of_leaf in known.values()]
        fields = fields_of(said)
        words: list[WordFile] | None = None
        places = places_of(list(known), last)
        changed = [place for place in places if place.before != place.now]
        if len(changed) <= _MANY and fields == fields_of(of_leaf.said for of_leaf in last.leaves.values()):
            order = order_of(places, known)
            with suppress(LostFileError):
                of_leaves = [self._changed(place, leaves, fields) for place in changed]
                words = changed_files(self._leaves.made, last.words, of_leaves, order)
        if words is None:
            places = places_of(list(known), NO_INDEX)
            words = self._new_files(leaves, order_of(places, known), fields)
        ids = [place.id for place in places if place.now]
        files_of_all = index_files(said, words, self._leaves.language)
        return KeptIndex(self._leaves.key("common"), known, ids, words, files_of_all)

    def _new_files(self, leaves: Sequence[Leaf], order: Order, fields: Sequence[str]) -> list[WordFile]:
        rows = AllRows()
        for leaf, (number, start) in zip(leaves, order.start.items(), strict=True):
            rows.add(number, start, self._leaves.part(leaf).with_fields(fields).words)
        return new_files(self._leaves.made, rows.words)

    def _changed(self, place: LeafPlace, leaves: Sequence[Leaf], fields: Sequence[str]) -> ChangedLeaf:
        """Return what was said by the leaf at a place, and what is said now. Raises LostFileError."""
        before = now = IndexPart("", (), {}, (), {})
        if place.before:
            last = self._leaves.last_part(place.before)
            if last is None:
                raise LostFileError(place.before)
            before = last.with_fields(fields)
        if place.now:
            leaf = next(leaf for leaf in leaves if leaf.key == place.now)
            now = self._leaves.part(leaf).with_fields(fields)
        return ChangedLeaf(place.id, before.words, now.words, len(before.pages) != len(now.pages))

    def _last(self) -> KeptIndex:
        """Return the index that was kept last, whatever it was made from; an empty one where there is none."""
        for path in self._cache.glob("*.index"):
            found = self._leaves.made.find(_key_of(path))
            last = found and KeptIndex.unpacked(found[1])
            if last:
                return last
        return NO_INDEX


def _published(made: MadeFiles, kept: KeptIndex) -> dict[str, bytes]:
    """Return the files of words that are not in the output, by path in the site. Raises LostFileError."""
    return {path: published(made, file) for path, file in kept.missing_words().items()}


def _key_of(path: Path) -> str:
    """Return under which key a file is kept (`MadeFiles`)."""
    return path.name.rpartition("-")[0]


def _split_after(items: Iterable[T], ends: Callable[[T], bool]) -> Iterator[list[T]]:
    """Yield the items in lists, of which each ends with one that `ends` a list, or with the last."""
    part: list[T] = []
    for item in items:
        part.append(item)
        if ends(item):
            yield part
            part = []
    if part:
        yield part


def _ends(path: str, text: PageText) -> bool:
    """Say whether a leaf ends with this page."""
    return zlib.crc32(path.encode()) % _LEAF <= text.size // _LONG


def _put_fragments(names: Mapping[int, str], paths: Sequence[Path], folder: Path) -> None:
    """Put pages' own files into a build. `paths` are all of a leaf's, `names` where those of some numbers go.

    They are named a second time: to copy 2,000 files into a new build took 8 s of 87 on a busy disk.
    """
    for number, name in names.items():
        files.name_again(paths[number], folder / name)


def _put(kept: KeptIndex, words: Mapping[str, bytes], common: bytes, language: str, folder: Path) -> None:
    """Put an index into a build, its entry after all that it leads to: in a preview it is being read."""
    for below in ("filter", FRAGMENTS, "index"):
        (folder / FOLDER / below).mkdir(parents=True, exist_ok=True)
    for name, data in words.items():
        files.write_if_changed(folder / name, data, durable=False)
    made = kept.files
    others = {**made.others, **pagefind.with_entry(common, language, made.name, len(made.fragments))}
    for name, data in others.items():
        files.write_if_changed(folder / FOLDER / name, data, durable=False)
