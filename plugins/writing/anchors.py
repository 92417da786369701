"""Every quotation has an address of its own, so that others can point at it.

The address comes from the quotation's first words, or a transcript's time: what is written above it later does not move
it. It runs after what writers set by hand (`attr_list`) and before headings are given their ids (`toc`).
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify, unique
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

_WORDS = 6
_STASHED = re.compile(f"{STX}[^{ETX}]*{ETX}")


class _Anchors(Treeprocessor):
    def run(self, root: Element) -> None:
        """Give an id to every quotation that has none."""
        used = {element.get("id", "") for element in root.iter()}
        for element, wish in _quotations(root):
            if not element.get("id"):
                element.set("id", unique(wish, used))


def _quotations(parent: Element) -> Iterator[tuple[Element, str]]:
    """Return the outermost quotations with the id each would like."""
    for child in parent:
        classes = child.get("class", "").split()
        if child.tag == "dl" and "transcript" in classes:
            for moment in child.iter("dt"):
                yield moment, f"at-{_text(moment).replace(':', '-')}"
        elif child.tag == "blockquote" or {"pull", "line"} & set(classes):
            yield child, _slug(child[0] if "line" in classes else child)
        else:
            yield from _quotations(child)


def _slug(quotation: Element) -> str:
    said = [child for child in quotation if "attribution" not in child.get("class", "").split()]
    words = (quotation.text or "").split() + " ".join(map(_text, said)).split()
    first = slugify(" ".join(words[:_WORDS]), "-").strip("-")
    # letters that have no plain form leave nothing to be read
    return f"quote-{first or sha256(' '.join(words).encode()).hexdigest()[:8]}"


def _text(element: Element) -> str:
    return " ".join(_STASHED.sub("", "".join(element.itertext())).split())


class AnchorsExtension(Extension):
    """Use as "plugins.writing.anchors:AnchorsExtension"."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - python-markdown's name
        """Run between `attr_list` (8) and `toc` (5)."""
        md.treeprocessors.register(_Anchors(md), "picketwire-anchors", 6)
