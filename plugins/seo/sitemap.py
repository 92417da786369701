"""Write a sitemap: every page once, by address, with the day it last changed where that is known.

Source: https://www.sitemaps.org/protocol.html. A date that is not known is left out: a wrong one teaches search
engines to believe none of them.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from html import escape
from urllib.parse import quote

from plugins.seo.model import ListedPage

MOST = 50_000
"""Addresses one sitemap may hold."""

_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemaps(pages: Iterable[ListedPage], siteurl: str) -> dict[str, str]:
    """Return file name → XML: one sitemap, or, where that is too long, an index and its parts."""
    ordered = sorted(pages, key=lambda page: page.path)
    if len(ordered) <= MOST:
        return {"sitemap.xml": _sitemap(ordered, siteurl)}
    parts, rows = {}, []
    for number, start in enumerate(range(0, len(ordered), MOST), 1):
        name, part = f"sitemap-{number}.xml", ordered[start : start + MOST]
        parts[name] = _sitemap(part, siteurl)
        rows.append(_row("sitemap", _address(name, siteurl), _latest(part)))
    return {"sitemap.xml": _document("sitemapindex", rows), **parts}


def _sitemap(pages: Iterable[ListedPage], siteurl: str) -> str:
    rows, namespace = [], ""
    for page in pages:
        rows.append(_row("url", _address(page.path, siteurl), _w3c(page.modified), _alternates(page, siteurl)))
        if page.languages:  # named only where it is used: a sitemap without translations stays as it was
            namespace = _XHTML
    return _document("urlset", rows, namespace)


def _address(path: str, siteurl: str) -> str:
    return escape(f"{siteurl}/{quote(path, safe='/%')}")


def _alternates(page: ListedPage, siteurl: str) -> str:
    """Return a page's languages, its own too (https://developers.google.com/search/docs/specialty/international)."""
    return "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(language)}" href="{_address(path, siteurl)}"/>'
        for language, path in page.languages
    )


def _document(root: str, rows: Sequence[str], more: str = "") -> str:
    head = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{_SCHEMA}"{more}>']
    return "\n".join([*head, *rows, f"</{root}>", ""])


def _row(element: str, address: str, modified: str, more: str = "") -> str:
    lastmod = f"<lastmod>{modified}</lastmod>" if modified else ""
    return f"<{element}><loc>{address}</loc>{lastmod}{more}</{element}>"


def _latest(pages: Iterable[ListedPage]) -> str:
    return max((_w3c(page.modified) for page in pages), default="")


def _w3c(moment: date | None) -> str:
    """Return a moment in UTC, to the second, or a day; "" where there is none (https://www.w3.org/TR/NOTE-datetime)."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return moment.isoformat() if moment else ""
