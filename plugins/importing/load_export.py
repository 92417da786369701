"""From an export's files to its documents: its kind is told by what is in it, or by the writer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem, SiteError
from plugins.importing.export_files import LONGEST_FILE, LONGEST_PAGE, MOST_TEXTS, ExhaustedError, Files
from plugins.importing.formats import detect, substack
from plugins.importing.formats.detect import FORMATS
from plugins.importing.model import Export, Kind


def load(given: Files, where: str, chosen: str, site: str, zone: ZoneInfo) -> Export:
    """Return what an export holds.

    `where` is its path or address, `chosen` its kind, "" to find out, `site` the old site's address, "" to find out,
    `zone` that of times without one. Raises SiteError where nobody can tell what it is, or nothing in it can be read.
    """
    kind, names = _chosen(given, where, chosen) if chosen else _found(given, where)
    wanted = substack.files(given.names, names[0]) if kind == "substack" else names
    export = FORMATS[kind].read(_Unread(given, wanted), where, site, zone)
    problems = export.problems
    if not export.documents and problems:
        raise SiteError(problems)
    unread = detect.other_exports(given.names, given.head, names)
    return replace(export, read=names, unread=unread)


class _Unread(Mapping[str, bytes]):
    """Files of an export by name, each read when it is asked for, and held by nobody: the formats take one at a time.

    A name raises ValueError where its file cannot be read. Once all texts together come to more than an export has, no
    name is given any more.
    """

    def __init__(self, given: Files, names: tuple[str, ...]) -> None:
        self._given, self._names, self._left, self._is_full = given, names, MOST_TEXTS, False

    def __getitem__(self, name: str) -> bytes:
        most = LONGEST_PAGE if name.lower().endswith((".html", ".htm")) else LONGEST_FILE
        try:
            data = self._given.read(name, most)
        except ExhaustedError:
            self._is_full = True
            raise
        self._left -= len(data)
        if self._left < 0:
            self._is_full = True
            raise ExhaustedError(f"the texts before it and this one come to more than {MOST_TEXTS:,} bytes")
        return data

    def __iter__(self) -> Iterator[str]:
        return takewhile(lambda _: not self._is_full, self._names)

    def __len__(self) -> int:
        return len(self._names)


def _chosen(given: Files, where: str, chosen: str) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind the writer names, and the files to begin with."""
    kind = next((one for one in FORMATS if one == chosen), None)
    if kind is None:
        raise SiteError([Problem("", 0, f"there is no kind of export {chosen!r}", f"one of: {', '.join(FORMATS)}")])
    if len(given.names) == 1 and kind != "substack":
        return kind, given.names
    endings = FORMATS[kind].endings
    if names := tuple(name for name in given.names if name.lower().endswith(endings)):
        return kind, names[:1] if kind == "substack" else names
    what = f"nothing in it is of a {chosen} export (no file {' or '.join(endings)})"
    raise SiteError([Problem(where, 0, what, "leave out --as, or give the path of the export")])


def _found(given: Files, where: str) -> tuple[Kind, tuple[str, ...]]:
    """Return the kind that the files are of, and those to begin with."""
    if found := detect.kind_of(given.names, given.head):
        return found
    if len(given.names) == 1 and (offered := detect.offered_feed(given.head(given.names[0]))):
        raise SiteError([Problem(where, 0, "a web page, and no feed", f"give the feed it names: {offered}")])
    what = "no export of Substack (posts.csv), Medium (posts/*.html) or WordPress (WXR, .xml), and no feed"
    remedy = "give the file or folder as it was downloaded, or say what it is with --as"
    raise SiteError([Problem(where, 0, what, remedy)])
