"""Find the source that publishes at an address, or add one to sources.toml.

For updates that a person enters: whoever knows an article's address need not know the id of its source.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from plugins.core.config.fields import quoted
from plugins.core.text import lookalikes, sites, slugs
from plugins.core.text.urls import host
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
    name = slugs.free(slugs.slug(host(url)), {str(row.get("id")) for row in rows})
    fields = {"id": name, "title": title or host(url), "site": sites.root(url)}
    kinds = " | ".join(get_args(Kind))
    added = _SOURCE.format(kinds=kinds, **{key: quoted(value) for key, value in fields.items()})
    begun = text if text.strip() else "# The sources of the wire.\n"
    return name, f"{begun.rstrip()}\n{added}"


def resemblances(text: str, url: str, title: str = "") -> Iterator[tuple[str, str]]:
    """Yield what an outlet that would be added resembles, its `url` or its `title`: the one, then how, and whom.

    Nothing is said of an address on a known source's site. Raises tomllib.TOMLDecodeError (a ValueError).
    """
    rows = _rows(text)
    if _on_site(rows, url):
        return
    of_site = {str(row.get("site", "")): str(row.get("id")) for row in rows}
    of_title = {str(row.get("title", "")): str(row.get("id")) for row in rows if row.get("title")}
    if how := lookalikes.page_likeness(url, of_site):
        yield "url", f"{how}, of a known source, and is not on its site"
    if title and (how := lookalikes.name_likeness(title, of_title)):
        yield "title", f"{how}, a known source, and {host(url)} is not on its site"


def _rows(text: str) -> list[Mapping[str, Any]]:
    return [row for row in tomllib.loads(text).get("source", []) if isinstance(row, dict)]


def _on_site(rows: list[Mapping[str, Any]], url: str) -> str:
    """Return the id of the source whose site covers an address most nearly, "" where none does."""
    fitting = {str(row.get("id")): site for row in rows if sites.covers(site := str(row.get("site", "")), url)}
    return max(fitting, key=lambda name: sites.size(fitting[name]), default="")
