"""Links in HTML that name something by kind and id, `{fund}ID`, and what Pelican is handed instead.

They are handed on to Pelican as links to files, which it resolves below the site's base, and absolute in feeds.
Source: https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content
"""

import re

from plugins.writing.model import KINDS

_IN_HTML = re.compile(rf"(<[^>]+?\b(?:href|cite)\s*=\s*([\"']))\{{({'|'.join(KINDS)})\}}([^\"'#?]*)")


def in_html(html: str) -> list[tuple[str, str]]:
    """Return (kind, id) of every link that names something."""
    return [(one[3], one[4]) for one in _IN_HTML.finditer(html)]


def handed_on(html: str) -> str:
    """Return a text's HTML, its references written as links to the files of `key`."""
    return _IN_HTML.sub(lambda one: f"{one[1]}{{filename}}/{key(one[3], one[4])}", html)


def key(kind: str, name: str) -> str:
    """Return the path under which Pelican is told of what a reference means; no file has such a path."""
    return f"{kind}:{name}"
