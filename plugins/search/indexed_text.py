"""What of a page is indexed: the one element that its template marks, cut out of what stands around it.

So Pagefind is asked again only where that has changed, and not where a page has another neighbour, menu or footer. The
whole page is taken wherever a cut might lose something: a mark elsewhere on it, no heading inside, or HTML of which the
end of the element is not plain.
"""

import re

from plugins.search.model import MARK

_ANY_MARK = b"data-pagefind-"
_IGNORED = re.compile(rb"data-pagefind-ignore(?=[\s=/>])")
_NAME = re.compile(rb"<([a-z][a-z0-9]*)\s")
_OPAQUE = re.compile(rb"<(?:!--|iframe|noscript|script|style|template|textarea|title|xmp)", re.IGNORECASE)
_HEADING = re.compile(rb"<h1[\s>]", re.IGNORECASE)


def indexed_text(page: bytes) -> bytes | None:
    """Return the HTML that Pagefind is shown for a page; None for one that hands nothing over."""
    at = page.find(MARK)
    if at < 0:
        return None
    start = page.rfind(b"<", 0, at)
    name = _NAME.match(page, start)  # none where there is no "<" before: then it looks at the page's beginning
    if name is None:
        return page
    end = _end(page, start, name[1])
    if end < 0:
        return page
    inner = page[start:end]
    # Pagefind takes a title from anywhere on a page, and its marks too (https://pagefind.app/docs/metadata/). What they
    # leave out behind the element is left out anyway; before it, it may be what the element stands in.
    before, after = page.count(_ANY_MARK, 0, start), page.count(_ANY_MARK, end)
    elsewhere = before or after != len(_IGNORED.findall(page, end))
    if elsewhere or _OPAQUE.search(inner) or not _HEADING.search(inner):
        return page
    return b"<!DOCTYPE html><html><body>" + inner + b"</body></html>"


def _end(page: bytes, start: int, name: bytes) -> int:
    """Return where the element that starts at `start` ends; -1 where tags of its name are not in pairs."""
    tags = re.compile(rb"<(/?)" + name + rb"(?=[\s/>])[^>]*>", re.IGNORECASE)
    open_tags, end, balance = 0, -1, 0
    for tag in tags.finditer(page):
        step = -1 if tag[1] else 1
        balance += step
        if tag.start() >= start and end < 0:
            open_tags += step
            if open_tags == 0:
                end = tag.end()
    return end if balance == 0 else -1
