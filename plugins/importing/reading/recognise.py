"""What has been given: an export of Substack, Medium or WordPress, or a feed; told by what is in it. Pure."""

import re
from collections.abc import Callable, Iterable

from plugins.importing.models import Kind
from plugins.importing.reading import medium, wxr

_TABLE = re.compile(r"(?:^|/)posts\.csv$", re.IGNORECASE)
_FEED = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF)[\s>]")
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?://jsonfeed\.org/|"items"\s*:\s*\[')
_OFFERED = re.compile(
    r"<link\b[^<>]*\btype=[\"']application/(?:rss|atom|feed)\+(?:xml|json)[\"'][^<>]*>", re.IGNORECASE
)
_ADDRESS = re.compile(r"\bhref=[\"']([^\"']{1,500})[\"']", re.IGNORECASE)
HEAD = 20_000
"""Letters of a file that are looked at."""


def kind_of(names: Iterable[str], head: Callable[[str], str]) -> tuple[Kind, tuple[str, ...]] | None:
    """Return what an export's files are of, and which of them are the ones to begin with; none where nobody knows.

    `head` returns the beginning of a file's text.
    """
    names = sorted(names)
    if tables := [name for name in names if _TABLE.search(name)]:
        return "substack", tuple(tables[:1])
    pages = [name for name in names if name.lower().endswith((".html", ".htm"))]
    if stories := [name for name in pages if medium.is_story(head(name))]:
        return "medium", tuple(stories)
    endings = (".xml", ".json", ".rss", ".atom", ".wxr")
    # What came by an address has no ending.
    documents = [name for name in names if name.lower().endswith(endings) or "." not in name.rsplit("/", 1)[-1]]
    if exports := [name for name in documents if wxr.is_wxr(head(name))]:
        return "wordpress", tuple(exports)
    if feeds := [name for name in documents if is_feed(head(name))]:
        return "feed", tuple(feeds)
    return None


def others(names: Iterable[str], head: Callable[[str], str], kind: Kind, read: Iterable[str]) -> tuple[str, ...]:
    """Return the files that are no part of the export that was `read`, and are, or may be, another one."""
    left = sorted(set(names).difference(read))
    return tuple(name for name in left if _may_be_another(name, head, kind))


def _may_be_another(name: str, head: Callable[[str], str], kind: Kind) -> bool:
    lower = name.lower()
    if lower.endswith((".xml", ".wxr", ".rss", ".atom", ".json")):
        return wxr.is_wxr(beginning := head(name)) or is_feed(beginning)
    if lower.endswith((".html", ".htm")):
        return kind != "medium" and medium.is_story(head(name))
    return bool(_TABLE.search(name)) or lower.endswith(".zip")


def is_feed(head: str) -> bool:
    """Say whether a document's beginning is that of a feed."""
    return bool(_FEED.search(head)) or bool(re.match(r"\s*\{", head) and _JSON_FEED.search(head))


def offered(page: str) -> str:
    """Return the first feed a page names in its head, "" where it names none."""
    link = _OFFERED.search(page)
    found = _ADDRESS.search(link[0]) if link else None
    return found[1] if found else ""
