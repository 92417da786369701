"""Whose page an update speaks of: the known source on whose site its link lies, whatever the feed says of itself.

Anybody's feed can link to anybody's page and date its item as it likes. What is found here only ever holds an update
back behind another, so that in doubt a page is somebody's: what lies below no site is of all sources on its host. Else
the nearest site counts, path included: medium.com/@guild is not medium.com/@impostor.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from plugins.updates.model import Update

_MIRRORS = re.compile(r"^(?:(?:www|m|amp)\.)+(?=[^.]+\.)")
_PARAMETERS = re.compile(r";[^/]*")
_NOBODY: frozenset[str] = frozenset()

_Steps = tuple[str, ...]
"""A path's parts, as in ("@guild", "statement")."""


class PageOwners:
    """Finds the sources on whose site a page lies; `sites` are the addresses of the sources' sites by their ids."""

    def __init__(self, sites: Mapping[str, str]) -> None:
        self._by_host: defaultdict[str, list[tuple[_Steps, str]]] = defaultdict(list)
        for source, site in sites.items():
            host, steps = _place(site)
            if host:
                self._by_host[host].append((steps, source))

    def of(self, url: str) -> frozenset[str]:
        """Return the ids of the sources whose site a page lies on, several where they have one site together."""
        if not self._by_host:
            return _NOBODY
        host, steps = _place(url)
        if known := self._by_host.get(host):
            return _nearest(known, steps) or frozenset(source for _, source in known)
        while "." in host:
            host = host.partition(".")[2]
            if whole := _nearest(self._by_host.get(host, ()), ()):  # of hosts above, the sites without a path
                return whole
        return _NOBODY

    def spoken_of(self, update: Update) -> frozenset[str]:
        """Return the ids of the other sources on whose sites an update's link, or what it names as its source, lies.

        Of one entered by hand there are none: whose word it is, is the editor's own.
        """
        if update.by_hand:
            return _NOBODY
        found: set[str] = set()
        for url in dict.fromkeys((update.url, *update.via)):
            owners = self.of(url)
            if update.source not in owners:
                found |= owners
        return frozenset(found)


def _nearest(sites: Iterable[tuple[_Steps, str]], page: _Steps) -> frozenset[str]:
    """Return the sources of the sites that a page lies below, of those with the longest path."""
    nearest: set[str] = set()
    longest = 0
    for steps, source in sites:
        if page[: len(steps)] != steps or len(steps) < longest:
            continue
        if len(steps) > longest:
            nearest.clear()
            longest = len(steps)
        nearest.add(source)
    return frozenset(nearest)


@lru_cache(maxsize=4096)
def _place(url: str) -> tuple[str, _Steps]:
    """Return an address's host and its path's parts in the form in which they are compared; "" where there is no host.

    Capitals make no difference, nor do a port, a final dot, escapes, `.` and `..` (RFC 3986, section 6.2.2), a path's
    parameters, and the names of mirrors (`www.`, `m.`, `amp.`).
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return "", ()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return "", ()
    path = normpath(f"/{_PARAMETERS.sub('', unquote(parts.path))}").casefold()
    return _MIRRORS.sub("", host), tuple(filter(None, path.split("/")))
