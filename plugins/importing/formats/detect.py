"""Which kind of export has been given, told by what is in its files and not by their names; and how each is read."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plugins.importing.formats import feed_entries, medium, substack, wordpress, wxr
from plugins.importing.html_tree import group
from plugins.importing.model import Export, Kind

HEAD = 20_000
"""Bytes of a file that are looked at."""

_FEED = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF)[\s>]")
_JSON_FEED = re.compile(r'\s*\{(?s:.*)(?:"version"\s*:\s*"https?://jsonfeed\.org/|"items"\s*:\s*\[)')
_OFFERED = re.compile(
    r"<link\b[^<>]*\btype=[\"']application/(?:rss|atom|feed)\+(?:xml|json)[\"'][^<>]*>", re.IGNORECASE
)
_ADDRESS = re.compile(r"\bhref=[\"']([^\"']{1,500})[\"']", re.IGNORECASE)
_PAGES = (".html", ".htm")
_DOCUMENTS = (".xml", ".wxr", ".json", ".rss", ".atom")


class Format(NamedTuple):
    """How one kind is read: the endings of the files it begins with, and its reader.

    `read` takes the files' bytes by their names, the export's path or address, the old site's address ("" to find it
    out) and the zone of times without one.
    """

    endings: tuple[str, ...]
    read: Callable[[Mapping[str, bytes], str, str, ZoneInfo], Export]


FORMATS: Mapping[Kind, Format] = {
    "substack": Format(("posts.csv",), substack.read),
    "medium": Format(_PAGES, medium.read),
    "wordpress": Format((".xml", ".wxr"), wordpress.read),
    "feed": Format((".xml", ".json", ".rss", ".atom"), feed_entries.read),
}


def kind_of(names: Iterable[str], head: Callable[[str], str]) -> tuple[Kind, tuple[str, ...]] | None:
    """Return what an export's files are of, and which of them are the ones to begin with; none where nobody knows.

    `head` returns the beginning of a file's text. Of several kinds the first in `FORMATS` is meant.
    """
    found: dict[Kind, list[str]] = {}
    for name in sorted(names):
        if kind := _kind_of_file(name, head):
            found.setdefault(kind, []).append(name)
    kind = next((one for one in FORMATS if one in found), None)
    if kind is None:
        return None
    return kind, tuple(found[kind][:1] if kind == "substack" else found[kind])


def other_exports(names: Iterable[str], head: Callable[[str], str], read: Iterable[str]) -> tuple[str, ...]:
    """Return the files that are no part of the export that was `read`, and are, or may be, another one."""
    left = sorted(set(names).difference(read))
    return tuple(name for name in left if name.lower().endswith(".zip") or _kind_of_file(name, head))


def _kind_of_file(name: str, head: Callable[[str], str]) -> Kind | None:
    """Return the kind of export that begins with a file, none where it is no export's."""
    lower = name.lower()
    has_ending = "." in name.rsplit("/", 1)[-1]  # what came by an address has none
    if substack.TABLE.search(name):
        return "substack"
    if lower.endswith(_PAGES) and medium.is_story(head(name)):
        return "medium"
    if lower.endswith(_DOCUMENTS) or not has_ending:
        beginning = head(name)
        if wxr.is_wxr(beginning):
            return "wordpress"
        if _FEED.search(beginning) or _JSON_FEED.match(beginning):
            return "feed"
    return None


def offered_feed(page: str) -> str:
    """Return the first feed a page names in its head, "" where it names none."""
    link = _OFFERED.search(page)
    return group(_ADDRESS.search(group(link)), 1)
