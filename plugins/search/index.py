"""Keep the index of a build's pages: Pagefind is asked for the parts of it in which the text of a page changed.

Sorted by path, pages are cut into leaves, and leaves into branches, after each path that has a certain digest. So where
a cut is depends on one page alone: one that comes, goes or changes has its own leaf made anew and seldom another, and
what is made is the same whatever was there before. Leaves are what Pagefind is shown at once, which bounds its memory:
it takes 0.3 MiB a page. Branches keep what is joined, so that a large site has few parts to join each time; where there
are many branches, large ones keep what is joined of these.

All is kept in `.cache/search`, by the text it was made from. Pages' own files are as many as pages, and are named a
second time in a build instead of being written.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import cbor2

from plugins.core import files
from plugins.core.made_files import MadeFiles, digest, remove
from plugins.incremental import known_pages
from plugins.incremental.signals import BuiltFiles
from plugins.incremental.workers import shared_out
from plugins.search import pagefind
from plugins.search.index_files import IndexFiles, index_files
from plugins.search.indexed_text import indexed_text
from plugins.search.known_texts import TEXTS, KnownTexts, PageText, read
from plugins.search.model import FOLDER
from plugins.search.parts import FRAGMENTS, IndexPart, joined
from plugins.search.records import Record

_LEAF, _BRANCH, _LARGE_BRANCH = 64, 256, 2_048  # pages of usual length, on average
_MANY_BRANCHES = 12
"""Branches from which on there are large ones: each word is in most of them, and so gone through for each.

With 10,000 posts there are 46: to join them takes 2.0 s of processor time, to join 8, and then 6 large ones, 0.8 s.
"""
_LONG = 20_000  # bytes, for which a page counts once more: a day of the wire is as long as many posts
_FORM = 1  # of what is kept

_MANY = 4
"""Parts for which processes of their own are worth their start."""

T = TypeVar("T")
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Pages that are indexed together, in order, by path. `key` says what is made of them."""

    key: str
    pages: Mapping[str, PageText]

    def ends(self, pages: int) -> bool:
        """Say whether a branch of about so many pages ends with this leaf."""
        path, text = list(self.pages.items())[-1]
        return _ends(path, text, pages)


class LeafFiles(NamedTuple):
    """What is known of a leaf that is kept: by which `fields` it counts, and its pages' own files.

    These are in a folder by its key; `digest` is of all of them in order.
    """

    fields: Sequence[str]
    names: Sequence[str]
    digest: str

    def whole(self, folder: Path) -> list[Path] | None:
        """Return the files in order; none where they are not those that were kept."""
        found = [folder / name for name in self.names]
        try:
            same = _digest_of(found) == self.digest
        except OSError:
            return None
        return found if same else None


@dataclass(frozen=True, slots=True)
class KeptIndex:
    """An index as it is kept: its files, the key of what is common to all, and its leaves in order, by key."""

    files: IndexFiles
    common: str
    leaves: Mapping[str, LeafFiles]

    def packed(self) -> bytes:
        """Return it as bytes, for the cache."""
        made = self.files
        return cbor2.dumps([[made.name, made.fragments, made.files, made.data], self.common, self.leaves])

    def missing_fragments(self) -> dict[str, dict[int, str]]:
        """Return the pages' files that are not in the output: by key of their leaf, number in it → path in the site."""
        missing: dict[str, dict[int, str]] = {}
        fragments = iter(self.files.fragments)
        for key, leaf in self.leaves.items():
            for number in range(len(leaf.names)):
                name = f"{FOLDER}/{FRAGMENTS}/{next(fragments)}.pf_fragment"
                if not known_pages.stays(name, f"{key} {number}"):
                    missing.setdefault(key, {})[number] = name
        return missing

    @classmethod
    def unpacked(cls, data: bytes) -> "KeptIndex":
        """Return what `packed` made bytes of."""
        made, common, leaves = cbor2.loads(data)
        return cls(IndexFiles(*made), common, {key: LeafFiles(*leaf) for key, leaf in leaves.items()})


def write(finder: Path, built: BuiltFiles, language: str, cache: Path, records: Mapping[str, Record] = {}) -> bool:
    """Write the index of a build into it, or take it from the cache; say whether there was anything to index.

    `records` are pages for the index alone, by path, beside those of the build. Raises SiteError where Pagefind fails.
    """
    known = KnownTexts(MadeFiles(cache))
    texts = {**known.of_pages(built), **known.of_records(records)}
    known.keep()
    if not texts:
        return False
    _Index(finder, built, language.partition("-")[0], cache, known.made_now(records)).write(texts)
    return True


