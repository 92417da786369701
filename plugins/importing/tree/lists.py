"""Lists brought into the one form Markdown can say: items that begin with words, terms that are one line."""

from bs4 import BeautifulSoup, Tag

from plugins.importing.html_tree import BLOCKS, attribute, is_visible, new_element

_LONG_NUMBER = 7  # digits
_NOT_IN_TERMS = [name for name in BLOCKS if name not in {"p", "dt", "dd"}]
_NOT_AROUND_TERMS = [name for name in BLOCKS if name not in {"[document]", "div"}]


def collect_items(soup: BeautifulSoup) -> None:
    """Let a list hold items alone: a list in a list belongs to the item above it, stray items get a list."""
    for item in soup.find_all("li"):
        if not (isinstance(item.parent, Tag) and item.parent.name in {"ul", "ol"}):
            item.wrap(new_element("ul"))
    for whole in soup.find_all(["ul", "ol"]):
        above: Tag | None = None
        for child in list(whole.children):
            if isinstance(child, Tag) and child.name == "li":
                above = child
            elif isinstance(child, Tag) or str(child).strip():
                if above is None:
                    above = new_element("li")
                    child.insert_before(above)
                above.append(child.extract())


def split_terms(soup: BeautifulSoup) -> None:
    """Keep lists of terms that are no more than that; of others, terms are bold lines and the rest stands below."""
    for whole in soup.find_all("dl"):
        if not _is_plain(whole):
            whole.name = "div"
    for part in soup.find_all(["dt", "dd"]):
        if isinstance(part.parent, Tag) and part.parent.name == "dl":
            continue
        if part.name == "dd":
            part.name = "div"
            continue
        strong = new_element("strong")
        strong.extend(list(part.contents))
        part.append(strong)
        part.name = "p"


def _is_plain(whole: Tag) -> bool:
    """Say whether a list of terms is one that Markdown can write."""
    parts: list[Tag] = []
    for child in whole.children:
        if isinstance(child, Tag) and child.name in {"dt", "dd"} and child.get_text(strip=True):
            parts.append(child)
        elif isinstance(child, Tag) or str(child).strip():
            return False
    if not parts or parts[0].name != "dt" or parts[-1].name != "dd":
        return False
    return not whole.find(_NOT_IN_TERMS) and not whole.find_parent(_NOT_AROUND_TERMS)


def tidy_items(soup: BeautifulSoup) -> None:
    """Let short items be lines, and none begin with a list."""
    for item in soup.find_all("li"):
        parts = item.find_all(True, recursive=False)
        if parts and parts[0].name == "p" and all(part.name in {"ul", "ol"} for part in parts[1:]):
            parts[0]["class"] = "line"
    for item in reversed(soup.find_all("li")):
        _raise_lists(item)


def _raise_lists(item: Tag) -> None:
    """Let no item begin with a list, which Markdown cannot say: its items come before it, on its level."""
    while (first := item.find(True, recursive=False)) is not None and first.name in {"ul", "ol"}:
        above = item.find_previous_sibling("li")
        if above is not None:
            above.append(first.extract())
        else:
            for inner in first.find_all("li", recursive=False):
                item.insert_before(inner.extract())
            first.decompose()
    if not is_visible(item):
        item.decompose()


def number_items(soup: BeautifulSoup) -> None:
    """Give every item of a counted list its number."""
    for whole in soup.find_all("ol"):
        start = attribute(whole, "start")
        first = int(start) if start.isdecimal() and len(start) < _LONG_NUMBER else 1
        for count, item in enumerate(whole.find_all("li", recursive=False), first):
            item["value"] = str(count)
