"""Leaves of the index: pages that Pagefind was shown together, kept by their texts, or made from others that are kept.

Where few pages changed, Pagefind is shown these alone, and the others are taken from the leaves in which they are: of a
leaf of 64 pages it takes 0.3 s of processor time, and what it wrote as long to read.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import cbor2

from plugins.core import files
from plugins.core.made_files import MadeFiles, digest, remove
from plugins.incremental.signals import BuiltFiles
from plugins.incremental.workers import shared_out
from plugins.search import pagefind
from plugins.search.index_files import LeafPages
from plugins.search.indexed_text import indexed_text
from plugins.search.kept_index import LeafFiles, digest_of
from plugins.search.known_texts import PageText, read
from plugins.search.model import FOUND
from plugins.search.parts import IndexPart, taken
from plugins.search.records import Record

_FORM = 2  # of what is kept

_MANY = 4
"""Leaves for which processes of their own are worth their start."""

_FEW_LEAVES, _FEW_PAGES = 16, 64
"""Up to so many leaves are made from others, and of so many new pages: all are held, and shown to Pagefind at once."""

_NO_PAGE = f"{FOUND}/words.html"
"""A path that no page has."""

T = TypeVar("T")
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Leaf:
    """Pages that are indexed together, in order, by path. `key` says what is made of them."""

    key: str
    pages: Mapping[str, PageText]


class KeptLeaf(NamedTuple):
    """A leaf as it is kept: what is found on its pages, their files, and the digests of all its texts, by path."""

    part: IndexPart
    files: LeafFiles
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a build, and records, by path, that are pages for the index alone."""

    built: BuiltFiles
    records: Mapping[str, Record]

    def texts(self, paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the HTML that Pagefind is shown for some pages, by path."""
        for path in paths:
            if path in self.records:
                yield path, self.records[path].make().encode()
            else:
                page = self.built.find(path) or self.built.folder / path
                yield path, indexed_text(read(str(page))) or b""


class Leaves:
    """The leaves that are kept in a cache, and those that are made of pages."""

    def __init__(self, finder: Path, language: str, cache: Path, pages: Pages) -> None:
        self.language, self.cache = language, cache
        self.made = MadeFiles(cache)
        self._finder, self._pages = finder, pages

    def key(self, of: object) -> str:
        """Return what is kept under: what it is made of, and by what."""
        made_of = json.dumps([_FORM, self._finder.stat().st_size, self.language, of])
        return digest(made_of.encode())

    def common(self) -> bytes:
        """Return what is the same for every index (`pagefind.common_files`)."""
        return pagefind.common_files(self._finder, self.language)

    def files_of(self, leaves: Sequence[Leaf], last: Mapping[str, LeafFiles]) -> dict[str, LeafFiles]:
        """See to it that leaves are kept; return what is known of them, by key. `last` is known of some."""
        known = dict(last)
        missing = [leaf for leaf in leaves if leaf.key not in known]
        keys = {leaf.key for leaf in leaves}
        kept = self.made.all_keys()  # some may have been made by a build that was stopped
        new = [leaf for leaf in missing if leaf.key not in kept]
        known.update(self._taken_over(new, [key for key in last if key not in keys]))
        missing = [leaf for leaf in missing if leaf.key not in known]
        if len(missing) >= _MANY:
            # Half of the time for a leaf is Python's, in which one thread keeps the others waiting.
            known.update(found for _, found in shared_out(missing, self._kept))
            self.made = MadeFiles(self.cache)  # which looks at the folder anew
            missing = [leaf for leaf in missing if leaf.key not in known]
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            known.update(workers.map(self._kept, missing))
        return {leaf.key: known[leaf.key] for leaf in leaves}

    def _kept(self, leaf: Leaf) -> tuple[str, LeafFiles]:
        """See to it that a leaf is kept; return its key, and what is known of it.

        What is found on its pages is read again when it is joined: it is large.
        """
        return leaf.key, self._leaf(leaf).files

    def part(self, leaf: Leaf) -> IndexPart:
        """Return what is found on a leaf's pages, made now or before."""
        return self._leaf(leaf).part

    def last_part(self, key: str) -> IndexPart | None:
        """Return what is found on the pages of a leaf that was kept; None where it is no more."""
        found = self._find(key)
        return found.part if found else None

    def fragments(self, leaf: Leaf, known: LeafFiles) -> list[Path]:
        """Return a leaf's pages' own files, in order; where one is damaged, all are made anew."""
        folder = folder_of(self.cache, leaf.key)
        paths = known.whole(folder)
        if paths is None:
            kept = self._find(leaf.key)  # it may have been made anew since, with other names
            paths = kept and kept.files.whole(folder)
        if paths is None:
            self.made.forget(leaf.key)
            paths = [folder / name for name in self._leaf(leaf).files.names]
        return paths

    def _find(self, key: str) -> KeptLeaf | None:
        found = self.made.find(key)
        if found is None:
            return None
        part, of_files, texts = cbor2.loads(found[1])
        return KeptLeaf(IndexPart.unpacked(part), LeafFiles.unpacked(*of_files), texts)

    def _leaf(self, leaf: Leaf) -> KeptLeaf:
        """Return a leaf, made now or before."""
        found = self._find(leaf.key)
        if found:
            return found
        with TemporaryDirectory(dir=self.cache) as folder:
            texts = self._pages.texts(leaf.pages)
            part, fragments = pagefind.index(self._finder, texts, self.language, Path(folder))
            return self._keep(leaf, part, fragments)

    def _keep(self, leaf: Leaf, part: IndexPart, fragments: Sequence[Path]) -> KeptLeaf:
        """Keep a leaf whose pages' files are together in a folder, which is moved."""
        known = LeafFiles(LeafPages.of(part), [path.name for path in fragments], digest_of(fragments))
        folder = folder_of(self.cache, leaf.key)
        remove(folder)
        if fragments:
            fragments[0].parent.rename(folder)
        kept = KeptLeaf(part, known, {path: text.digest for path, text in leaf.pages.items()})
        self.made.kept(leaf.key, "part", lambda: cbor2.dumps([part.packed(), kept.files, kept.texts]))
        return kept

    def _taken_over(self, leaves: Sequence[Leaf], gone: Sequence[str]) -> dict[str, LeafFiles]:
        """Make leaves from what is kept of some that are gone, and what Pagefind makes of their new pages alone.

        Returns what is known of them, by key; nothing where they are many, new for the most part, or not to be had so.
        """
        if not leaves or not gone or max(len(leaves), len(gone)) > _FEW_LEAVES:
            return {}
        sources: list[_Source] = []
        for key in gone:
            kept = self._find(key)
            paths = kept and kept.files.whole(folder_of(self.cache, key))
            if (
                kept is None
                or paths is None
                or not {page.url for page in kept.part.pages} <= set(map(_url, kept.texts))
            ):
                return {}
            sources.append(_Source(kept.part, paths, kept.texts))
        fresh: dict[str, str] = {}
        for leaf in leaves:
            for path, text in leaf.pages.items():
                if not any(source.texts.get(path) == text.digest for source in sources):
                    fresh[path] = text.digest
        if len(fresh) > _FEW_PAGES:
            return {}
        with TemporaryDirectory(dir=self.cache) as folder:
            if fresh:
                shown = [*self._pages.texts(fresh), (_NO_PAGE, pagefind.A_PAGE)]
                part, fragments = pagefind.index(self._finder, shown, self.language, Path(folder))
                if not {page.url for page in part.pages} <= {_url(path) for path in (*fresh, _NO_PAGE)}:
                    return {}
                sources.append(_Source(part, fragments, fresh))
            return {leaf.key: self._made_from(leaf, sources, Path(folder) / leaf.key) for leaf in leaves}

    def _made_from(self, leaf: Leaf, sources: "Sequence[_Source]", folder: Path) -> LeafFiles:
        """Make a leaf from pages that are in others."""
        from_each: list[tuple[IndexPart, set[str]]] = []
        file_of: dict[str, Path] = {}
        for source in sources:
            urls = {_url(path) for path, text in leaf.pages.items() if source.texts.get(path) == text.digest}
            from_each.append((source.part, urls))
            for page, path in zip(source.part.pages, source.fragments, strict=True):
                if page.url in urls:
                    file_of[page.url] = path
        part = taken(from_each)
        fragments: list[Path] = []
        for page in part.pages:
            fragments.append(folder / f"{page.digest}.pf_fragment")  # others may have names that are as short as theirs
            files.name_again(file_of[page.url], fragments[-1])
        return self._keep(leaf, part, fragments).files


class _Source(NamedTuple):
    """What leaves are made from: pages, what is found on them, their own files, and their texts' digests, by path."""

    part: IndexPart
    fragments: Sequence[Path]
    texts: Mapping[str, str]


def folder_of(cache: Path, key: str) -> Path:
    """Return the folder of the files of a leaf's pages."""
    return cache / f"{key}.pages"


def _url(path: str) -> str:
    """Return the address that Pagefind gives a page."""
    folder, slash, name = path.rpartition("/")
    return f"/{folder}{slash}" if name == "index.html" else f"/{path}"
