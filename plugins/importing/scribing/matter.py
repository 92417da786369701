"""A text's file: its front matter, as the checks want it, and its body. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import yaml

from plugins.importing import text
from plugins.importing.models import Picture, Piece

_KEY = re.compile(r"^# Imported: (.+)$", re.MULTILINE)
_ENDLESS = 1_000_000  # letters of a line, so that none is broken


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of its text, beyond what the piece says: a time in the site's zone, why it waits.

    `picture` is the path of the picture on top, below the content folder; the piece has its words. `left` is its old
    address where it did not come along.
    """

    date: datetime
    draft: str
    aliases: tuple[str, ...]
    picture: str = ""
    left: str = ""


def head(piece: Piece, values: Head) -> str:
    """Return a file's front matter, from its first `---` to the empty line below the last."""
    lines = [f"# Imported: {piece.key}", _field("title", piece.title)]
    if not piece.page:
        lines.append(f"date: {values.date.isoformat(sep=' ', timespec='minutes')}")
    lines += _filed(piece)
    if piece.summary:
        lines.append(_field("summary", piece.summary))
    if values.picture and piece.picture:
        lines.append(picture_on_top(values.picture, piece.picture))
    elif values.left:
        lines.append(left_behind(values.left))
    if values.draft:
        lines += [f"# A draft: {values.draft}.", "status: draft"]
    if values.aliases:
        lines.append(_field("aliases", list(values.aliases)))
    return "---\n{}\n---\n\n".format("\n".join(lines))


def picture_on_top(path: str, picture: Picture) -> str:
    """Return the lines for a text's picture on top, without the last line's end."""
    lines = ["image:", f"  {_field('src', path)}", f"  {_field('alt', picture.alt)}"]
    lines += [f"  {_field('caption', picture.caption)}"] if picture.caption else []
    return "\n".join(lines)


def left_behind(url: str) -> str:
    """Return the line that stands in place of `picture_on_top` until the picture comes."""
    return f"# Its picture is still at {url}"


def _filed(piece: Piece) -> list[str]:
    """Return under what a text is filed: whom it is by, and for a post its category and tags."""
    authors = [name for name in piece.authors if text.slug(name)]
    one = len(authors) == 1 and not set(authors[0]) & set(",;")
    lines = [_field("author", authors[0]) if one else _field("authors", authors)] if authors else []
    if piece.page:
        return lines
    if text.slug(piece.category):
        lines.append(_field("category", piece.category))
    tags = _named(piece.tags)
    return [*lines, _field("tags", tags)] if tags else lines


def key_of(written: str) -> str:
    """Return which old text a file was made of, "" where it was written here."""
    found = _KEY.search(written.partition("\n---")[0])
    return found[1].strip() if found else ""


def _named(tags: Iterable[str]) -> list[str]:
    """Return the tags that can have an address, each once."""
    return list({text.slug(tag): tag for tag in reversed(list(tags)) if text.slug(tag)}.values())[::-1]


def _field(name: str, value: str | list[str]) -> str:
    """Return a line of front matter; a list stands on it, too."""
    if isinstance(value, str):
        return str(yaml.safe_dump({name: value}, allow_unicode=True, width=_ENDLESS)).rstrip("\n")
    listed = yaml.safe_dump(value, allow_unicode=True, width=_ENDLESS, default_flow_style=True)
    return f"{name}: {str(listed).rstrip(chr(10))}"
