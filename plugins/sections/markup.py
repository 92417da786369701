"""What python-markdown makes of each text of the content, asked by every section that judges one, and kept.

It is kept in .cache/markdown.jsonl, a line for each text of the last run. To parse a text of 600 words takes 2.8 ms, so
that all processors do it where many texts are new.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from pydantic import TypeAdapter, ValidationError

from plugins.core.text import markdown_model
from plugins.core.text.markdown_model import Markup
from plugins.sections.line_cache import LineCache

if TYPE_CHECKING:
    from plugins.core.text.markdown_tree import MarkdownParser

_NAME = "markdown.jsonl"
_MARKUP = TypeAdapter(Markup)
_MISSED = 8
"""Texts that nobody has parsed from which on the rest is looked through."""
_MANY = 32
"""Texts for which processes of their own are worth their start."""
_AT_ONCE = 2000
"""Texts that are held at a time to be parsed ahead."""


class WrittenText(NamedTuple):
    """A text without its front matter, the language that this gives it, "" for the site's, and if it has a summary."""

    body: str
    language: str
    has_summary: bool


class Renderer(Protocol):
    """Makes the HTML of texts where they are parsed, in processes of their own, for the one that will ask for it."""

    def render(self, text: WrittenText) -> tuple[Markup | None, Mapping[str, bytes]]:
        """Return a text's markup, where making its HTML has told it, and what `take` is to be given."""

    def take(self, rendered: Mapping[str, bytes]) -> None:
        """Have at hand, in this process, what was rendered in another."""


class MarkupCache:
    """The texts of one run. `settings` are `Markdown`'s, `folder` is where the cache is; none keeps nothing on disk."""

    def __init__(self, settings: Mapping[str, Any], folder: Path | None = None) -> None:
        self._settings, self.folder = settings, folder
        self._lines = LineCache(folder / _NAME if folder else None, lambda: self.reader)
        self._asked: dict[str, Markup] = {}
        self._ahead: dict[str, bytes] = {}
        self._missed = 0
        self._texts: Callable[[], Iterable[WrittenText]] | None = None
        self._renderer: Renderer | None = None

    def markup(self, text: str) -> Markup:
        """Return what python-markdown makes of a text, from the cache where the same text was read the same way."""
        digest = digest_of(text)
        if digest not in self._asked:
            self._asked[digest] = self._read(self._lines.get(digest)) or self._parsed(digest, text)
        return self._asked[digest]

    def need(self, digests: Iterable[str]) -> None:
        """Keep what texts of these digests gave, as if they had been asked for."""
        self._lines.need(digests)

    def render_too(self, renderer: Renderer) -> None:
        """Have HTML made of the texts that all processors parse."""
        self._renderer = renderer

    def may_ask_for(self, texts: Callable[[], Iterable[WrittenText]]) -> None:
        """Have all processors parse what the sections will ask for, once several texts were not known.

        `texts` are only gone through then. One that nobody asks for afterwards is not kept.
        """
        self._texts = texts

    def keep(self) -> None:
        """Keep what was asked for in this run and nothing else; where nothing can be written, nothing is kept."""
        self._lines.keep()

    def forget(self) -> None:
        """Hold no text any more, once all sections have asked: of 10,000 posts they are 30 MiB."""
        self._lines.forget()
        self._asked, self._ahead = {}, {}
        self._texts = self._renderer = None

    def _parsed(self, digest: str, text: str) -> Markup:
        self._missed += 1
        if self._missed == _MISSED and self._texts:
            self._parse_ahead(self._texts())
        line = self._ahead.pop(digest, b"")
        found = self._read(line)
        if found is None:
            found = self._parser.parse(text)
            line = _MARKUP.dump_json(found)
        self._lines.put(digest, line)
        return found

    def _parse_ahead(self, texts: Iterable[WrittenText]) -> None:
        # Imported late: with it begins a record of what is read, which a run has no use for where little is new.
        from plugins.incremental.workers import shared_out  # noqa: PLC0415

        _ = self._parser  # made once, and not by each process
        unknown = self._unknown(texts)
        while len(some := list(islice(unknown, _AT_ONCE))) >= _MANY:
            for (digest, _), (line, made) in shared_out(some, self._parsed_apart):
                self._ahead[digest] = line
                if self._renderer:
                    self._renderer.take(made)

    def _parsed_apart(self, item: tuple[str, WrittenText]) -> tuple[bytes, Mapping[str, bytes]]:
        _, text = item
        markup: Markup | None = None
        made: Mapping[str, bytes] = {}
        if self._renderer:
            markup, made = self._renderer.render(text)
        return _MARKUP.dump_json(markup or self._parser.parse(text.body)), made

    def _unknown(self, texts: Iterable[WrittenText]) -> Iterator[tuple[str, WrittenText]]:
        """Yield the texts that were neither asked for nor are in the cache, with their digests."""
        for text in texts:
            digest = digest_of(text.body)
            if digest not in self._asked and not self._lines.has(digest):
                yield digest, text

    @staticmethod
    def _read(line: bytes) -> Markup | None:
        """Return what a line of the cache says; None where it is empty, or damaged."""
        try:
            return _MARKUP.validate_json(line)
        except ValidationError:
            return None

    @cached_property
    def _parser(self) -> "MarkdownParser":
        from plugins.core.text.markdown_tree import MarkdownParser  # noqa: PLC0415 - not needed where nothing changed

        return MarkdownParser(self._settings)

    @cached_property
    def reader(self) -> str:
        """Return what tells this parser from others: its code, its extensions' code, their settings and versions."""
        modules: list[Path] = []
        for folder in {Path(markdown_model.__file__).parent, *_extensions(self._settings)}:
            modules += folder.glob("*.py")
        code = sha256()
        for path in sorted(modules):
            code.update(path.read_bytes())
        versions = [version("markdown"), version("pymdown-extensions")]
        return json.dumps([code.hexdigest(), versions, repr(dict(self._settings))])


def digest_of(text: str) -> str:
    """Return the digest by which a text is known."""
    return sha256(text.encode()).hexdigest()


def _extensions(settings: Mapping[str, Any]) -> set[Path]:
    """Return the folders of the extensions that are named by their modules, such as plugins.writing.blocks:Blocks."""
    found: set[Path] = set()
    for name in map(str, settings.get("extensions", ())):
        module, _, _ = name.partition(":")
        if "." not in name:
            continue  # such as toc: an entry point's name
        with suppress(ImportError, ValueError):  # one that is not there, the parser tells of
            spec = find_spec(module)
            if spec and spec.origin:
                found.add(Path(spec.origin).parent)
    return found
