"""Texts that were read before are not parsed again, and those that were not are parsed by all processors.

Pelican reads every text as it always does, in its order, with all signals and warnings. Three steps of it are answered
from the cache: a reader's `read`, Typogrify, and taking a summary from a text. They follow from the bytes of the text,
the settings and the code, where the reader is one of Pelican's own, its Markdown extensions come with python-markdown,
and reading a text opened no other file, warned of nothing, and did not complete a date by today's. What is not so is
read anew each time.

A reader of another plugin asks `remembered` for what it makes of a text. Its texts are parsed by all processors too
where it has a method `is_remembered`, which says of a file whether that is known, and never parses it.
"""

import hashlib
import importlib.metadata
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import dateutil.parser
from docutils.frontend import OptionParser
from docutils.parsers.rst import Directive, directives, roles
from docutils.parsers.rst.directives import misc
from pelican import contents, readers, signals
from pelican.cache import FileDataCacher
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.readers import BaseReader, HTMLReader, MarkdownReader, Readers, RstReader

from . import code, disk, facts, parsed, recorder, values
from .pack import Pack
from .workers import shared_out

quotes_remembered_by: Callable[..., AbstractContextManager[None]] = nullcontext
with suppress(ImportError):  # Pelican comes without Typogrify, which it asks for only where TYPOGRIFY is set
    from .quick_quotes import quotes_remembered_by

Made = TypeVar("Made")

_STOCK = (MarkdownReader, RstReader, HTMLReader)
_SETTINGS = ("MARKDOWN", "FORMATTED_FIELDS", "DEFAULT_LANG", "DOCUTILS_SETTINGS", "PYGMENTS_RST_OPTIONS", "TIMEZONE")
_LIBRARIES = ("pelican", "markdown", "docutils", "pygments", "smartypants", "typogrify", "python-dateutil")
_SOURCES = ("pelican", "markdown", "docutils", "smartypants", "typogrify", "dateutil")
_SHORT = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks",
})  # fmt: skip
_OWN = "markdown.extensions."
_MISSED = 16
"""Texts that are in no cache from which on the rest is looked through, which takes 60 µs for each."""
_FEW = 48
"""Texts up to which processes of their own would cost more than they save: each of them takes 10 ms to begin."""
_DATE = misc.Date.run
_ONE_DAY = datetime(2001, 1, 2)  # noqa: DTZ001 - no moment, but the parts that a date may lack
_OTHER_DAY = datetime(2002, 3, 4)  # noqa: DTZ001 - another in each part


