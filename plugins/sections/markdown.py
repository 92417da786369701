"""Markdown as the site renders it: posts and sections' texts by the same extensions, with the same Typogrify.

Source: `pelican.readers.Readers.read_file`, whose Typogrify step cannot be called on its own.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import smartypants
from markdown import Markdown
from pelican.contents import Content
from typogrify.filters import typogrify

from plugins.sections.model import Document


def as_content(document: Document, html: str, settings: Mapping[str, Any], context: Mapping[str, Any]) -> Content:
    """Return the document as Pelican knows content, its text as HTML, so that links to and from it are resolved."""
    url = document.url
    metadata = {"title": document.title, "url": url, "save_as": f"{url}index.html", "status": "published"}
    return Content(html, metadata, settings, source_path=str(document.path), context=context)


def renderer(settings: Mapping[str, Any]) -> Markdown:
    """Return python-markdown with the site's extensions, for any number of texts; each begins with its `reset`.

    To make one takes 0.5 ms, a fifth of what a text of 600 words takes, and leaves 0.25 MiB for the garbage collector.

    Pelican's `MarkdownReader` adds `meta` to those in the settings. It would take a first line such as "Update: they
    talk again" for front matter, which a text has none of once it is parted from its head, and readers would miss it.
    """
    markdown = Markdown(**settings["MARKDOWN"])
    if "meta" in markdown.preprocessors:
        markdown.preprocessors.deregister("meta")
    return markdown


def html_maker(settings: Mapping[str, Any]) -> Callable[[str], str]:
    """Return a function that makes typographic HTML of Markdown, one text after the other."""
    markdown = renderer(settings)

    def to_html(text: str) -> str:
        html = markdown.reset().convert(text)
        if not settings["TYPOGRIFY"]:
            return html
        omitted = dict.fromkeys(settings["TYPOGRIFY_OMIT_FILTERS"], False)
        smartypants.Attr.default = smartypants.Attr.set1 | smartypants.Attr.w
        return str(typogrify(html, settings["TYPOGRIFY_IGNORE_TAGS"], **omitted))

    return to_html


def _only_with(signs: str, convert: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function that converts text with one of the signs, and leaves other text as it is."""

    @wraps(convert)
    def convert_if_needed(text: str) -> str:
        return convert(text) if any(sign in text for sign in signs) else text

    return convert_if_needed


if not hasattr(smartypants.convert_quotes, "__wrapped__"):
    # SmartyPants puts each piece of text between two tags through fifteen expressions that look for quotes, and six for
    # backslashes. Most pieces have neither: Typogrify's work on a post of 600 words takes 2.4 ms instead of 3.3.
    smartypants.convert_quotes = _only_with("'\"", smartypants.convert_quotes)
    smartypants.process_escapes = _only_with("\\", smartypants.process_escapes)
