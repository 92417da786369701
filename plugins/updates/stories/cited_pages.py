"""The page an update is, and the pages it links to: what two updates on one event may have in common.

Addresses are only compared; none is requested.
"""

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from plugins.core.text.urls import canonical
from plugins.updates.model import Update
from plugins.updates.stories.thresholds import ROUND_UP

_HREF = re.compile(r"""\bhref\s*=\s*["']([^"'<>]{1,2000})["']""", re.IGNORECASE)
# Most addresses: their host and path are had without taking all apart, which takes ten times as long.
_PLAIN = re.compile(r"https?://(?:www\.)?([a-z0-9.-]*[a-z0-9])(|/[!-\"$->@-~]*)(?:[?#][!-~]*)?")
# Pages about no event: a site's or a language's front page, a feed.
_FRONT = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?)?(?:/?index\.\w{2,5})?/?", re.IGNORECASE)
_FEED = re.compile(r"/(?:feeds?|rss|atom)/?$|\.(?:rss|atom|xml)$", re.IGNORECASE)


def page(url: str) -> str:
    """Return the canonical address of a page, or "" where it reports no single event (a front page, a feed)."""
    host, path = _split(url)
    if not host or _FEED.search(path):
        return ""
    address = canonical(url)
    # "/?p=12" is a page where `canonical` left the query, and the front where it knew it for a tracker's.
    if _FRONT.fullmatch(path) and "?" not in address:
        return ""
    return address


def linked_pages(update: Update) -> frozenset[str]:
    """Return the pages elsewhere that an update names as its source or links to; none for a round-up."""
    urls = (*update.via, *_hrefs(update.summary))
    if not urls:
        return frozenset()
    own_host, _ = _split(update.url)
    found = set()
    for url in urls:
        host, _ = _split(url)
        if host and host != own_host:
            found.add(page(url))
    found.discard("")
    return frozenset(found) if len(found) <= ROUND_UP else frozenset()


def cited_pages(update: Update) -> frozenset[str]:
    """Return all pages that an update's words link to, also those of a round-up."""
    return frozenset(map(page, _hrefs(update.summary))) - {""}


def hosts(url: str) -> Iterator[str]:
    """Yield the parts of an address's host name that may be an outlet's name."""
    host, _ = _split(url)
    yield from host.split(".")[:-1]


def _hrefs(summary: str) -> list[str]:
    if "href" not in summary.lower():
        return []
    return list(map(html.unescape, _HREF.findall(summary)))


@lru_cache(maxsize=256)  # each update's is asked for three times
def _split(url: str) -> tuple[str, str]:
    """Return host and path of an http(s) address; both are "" of anything else."""
    if found := _PLAIN.fullmatch(url):
        return found[1], found[2]
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    if parts.scheme not in {"http", "https"}:
        return "", ""
    return host, parts.path
