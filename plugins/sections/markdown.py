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
from pelican import contents
from pelican.contents import Content
from pelican.readers import MarkdownReader

from plugins.core.text.markdown_model import Markup
from plugins.core.text.markdown_once import OnceParser
from plugins.core.text.plain_text import plain
from plugins.incremental import reading
from plugins.incremental.reading import is_remembered, remembered
from plugins.sections.markup import WrittenText
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
        self._given = repr(self._settings)

    def convert(self, text: str, language: str = "") -> tuple[str, list[dict[str, Any]]]:
        """Return a text's HTML, and its headings as the extension `toc` tells them.

        `language` is the text's own, "" for the site's.
        """
        parts = self._parts(text, language)
        headings, _, html = remembered(*parts, make=partial(self._converted, text, language)).partition("\n")
        return html, json.loads(headings)

    def knows(self, text: str, language: str = "") -> bool:
        """Say whether it is remembered what a text gives."""
        return is_remembered(*self._parts(text, language))

    def _parts(self, text: str, language: str) -> tuple[str, ...]:
        return _code(), self._given, language, text

    def _converted(self, text: str, language: str) -> str:
        markdown = self._markdown.reset()
        markdown.text_language = language  # type: ignore[attr-defined]  # for blocks that say a word of their own
        html = self._html(text)
        # The HTML as it is: to read it from JSON took 70 µs.
        return f"{json.dumps(getattr(markdown, 'toc_tokens', []))}\n{html}"

    def _html(self, text: str) -> str:
        return self._markdown.convert(text)

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


def count_words(html: str) -> int:
    """Return how many words HTML has; what an earlier build counted is remembered: to count 600 takes 0.2 ms."""
    return int(remembered("words", _code(), html, make=lambda: str(len(plain(html).split()))))


class _OnceRenderer(TextRenderer):
    """Keeps what else is known of the text that was converted last, where converting it has told."""

    markup: Markup | None = None

    def _html(self, text: str) -> str:
        if not self._once.takes(text):
            return super()._html(text)
        html, self.markup = self._once.convert(text)
        return html

    @cached_property
    def _once(self) -> OnceParser:
        return OnceParser(self._markdown)


class AheadRenderer:
    """Makes what a build will ask of texts, as `markup.Renderer`: HTML before and after Typogrify, words, summaries."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        given = settings["MARKDOWN"]
        extensions, configs = list(given.get("extensions", ())), dict(given.get("extension_configs", {}))
        copy = {**settings, "MARKDOWN": {**given, "extensions": extensions, "extension_configs": configs}}
        MarkdownReader(copy)  # adds to the extensions, as Pelican's own will to those of the build's settings
        self._settings, self._renderer = copy, _OnceRenderer(copy)

    def render(self, text: WrittenText) -> tuple[Markup | None, Mapping[str, bytes]]:
        """Return a text's markup, where making its HTML has told it, and what the build's own process is to take."""
        return reading.apart(partial(self._rendered, text))

    def take(self, rendered: Mapping[str, bytes]) -> None:
        """Have at hand what was rendered in another process."""
        reading.take(rendered)

    def _rendered(self, text: WrittenText) -> Markup | None:
        self._renderer.markup = None
        html, _ = self._renderer.convert(text.body, text.language)
        if html and self._settings["TYPOGRIFY"]:
            html = typographic(html, self._settings)
        count_words(html)
        longest = self._settings["SUMMARY_MAX_LENGTH"]
        if longest and not text.has_summary:  # as Pelican takes one from a text: 0.4 ms
            contents.truncate_html_words(html, longest, self._settings["SUMMARY_END_SUFFIX"])
        return self._renderer.markup


@cache
def _code() -> str:
    """Return a digest of the code that extensions may be made of, and of the libraries they stand on."""
    return repr([own_code(), version("markdown"), version("pymdown-extensions")])


def html_maker(settings: Mapping[str, Any]) -> Callable[[str], str]:
    """Return a function that makes typographic HTML of Markdown, one text after the other."""
    renderer = TextRenderer(settings)

    def to_html(text: str) -> str:
        html, _ = renderer.convert(text)
        return typographic(html, settings) if settings["TYPOGRIFY"] else html

    return to_html


def typographic(html: str, settings: Mapping[str, Any]) -> str:
    """Return what Pelican has Typogrify make of a text."""
    omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
    smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
    return str(typogrify.filters.typogrify(html, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))
