"""Find the source that publishes at an address, or add one to sources.toml.

For updates that a person enters: whoever knows an article's address need not know the id of its source.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from plugins.core.config.fields import quoted
from plugins.core.text import lookalikes, sites, slugs
from plugins.core.text.urls import host
from plugins.updates.config.sources_file import BEGUN
from plugins.updates.model import Kind

_SOURCE = """
[[source]]
# Added for an update entered by hand. Without a feed nothing is fetched from it.
id = {id}
# Its name as readers know it, and where they can look for themselves.
title = {title}
site = {site}
# {kinds}
kind = "press"
"""


def with_source(text: str, url: str, title: str = "") -> tuple[str, str]:
    """Return the id of the source whose site an address is on, and the text of sources.toml with that source in it.

    `text` is the file as it is, "" where there is none. A page is on a site that covers it, path included; of several,
    the nearest is meant: a section rather than the whole paper. If no source fits, one is added at the end: without a
    feed, and named `title`, or the address's host where that is "". Raises tomllib.TOMLDecodeError (a ValueError).
    """
    rows = _rows(text)
    if found := _on_site(rows, url):
        return found, text
    taken = {str(row.get("id")) for row in rows}
    name = slugs.free(slugs.slug(host(url)), taken)
    added = _SOURCE.format(
        id=quoted(name),
        title=quoted(title or host(url)),
        site=quoted(sites.root(url)),
        kinds=" | ".join(get_args(Kind)),
    )
    return name, f"{text.rstrip() or BEGUN.rstrip()}\n{added}"


def resemblances(text: str, url: str, title: str = "") -> Iterator[tuple[str, str]]:
    """Yield what an outlet that would be added resembles: "url" or "outlet" for by what, then how, and whom.

    Nothing is said of an address on a known source's site. Raises tomllib.TOMLDecodeError (a ValueError).
    """
    rows = _rows(text)
    if _on_site(rows, url):
        return
    site_names: list[str] = []
    titles: list[str] = []
    for row in rows:
        site_names.append(str(row.get("site", "")))
        titles.append(str(row.get("title", "")))
    if how := lookalikes.page_likeness(url, site_names):
        yield "url", f"{how}, of a known source, and is not on its site"
    if title and (how := lookalikes.name_likeness(title, filter(None, titles))):
        yield "outlet", f"{how}, a known source, and {host(url)} is not on its site"


def _rows(text: str) -> list[Mapping[str, Any]]:
    return [row for row in tomllib.loads(text).get("source", []) if isinstance(row, dict)]


def _on_site(rows: list[Mapping[str, Any]], url: str) -> str:
    """Return the id of the source whose site covers an address most nearly, "" where none does."""
    nearest, size = "", (0, 0)
    for row in rows:
        site = str(row.get("site", ""))
        if sites.covers(site, url) and sites.size(site) > size:
            nearest, size = str(row.get("id")), sites.size(site)
    return nearest
