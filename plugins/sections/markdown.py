"""Markdown as the site renders it: posts and sections' texts by the same extensions, with the same Typogrify.

Source: `pelican.readers.Readers.read_file`, whose Typogrify step cannot be called on its own.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache, cached_property, partial
from importlib.metadata import version
from typing import Any

import smartypants
import typogrify.filters
from markdown import Markdown
from pelican.contents import Content

from plugins.incremental.reading import remembered
from plugins.sections.model import Document
from plugins.sections.own_code import own_code


def as_content(document: Document, html: str, settings: Mapping[str, Any], context: Mapping[str, Any]) -> Content:
    """Return the document as Pelican knows content, its text as HTML, so that links to and from it are resolved."""
    url = document.url
    metadata = {"title": document.title, "url": url, "save_as": f"{url}index.html", "status": "published"}
    return Content(html, metadata, settings, source_path=str(document.path), context=context)


class TextRenderer:
    """python-markdown with the site's extensions, for any number of texts; what a text gave before is remembered.

    To make a parser takes 0.5 ms and leaves 0.25 MiB for the garbage collector, to convert 600 words takes 4 ms, to
    remember them 0.1.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings["MARKDOWN"]

    def convert(self, text: str, language: str = "") -> tuple[str, list[dict[str, Any]]]:
        """Return a text's HTML, and its headings as the extension `toc` tells them.

        `language` is the text's own, "" for the site's.
        """
        parts = (_code(), repr(self._settings), language, text)
        html, contents = json.loads(remembered(*parts, make=partial(self._converted, text, language)))
        return html, contents

    def _converted(self, text: str, language: str) -> str:
        markdown = self._markdown.reset()
        markdown.text_language = language  # type: ignore[attr-defined]  # for blocks that say a word of their own
        return json.dumps((markdown.convert(text), getattr(markdown, "toc_tokens", [])))

    @cached_property
    def _markdown(self) -> Markdown:
        """Return the parser; each text begins with its `reset`.

        Pelican's `MarkdownReader` adds `meta` to the extensions in the settings. It would take a first line such as
        "Update: they talk again" for front matter, which a text has none of once it is parted from its head, and
        readers would miss it.
        """
        markdown = Markdown(**self._settings)
        if "meta" in markdown.preprocessors:
            markdown.preprocessors.deregister("meta")
        return markdown


@cache
def _code() -> str:
    """Return a digest of the code that extensions may be made of, and of the libraries they stand on."""
    return repr([own_code(), version("markdown"), version("pymdown-extensions")])


def html_maker(settings: Mapping[str, Any]) -> Callable[[str], str]:
    """Return a function that makes typographic HTML of Markdown, one text after the other."""
    renderer = TextRenderer(settings)

    def to_html(text: str) -> str:
        html, _ = renderer.convert(text)
        if not settings["TYPOGRIFY"]:
            return html
        omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
        smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
        return str(typogrify.filters.typogrify(html, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))

    return to_html
