"""What stands within lines brought into form: names of styles, styles around nothing, headings in steps."""

from bs4 import BeautifulSoup, Tag

from plugins.importing.html_tree import (
    BLOCKS,
    CONTAINERS,
    HEADINGS,
    SHOWN,
    STYLED,
    attribute,
    is_visible,
    new_element,
)

_DIVISIONS = "section article aside header footer main nav center address details hgroup summary"
_RENAMED = {
    **dict.fromkeys(_DIVISIONS.split(), "div"),
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


def unnest(soup: BeautifulSoup) -> None:
    """Let headings, terms and captions, which are one line, hold no blocks; what is more is a division, code too."""
    for caption in soup.find_all("figcaption"):
        if not isinstance(caption.parent, Tag) or caption.parent.name != "figure":
            caption.name = "div"
    for code in soup.find_all("pre"):
        if code.find([*BLOCKS, *SHOWN]):
            code.name = "div"
    for line in soup.find_all([*HEADINGS, "dt", "figcaption"]):
        inner = line.find_all(BLOCKS)
        if any(one.name not in {"p", "div"} for one in inner):
            if line.name == "figcaption" and isinstance(line.parent, Tag):
                line.parent.name = "div"
            line.name = "div"
            continue
        for one in inner:
            one.insert_before(" ")
            one.insert_after(" ")
            one.unwrap()


def tidy_styles(soup: BeautifulSoup) -> None:
    """Take off styles that say nothing new, and join those that touch; code holds letters, and lets go of all else."""
    for element in soup.find_all("code"):
        if element.find([*SHOWN, "a"]) and not element.find_parent("pre"):
            for link in element.find_all("a"):  # a link in code becomes a link around code
                inner = new_element("code")
                inner.extend(list(link.contents))
                link.append(inner)
            element.unwrap()
    for element in soup.find_all(STYLED):
        leads_nowhere = element.name == "a" and not attribute(element, "href")
        is_repeated = element.name not in {"sub", "sup"} and element.find_parent(element.name)
        if leads_nowhere or is_repeated or not is_visible(element):
            element.unwrap()
    for element in soup.find_all(STYLED):
        while element.name != "a" and isinstance(after := element.next_sibling, Tag) and after.name == element.name:
            element.extend(list(after.contents))
            after.decompose()


def strip_first_breaks(soup: BeautifulSoup) -> None:
    """Take off the line breaks before a paragraph's first words: after a mark alone one would leave an empty line."""
    for paragraph in soup.find_all("p"):
        for node in list(paragraph.descendants):
            if not isinstance(node, Tag):
                if str(node).strip():
                    break
            elif node.name == "br":
                node.decompose()
            elif node.name in SHOWN:
                break


def renumber_headings(soup: BeautifulSoup) -> None:
    """Count headings anew from 2, leaving no level out; within lists, quotations and notes they are bold lines."""
    for heading in soup.find_all(HEADINGS):
        for picture in heading.find_all("img"):
            heading.insert_after(picture.extract())
            picture.wrap(new_element("p"))
        if not is_visible(heading):
            heading.name = "p"
    outer: list[Tag] = []
    for heading in soup.find_all(HEADINGS):
        if not heading.find_parent([*CONTAINERS[2:], "td", "th"]):
            outer.append(heading)
            continue
        for bold in heading.find_all("strong"):
            bold.unwrap()
        strong = new_element("strong")
        strong.extend(list(heading.contents))
        heading.name = "p"
        heading.append(strong)
    used = sorted({one.name for one in outer})
    ranks = {name: rank for rank, name in enumerate(used, _TITLE_LEVEL + 1)}
    above = _TITLE_LEVEL
    for heading in outer:
        above = min(ranks[heading.name], above + 1)
        heading.name = f"h{above}"
