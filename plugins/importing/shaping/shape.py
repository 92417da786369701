"""A text's tree brought into the shape Markdown has: paragraphs in few kinds of blocks, lists, headings in steps. Pure.

Nothing is dropped here but what is empty; what Markdown cannot say is said more plainly.
"""

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new
from plugins.importing.shaping import cells, lines, lists
from plugins.importing.shaping.blocks import BLOCKS, CONTAINERS, LEAVES, STYLED, says

_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_ENDS = re.compile(r"(\n[ \t]*\n\s*|\n)")
_STAY = {"br", "hr", "img", "x-ref", "x-loss", "x-video", "x-note", "td", "th", "tr"}
_PARTS = {*BLOCKS, "thead", "tbody", "tfoot", "caption"}


def shape(soup: BeautifulSoup, losses: Losses, *, flowing: bool) -> None:
    """Bring a text into shape; `flowing`: a blank line ends a paragraph, and a line break is one."""
    lines.rename(soup)
    lines.flatten(soup)
    lists.terms(soup)
    lists.gather(soup)
    for paragraph in soup.find_all("p"):
        if paragraph.find(BLOCKS):
            paragraph.name = "div"
    _push_down_all(soup)
    for table in soup.find_all("table"):
        cells.square(table, losses)
    _paragraphs(soup, flowing=flowing)
    for div in soup.find_all("div"):
        div.unwrap()
    lists.finish(soup)
    lines.tidy(soup)
    lines.begin(soup)
    lines.headings(soup)
    _drop_empty(soup)
    lists.number(soup)


def _paragraphs(soup: BeautifulSoup, *, flowing: bool) -> None:
    for element in [soup, *soup.find_all(CONTAINERS)]:
        _wrap_runs(element, flowing=flowing)
    for paragraph in soup.find_all("p"):
        _split(paragraph, flowing=flowing)


def _push_down_all(soup: BeautifulSoup) -> None:
    for element in reversed(soup.find_all(STYLED)):  # from the inside out: what an inner one lets go of is around us
        if element.parent is not None and element.find(BLOCKS):
            _push_down(element)


def _push_down(element: Tag) -> None:
    """Give the paragraphs within a bold, a link and the like their own, since none reaches across paragraphs."""
    for room in [element, *element.find_all(CONTAINERS)]:
        _wrap_runs(room, flowing=False)
    for leaf in element.find_all(LEAVES):
        if leaf.name != "pre" and not leaf.find(element.name):
            inner = new(element.name, {"href": attribute(element, "href")} if element.name == "a" else None)
            inner.extend(list(leaf.contents))
            leaf.append(inner)
    element.unwrap()


def _wrap_runs(element: Tag, *, flowing: bool) -> None:
    """Put what stands in a container outside of all blocks into paragraphs; a blank line or two breaks part them."""
    for run in _runs(element):
        if not says(run):
            for node in run:
                node.extract()
            continue
        wrapper = new("p")
        run[0].insert_before(wrapper)
        wrapper.extend(run)
        _split(wrapper, flowing=flowing)


def _runs(element: Tag) -> Iterator[list[PageElement]]:
    run: list[PageElement] = []
    for child in list(element.children):
        if isinstance(child, Tag) and child.name in BLOCKS:
            if run:
                yield run
            run = []
        else:
            run.append(child)
    if run:
        yield run


def _split(paragraph: Tag, *, flowing: bool) -> None:
    """Split a paragraph where two line breaks, or in a flowing text a blank line, stand in it."""
    if flowing:
        _break_lines(paragraph)
    if not paragraph.find("br", recursive=False):
        return
    for part in _parts(list(paragraph.children)):
        made = new("p")
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
            parts[-1].append(new("br"))
        breaks = 0
        parts[-1].append(child)
    return parts


def _break_lines(paragraph: Tag) -> None:
    """Turn the line ends of a flowing text into breaks: one for a line, two for a blank line."""
    for node in list(paragraph.find_all(string=True)):
        if "\n" not in node or node.find_parent(["pre", "code"]):
            continue
        nested = node.parent is not paragraph
        for piece in _ENDS.split(str(node)):
            if "\n" not in piece:
                node.insert_before(NavigableString(piece))
                continue
            for _ in range(2 if _BLANK_LINE.fullmatch(piece) and not nested else 1):
                node.insert_before(new("br"))
        node.extract()


def _drop_empty(soup: BeautifulSoup) -> None:
    """Drop what says nothing, from the inside out."""
    for element in reversed(soup.find_all(True)):
        if element.name in _STAY or says([element]):
            continue
        if element.name in STYLED:
            element.unwrap()
        elif element.name in _PARTS:
            element.decompose()
