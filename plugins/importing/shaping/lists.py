"""Lists brought into the one form Markdown can say: items that begin with words, terms that are one line. Pure."""

from itertools import pairwise

from bs4 import BeautifulSoup, Tag

from plugins.importing.clean import attribute
from plugins.importing.losses import new
from plugins.importing.shaping.blocks import BLOCKS, says, shows

_LONG_NUMBER = 7  # digits


def gather(soup: BeautifulSoup) -> None:
    """Let a list hold items alone: a list in a list belongs to the item above it, stray items get a list."""
    for item in soup.find_all("li"):
        if not (isinstance(item.parent, Tag) and item.parent.name in {"ul", "ol"}):
            item.wrap(new("ul"))
    for whole in soup.find_all(["ul", "ol"]):
        above: Tag | None = None
        for child in list(whole.children):
            if isinstance(child, Tag) and child.name == "li":
                above = child
            elif isinstance(child, Tag) or str(child).strip():
                if above is None:
                    above = new("li")
                    child.insert_before(above)
                above.append(child.extract())


def terms(soup: BeautifulSoup) -> None:
    """Keep lists of terms that are no more than that; of others, terms are bold lines and the rest stands below."""
    for whole in soup.find_all("dl"):
        parts = [child for child in whole.children if isinstance(child, Tag)]
        plain = bool(parts) and parts[0].name == "dt" and parts[-1].name == "dd"
        plain = plain and all(part.name in {"dt", "dd"} and part.get_text(strip=True) for part in parts)
        plain = plain and not whole.find([name for name in BLOCKS if name not in {"p", "dt", "dd"}])
        plain = plain and not whole.find_parent(list({*BLOCKS} - {"[document]", "div"}))
        stray = any(not isinstance(child, Tag) and str(child).strip() for child in whole.children)
        if not plain or stray:
            whole.name = "div"
    for part in soup.find_all(["dt", "dd"]):
        if isinstance(part.parent, Tag) and part.parent.name == "dl":
            continue
        if part.name == "dt":
            strong = new("strong")
            strong.extend(list(part.contents))
            part.append(strong)
        part.name = "p" if part.name == "dt" else "div"


def finish(soup: BeautifulSoup) -> None:
    """Let short items be lines, and none begin with a list, nor with marks of losses alone."""
    for item in soup.find_all(["li", "dd"]):
        _begin(item)
    for item in soup.find_all("li"):
        _tighten(item)
    for item in reversed(soup.find_all("li")):
        _raise_lists(item)


def _begin(item: Tag) -> None:
    """Let the marks that begin an item stand in the paragraph below them: alone they go with their line."""
    parts = [child for child in item.children if isinstance(child, Tag)]
    for part, after in pairwise(parts):
        if shows(part) or {part.name, after.name} != {"p"}:
            return
        for mark in reversed(part.find_all("x-loss")):
            after.insert(0, mark.extract())
        part.decompose()


def _tighten(item: Tag) -> None:
    """Let an item with one paragraph, and nothing else but lists below it, be a line."""
    parts = [child for child in item.children if isinstance(child, Tag)]
    if parts and parts[0].name == "p" and all(part.name in {"ul", "ol"} for part in parts[1:]):
        parts[0]["class"] = "line"


def _raise_lists(item: Tag) -> None:
    """Let no item begin with a list, which Markdown cannot say: its items come before it, on its level."""
    while (first := next((one for one in item.children if isinstance(one, Tag)), None)) and first.name in {"ul", "ol"}:
        above = item.find_previous_sibling("li")
        if isinstance(above, Tag):
            above.append(first.extract())
        else:
            for inner in first.find_all("li", recursive=False):
                item.insert_before(inner.extract())
            first.decompose()
    if not says(item.children):
        item.decompose()


def number(soup: BeautifulSoup) -> None:
    """Give every item of a counted list its number."""
    for whole in soup.find_all("ol"):
        start = attribute(whole, "start")
        first = int(start) if start.isdecimal() and len(start) < _LONG_NUMBER else 1
        for count, item in enumerate(whole.find_all("li", recursive=False), first):
            item["value"] = str(count)
