"""Links to the site's own files in a text: `{filename}`, `{static}`, `{attach}`. Pure.

Source: https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content
"""

import re
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from plugins.core.text.markdown_code import without_code

_LINK = re.compile(r"[{|](filename|static|attach)[}|]([^\s)\"'<>#?]+)")


def targets(body: str, source: str) -> list[tuple[int, str, str]]:
    """Return (line in the body from 0, the link as written, its file), files below the content folder as `source`."""
    text = without_code(body)
    return [(text.count("\n", 0, found.start()), found[0], _file(found[2], source)) for found in _LINK.finditer(text)]


def _file(link: str, source: str) -> str:
    path = unquote(link)
    return normpath(path[1:] if path.startswith("/") else join(dirname(source), path))
