"""Old addresses: which can lead on from here, and where a link between two of the old texts leads now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup

from plugins.core.text import aliases
from plugins.core.text.urls import canonical, host, is_web
from plugins.importing import markdown_escapes
from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import attribute
from plugins.importing.transforms.text_pictures import STILL_THERE

STILL_OLD = "link that still leads to the old site"


@dataclass(frozen=True, slots=True)
class Moved:
    """Where the old texts are now: canonical address → the text's path below content; `site` is the old one's address.

    `drafts` are addresses of texts that stay drafts: a link to one would lead nowhere.
    """

    site: str
    files: Mapping[str, str] = field(default_factory=dict)
    drafts: frozenset[str] = frozenset()

    def file(self, url: str) -> str:
        """Return the file of the text that was at an address, "" where none was."""
        return self.files.get(canonical(url)) or self.files.get(canonical(_without_query(url)), "")

    def is_draft(self, url: str) -> bool:
        """Say whether the text that was at an address stays a draft."""
        return not self.drafts.isdisjoint({canonical(url), canonical(_without_query(url))})


def base_of(old: Iterable[str], site: str) -> str:
    """Return the address that a text's relative links belong to: its own, else the old site's; "" if unknown."""
    return next(filter(is_web, [*old, f"{site}/"]), "")


def comparable(old: Iterable[str], site: str) -> tuple[str, ...]:
    """Return the forms under which a text's old addresses are compared; of those without a host, below `site`."""
    found: dict[str, None] = {}
    for url in old:
        parts = urlsplit(url)
        if not is_web(url) and site:
            found[canonical(urljoin(f"{site}/", url.lstrip("/")))] = None
        elif not is_web(url) or len(parts.path) > 1 or parts.query:  # the root of a site is no text's own
            found[canonical(url)] = None
    return tuple(found)


def sort_aliases(old: Iterable[str], own: str, taken: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the old addresses that can lead on, from the site's root, and those that cannot, with the reason.

    `own` is the text's new address; `taken` are files that answer to something else already, with what.
    """
    good: dict[str, str] = {}
    bad: list[str] = []
    for url in old:
        parts = urlsplit(url)
        path = parts.path.lstrip("/")
        file = aliases.file_of(path)
        if parts.query:
            bad.append(f"{url}: no file can answer an address with a query")
        elif not path:
            bad.append(f"{url}: no page's own")
        elif fault := aliases.fault(path):
            bad.append(f"{url}: it {fault}")
        elif file in taken and file != aliases.file_of(own):
            bad.append(f"{url}: it is taken by {taken[file]}")
        elif file != aliases.file_of(own):
            good.setdefault(file, path)
    return tuple(good.values()), tuple(bad)


def rewrite(soup: BeautifulSoup, moved: Moved, source: str, log: ConversionLog, base: str) -> None:
    """Lead every link of a text where it should: to the texts that came along, to the web, or nowhere.

    `source` is the text's own path below content; `base` is what its relative links belong to.
    """
    for link in soup.find_all("a"):
        href = attribute(link, "href")
        if not href or href.startswith("#"):
            if href:
                log.note("link within the text taken off", href[:80], link)
            link.unwrap()
            continue
        whole = _joined(base, href)
        if file := moved.file(whole):
            link["href"] = _reference(file, source)
        elif address := markdown_escapes.address(whole):
            link["href"] = address
            if moved.is_draft(whole):
                log.note(STILL_OLD, f"{whole}: that text stays a draft here", link)
            elif moved.site and host(whole) == host(moved.site) and attribute(link, "title") != STILL_THERE:
                log.note(STILL_OLD, whole, link)
        else:
            log.note("link taken off", f"no web address ({href[:80]})", link)
            link.unwrap()


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def _reference(file: str, source: str) -> str:
    folder, _, name = file.rpartition("/")
    if source.rpartition("/")[0] == folder:
        return f"{{filename}}{name}"
    return f"{{filename}}/{file}"


def _without_query(url: str) -> str:
    """Return an address without its query, such as ?share=1; an address that is nothing else keeps it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if len(parts.path) > 1:
        return urlunsplit(parts._replace(query="", fragment=""))
    return url