class Reading:
    """The texts of one build. `folder` is where they are kept, `plugins` are the names of the plugins' modules."""

    def __init__(self, folder: Path, settings: Mapping[str, Any], plugins: Iterable[str] = ()) -> None:
        self._pack, self._settings = Pack(folder), settings
        self._configuration = frozenset(map(os.path.abspath, OptionParser.get_standard_config_files()))
        options = (f"{path} {disk.digest(path)}" for path in sorted(self._configuration))
        self._code = _key(_code(), *facts.libraries(), *code.sources(settings, plugins), *options)
        self.reasons: set[str] = set()
        self._is_silent = True
        self._used: set[str] = set()
        self._missed = 0
        self._texts: Callable[[], Iterable[str]] | None = None
        self._truncate = contents.truncate_html_words
        self._get_date = readers.get_date

    def _dating(self, directive: Directive) -> Any:
        """Run docutils' directive `date`, which says when the text was read."""
        self._is_silent = False
        self.reasons.add("a text says when it was read (.. date::)")
        return _DATE(directive)

    @contextmanager
    def active(self) -> Iterator[None]:
        """Answer from the cache until the block ends.

        Pelican's own is not loaded: it knows a text by the time of its file, and nothing of settings and code.
        """
        factory = logging.getLogRecordFactory()

        def noticing(*args: Any, **kwargs: Any) -> logging.LogRecord:
            record = factory(*args, **kwargs)
            if record.levelno >= logging.INFO:
                self._is_silent = False
            return record

        def dating(directive: Directive) -> Any:
            return self._dating(directive)

        begin = FileDataCacher.__init__

        def begin_empty(cacher: FileDataCacher, settings: Any, name: str, is_kept: bool, _is_loaded: bool) -> None:
            begin(cacher, settings, name, is_kept, False)

        FileDataCacher.__init__ = begin_empty
        logging.setLogRecordFactory(noticing)
        _active.append(self)
        contents.truncate_html_words = self._truncated
        readers.get_date = self._dated
        misc.Date.run = dating
        try:
            with signals.generator_init.connected_to(self._take), quotes_remembered_by(self._kept_or_made):
                yield
        finally:
            _active.remove(self)
            logging.setLogRecordFactory(factory)
            contents.truncate_html_words = self._truncate
            readers.get_date = self._get_date
            misc.Date.run = _DATE
            FileDataCacher.__init__ = begin

    def remembered(self, parts: Iterable[str], make: Callable[[], str]) -> str:
        """Return what was made of these parts before, or make it now."""
        key = _remembered_key(parts)
        kept = self._kept(key)
        if kept is not None:
            return kept.decode("utf-8", "surrogatepass")
        before, self._is_silent = self._is_silent, True
        with recorder.tracing() as traced:
            found = make()
        follows = self._is_silent and all(map(recorder.is_installed, traced - {""}))
        if follows:
            self._pack.put(key, found.encode("utf-8", "surrogatepass"))
        self._is_silent = before and follows
        return found

    def is_remembered(self, parts: Iterable[str]) -> bool:
        """Say whether it is known what is made of these parts."""
        return self._pack.has(_remembered_key(parts))

    def apart(self, make: Callable[[], Made]) -> tuple[Made, dict[str, bytes]]:
        """Return what is made in a process of its own, and what is new in its cache: for `take` in the build's own."""
        self._texts = None
        return self._pack.apart(make)

    def take(self, found: Mapping[str, bytes]) -> None:
        """Have what other processes found at hand. What nobody asks for is not kept."""
        self._pack.take(found)

    def watch(self) -> None:
        """Watch over what is asked for, and said, while the content of a text is made."""
        self._is_silent, self._used = True, set()

    def watched(self) -> list[str] | None:
        """Return what was asked for since `watch`; None where something was said, or more counted than the text."""
        return sorted(self._used) if self._is_silent else None

    def still_uses(self, used: Iterable[str]) -> None:
        """Count as asked for what a content was made of that need not be made again."""
        for key in used:
            self._pack.touch(key)

    def follows_from_more(self) -> None:
        """See `follows_from_more` below."""
        self._is_silent = False

    def reader_inputs(self, reader: BaseReader) -> str:
        """Return what tells a reader's results from others', "" for one whose results do not follow from the text."""
        read = vars(reader).get("read")
        if not isinstance(read, partial) or read.func != self._read:
            return ""
        return f"{read.args[2]} {_own_roles(reader)}".rstrip()

    def keep(self) -> None:
        """Keep what was read in this build for the next; where nothing can be written, nothing is kept."""
        with suppress(OSError):
            self._pack.write()

    def _take(self, generator: Generator) -> None:
        """Have a generator's readers ask the cache, and have its texts read ahead."""
        found: Readers = generator.readers
        for reader in set(found.readers.values()):
            key = self._reader_key(reader)
            if key:
                reader.read = partial(self._read, reader, reader.read, key)
        kinds = ((ArticlesGenerator, "ARTICLE"), (PagesGenerator, "PAGE"))
        for kind, name in kinds:
            if isinstance(generator, kind) and kind.generate_context.__module__ == "pelican.generators":
                generator.generate_context = partial(self._generate, generator, generator.generate_context, name)

    def _generate(self, generator: Generator, original: Callable[[], None], name: str) -> None:
        paths, excluded = generator.settings[f"{name}_PATHS"], generator.settings[f"{name}_EXCLUDES"]
        self._missed, self._texts = 0, partial(generator.get_files, paths, exclude=excluded)
        self._generator = generator
        try:
            with signals.article_generator_pretaxonomy.connected_to(self._all_read):
                original()
        finally:
            self._texts = None

    def _all_read(self, _: Generator) -> None:
        """Read nothing ahead any more: what is asked for from now on is not a text's own."""
        self._texts = None

    def _kept(self, key: str) -> bytes | None:
        """Return what is known of a text; of the first few of which nothing is, the last has the others read ahead."""
        self._used.add(key)
        if not self._pack.has(key) and self._texts:
            self._missed += 1
            if self._missed == _MISSED:
                self._read_ahead(self._generator, self._texts)
        return self._pack.get(key)

    def _reader_key(self, reader: BaseReader) -> str:
        """Return what tells a reader's results from others', "" for one whose results do not follow from the text."""
        kind = type(reader)
        is_own = kind in _STOCK and kind.read.__module__ == "pelican.readers" and "read" not in vars(reader)
        processors = readers.METADATA_PROCESSORS.values()
        if not is_own or any(getattr(one, "__module__", "") != "pelican.readers" for one in processors):
            return ""
        if signals.article_generator_preread.receivers or signals.page_generator_preread.receivers:
            return ""
        if kind is MarkdownReader and not _is_plain(self._settings["MARKDOWN"]):
            return ""
        if kind is RstReader and not _are_own_directives():
            return ""
        try:
            settings = values.digest([self._settings.get(name) for name in _SETTINGS])
        except values.UnknownValueError:
            return ""
        return _key(self._code, kind.__name__, settings)

    def _read(self, reader: BaseReader, original: Callable[[str], Any], reader_key: str, path: str) -> Any:
        """Return what a reader makes of a file; see Pelican's `BaseReader.read`."""
        key = _text_key(reader, reader_key, path)  # opened for the recorder to see: the text is what this build reads
        kept = self._kept(key) if key else None
        if kept is not None:
            with suppress(parsed.UnfitError):
                return parsed.load(kept, self._settings)
        before, self._is_silent = self._is_silent, True
        own_roles = _own_roles(reader)
        with recorder.tracing() as traced:
            found = original(path)
        # A file that a text includes may change without it, and a role that it defines is there for the texts after it.
        opened = traced - self._configuration - {path}
        is_alone = own_roles == _own_roles(reader) and all(map(recorder.is_installed, opened))
        follows = bool(key) and self._is_silent and is_alone
        if follows:
            with suppress(parsed.UnfitError):
                self._pack.put(key, parsed.dump(found, self._settings))
        self._is_silent = before and follows
        return found

    def _truncated(self, text: str, words: int, *end: str) -> str:
        """Return the first words of a text; see `pelican.utils.truncate_html_words`."""
        return self._kept_or_made(partial(self._truncate, text, words, *end), "truncated", repr((words, end)), text)

    def _kept_or_made(self, make: Callable[[], str], *parts: str) -> str:
        """Return what this code made of these parts before, or make it now and keep it."""
        key = _key(self._code, *parts)
        kept = self._kept(key)
        if kept is not None:
            return kept.decode("utf-8", "surrogatepass")
        found = make()
        if type(found) is str:
            self._pack.put(key, found.encode("utf-8", "surrogatepass"))
        return found

    def _dated(self, text: str) -> datetime:
        """Return a date as Pelican reads it, having looked whether it lacks a part, which today's then completes."""
        found: datetime = self._get_date(text)
        try:
            on_one_day = dateutil.parser.parse(text, default=_ONE_DAY)
            if on_one_day != dateutil.parser.parse(text, default=_OTHER_DAY):
                self._is_silent = False
        except (ValueError, TypeError, OverflowError):
            self._is_silent = False
        return found

    def _read_ahead(self, generator: Generator, texts: Callable[[], Iterable[str]]) -> None:
        """Have all processors parse the texts that are in no cache."""
        unread = [name for name in sorted(texts()) if self._is_unread(generator, name)]
        if len(unread) >= _FEW:
            for _, found in shared_out(unread, partial(self._read_apart, generator)):
                self.take(found)

    def _is_unread(self, generator: Generator, name: str) -> bool:
        """Say whether a text is in no cache, and its reader one that would ask for it there."""
        path = os.path.abspath(os.path.join(generator.path, name))
        reader = generator.readers.readers.get(readers.file_suffix(path))
        if reader is None:
            return False
        wrapped = vars(reader).get("read")
        if isinstance(wrapped, partial) and wrapped.func == self._read:
            key = _text_key(reader, wrapped.args[2], path)
            return bool(key) and not self._pack.has(key)
        return hasattr(reader, "is_remembered") and not reader.is_remembered(path)

    def _read_apart(self, generator: Generator, name: str) -> dict[str, bytes]:
        """Read a text in a process of its own, for the cache's sake alone, and return what is new in it."""
        read = partial(generator.readers.read_file, generator.path, name, content_class=_nothing)
        return self.apart(read)[1]


