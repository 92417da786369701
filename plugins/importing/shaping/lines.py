"""What stands within lines brought into form: names of styles, styles around nothing, headings in steps. Pure."""

from bs4 import BeautifulSoup, Tag

from plugins.importing.clean import attribute
from plugins.importing.losses import new
from plugins.importing.shaping.blocks import BLOCKS, CONTAINERS, HEADINGS, KEPT, SHOWN, STYLED, shows

_ROOMS = {"section", "article", "aside", "header", "footer", "main", "nav", "center", "address", "details", "hgroup"}
_RENAMED = {
    **dict.fromkeys(_ROOMS | {"summary"}, "div"),
    **{"b": "strong", "i": "em", "var": "em", "cite": "em"},
    **{"s": "del", "strike": "del", "tt": "code", "samp": "code", "kbd": "code"},
}
_PLAIN = ("span", "font", "u", "small", "time", "abbr", "object", "source", "param")
_TITLE_LEVEL = 1


def rename(soup: BeautifulSoup) -> None:
    """Call all that means the same by one name, and take off what means nothing here."""
    for element in soup.find_all(True):
        if element.name in _RENAMED:
            element.name = _RENAMED[element.name]
        elif element.name == "q":
            element.insert(0, "“")
            element.append("”")
            element.unwrap()
        elif element.name in _PLAIN:
            element.unwrap()


def flatten(soup: BeautifulSoup) -> None:
    """Let what is one line hold no blocks: headings, terms, captions; one of these, or code, around more is none."""
    for caption in soup.find_all("figcaption"):
        if not isinstance(caption.parent, Tag) or caption.parent.name != "figure":
            caption.name = "div"
    for code in soup.find_all("pre"):
        if code.find([*BLOCKS, *KEPT]):
            code.name = "div"
    for line in soup.find_all([*HEADINGS, "dt", "figcaption"]):
        _unfold(line)


def _unfold(line: Tag) -> None:
    inner = [one for one in line.find_all(BLOCKS) if isinstance(one, Tag)]
    if any(one.name not in {"p", "div"} for one in inner):
        if line.name == "figcaption" and isinstance(line.parent, Tag):
            line.parent.name = "div"
        line.name = "div"
        return
    for one in inner:
        one.insert_before(" ")
        one.insert_after(" ")
        one.unwrap()


def tidy(soup: BeautifulSoup) -> None:
    """Take off styles that say nothing new, and join those that touch; code holds letters, and lets go of all else."""
    for element in soup.find_all("code"):
        if element.find(["img", "x-ref", "x-video", "a"]) and not element.find_parent("pre"):
            _open_code(element)
    for element in soup.find_all(STYLED):
        leads_nowhere = element.name == "a" and not attribute(element, "href")
        again = element.name not in {"sub", "sup"} and element.find_parent(element.name)
        if leads_nowhere or again or not shows(element):
            element.unwrap()
    for element in soup.find_all(STYLED):
        if element.name != "a":
            _join(element)


def _open_code(element: Tag) -> None:
    """Let go of what is in code and no letter; a link in it becomes a link around code."""
    for link in element.find_all("a"):
        inner = new("code")
        inner.extend(list(link.contents))
        link.append(inner)
    element.unwrap()


def _join(element: Tag) -> None:
    while isinstance(after := element.next_sibling, Tag) and after.name == element.name:
        element.extend(list(after.contents))
        after.decompose()


def begin(soup: BeautifulSoup) -> None:
    """Take off the line breaks before a paragraph's first words: after a mark alone one would leave an empty line."""
    for paragraph in soup.find_all("p"):
        for node in list(paragraph.descendants):
            if isinstance(node, Tag) and node.name == "br":
                node.decompose()
            elif node.name in SHOWN if isinstance(node, Tag) else str(node).strip():
                break


def headings(soup: BeautifulSoup) -> None:
    """Count headings anew from 2, leaving no level out; within lists, quotations and notes they are bold lines."""
    for heading in soup.find_all(HEADINGS):
        for picture in heading.find_all("img"):
            heading.insert_after(picture.extract())
            picture.wrap(new("p"))
        if not shows(heading):
            heading.name = "p"
    found = soup.find_all(HEADINGS)
    inner = {id(one) for one in found if one.find_parent([*CONTAINERS[2:], "td", "th"])}
    for heading in (one for one in found if id(one) in inner):
        for bold in heading.find_all("strong"):
            bold.unwrap()
        strong = new("strong")
        strong.extend(list(heading.contents))
        heading.name = "p"
        heading.append(strong)
    outer = [one for one in found if id(one) not in inner]
    ranks = {level: rank for rank, level in enumerate(sorted({int(one.name[1]) for one in outer}), _TITLE_LEVEL + 1)}
    above = _TITLE_LEVEL
    for heading in outer:
        above = min(ranks[int(heading.name[1])], above + 1)
        heading.name = f"h{above}"
