"""Foreign HTML read as a browser reads it and made safe to work on; what its elements are, and tools for its tree.

nh3 (https://nh3.readthedocs.io) reads and cleans, Beautiful Soup gives the tree. What is written in the end is Markdown
whose every letter is escaped; here it is only seen to that nothing which runs is even looked at.
"""

import re
import unicodedata
from collections.abc import Mapping
from itertools import islice

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from plugins.core.text import characters
from plugins.core.text.plain_text import LONGEST_LINE, plain

CONTAINERS = ("[document]", "div", "blockquote", "li", "dd", "x-note", "x-pull", "x-video")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LEAVES = ("p", *HEADINGS, "dt", "figcaption", "pre")
BLOCKS = [*CONTAINERS, *LEAVES, "ul", "ol", "dl", "table", "figure", "hr"]
STYLED = ("strong", "em", "del", "ins", "mark", "sub", "sup", "a", "code")
SHOWN = ["img", "x-ref", "x-video"]
"""Elements that say something without a word."""

LONGEST = 1_500_000
"""Letters of one document's HTML, pictures within it left out, beyond which it is refused."""

MOST_PARTS = 20_000
"""Elements and pieces of text beyond which a document is refused: some of the work takes time by the square of them."""

_TAGS = (
    "p div section article aside header footer main nav figure figcaption blockquote pre ul ol li dl dt dd hr br "
    "h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td details summary center address hgroup "
    "a b strong i em s strike del ins sub sup mark code kbd samp tt var q cite abbr span time small u font "
    "img iframe video audio source object embed param"
)
_ATTRIBUTES = (
    "class id name href src alt title width height srcset data value start colspan rowspan datetime cite poster "
    "data-src data-lazy-src data-orig-file data-attrs data-component-name data-field data-code-block-lang"
)
"""Of any element: what is written in the end has none of the foreign ones."""
# These go with all they hold: what runs, what draws the old site's own buttons, what only old browsers read.
_DROPPED = "script style template noscript svg math button select textarea label title canvas noembed"

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
# Elements without an end tag, or whose end tag may be left out: they do not deepen the tree.
_UNPAIRED = {"br", "hr", "img", "input", "wbr", "meta", "link", "source", "embed", "param", "col", "area", "p", "li"}
_DEEPEST = 60
_PICTURE_WITHIN = re.compile(r"data:image/[^\"'\s<>]*", re.IGNORECASE)
# Only counted, for the report; nh3 takes out what runs, in whatever form.
_RUNS = re.compile(r"<script\b|=\s{0,9}[\"']?\s{0,9}(?:java|vb)script:", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_MARKUP_READ = 10_000  # letters of an excerpt's markup


def clean(text: str) -> str:
    """Return text without characters that nobody sees or that mark places here, its lines ended by line feeds."""
    return characters.clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, limit: int = LONGEST_LINE) -> str:
    """Return plain text on one line of at most `limit` letters, cut at a word."""
    return characters.cut(characters.fold(clean(text)), limit)


def excerpt_line(markup: str, limit: int = LONGEST_LINE) -> str:
    """Return the text of a little HTML, such as a title or an excerpt, on one line of at most `limit` letters."""
    return one_line(plain(markup[:_MARKUP_READ]), limit)


def parse(html: str, *, has_line_breaks: bool = False) -> BeautifulSoup:
    """Return the tree of a document's HTML with only what `_TAGS` and `_ATTRIBUTES` name.

    `has_line_breaks`: its lines count as parts, too. Raises ValueError where there is more of it than a text has.
    """
    if why := too_long(html):
        raise ValueError(why)
    safe = nh3.clean(
        _shallow(clean(html)),
        tags=set(_TAGS.split()),
        clean_content_tags=set(_DROPPED.split()),
        attributes={"*": set(_ATTRIBUTES.split())},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="pass_through",
    )
    # A text that is an address alone is no file's name; the line's end keeps Beautiful Soup from warning of one.
    soup = BeautifulSoup(f"{safe}\n", "html.parser", multi_valued_attributes=None)
    parts = sum(1 for _ in islice(soup.descendants, MOST_PARTS + 1))
    if has_line_breaks:
        parts += safe.count("\n")
    if parts > MOST_PARTS:
        raise ValueError(f"its HTML has more than {MOST_PARTS:,} parts")
    _flatten(soup)
    return soup


def again(markup: str) -> BeautifulSoup:
    """Return the tree of markup that `str` made of one. A tree takes up many times the room of its markup."""
    return BeautifulSoup(markup, "html.parser", multi_valued_attributes=None)


def too_long(html: str) -> str:
    """Return why a document's HTML is refused for its length alone, "" where it is not."""
    if len(html) > LONGEST and len(_PICTURE_WITHIN.sub("", html)) > LONGEST:
        return f"its HTML is longer than {LONGEST:,} letters"
    return ""


def count_scripts(html: str) -> int:
    """Return how many scripts a document's HTML has, those in addresses too; none of them passes."""
    return len(_RUNS.findall(html))


def attribute(element: Tag | NavigableString | None, name: str) -> str:
    """Return an element's attribute as text, "" where it has none, or where there is no element."""
    if isinstance(element, Tag) and isinstance(value := element.get(name), str):
        return value.strip()
    return ""


def group(found: re.Match[str] | None, name: int | str = 0) -> str:
    """Return a group of what a pattern found, "" where it found nothing."""
    return "" if found is None else str(found[name] or "")


def words_of(text: str) -> list[str]:
    """Return the words of a text; signs, case and forms of letters make no difference."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("_", " "))


def text_of(element: Tag | None) -> str:
    """Return an element's text on one line, "" where there is no element."""
    return one_line(element.get_text(" ")) if element is not None else ""


def new_element(name: str, attributes: Mapping[str, str] | None = None, words: str = "") -> Tag:
    """Return a new element, with words in it."""
    made = Tag(name=name, attrs=dict(attributes or {}))
    if words:
        made.append(words)
    return made


def is_visible(node: PageElement) -> bool:
    """Say whether a node of the tree has words, or anything else to show."""
    if not isinstance(node, Tag):
        return bool(str(node).strip())
    return bool(node.name in SHOWN or node.get_text(strip=True) or node.find(SHOWN))


def _shallow(html: str) -> str:
    """Drop the tags of markup nested deeper than any page is: its reading takes time by the square of the depth."""
    depth, limit = 0, 4 * _DEEPEST

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[2].lower() in _UNPAIRED:
            return tag[0]
        if tag[1]:
            depth = max(0, depth - 1)
        else:
            depth += 1
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
