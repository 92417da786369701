"""Which elements are blocks, which hold others, and whether they say anything: one table for all who shape. Pure."""

from collections.abc import Iterable

from bs4 import Tag
from bs4.element import PageElement

CONTAINERS = ("[document]", "div", "blockquote", "li", "dd", "x-note", "x-pull", "x-quote", "x-video")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LEAVES = ("p", *HEADINGS, "dt", "figcaption", "pre")
BLOCKS = [*CONTAINERS, *LEAVES, "ul", "ol", "dl", "table", "figure", "hr"]
STYLED = ("strong", "em", "del", "ins", "mark", "sub", "sup", "a", "code")
SHOWN = ["img", "x-ref", "x-video"]
"""Elements that say something without a word."""
KEPT = [*SHOWN, "x-loss"]
"""Those, and the marks of losses."""


def says(nodes: Iterable[PageElement]) -> bool:
    """Say whether nodes have words, or anything else to show."""
    return any(
        (node.get_text(strip=True) or node.name in KEPT or node.find(KEPT))
        if isinstance(node, Tag)
        else str(node).strip()
        for node in nodes
    )


def shows(element: Tag) -> bool:
    """Say whether an element has words, or anything else to show, and not marks alone, which go in the end."""
    return bool(element.get_text(strip=True) or element.name in SHOWN or element.find(SHOWN))