def put_last(folder: Path, language: str, cache: Path) -> None:
    """Write the index that was made last into a folder, whatever pages it was made from; none where there is none."""
    made = MadeFiles(cache)
    for path in sorted(cache.glob("*.index"), key=lambda path: path.stat().st_mtime, reverse=True):
        found = made.find(_key_of(path))
        if found is None:
            continue
        kept = KeptIndex.unpacked(found[1])
        common = made.find(kept.common)
        if common is None:
            continue
        fragments = kept.missing_fragments()
        paths = {key: kept.leaves[key].whole(_folder(cache, key)) for key in fragments}
        if None not in paths.values():
            for key, names in fragments.items():
                _put_fragments(names, paths[key] or [], folder)
            _put(kept, common[1], language.partition("-")[0], folder / FOLDER)
            return


class _Index:
    """An index to be written: by what program, of which pages, and where it is kept."""

    def __init__(
        self, finder: Path, built: BuiltFiles, language: str, cache: Path, records: Mapping[str, Record]
    ) -> None:
        self._finder, self._built, self._language, self._records = finder, built, language, records
        self._cache, self._made = cache, MadeFiles(cache)

    def write(self, texts: Mapping[str, PageText]) -> None:
        """Write the index of all texts, by path, into the folder."""
        of_leaves = _split_after(sorted(texts.items()), lambda page: _ends(*page, _LEAF))
        leaves = [Leaf(self._key(pages), dict(pages)) for pages in of_leaves]
        key = self._key([leaf.key for leaf in leaves])
        used: set[str] = set()
        found = self._made.find(key)
        if found:
            kept = KeptIndex.unpacked(found[1])
        else:
            kept = self._joined(leaves, used)
            self._made.kept(key, "index", kept.packed)
        _, common = self._made.kept(kept.common, "files", self._common)
        by_key = {leaf.key: leaf for leaf in leaves}
        for leaf_key, names in kept.missing_fragments().items():
            paths = self._fragments(by_key[leaf_key], kept.leaves[leaf_key])
            _put_fragments(names, paths, self._built.folder)
        _put(kept, common, self._language, self._built.folder / FOLDER)
        if used:
            # Only now: this may be stopped at any moment by the next build of a preview, which wants the last one.
            used |= {key, kept.common, *kept.leaves, TEXTS}
            for path in list(self._cache.iterdir()):
                if (_key_of(path) or path.stem) not in used:
                    remove(path)

    def _joined(self, leaves: Sequence[Leaf], used: set[str]) -> KeptIndex:
        """Join what is kept of the leaves with what is made anew; note which branches are `used`."""
        self._cache.mkdir(parents=True, exist_ok=True)
        last = self._last()
        known = dict(last.leaves)
        known.update(self._by_processes([leaf for leaf in leaves if leaf.key not in known], self._kept_leaf))
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            known.update(workers.map(self._kept_leaf, [leaf for leaf in leaves if leaf.key not in known]))
        files_of: dict[str, LeafFiles] = {}
        names: set[str] = set()
        for leaf in leaves:
            files_of[leaf.key] = known[leaf.key]
            names.update(known[leaf.key].fields)
        fields = sorted(names)
        of_branches: dict[str, list[Leaf]] = {}
        for branch in _split_after(leaves, lambda leaf: leaf.ends(_BRANCH)):
            keys = [leaf.key for leaf in branch]
            of_branches[self._key([keys, fields])] = branch
        used.update(of_branches)
        made = self._made.all_keys()
        new = [(key, branch) for key, branch in of_branches.items() if key not in made]
        self._by_processes(new, partial(self._keep_branch, fields))

        def parts() -> Iterator[IndexPart]:
            if len(of_branches) <= _MANY_BRANCHES:
                for key, branch in of_branches.items():
                    yield self._branch(key, fields, branch)
                return
            for some in _split_after(of_branches.items(), lambda branch: branch[1][-1].ends(_LARGE_BRANCH)):
                key = self._key(["large", [key for key, _ in some]])
                used.add(key)
                yield self._large_branch(key, fields, some)

        files_of_all = index_files(joined(parts()), self._language, last.files.data)
        return KeptIndex(files_of_all, self._key("common"), files_of)

    def _by_processes(self, items: Sequence[T], keep: Callable[[T], Kept]) -> list[Kept]:
        """Have all processors `keep` what is new, where it is much; return what that gave. Some may be left out.

        Half of the time for a leaf is Python's, in which one thread keeps the others waiting.
        """
        if len(items) < _MANY:
            return []
        kept = [found for _, found in shared_out(items, keep)]
        self._made = MadeFiles(self._cache)  # which looks at the folder anew
        return kept

    def _large_branch(self, key: str, fields: Sequence[str], branches: Iterable[tuple[str, list[Leaf]]]) -> IndexPart:
        def parts() -> Iterator[IndexPart]:
            for branch, leaves in branches:
                yield self._branch(branch, fields, leaves)

        return IndexPart.unpacked(self._made.kept(key, "branch", lambda: joined(parts()).packed())[1])

    def _branch(self, key: str, fields: Sequence[str], leaves: Iterable[Leaf]) -> IndexPart:
        return IndexPart.unpacked(self._packed_branch(key, fields, leaves))

    def _keep_branch(self, fields: Sequence[str], branch: tuple[str, Sequence[Leaf]]) -> None:
        self._packed_branch(branch[0], fields, branch[1])

    def _packed_branch(self, key: str, fields: Sequence[str], leaves: Iterable[Leaf]) -> bytes:
        """Return the part of a branch, packed, made now or before."""

        def parts() -> Iterator[IndexPart]:
            for leaf in leaves:
                part, _ = self._leaf(leaf)
                yield part.with_fields(fields)

        return self._made.kept(key, "branch", lambda: joined(parts()).packed())[1]

    def _last(self) -> KeptIndex:
        """Return the index that was kept last, whatever it was made from; an empty one where there is none."""
        for path in self._cache.glob("*.index"):
            found = self._made.find(_key_of(path))
            if found:
                return KeptIndex.unpacked(found[1])
        return KeptIndex(IndexFiles("", (), {}, {}), "", {})

    def _kept_leaf(self, leaf: Leaf) -> tuple[str, LeafFiles]:
        """See to it that a leaf is kept; return its key, and what is known of it.

        What is found on its pages is read again when it is joined: it is large.
        """
        _, files_of = self._leaf(leaf)
        return leaf.key, files_of

    def _leaf(self, leaf: Leaf) -> tuple[IndexPart, LeafFiles]:
        """Return what Pagefind makes of a leaf's pages, now or before."""
        found = self._made.find(leaf.key)
        if found:
            packed, files_of = cbor2.loads(found[1])
            return IndexPart.unpacked(packed), LeafFiles(*files_of)
        with TemporaryDirectory(dir=self._cache) as folder:
            part, fragments = pagefind.index(self._finder, self._texts(leaf.pages), self._language, Path(folder))
            files_of = LeafFiles(part.fields, [path.name for path in fragments], _digest_of(fragments))
            remove(_folder(self._cache, leaf.key))
            if fragments:
                fragments[0].parent.rename(_folder(self._cache, leaf.key))
        self._made.kept(leaf.key, "part", lambda: cbor2.dumps([part.packed(), files_of]))
        return part, files_of

    def _fragments(self, leaf: Leaf, known: LeafFiles) -> list[Path]:
        """Return a leaf's pages' own files, in order; where one is damaged, all are made anew."""
        folder = _folder(self._cache, leaf.key)
        paths = known.whole(folder)
        if paths is None:
            self._made.forget(leaf.key)
            self._leaf(leaf)
            paths = [folder / name for name in known.names]
        return paths

    def _texts(self, pages: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for path in pages:
            if path in self._records:
                yield path, self._records[path].make().encode()
            else:
                page = self._built.find(path) or self._built.folder / path
                yield path, indexed_text(read(str(page))) or b""

    def _common(self) -> bytes:
        return pagefind.common_files(self._finder, self._language)

    def _key(self, of: object) -> str:
        """Return what is kept under: what it is made of, and by what."""
        made_of = json.dumps([_FORM, self._finder.stat().st_size, self._language, of])
        return digest(made_of.encode())


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


def _ends(path: str, text: PageText, pages: int) -> bool:
    """Say whether a part of about so many pages ends with this one; a part of more pages ends only where this does."""
    return zlib.crc32(path.encode()) % pages <= text.size // _LONG


def _folder(cache: Path, key: str) -> Path:
    """Return the folder of the files of a leaf's pages."""
    return cache / f"{key}.pages"


def _digest_of(paths: Iterable[Path]) -> str:
    return digest(b"".join(hashlib.sha256(read(str(path))).digest() for path in paths))


def _put_fragments(names: Mapping[int, str], paths: Sequence[Path], folder: Path) -> None:
    """Put pages' own files into a build. `paths` are all of a leaf's, `names` where those of some numbers go.

    They are named a second time: to copy 2,000 files into a new build took 8 s of 87 on a busy disk.
    """
    for number, name in names.items():
        files.name_again(paths[number], folder / name)


def _put(kept: KeptIndex, common: bytes, language: str, folder: Path) -> None:
    """Put an index into a build, its entry after all that it leads to: in a preview it is being read."""
    for below in ("filter", FRAGMENTS, "index"):
        (folder / below).mkdir(parents=True, exist_ok=True)
    made = kept.files
    for name, one in made.files.items():
        files.write_if_changed(folder / name, made.data[one], durable=False)
    for name, data in pagefind.with_entry(common, language, made.name, len(made.fragments)).items():
        files.write_if_changed(folder / name, data, durable=False)
