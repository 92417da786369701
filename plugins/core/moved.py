"""The page that leads on from an old address: of a text that was renamed, of a story that was joined. Pure.

Source: https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
(GitHub Pages has no redirects of its own).
"""

from html import escape
from urllib.parse import urlsplit

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


def page(url: str, title: str, siteurl: str, lang: str) -> str:
    """Return the page that leads from an old address to `url`, below the site's root; `title` is text."""
    base = urlsplit(siteurl).path.rstrip("/")
    words = escape(title, quote=False)
    target, canonical = escape(f"{base}/{url}"), escape(f"{siteurl}/{url}")
    return _PAGE.format(lang=escape(lang), title=words, canonical=canonical, target=target)
