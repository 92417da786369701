"""What the formats share: their files' bytes as text, and their times."""

from collections.abc import Mapping
from datetime import UTC, datetime

from plugins.core.errors import Problem
from plugins.core.text import charset
from plugins.importing.html_tree import clean


def decode_all(files: Mapping[str, bytes], where: str) -> tuple[dict[str, str], list[Problem]]:
    """Return files as text, and which of them are not in UTF-8, as every export should be.

    `where` is the path or address of the export.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, data in files.items():
        decoded = charset.decode(data)
        texts[name] = clean(decoded.text)
        if decoded.encoding.removesuffix("-sig") != "utf-8" or not decoded.is_certain:
            read_as = decoded.encoding if decoded.encoding != "utf-8" else "UTF-8 with stray bytes"
            what = f"not UTF-8: read as {read_as}"
            problems.append(Problem(file_in(where, name), 0, what, "look whether all letters are right"))
    return texts, problems


def file_in(where: str, name: str) -> str:
    """Return how a file within an export is named in a problem; an export may be a single file itself."""
    if where.rstrip("/").endswith(name):
        return where
    return f"{where.rstrip('/')}/{name}"


def read_time(written: str) -> datetime | None:
    """Return a time as exports write it, such as 2022-08-12T12:11:23.230Z, in UTC; none where it is none."""
    try:
        read = datetime.fromisoformat(written.strip())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
