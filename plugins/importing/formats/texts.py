"""What the formats share: their files' bytes as text."""

from collections.abc import Iterator, Mapping

from plugins.core.errors import Problem
from plugins.core.text import charset
from plugins.importing.html_tree import clean, too_long


class ExhaustedError(ValueError):
    """What all files together may come to is reached: this one was not read, and no other is to be asked for."""


def each(files: Mapping[str, bytes], where: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield each file's name and bytes, one after the other: none is held here when the next is read.

    One that cannot be read, of which `files` raises ValueError, costs itself and is added to the problems. `where` is
    the path or address of the export.
    """
    for name in files:
        try:
            data = files[name]
        except ValueError as error:
            problems.append(Problem(file_in(where, name), 0, str(error), "look whether it is whole, and yours"))
            if isinstance(error, ExhaustedError):
                return
            continue
        yield name, data


def decode_all(files: Mapping[str, bytes], where: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each file's name and text; which of them are not in UTF-8, as every export should be, is a problem."""
    for name, data in each(files, where, problems):
        decoded = charset.decode(data)
        encoding = decoded.encoding.removesuffix("-sig")
        if encoding == "utf-8" and not decoded.is_certain:
            encoding = "UTF-8 with stray bytes"
        if encoding != "utf-8":
            what = f"not UTF-8: read as {encoding}"
            problems.append(Problem(file_in(where, name), 0, what, "look whether all letters are right"))
        yield name, clean(decoded.text)


def pages(files: Mapping[str, bytes], where: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield each page's name and text; one that is longer than any text is a problem, and not held."""
    for name, text in decode_all(files, where, problems):
        why = too_long(text)
        if why and name.lower().endswith((".html", ".htm")):
            problems.append(Problem(file_in(where, name), 0, why, "shorten it, or bring it by hand"))
        else:
            yield name, text


def file_in(where: str, name: str) -> str:
    """Return how a file within an export is named in a problem; an export may be a single file itself."""
    if where.rstrip("/").endswith(name):
        return where
    return f"{where.rstrip('/')}/{name}"


def some(*values: str) -> tuple[str, ...]:
    """Return those of some values that an export has, which are not ""."""
    return tuple(filter(None, values))
