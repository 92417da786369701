"""The HTML page at an old address that redirects to the new one, as of a post that was renamed.

GitHub Pages has no redirects of its own, so the page refreshes itself:
https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
"""

from html import escape
from urllib.parse import urlsplit

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<meta name="referrer" content="same-origin">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{canonical}">
<meta http-equiv="refresh" content="0; url={target}">
</head>
<body>
<main>
<h1><a href="{target}">{title}</a></h1>
</main>
</body>
</html>
"""


def redirect_page(url: str, title: str, siteurl: str, lang: str) -> str:
    """Return the page that redirects to `url`, an address below the site's root; `title` is plain text, not HTML."""
    base = urlsplit(siteurl).path.rstrip("/")
    words = escape(title, quote=False)
    target, canonical = escape(f"{base}/{url}"), escape(f"{siteurl}/{url}")
    return _PAGE.format(lang=escape(lang), title=words, canonical=canonical, target=target)
