"""What python-markdown makes of each text of the content, asked by every section that judges one, and kept.

It is kept in .cache/markdown.jsonl: a first line that says what parsed the texts, then a line for each text of the last
run, by the digest of the text. The file may be lost, and what cannot be read of it counts as lost. To parse a text of
600 words takes 4 ms: a check of 1,000 takes 6.4 seconds of processor time without the file, and 2.1 with it. Without it
all processors parse (`parse_ahead`): with two, such a check ends in 0.7 times the time (five pairs of runs, median).
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from plugins.core import files
from plugins.core.text import markdown_model
from plugins.core.text.markdown_model import Markup
from plugins.sections.markup_workers import MARKUP, parse_many

if TYPE_CHECKING:
    from plugins.core.text.markdown_tree import MarkdownParser

_NAME = "markdown.jsonl"
_MANY = 200
"""Texts from which on they are parsed ahead: of fewer, a worker would not have its share (`markup_workers`)."""


class MarkupCache:
    """The texts of one run. `settings` are `Markdown`'s, `folder` is where the cache is; none keeps nothing on disk."""

    def __init__(self, settings: Mapping[str, Any], folder: Path | None = None) -> None:
        self._settings, self._folder = settings, folder
        self._asked: dict[str, Markup] = {}
        self._lines: dict[str, bytes] = {}
        self._ahead: dict[str, bytes] = {}
        self._has_parsed = False

    def markup(self, text: str) -> Markup:
        """Return what python-markdown makes of a text, from the cache where the same text was read the same way."""
        digest = _digest(text)
        if digest not in self._asked:
            self._asked[digest] = self._remembered(digest) or self._parsed(digest, text)
        return self._asked[digest]

    def parse_ahead(self, texts: Iterable[str]) -> None:
        """Parse on all processors what the sections will ask for, where nothing is kept of an earlier run.

        `texts` are only gone through then. One that nobody asks for afterwards is not kept.
        """
        if self._kept:
            return
        known = {_digest(text): text for text in texts}
        if len(known) < _MANY:
            return
        for digest, line in zip(known, parse_many(self._settings, list(known.values())), strict=True):
            if line is not None:
                self._ahead[digest] = line

    def keep(self) -> None:
        """Keep what was asked for in this run and nothing else; where nothing can be written, nothing is kept."""
        if self._folder is None or (self._asked.keys() == self._kept.keys() and not self._has_parsed):
            return
        rows = [f"{digest} ".encode() + self._lines[digest] for digest in sorted(self._asked)]
        with suppress(OSError):
            files.replace(self._folder / _NAME, b"\n".join([self._reader.encode(), *rows, b""]), durable=False)

    def _remembered(self, digest: str) -> Markup | None:
        line = self._kept.get(digest) or self._ahead.get(digest)
        if line is None:
            return None
        try:
            found = MARKUP.validate_json(line)
        except ValidationError:
            return None
        self._lines[digest] = line
        return found

    def _parsed(self, digest: str, text: str) -> Markup:
        self._has_parsed = True
        found = self._parser.parse(text)
        self._lines[digest] = MARKUP.dump_json(found)
        return found

    @cached_property
    def _parser(self) -> "MarkdownParser":
        from plugins.core.text.markdown_tree import MarkdownParser  # noqa: PLC0415 - not needed where nothing changed

        return MarkdownParser(self._settings)

    @cached_property
    def _kept(self) -> dict[str, bytes]:
        """Return the cache's lines, by the digests of their texts; none where something else read them."""
        if self._folder is None:
            return {}
        try:
            reader, *rows = (self._folder / _NAME).read_bytes().splitlines()
        except (OSError, ValueError):
            return {}
        if reader != self._reader.encode():
            return {}
        parted = (row.partition(b" ") for row in rows)
        return {digest.decode("ascii", "replace"): line for digest, _, line in parted}

    @cached_property
    def _reader(self) -> str:
        """Return what tells this parser from others: its code, its extensions' code, their settings and versions."""
        folders = {Path(markdown_model.__file__).parent, *_extensions(self._settings)}
        code = sha256()
        for path in sorted(path for folder in folders for path in folder.glob("*.py")):
            code.update(path.read_bytes())
        versions = [version("markdown"), version("pymdown-extensions")]
        return json.dumps([code.hexdigest(), versions, repr(dict(self._settings))])


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _extensions(settings: Mapping[str, Any]) -> set[Path]:
    """Return the folders of the extensions that are named by their modules, such as plugins.writing.blocks:Blocks."""
    found = set()
    for name in settings.get("extensions", ()):
        with suppress(ImportError, ValueError):  # one that is not there, the parser tells of
            spec = find_spec(str(name).partition(":")[0]) if "." in str(name) else None
            if spec and spec.origin:
                found.add(Path(spec.origin).parent)
    return found
