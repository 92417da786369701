"""What is known of the texts that are indexed: each one's digest and length, without making or reading it again.

A page's is known by the digest of the page, a record's by what it is made from. It is kept in one file.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import cbor2

from plugins.core.made_files import MadeFiles, digest
from plugins.incremental import disk
from plugins.incremental.signals import BuiltFiles
from plugins.search.indexed_text import indexed_text
from plugins.search.records import Record

TEXTS = "texts 2"
"""The key of all this in the cache; its number is to be raised with another form, or another way to find the text."""


class PageText(NamedTuple):
    """What is known of a page's indexed text: its digest and its length in bytes."""

    digest: str
    size: int


class KnownTexts:
    """The texts of one build, beside those of the builds before."""

    def __init__(self, cache: MadeFiles) -> None:
        self._cache = cache
        found = cache.find(TEXTS)
        self._before: dict[str, tuple[str, int] | None] | None = cbor2.loads(found[1]) if found else None
        self._known: dict[str, tuple[str, int] | None] = {}
        self._made: dict[str, str] = {}

    def of_pages(self, built: BuiltFiles) -> dict[str, PageText]:
        """Return what is known of the text of every page that hands a part of itself to the index, by path."""
        texts: dict[str, PageText] = {}
        before = self._before or {}
        for name, page, data in _pages(built):
            if page in before:
                self._known[page] = before[page]
            elif page not in self._known:
                text = indexed_text(data or read(f"{built.output}/{name}"))
                self._known[page] = None if text is None else (digest(text), len(text))
            of_page = self._known[page]
            if of_page:
                texts[name] = PageText(*of_page)
        return texts

    def of_records(self, records: Mapping[str, Record]) -> dict[str, PageText]:
        """Return what is known of the text of every record, by path; one of which nothing is known is made."""
        texts: dict[str, PageText] = {}
        for path, record in records.items():
            of_record = self._before.get(record.key) if self._before else None
            if of_record is None:
                html = self._made[path] = record.make()
                of_record = (digest(html.encode()), len(html))
            if record.key:
                self._known[record.key] = of_record
            texts[path] = PageText(*of_record)
        return texts

    def made_now(self, records: Mapping[str, Record]) -> dict[str, Record]:
        """Return records of which none is made that was made already: of a large wire, in the order of its months."""
        found = dict(records)
        for path, html in self._made.items():
            found[path] = Record(html.__str__)
        return found

    def keep(self) -> None:
        """Keep what was asked for."""
        if self._known != self._before:
            self._cache.forget(TEXTS)
            self._cache.kept(TEXTS, "texts", lambda: cbor2.dumps(self._known))


def _pages(built: BuiltFiles) -> Iterator[tuple[str, str, bytes]]:
    """Yield the path, the digest and the bytes of each page of a build; none of one that stayed in the output."""
    written = set[str]()
    for name in disk.below(str(built.folder)):
        if name.endswith(".html"):
            written.add(name)
            data = read(f"{built.folder}/{name}")
            yield name, hashlib.sha256(data).hexdigest(), data
    for name, known in built.unchanged.items():
        if name.endswith(".html") and name not in written:
            yield name, known.digest, b""


def read(path: str) -> bytes:
    """Return a file's bytes with as few calls of the system as there can be: there are as many files as pages."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, os.fstat(file).st_size)
    finally:
        os.close(file)
