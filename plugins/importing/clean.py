"""Foreign HTML read as a browser reads it, and made safe to work on: what may stay is one table.

nh3 (https://nh3.readthedocs.io) reads and cleans, Beautiful Soup gives the tree. What is written in the end is Markdown
whose every letter is escaped; this room only sees to it that nothing which runs is even looked at. Pure.
"""

import re
from itertools import islice

import nh3
from bs4 import BeautifulSoup, Tag

from plugins.importing import text

LONGEST = 1_500_000
"""Letters of one text's HTML, pictures within it left out, beyond which it is refused."""

MOST_PARTS = 20_000
"""Elements and pieces of text beyond which a text is refused: some of the work takes time by the square of them."""

_BLOCKS = "p div section article aside header footer main nav figure figcaption blockquote pre ul ol li dl dt dd hr br"
_MORE = "h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td details summary center address hgroup"
_INLINE = "a b strong i em s strike del ins sub sup mark code kbd samp tt var q cite abbr span time small u font"
_MEDIA = "img iframe video audio source object embed param"
_TAGS = set(f"{_BLOCKS} {_MORE} {_INLINE} {_MEDIA}".split())

_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "data-attrs", "data-component-name", "data-field"},
    "a": {"href", "title", "name"},
    "img": {"src", "alt", "title", "width", "height", "srcset", "data-src", "data-lazy-src", "data-orig-file"},
    "iframe": {"src", "title", "data-src"},
    "video": {"src", "title", "poster"},
    "audio": {"src", "title"},
    "source": {"src"},
    "object": {"data"},
    "embed": {"src"},
    "param": {"name", "value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "pre": {"data-code-block-lang"},
}
# These go with all they hold: what runs, what draws the old site's own buttons, what only old browsers read.
_DROPPED = {
    *("script", "style", "template", "noscript", "svg", "math", "button", "select", "textarea", "label", "title"),
    *("canvas", "noembed"),
}

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
_VOID = {"br", "hr", "img", "input", "wbr", "meta", "link", "source", "embed", "param", "col", "area", "p", "li"}
_DEEPEST = 60
_WITHIN = re.compile(r"data:image/[^\"'\s<>]*", re.IGNORECASE)
_RUNS = re.compile(r"<script\b|=\s{0,9}[\"']?\s{0,9}(?:java|vb)script:", re.IGNORECASE)


def tree(html: str, *, flowing: bool = False) -> BeautifulSoup:
    """Return the tree of a text's HTML with only what `_TAGS` and `_ATTRIBUTES` let pass.

    `flowing`: its lines count as parts, too. Raises ValueError where there is more of it than a text has.
    """
    if len(html) > LONGEST and len(_WITHIN.sub("", html)) > LONGEST:
        raise ValueError(f"its HTML is longer than {LONGEST:,} letters")
    safe = nh3.clean(
        _shallow(text.clean(html)),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="pass_through",
    )
    # A text that is an address alone is no file's name; the line's end keeps Beautiful Soup from warning of one.
    soup = BeautifulSoup(f"{safe}\n", "html.parser", multi_valued_attributes=None)
    lines = safe.count("\n") if flowing else 0
    if lines + sum(1 for _ in islice(soup.descendants, MOST_PARTS + 1)) > MOST_PARTS:
        raise ValueError(f"its HTML has more than {MOST_PARTS:,} parts")
    _flatten(soup)
    return soup


def scripts(html: str) -> int:
    """Return how many scripts a text's HTML has, those in addresses too; none of them passes."""
    return len(_RUNS.findall(html))


def attribute(element: Tag, name: str) -> str:
    """Return an element's attribute as text, "" where it has none."""
    value = element.get(name)
    return value.strip() if isinstance(value, str) else ""


def classes(element: Tag) -> set[str]:
    """Return an element's classes."""
    return set(attribute(element, "class").split())


def _shallow(html: str) -> str:
    """Drop the tags of markup nested deeper than any page is: its reading takes time by the square of the depth."""
    depth, limit = 0, 4 * _DEEPEST

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _VOID:
            return tag[0]
        depth = max(0, depth - 1) if tag[1] else depth + 1
        return tag[0] if depth <= limit else " "

    return _TAG.sub(kept, html)


def _flatten(soup: BeautifulSoup) -> None:
    """Turn what lies too deep to be worked on into its text."""
    at = [(child, 1) for child in soup.children]
    while at:
        element, depth = at.pop()
        if not isinstance(element, Tag):
            continue
        if depth == _DEEPEST:
            element.string = element.get_text(" ")
        else:
            at += [(child, depth + 1) for child in element.children]
