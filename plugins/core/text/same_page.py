"""Pages that are kept out by their addresses, in whatever spelling: what a web server would answer with the same page.

Beyond `urls.canonical`, by which feeds' items are told apart, this is for addresses that somebody changes so that they
are not recognised. Each is brought into the form of RFC 3986, section 6.2: small letters, no escapes, no `.` and `..`,
no usual port; then what servers take no notice of is left out: a host's final dot, empty parts and parameters of a
path, and a query's parts beside those that are known. Nothing is looked up.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from posixpath import normpath
from unicodedata import normalize
from urllib.parse import unquote, unquote_plus, urlsplit

from plugins.core.text.urls import without_trackers

_USUAL_PORTS = {None, 80, 443}
_MIRRORS = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)")
_TAILS = re.compile(r"(?:/amp|/index\.html?|\.amp)+$")
_AMP = frozenset({"amp=1", "amp", "outputtype=amp"})
_FRONT = re.compile(r"(?:/[a-z]{2}(?:[-_][a-z]{2})?)?(?:/?index\.\w{2,5})?", re.ASCII)
"""A site's or a language's front page, where a query makes another page: "/?p=12"."""
_NUMBER = re.compile(
    r"(?:^|-)(?!(?:19|20)\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])(?!\d))(\d{7,})(?=$|-|\.html?$)", re.ASCII
)
"""An article's number in a system that asks for nothing else: seven digits or more, and no date."""
_DEEPEST = 3
"""Times that an address may be escaped in itself."""

Place = tuple[str, frozenset[str]]
"""A page's host and path, and the parts of its query, in the form in which they are compared."""


class Pages:
    """Some pages, by their addresses. Another address of one is found whatever is added to its query.

    One with a query is another page where it lacks a part of that, and a front page with a query is not the front page.
    """

    def __init__(self, urls: Iterable[str]) -> None:
        self._by_place: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        self._numbered: set[str] = set()
        self._hosts: set[str] = set()
        for url in urls:
            place, asked = place_of(url)
            if place:
                self._by_place[place].append(asked)
                self._hosts.add(place.partition("/")[0])
                self._numbered |= _by_number(place)
        # Nearly every address names none of the hosts: to see that takes a tenth of the time of reading the address.
        self._hosts_in = re.compile("|".join(map(re.escape, self._hosts)) or r"(?!)", re.IGNORECASE)

    def __bool__(self) -> bool:
        return bool(self._by_place)

    def has(self, url: str) -> bool:
        """Say whether an address leads to one of the pages."""
        if url.isascii() and "%" not in url.partition("//")[2].partition("/")[0] and not self._hosts_in.search(url):
            return False
        place, asked = place_of(url)
        host, mark, path = place.partition("/")
        if host not in self._hosts:
            return False
        is_front = bool(_FRONT.fullmatch(f"{mark}{path}"))
        for wanted in self._by_place.get(place, ()):
            if wanted == asked or (wanted < asked and not (is_front and not wanted)):
                return True
        return not self._numbered.isdisjoint(_by_number(place))


def _by_number(place: str) -> frozenset[str]:
    """Return an address without the words beside an article's number; none where there is no such number."""
    folder, _, name = place.rpartition("/")
    found = _NUMBER.search(name)
    if not found or not folder:
        return frozenset()
    return frozenset({f"{folder}/{found[1]}"})


@lru_cache(maxsize=65536)
def place_of(url: str) -> Place:
    """Return what an address is compared by; an empty place for what is no address of the web."""
    try:
        parts = urlsplit(without_trackers(url.strip()))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "", frozenset()
    if parts.scheme not in {"http", "https"} or not host:
        return "", frozenset()
    if not host.isascii():
        try:
            host = normalize("NFKC", host).encode("idna").decode("ascii")
        except UnicodeError:
            return "", frozenset()
    host = _MIRRORS.sub("", unquote(host).lower())
    if port not in _USUAL_PORTS:
        host += f":{port}"
    asked = {_plain(unquote_plus(part)) for part in parts.query.split("&")}
    names = []
    for step in _plain(parts.path).replace("\\", "/").split("/"):
        name, *parameters = step.split(";")  # RFC 3986, 3.3: /page;session=1/comments
        names.append(name)
        asked.update(parameters)
    path = normpath("/" + "/".join(names).lstrip("/"))
    return host + _TAILS.sub("", path.rstrip("/")), frozenset(asked - _AMP - {""})


def _plain(text: str) -> str:
    """Return a part of an address without escapes, one way of writing each letter, and without capitals."""
    for _ in range(_DEEPEST):
        if "%" not in text:
            break
        text = unquote(text)
    if not text.isascii():
        text = normalize("NFC", text)
    return text.casefold()
