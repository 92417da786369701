"""The door from an export's files to its pieces: what it is of is told by what is in it, or by the writer."""

from collections.abc import Callable
from dataclasses import replace
from typing import get_args
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem, SiteError
from plugins.importing.archive import Files
from plugins.importing.models import Export, Kind, Piece
from plugins.importing.reading import feed, medium, recognise, substack, wordpress, wxr

_ENDINGS: dict[Kind, tuple[str, ...]] = {
    "substack": ("posts.csv",),
    "medium": (".html", ".htm"),
    "wordpress": (".xml", ".wxr"),
    "feed": (".xml", ".json", ".rss", ".atom"),
}
_AGAIN = "download the export once more"


def load(given: Files, where: str, chosen: str, site: str, zone: ZoneInfo) -> Export:
    """Return what an export holds; `chosen` is its kind, "" to find out, `site` its old address, "" to find out.

    Raises SiteError where nobody can tell what it is, or nothing in it can be read.
    """
    kind, names = _kind(given, where, chosen)
    export = _LOADERS[kind](given, names, where, site, zone)
    if not export.pieces and export.problems:
        raise SiteError(export.problems)
    return replace(export, read=names, unread=recognise.others(given.names, given.head, kind, names))


def _kind(given: Files, where: str, chosen: str) -> tuple[Kind, tuple[str, ...]]:
    if chosen:
        kind = next((one for one in get_args(Kind) if one == chosen), None)
        if kind is None:
            kinds = ", ".join(get_args(Kind))
            raise SiteError([Problem("", 0, f"there is no kind of export {chosen!r}", f"one of: {kinds}")])
        alone = given.names if len(given.names) == 1 and kind != "substack" else ()
        names = alone or tuple(name for name in given.names if name.lower().endswith(_ENDINGS[kind]))
        if names:
            return kind, names
        what = f"nothing in it is of a {chosen} export (no file {' or '.join(_ENDINGS[kind])})"
        raise SiteError([Problem(where, 0, what, "leave out --as, or give the path of the export")])
    found = recognise.kind_of(given.names, given.head)
    if found is None:
        raise SiteError([_unknown(given, where)])
    return found


def _unknown(given: Files, where: str) -> Problem:
    offered = recognise.offered(given.head(given.names[0])) if len(given.names) == 1 else ""
    if offered:
        return Problem(where, 0, "a web page, and no feed", f"give the feed it names: {offered}")
    what = "no export of Substack (posts.csv), Medium (posts/*.html) or WordPress (WXR, .xml), and no feed"
    return Problem(where, 0, what, "give the file or folder as it was downloaded, or say what it is with --as")


def _texts(given: Files, names: tuple[str, ...], where: str) -> tuple[dict[str, str], list[Problem]]:
    """Read files as texts; one that cannot be read costs itself."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            texts[name], odd = given.text(name)
        except ValueError as error:
            problems.append(Problem(_in(where, name), 0, str(error), _AGAIN))
            continue
        if odd:
            what = f"not UTF-8: read as {odd}"
            problems.append(Problem(_in(where, name), 0, what, "look whether all letters are right"))
    return texts, problems


def _substack(given: Files, names: tuple[str, ...], where: str, site: str, zone: ZoneInfo) -> Export:
    folder = names[0].rpartition("/")[0]  # another export beside it may have pages of the same names
    beside = [name for name in given.names if not folder or name.startswith(f"{folder}/")]
    pages = tuple(name for name in beside if name.lower().endswith(".html") and "posts" in name.split("/")[:-1])
    tables, problems = _texts(given, names[:1], where)
    bodies, more = _texts(given, pages, where)
    table = next(iter(tables.values()), "")
    by_name = {name.rsplit("/", 1)[-1]: html for name, html in bodies.items()}
    export = substack.read(table, by_name, _in(where, names[0]), site)
    return replace(export, problems=(*problems, *more, *export.problems))


def _medium(given: Files, names: tuple[str, ...], where: str, site: str, zone: ZoneInfo) -> Export:
    pages, problems = _texts(given, names, where)
    pieces: list[Piece] = []
    for name, html in pages.items():
        try:
            pieces.append(medium.piece(name, html))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(_in(where, name), 0, str(error), "open it in a browser, and look what it is"))
    found = tuple(pieces)
    return Export("medium", site or medium.site(found), found, problems=tuple(problems))


def _wordpress(given: Files, names: tuple[str, ...], where: str, site: str, zone: ZoneInfo) -> Export:
    documents, problems = _texts(given, names, where)
    whole = wxr.Wxr()
    for name, document in documents.items():
        found = wxr.read(document)
        problems += [
            Problem(_in(where, name), line, what, "what stands before it was read; export anew")
            for line, what in found.faults
        ]
        whole.items += found.items
        whole.authors |= found.authors
        whole.fields = {**found.fields, **whole.fields}
    export = wordpress.export(whole, zone, site)
    return replace(export, problems=tuple(problems))


def _feed(given: Files, names: tuple[str, ...], where: str, site: str, zone: ZoneInfo) -> Export:
    exports: list[Export] = []
    problems: list[Problem] = []
    for name in names:
        try:
            exports.append(feed.read(given.read(name), _in(where, name), site))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(_in(where, name), 0, str(error), "give the address or the file of a feed"))
    problems += [problem for one in exports for problem in one.problems]
    first = exports[0] if exports else Export("feed", site, ())
    return replace(first, pieces=tuple(piece for one in exports for piece in one.pieces), problems=tuple(problems))


_LOADERS: dict[Kind, Callable[[Files, tuple[str, ...], str, str, ZoneInfo], Export]] = {
    "substack": _substack,
    "medium": _medium,
    "wordpress": _wordpress,
    "feed": _feed,
}


def _in(where: str, name: str) -> str:
    """Return how a file within an export is named."""
    return where if where.rstrip("/").endswith(name) else f"{where.rstrip('/')}/{name}"
