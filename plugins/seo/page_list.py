"""Which printed pages are places for visitors, and when each last changed. It reads the values of templates.

Source: https://developers.google.com/search/docs/crawling-indexing/block-indexing
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from plugins.seo.model import ListedPage, Printed

HEAD = 4096
"""Bytes of a page in which its `robots` element stands, if it has one."""

_NOINDEX = re.compile(r"<meta\s+name=[\"']robots[\"']\s+content=[\"'][^\"']*noindex", re.IGNORECASE)


def modified(values: Mapping[str, Any]) -> date | None:
    """Return when a page's content last changed, from the values its template was given; none where that is not known.

    A post says it of itself; a section says it of its page by `page_modified`.
    """
    article, page = values.get("article"), values.get("page")
    stated = (
        getattr(article, "modified", None),  # which Pelican gives those alone that say it
        getattr(article, "date", None),
        getattr(page, "modified", None),
        values.get("page_modified"),
    )
    for moment in stated:
        if isinstance(moment, date):
            return moment
    return None


def languages(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return every language a post or page is there in with its path, its own too; none where it is not translated.

    Under x-default stands the one in the site's language, for whoever reads none of them
    (https://developers.google.com/search/docs/specialty/international/localized-versions).
    """
    text = values.get("article") or values.get("page")
    others = getattr(text, "translations", ())
    if not others:
        return ()
    found, default = [], []
    for one in sorted((text, *others), key=lambda one: str(one.lang)):
        found.append((str(one.lang), str(one.url)))
        if one.in_default_lang:
            default.append(("x-default", str(one.url)))
    return (*found, *default)


def is_refused(head: str) -> bool:
    """Say whether a page's own head says that search engines must not list it."""
    return _NOINDEX.search(head) is not None


def is_place(save_as: str) -> bool:
    """Say whether a file is a page that visitors go to."""
    return save_as.endswith(".html") and save_as != "404.html"


def listed(save_as: str, printed: Printed) -> ListedPage:
    """Return a page with its address as readers know it."""
    path = re.sub(r"(^|/)index\.html\Z", r"\1", save_as)
    return ListedPage(path, printed.modified, printed.languages)
