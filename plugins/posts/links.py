"""Links to the site's own files in a text: `{filename}`, `{static}`, `{attach}`. Finds those that lead nowhere.

Source: https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content
"""

import re
from collections.abc import Callable
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from plugins.core.errors import Problem

_LINK = re.compile(r"[{|](filename|static|attach)[}|]([^\s)\"'<>#?]+)")
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def targets(body: str, source: str) -> list[tuple[int, str, str]]:
    """Return (line in the body from 0, the link as written, its file below the content folder)."""
    text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), body)
    return [(text.count("\n", 0, found.start()), found[0], _file(found[2], source)) for found in _LINK.finditer(text)]


def dead(body: str, body_line: int, source: str, where: str, exists: Callable[[str], bool]) -> list[Problem]:
    """Return a problem for each link whose file `exists` does not know; `source` is below the content folder."""
    remedy = "correct the path: from the text's own folder, or from content/ with a leading slash"
    return [
        Problem(where, body_line + line, f"{link} leads to no published file", remedy)
        for line, link, file in targets(body, source)
        if not exists(file)
    ]


def _file(link: str, source: str) -> str:
    path = unquote(link)
    return normpath(path[1:] if path.startswith("/") else join(dirname(source), path))
