"""Old addresses of a text: which can be answered, and by which file."""

import re
from posixpath import splitext
from urllib.parse import unquote

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
