"""What is kept of pages from build to build: what they were rendered from, what they asked, and some of their texts."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from . import disk, page_questions
from .disk import Known
from .pack import Pack
from .page_questions import PageQuestions

_ROWS = "rows"
"""The key of what is known of all pages and files."""
_UNITS = "units"
"""The key of the names of all units, each with what it followed from."""
_MANY = 1_000
"""Questions from which on they are not held for other pages: of each post in a list no other page asks the same."""


class KnownPage(NamedTuple):
    """A page that was rendered: digests of its templates, of what was asked, of the answers and of its text.

    `templates` are those that were used, and that its own does not name; `inputs` are a Given’s, or "" without one.
    `quick` is a digest of the answers where objects say their fingerprints instead (`QuickAnswers`), "" for none.
    """

    closure: str
    questions: str
    answers: str
    text: str
    templates: list[str]
    inputs: str
    quick: str


class KnownFile(NamedTuple):
    """A file that a generator wrote by itself: what it followed from, and digests of templates and of the file."""

    inputs: str
    closure: str
    digest: str


class PageRecords:
    """The records of the last build, and those of this one, in a folder of the cache.

    `key` is a digest of all that any page depends on; None where no page of the last build can be known again. Where it
    is another one than the last build's, all of that is forgotten, and `is_current` is False.
    """

    def __init__(self, folder: Path, key: str | None) -> None:
        head = disk.read_sealed(folder / "head.json")
        if not isinstance(head, dict):
            head = {}
        self.is_current = key is not None and head.get("key") == key
        if self.is_current:
            (folder / "head.json").unlink(missing_ok=True)  # until this build has ended, nothing is known
        else:
            shutil.rmtree(folder, ignore_errors=True)
        self.pack = Pack(folder)
        self._folder = folder
        self._keeps_texts = bool(head.get("texts"))
        self._last_pages: dict[str, KnownPage] = {}
        self._last_files: dict[str, KnownFile] = {}
        self._last_units: dict[str, str] = {}
        if self.is_current:
            self._load()
        self._pages: dict[str, KnownPage] = {}
        self._files: dict[str, tuple[str, str]] = {}
        self._units: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._questions: dict[str, PageQuestions] = {}

    def _load(self) -> None:
        """Read the last build's. They are one value: to find 28,000 of them one by one, of 10,000 posts, took 1 s."""
        data = self.pack.get(_ROWS)
        if data:
            pages, files = json.loads(data)
            self._last_pages = {key: KnownPage(*row) for key, row in pages.items()}
            self._last_files = {name: KnownFile(*row) for name, row in files.items()}
        self._last_units = json.loads(self.pack.get(_UNITS) or b"{}")

    def page(self, key: str) -> KnownPage | None:
        """Return what the last build knew of a page."""
        return self._last_pages.get(key)

    def file(self, name: str) -> KnownFile | None:
        """Return what the last build knew of a file that a generator wrote by itself."""
        return self._last_files.get(name)

    def unit(self, name: str, inputs: str) -> bytes | None:
        """Return what the last build noted of a unit that followed from the same; None where it followed from other."""
        return self.pack.get(_key("unit", name, inputs)) if self._last_units.get(name) == inputs else None

    def add_unit(self, name: str, inputs: str, data: bytes | None = None) -> None:
        """Note a unit of this build; without `data`, what the last build noted of it holds on."""
        self._units[name] = inputs
        if data is not None:
            self.pack.put(_key("unit", name, inputs), data)

    def noted_page(self, key: str) -> KnownPage | None:
        """Return what this build has noted of a page so far."""
        return self._pages.get(key)

    def noted_file(self, name: str) -> tuple[str, str] | None:
        """Return what this build has noted of a file so far: its inputs, and the digest of its templates."""
        return self._files.get(name)

    def add_page(self, key: str, name: str, page: KnownPage) -> None:
        """Note a page of this build, whose file has that name."""
        self._pages[key] = page
        self._texts[name] = page.text

    def add_file(self, name: str, inputs: str, closure: str) -> None:
        """Note a file of this build, which is there in the end."""
        self._files[name] = (inputs, closure)

    def questions(self, digest: str) -> PageQuestions | None:
        """Return the questions of a digest."""
        if digest not in self._questions:
            packed = self.pack.get(_key("questions", digest))
            if packed is None:
                return None
            asked = page_questions.load(packed)
            self._hold(digest, asked)
            return asked
        return self._questions[digest]

    def add_questions(self, asked: PageQuestions) -> str:
        """Keep questions, and return their digest."""
        data = asked.dump()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._questions:
            self._hold(digest, asked)
            key = _key("questions", digest)
            if self.pack.get(key) is None:
                self.pack.put(key, data)
        return digest

    def _hold(self, digest: str, asked: PageQuestions) -> None:
        """Have questions at hand for pages that ask the same."""
        if len(asked.rows) <= _MANY:
            self._questions[digest] = asked

    def text(self, digest: str) -> bytes | None:
        """Return a page's text, where it was kept besides the page's file."""
        return self.pack.get(_key("text", digest))

    def add_text(self, digest: str, text: bytes) -> None:
        """Keep a page's text besides its file, where one was rewritten once it was there."""
        if self._keeps_texts:
            self.pack.put(_key("text", digest), text)

    def keep(self, key: str, made: Mapping[str, Known], forgotten: Iterable[str]) -> None:
        """Keep this build's records for the next one; where nothing can be written, nothing is kept.

        `made` are the site's files as they are in the end; `forgotten` the keys of pages that cannot be known again.
        """
        for page in forgotten:
            self._pages.pop(page, None)
        files: dict[str, KnownFile] = {}
        for name, (inputs, closure) in self._files.items():
            if name in made:
                files[name] = KnownFile(inputs, closure, made[name].digest)
        if (self._pages, files) != (self._last_pages, self._last_files):
            self.pack.put(_ROWS, json.dumps((self._pages, files), separators=(",", ":")).encode())
        if self._units != self._last_units:
            self.pack.put(_UNITS, json.dumps(self._units, separators=(",", ":")).encode())
        # A hook that rewrites files when all are written has to find them as they were rendered the next time, too.
        rewritten = any(name in made and made[name].digest != text for name, text in self._texts.items())
        with suppress(OSError):
            self.pack.write()
            disk.write_sealed(self._folder / "head.json", {"key": key, "texts": self._keeps_texts or rewritten})


def _key(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
