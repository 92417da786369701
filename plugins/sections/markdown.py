"""Markdown as the site renders it: posts and sections' texts by the same extensions, with the same Typogrify.

Source: `pelican.readers.Readers.read_file`, whose Typogrify step cannot be called on its own.
"""

import json
import sys
from collections.abc import Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import smartypants
import typogrify.filters
from markdown import Markdown
from pelican.contents import Content

from plugins.incremental.reading import remembered
from plugins.sections.model import Document


def as_content(document: Document, settings: Mapping[str, Any], context: Mapping[str, Any]) -> Content:
    """Return the document as Pelican knows content, so that links to and from it are resolved."""
    url = document.url
    metadata = {"title": document.title, "url": url, "save_as": f"{url}index.html", "status": "published"}
    html = to_html(document.body, settings)
    return Content(html, metadata, settings, source_path=str(document.path), context=context)


class TextRenderer:
    """python-markdown with the site's extensions, for one text; what it made of a text before is remembered.

    `language` is the text's own, "" for the site's. After `convert`, `contents` are the headings, as its extension
    `toc` tells them. To convert 600 words takes 4 ms, to remember them 0.1.
    """

    def __init__(self, settings: Mapping[str, Any], language: str = "") -> None:
        self._settings, self._language = settings["MARKDOWN"], language
        self.contents: list[dict[str, Any]] = []

    def convert(self, text: str) -> str:
        """Return a text's HTML."""
        parts = (_code(), repr(self._settings), self._language, text)
        html, self.contents = json.loads(remembered(*parts, make=partial(self._converted, text)))
        return str(html)

    def _converted(self, text: str) -> str:
        markdown = _markdown(self._settings)
        markdown.text_language = self._language  # type: ignore[attr-defined]  # for blocks that say a word of their own
        return json.dumps((markdown.convert(text), getattr(markdown, "toc_tokens", [])))


@cache
def _code() -> str:
    """Return a digest of the code that extensions may be made of, and of the libraries they stand on."""
    found = sha256(repr([version("markdown"), version("pymdown-extensions"), sys.version]).encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _markdown(settings: Mapping[str, Any]) -> Markdown:
    """Return python-markdown with the site's extensions, for one text.

    Pelican's `MarkdownReader` adds `meta` to those in the settings. It would take a first line such as "Update: they
    talk again" for front matter, which a text has none of once it is parted from its head, and readers would miss it.
    """
    markdown = Markdown(**settings)
    if "meta" in markdown.preprocessors:
        markdown.preprocessors.deregister("meta")
    return markdown


def to_html(markdown: str, settings: Mapping[str, Any]) -> str:
    """Return Markdown as typographic HTML."""
    html = TextRenderer(settings).convert(markdown)
    if not settings["TYPOGRIFY"]:
        return html
    smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    return str(typogrify.filters.typogrify(html, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))
