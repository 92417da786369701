"""Footnotes: a link down to a note that links back up to the same paragraph is one, whoever made it.

So those of Substack, WordPress with its plugins, Ghost, and everything a Markdown program wrote are found by one rule.
"""

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from plugins.importing.html_tree import attribute, new_element

_HOLDERS = {"li", "div", "p", "aside", "dd"}
_INLINE = {"a", "sup", "span", "b", "strong", "em", "i", "small", "sub"}
_AROUND_REFERENCE = {"sup", "span", "small"}
_BLOCKS = ["p", "li", "td", "th", "dd", "blockquote", "figcaption", "h1", "h2", "h3", "h4", "div"]
# All that the link back from a note says.
_ARROWS = re.compile(r"[\s\[\]()↩↑⤴^︎️.:]*")
# What a link to a note says: a number, a star, a dagger; what says more is a link within the text.
_SHORT = re.compile(r"[\s\[\](){}*†‡§\w.:#-]{0,12}")
_LISTS = ".footnotes, .footnote-list, .easy-footnotes-wrapper, .wp-block-footnotes, .footnotes-list"
_MOST = 2_000


def rewrite(soup: BeautifulSoup) -> None:
    """Turn a text's footnotes into `x-ref` where they are called, and an `x-note` for each note at the text's end."""
    links = soup.find_all("a", href=re.compile("^#."))
    if not links or len(links) > _MOST:
        return
    named: dict[str, Tag] = {}
    for element in soup.find_all(True):
        for name in _names([element]):
            named.setdefault(name, element)
    around: dict[int, set[str]] = {}
    notes: dict[int, tuple[Tag, str, set[str]]] = {}
    for link in links:
        holder = _holder(link, named)
        if holder is None or holder in link.parents or link.parent is None:
            continue
        origins = _origins(link, around)
        leads_to = [attribute(inner, "href").removeprefix("#") for inner in holder.find_all("a", href=True)]
        if origins.isdisjoint(leads_to):
            continue
        _, label, known = notes.setdefault(id(holder), (holder, str(len(notes) + 1), set()))
        known.update(origins)
        _cite(link, label)
    for holder, label, origins in notes.values():
        soup.append(_take_out(holder, label, origins))
    for left in soup.select(_LISTS):
        if not left.get_text(strip=True) and not left.find("img"):
            left.decompose()


def _names(elements: Iterable[Tag]) -> set[str]:
    """Return what elements are called, so that links can lead to them: by `id`, or by `name` as HTML had it before."""
    names = set()
    for element in elements:
        names |= {attribute(element, "id"), attribute(element, "name")}
    return names - {""}


def _holder(link: Tag, named: dict[str, Tag]) -> Tag | None:
    """Return the element that holds the note a link leads to, none where that is no note."""
    target = named.get(attribute(link, "href")[1:])
    if target is None or not _SHORT.fullmatch(link.get_text()):
        return None
    holder: Tag = target
    while holder.name in _INLINE and isinstance(holder.parent, Tag):
        holder = holder.parent
    if holder.name not in _HOLDERS:
        return None
    is_whole = holder is target or holder.name != "div" or "note" in attribute(holder, "class")
    return holder if is_whole else None


def _origins(link: Tag, around: dict[int, set[str]]) -> set[str]:
    """Return the names by which a note can lead back to where a link stands, without their `#`."""
    block = link.find_parent(_BLOCKS)
    near = _names([link, *list(link.parents)[:2]])
    if block is None:
        return near
    if id(block) not in around:
        around[id(block)] = _names([block, *block.find_all(True)])
    # A WordPress block names the reference after its note.
    return around[id(block)] | near | {f"{attribute(link, 'href')[1:]}-link"}


def _cite(link: Tag, label: str) -> None:
    """Put a reference in a link's place; the `sup` around it goes where it holds nothing else."""
    whole, words = link, _bare(link)
    while isinstance(outer := whole.parent, Tag) and outer.name in _AROUND_REFERENCE and _bare(outer) == words:
        whole = outer
    whole.replace_with(new_element("x-ref", {"label": label}))


def _bare(element: Tag) -> str:
    return element.get_text(strip=True).strip("[]()")


def _take_out(holder: Tag, label: str, origins: set[str]) -> Tag:
    """Take a note out of its place, without the links that lead back."""
    for link in holder.find_all("a", href=re.compile("^#")):
        if attribute(link, "href")[1:] not in origins and not _ARROWS.fullmatch(link.get_text()):
            continue
        outer = link.parent
        link.decompose()
        if isinstance(outer, Tag) and outer is not holder and not outer.get_text(strip=True) and not outer.find("img"):
            outer.decompose()
    note = new_element("x-note", {"label": label})
    note.extend(list(holder.contents))
    holder.decompose()
    if note.contents and isinstance(last := note.contents[-1], NavigableString):
        last.replace_with(str(last).rstrip())
    return note