_active: list[Reading] = []


def remembered(*parts: str, make: Callable[[], str]) -> str:
    """Return what an earlier build made of these parts, or make it now: for readers of other plugins.

    The parts are all that it follows from, the code too. Kept is what was made without a warning, and without a file.
    """
    return _active[-1].remembered(parts, make) if _active else make()


def follows_from_more() -> None:
    """Say that the content that is made now follows from more than its text, settings and code (`known_contents`)."""
    if _active:
        _active[-1].follows_from_more()


def is_active() -> bool:
    """Say whether a build is going on that remembers what was made of its texts."""
    return bool(_active)


def apart(make: Callable[[], Made]) -> tuple[Made, dict[str, bytes]]:
    """Return what is made in a process of its own (`workers`), and what `take` is to be given in the build's own."""
    return _active[-1].apart(make) if _active else (make(), {})


def take(found: Mapping[str, bytes]) -> None:
    """Have what other processes made at hand, until it is asked for."""
    if _active:
        _active[-1].take(found)


def is_remembered(*parts: str) -> bool:
    """Say whether it is known what was made of these parts."""
    return bool(_active) and _active[-1].is_remembered(parts)


def _nothing(**_: object) -> None:
    """Stand in for a content class."""


def _is_plain(value: object) -> bool:
    """Say whether Markdown's settings name no extension but python-markdown's own, and hold no function."""
    if not isinstance(value, Mapping):
        return False
    for name in value.get("extensions", ()):
        if not isinstance(name, str) or not (name in _SHORT or name.partition(":")[0].startswith(_OWN)):
            return False
    return _is_data(value)


