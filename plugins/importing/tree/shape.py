"""A document's tree brought into the shape Markdown has: paragraphs in few kinds of blocks, lists, headings in steps.

Nothing is dropped here but what is empty; what Markdown cannot say is said more plainly. html2text and markdownify
alone write what stands in the tree: of 250 small pages of odd markup (tests/properties/test_importing.py makes such)
81 and 58 had lost or gained words on python-markdown's page, of those brought into shape first none.
"""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import BLOCKS, CONTAINERS, LEAVES, STYLED, attribute, is_visible, new_element
from plugins.importing.tree import inline, lists, table_cells

_ENDS = re.compile(r"(\n[ \t]*\n\s*|\n)")
_MAY_BE_EMPTY = {"br", "hr", "img", "x-ref", "x-video", "x-note", "td", "th", "tr"}
_PARTS = {*BLOCKS, "thead", "tbody", "tfoot", "caption"}


def shape(soup: BeautifulSoup, log: ConversionLog, *, has_line_breaks: bool) -> None:
    """Bring a tree into shape; `has_line_breaks`: a line's end is one, and a blank line ends a paragraph."""
    inline.rename(soup)
    inline.unnest(soup)
    lists.split_terms(soup)
    lists.collect_items(soup)
    for paragraph in soup.find_all("p"):
        if paragraph.find(BLOCKS):
            paragraph.name = "div"
    for element in reversed(soup.find_all(STYLED)):  # from the inside out: what an inner one lets go of is around us
        if element.parent is not None and element.find(BLOCKS):
            _push_down(element)
    for table in soup.find_all("table"):
        table_cells.square(table, log)
    for container in [soup, *soup.find_all(CONTAINERS)]:
        _wrap_runs(container, has_line_breaks=has_line_breaks)
    for paragraph in soup.find_all("p"):
        _split(paragraph, has_line_breaks=has_line_breaks)
    for div in soup.find_all("div"):
        div.unwrap()
    lists.tidy_items(soup)
    inline.tidy_styles(soup)
    inline.strip_first_breaks(soup)
    inline.renumber_headings(soup)
    _drop_empty(soup)
    lists.number_items(soup)


def _push_down(element: Tag) -> None:
    """Give the paragraphs within a bold, a link and the like their own, since none reaches across paragraphs."""
    for container in [element, *element.find_all(CONTAINERS)]:
        _wrap_runs(container, has_line_breaks=False)
    for leaf in element.find_all(LEAVES):
        if leaf.name != "pre" and not leaf.find(element.name):
            inner = new_element(element.name)
            if element.name == "a":
                inner["href"] = attribute(element, "href")
            inner.extend(list(leaf.contents))
            leaf.append(inner)
    element.unwrap()


def _wrap_runs(container: Tag, *, has_line_breaks: bool) -> None:
    """Put what stands in a container outside of all blocks into paragraphs; a blank line or two breaks part them."""
    for run in _runs(container):
        if not any(map(is_visible, run)):
            for node in run:
                node.extract()
            continue
        wrapper = new_element("p")
        run[0].insert_before(wrapper)
        wrapper.extend(run)
        _split(wrapper, has_line_breaks=has_line_breaks)


def _runs(container: Tag) -> Iterator[list[PageElement]]:
    run: list[PageElement] = []
    for child in list(container.children):
        if not (isinstance(child, Tag) and child.name in BLOCKS):
            run.append(child)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _split(paragraph: Tag, *, has_line_breaks: bool) -> None:
    """Split a paragraph where two line breaks stand in it, or where its lines count, a blank line."""
    if has_line_breaks:
        _mark_line_ends(paragraph)
    if not paragraph.find("br", recursive=False):
        return
    for part in _parts(list(paragraph.children)):
        made = new_element("p")
        paragraph.insert_before(made)
        made.extend(part)
    paragraph.decompose()


def _parts(children: Iterable[PageElement]) -> list[list[PageElement]]:
    """Return what stands between two breaks or more; a single break stays within its part."""
    parts: list[list[PageElement]] = [[]]
    breaks = 0
    for child in children:
        if isinstance(child, Tag) and child.name == "br":
            breaks += 1
            continue
        if breaks and isinstance(child, NavigableString) and not str(child).strip():
            continue
        if breaks > 1:
            parts.append([])
        elif breaks and parts[-1]:
            parts[-1].append(new_element("br"))
        breaks = 0
        parts[-1].append(child)
    return parts


def _mark_line_ends(paragraph: Tag) -> None:
    """Turn the line ends of a text into breaks: one for a line, two for a blank line."""
    for node in list(paragraph.find_all(string=True)):
        if "\n" not in node or node.find_parent(["pre", "code"]):
            continue
        for piece in _ENDS.split(str(node)):
            if "\n" not in piece:
                node.insert_before(NavigableString(piece))
                continue
            node.insert_before(new_element("br"))
            if piece.count("\n") > 1 and node.parent is paragraph:
                node.insert_before(new_element("br"))
        node.extract()


def _drop_empty(soup: BeautifulSoup) -> None:
    """Drop what says nothing, from the inside out."""
    for element in reversed(soup.find_all(True)):
        if element.name in _MAY_BE_EMPTY or is_visible(element):
            continue
        if element.name in STYLED:
            element.unwrap()
        elif element.name in _PARTS:
            element.decompose()
