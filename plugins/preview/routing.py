"""Which file answers to an address, and what kind of file it is. The same as GitHub Pages answers.

Types are not left to the machine, whose tables differ. Source: https://www.iana.org/assignments/media-types/
"""

from collections.abc import Callable
from dataclasses import dataclass
from mimetypes import MimeTypes
from posixpath import splitext

_TYPES = MimeTypes(filenames=())
for _ending, _type in {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".mjs": "text/javascript",
    ".opml": "text/x-opml",
    ".rss": "application/rss+xml",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}.items():
    _TYPES.add_type(_type, _ending)
_TEXT = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Route:
    """What answers: a file below the output, or a move to another address. `wanted` would answer, were it there."""

    file: str = ""
    moved_to: str = ""
    wanted: str = ""


def place(path: str, base: str, is_file: Callable[[str], bool]) -> Route:
    """Return what answers to an address's path, decoded; the site is served below `base`, "" or "/repo"."""
    if base and path in {"/", base}:
        return Route(moved_to=f"{base}/")
    below = path.removeprefix(f"{base}/")
    parts = below.split("/")
    if below == path or ".." in parts or "" in parts[:-1] or any(sign in below for sign in "\0\\"):
        return Route()
    wanted = f"{below}index.html" if parts[-1] == "" else below
    if is_file(wanted):
        return Route(file=wanted, wanted=wanted)
    whole = f"{wanted}/index.html"
    if is_file(whole):
        return Route(moved_to=f"{path}/", wanted=whole)
    return Route(wanted=wanted)


def media_type(file: str) -> str:
    """Return a file's type by its ending, with UTF-8 where it is text."""
    ending = splitext(f"x{file}")[1].lower()
    found = _TYPES.types_map[True].get(ending) or "application/octet-stream"
    return f"{found}; charset=utf-8" if found.startswith(_TEXT) else found