def _is_data(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_data(part) for part in (*value, *value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_data, value))
    return value is None or isinstance(value, str | int | float)


def _are_own_directives() -> bool:
    """Say whether nobody but docutils and Pelican has added to reStructuredText's directives and roles."""
    known = (*directives._directives.values(), *roles._roles.values())
    return all(str(getattr(one, "__module__", "")).startswith(("docutils.", "pelican.rst")) for one in known)


def _own_roles(reader: BaseReader) -> str:
    """Return what reStructuredText's roles are: docutils keeps those that a text defines for the texts after it."""
    return repr(sorted(map(_role, roles._roles.items()))) if isinstance(reader, RstReader) else ""


def _role(named: tuple[str, Any]) -> tuple[str, ...]:
    """Return what a role, with its name, does; of one that a text defines, on which other it stands and how."""
    name, role = named
    if not isinstance(role, roles.CustomRole):
        return name, repr(getattr(role, "__module__", "")), getattr(role, "__qualname__", repr(role))
    return name, *_role(("", role.base_role)), repr(role.supplied_options), repr([*(role.supplied_content or ())])


def _text_key(reader: BaseReader, reader_key: str, path: str) -> str:
    """Return the key of a file's text, "" where it cannot be read; docutils may say a text's path in what it makes."""
    where = f"{path} {_own_roles(reader)}" if isinstance(reader, RstReader) else ""
    try:
        data = Path(path).read_bytes()
    except OSError:
        return ""
    return hashlib.sha256(f"{reader_key} {where}\0".encode("utf-8", "surrogateescape") + data).hexdigest()


def _code() -> str:
    """Return a digest of the code that reads: this Python, and the libraries' versions and sources."""
    parts = [sys.version, *map(_version, _LIBRARIES)]
    for name in _SOURCES:
        spec = find_spec(name)
        if spec is None or not spec.origin:
            continue
        folder = Path(spec.origin).parent
        sources = [Path(spec.origin)]
        if spec.submodule_search_locations:  # a package
            sources = sorted(folder.rglob("*.py"))
        for path in sources:
            # Those in pelican/plugins are looked at where they are loaded (`code.sources`).
            if "plugins" not in path.relative_to(folder).parts:
                parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
    return _key(*parts)


def _version(library: str) -> str:
    """Return a library's version, "" where there is none: Pelican needs neither Markdown nor Typogrify."""
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(library)
    return ""


def _remembered_key(parts: Iterable[str]) -> str:
    return _key("remembered", *parts)


def _key(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
