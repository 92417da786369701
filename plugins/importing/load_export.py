"""From an export's files to its documents: its kind is told by what is in its files, or by the writer."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem, SiteError
from plugins.importing.export_files import LONGEST_FILE, LONGEST_PAGE, MOST_TEXTS, Files
from plugins.importing.formats import feed_entries, medium, substack, wordpress, wxr
from plugins.importing.formats.texts import ExhaustedError
from plugins.importing.html_tree import group
from plugins.importing.model import Export, Kind

_FEED = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|RDF)[\s>]")
_JSON_FEED = re.compile(r'\s*\{(?s:.*)(?:"version"\s*:\s*"https?://jsonfeed\.org/|"items"\s*:\s*\[)')
_OFFERED = re.compile(
    r"<link\b[^<>]*\btype=[\"']application/(?:rss|atom|feed)\+(?:xml|json)[\"'][^<>]*>", re.IGNORECASE
)
_ADDRESS = re.compile(r"\bhref=[\"']([^\"']{1,500})[\"']", re.IGNORECASE)
_PAGES = (".html", ".htm")
_DOCUMENTS = (".xml", ".wxr", ".json", ".rss", ".atom")

Head = Callable[[str], str]
"""Returns the beginning of a file's text, by the file's name."""


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


def load(given: Files, where: str, chosen: str, site: str, zone: ZoneInfo) -> Export:
    """Return what an export holds.

    `where` is its path or address, `chosen` its kind, "" to find out, `site` the old site's address, "" to find out,
    `zone` that of times without one. Raises SiteError where nobody can tell what it is, or nothing in it can be read.
    """
    if chosen:
        kind, begins_with = _chosen(given, where, chosen)
    else:
        kind, begins_with = _found(given, where)
    wanted = begins_with
    if kind == "substack":
        begins_with = begins_with[:1]
        wanted = substack.files(given.names, begins_with[0])
    export = FORMATS[kind].read(_ExportTexts(given, wanted), where, site, zone)
    if not export.documents and export.problems:
        raise SiteError(export.problems)
    return replace(export, read=begins_with, unread=_other_exports(given, begins_with))


class _ExportTexts(Mapping[str, bytes]):
    """Files of an export by name, each read when it is asked for, and held by nobody: the formats take one at a time.

    A name raises ValueError where its file cannot be read, ExhaustedError where all come to more than an export has.
    """

    def __init__(self, given: Files, names: tuple[str, ...]) -> None:
        self._given, self._names, self._left = given, names, MOST_TEXTS

    def __getitem__(self, name: str) -> bytes:
        most = LONGEST_PAGE if name.lower().endswith(_PAGES) else LONGEST_FILE
        data = self._given.read(name, most)
        self._left -= len(data)
        if self._left < 0:
            raise ExhaustedError(f"the texts before it and this one come to more than {MOST_TEXTS:,} bytes")
        return data

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def kinds_of(names: Iterable[str], head: Head) -> dict[Kind, list[str]]:
    """Return what kinds of exports files are of, each with the files it begins with, the likeliest kind first."""
    found: dict[Kind, list[str]] = {kind: [] for kind in FORMATS}
    for name in sorted(names):
        if kind := _kind_of_file(name, head):
            found[kind].append(name)
    return {kind: files for kind, files in found.items() if files}


def _chosen(given: Files, where: str, chosen: str) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind the writer names, and the files to begin with."""
    kind = next((one for one in FORMATS if one == chosen), None)
    if kind is None:
        raise SiteError([Problem("", 0, f"there is no kind of export {chosen!r}", f"one of: {', '.join(FORMATS)}")])
    endings = FORMATS[kind].endings
    names = tuple(name for name in given.names if name.lower().endswith(endings))
    if not names and len(given.names) == 1 and kind != "substack":
        names = given.names
    if names:
        return kind, names
    what = f"nothing in it is of a {chosen} export (no file {' or '.join(endings)})"
    raise SiteError([Problem(where, 0, what, "leave out --as, or give the path of the export")])


def _found(given: Files, where: str) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind that the files are of, and those to begin with."""
    if kinds := kinds_of(given.names, given.head):
        kind, names = next(iter(kinds.items()))
        return kind, tuple(names)
    link = ""
    if len(given.names) == 1:
        link = group(_OFFERED.search(given.head(given.names[0])))
    if offered := group(_ADDRESS.search(link), 1):
        raise SiteError([Problem(where, 0, "a web page, and no feed", f"give the feed it names: {offered}")])
    what = "no export of Substack (posts.csv), Medium (posts/*.html) or WordPress (WXR, .xml), and no feed"
    remedy = "give the file or folder as it was downloaded, or say what it is with --as"
    raise SiteError([Problem(where, 0, what, remedy)])


def _other_exports(given: Files, read: tuple[str, ...]) -> tuple[str, ...]:
    """Return the files that are no part of the export that was `read`, and are, or may be, another one."""
    found: list[str] = []
    for name in sorted(set(given.names).difference(read)):
        if name.lower().endswith(".zip") or _kind_of_file(name, given.head):
            found.append(name)
    return tuple(found)


def _kind_of_file(name: str, head: Head) -> Kind | None:
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
