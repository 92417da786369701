"""Old addresses of a text: where each would be written, and the page that leads on from there. Pure.

Source: https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
(GitHub Pages has no redirects of its own).
"""

import re
from html import escape
from posixpath import splitext
from urllib.parse import unquote, urlsplit

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<main>
<p><a href="{target}">{title}</a></p>
</main>
</body>
</html>
"""
_BAD = re.compile(r"[\x00-\x1f\x7f\\*\"<>|:]")


def fault(alias: str) -> str:
    """Return what is wrong with an old address, "" where nothing is. It is below the site's root."""
    if "://" in alias or alias.startswith("//"):
        return "is another site's"
    if "?" in alias or "#" in alias:
        return "has a query or a fragment, which no file can answer"
    parts = unquote(alias).strip("/").split("/")
    if any(part in {"", ".", ".."} or part != part.strip() for part in parts) or _BAD.search(unquote(alias)):
        return "is no path below the site's root"
    return ""


def file_of(alias: str) -> str:
    """Return the file that answers to an old address, below the output folder."""
    path = unquote(alias).lstrip("/")
    if splitext(path)[1].lower() in {".html", ".htm"}:
        return path
    return f"{path.rstrip('/')}/index.html"


def page(url: str, title: str, siteurl: str, lang: str) -> str:
    """Return the page that leads from an old address to `url`, below the site's root; `title` is HTML without tags."""
    base = urlsplit(siteurl).path.rstrip("/")
    words = escape(title, quote=False)
    target, canonical = escape(f"{base}/{url}"), escape(f"{siteurl}/{url}")
    return _PAGE.format(lang=escape(lang), title=words, canonical=canonical, target=target)
