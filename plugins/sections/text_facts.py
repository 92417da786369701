"""What a section takes from each text of the content, kept from run to run.

Of most texts nothing has changed since the last run: the same bytes, below the same name, read by the same code. What a
section needs to know of one is then a line of .cache/texts/SECTION.jsonl. Of 10,000 posts it takes 1.7 s of a check to
look these up, and 7 s to split, parse and search all texts.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Any

from plugins.core.text.markdown_model import Markup
from plugins.core.text_files import TextFile
from plugins.sections.line_cache import LineCache
from plugins.sections.markup import MarkupCache, digest_of
from plugins.sections.own_code import own_code

Parse = Callable[[str], Markup]
Take = Callable[[TextFile, Parse], Any]
"""What a section takes: values that JSON has, which follow from the text and its `source` alone.

By the second argument it asks what python-markdown makes of a text.
"""

_LIBRARIES = ("pydantic", "pydantic-core", "pyyaml", "unidecode")
"""What texts are read with, besides what `own_code` and `markup` know of."""


class TextFacts:
    """What the `section` takes from texts by `take`, which may use what is `given`, and no other settings."""

    def __init__(self, section: str, take: Take, given: str, parsed: MarkupCache) -> None:
        self._take, self._parsed = take, parsed
        path = parsed.folder / "texts" / f"{section}.jsonl" if parsed.folder else None
        self._lines = LineCache(path, lambda: json.dumps([parsed.reader, _code(), given]))

    def of(self, text: TextFile) -> Any:
        """Return what the section takes from a text, as JSON has it. Raises SiteError where it cannot be read."""
        line = self._lines.get(text.digest)
        if not line:
            line = self._taken(text)
            self._lines.put(text.digest, line)
        parsed, taken = json.loads(line.decode())
        self._parsed.need(parsed)
        return taken

    def keep(self) -> None:
        """Keep what was asked for in this run for the next; see `LineCache.keep`."""
        self._lines.keep()

    def _taken(self, text: TextFile) -> bytes:
        """Return a line: the digests of what was parsed for it, and what was taken."""
        parsed: list[str] = []

        def parse(body: str) -> Markup:
            parsed.append(digest_of(body))
            return self._parsed.markup(body)

        taken = self._take(text, parse)
        return json.dumps([list(dict.fromkeys(parsed)), taken]).encode()


class FactsOfRun(list[TextFacts]):
    """All that sections take in one run."""

    def keep(self) -> None:
        """Keep it for the next run."""
        for facts in self:
            facts.keep()


@cache
def _code() -> list[str]:
    return [own_code(), *map(version, _LIBRARIES)]
