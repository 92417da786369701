"""Links within the built site that lead nowhere: to files that are not there, to ids that no element has.

The pages are given as text. Links to other sites are not looked at here.
"""

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from posixpath import dirname
from urllib.parse import unquote, urlsplit

from plugins.core.errors import Problem
from plugins.core.text.urls import below_root
from plugins.links.html_tags import attributes, start_tags

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_LINKING = re.compile(r"\s(?:href|src|srcset|poster|action|id|name)\s*=", re.IGNORECASE)
_ONE = ("href", "src", "poster", "action")
_TOP = frozenset({"", "top"})
_REMEDY = "correct the text, template or setting that this page is made from, and build again"
_TEXT = ":~:"
"""What follows is a text fragment, which no element has to answer to (https://wicg.github.io/scroll-to-text-fragment/)."""


@dataclass(frozen=True, slots=True)
class _Page:
    links: tuple[tuple[int, str], ...]
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Site:
    """A built site. `base` is the path it is served below, "" or "/repo"; `origin` its scheme and host."""

    pages: Mapping[str, _Page]
    files: AbstractSet[str]
    base: str
    origin: str
    found: dict[str, tuple[str, str]] = field(default_factory=dict)  # by address: most stand in every page's navigation

    def fault(self, page: str, link: str) -> str:
        """Return why a link leads nowhere, "" where it leads somewhere or to another site."""
        address, _, fragment = link.partition("#")
        if not address:
            return self._fragment_fault(page, fragment)
        key = address
        if address[0] != "/" and not _SCHEME.match(address):  # means something else in another folder
            key = f"{dirname(page)}\0{address}"
        if key not in self.found:
            self.found[key] = self._file(page, address)
        file, why = self.found[key]
        return why or self._fragment_fault(file, fragment)

    def _file(self, page: str, address: str) -> tuple[str, str]:
        """Return the file an address leads to, and what is wrong; neither where it leads to another site."""
        path = below_root(address, page, self.origin, self.base)
        if path is None:
            return "", ""
        if path.startswith(".."):
            return "", f"it leads outside {self.base or 'the site'}"
        is_root = path in {"", "."}
        is_folder = is_root or address.partition("?")[0].endswith("/")
        # As servers do: `a/b` is a file of that name, or else the folder's index; `a/b/` is the folder's index alone.
        if path in self.files and not is_folder:
            return path, ""
        index = "index.html" if is_root else f"{path}/index.html"
        if index in self.files:
            return index, ""
        return "", f"there is no {index if is_folder else path}"

    def _fragment_fault(self, file: str, fragment: str) -> str:
        if not fragment or file not in self.pages:
            return ""
        plain = fragment.split(_TEXT, 1)[0]
        ids = self.pages[file].ids
        if plain.lower() in _TOP or plain in ids or unquote(plain) in ids:
            return ""
        return f"{file} has no element with the id {unquote(plain)!r}"


def problems(pages: Mapping[str, str], files: AbstractSet[str], siteurl: str) -> list[Problem]:
    """Return a problem for every link that leads nowhere, at its page's path below the output and its line.

    `pages` is path → HTML, which is asked for a page at a time, and again for one that has such a link; `files` are all
    paths of the output. Both are below its root. `siteurl` is the site's own address.
    """
    parts = urlsplit(siteurl)
    known: dict[str, str] = {}
    read = {path: _read(html, known) for path, html in pages.items()}
    origin = f"{parts.scheme}://{parts.netloc}"
    site = _Site(read, files | pages.keys(), parts.path.rstrip("/"), origin)
    found = []
    for path, page in read.items():
        for at, link in page.links:
            if why := site.fault(path, link):
                line = pages[path].count("\n", 0, at) + 1
                found.append(Problem(path, line, f"{link} leads nowhere: {why}", _REMEDY))
    return sorted(found)


def _read(html: str, known: dict[str, str]) -> _Page:
    """Return a page's links and ids; `known` has the words of those met before, which most pages share."""
    links: list[tuple[int, str]] = []
    ids: set[str] = set()
    for at, name, rest in start_tags(html):
        if not _LINKING.search(rest):
            continue
        given = attributes(rest)
        if element := given.get("id"):
            ids.add(known.setdefault(element, element))
        if name == "a" and (anchor := given.get("name")):
            ids.add(anchor)
        for link in _links(given):
            links.append((at, known.setdefault(link, link)))
    return _Page(tuple(links), frozenset(ids))


def _links(given: Mapping[str, str]) -> Iterator[str]:
    for name in _ONE:
        if link := given.get(name, "").strip():
            yield link
    for candidate in given.get("srcset", "").split(","):
        if words := candidate.split():
            yield words[0]
