"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/), read generously: only a list of items is required.

Texts and addresses stay as they are.
"""

import html
import json
from typing import Any

from plugins.core.syndication.read.raw_feed import (
    Enclosure,
    Limits,
    RawEntry,
    RawFeed,
    RawText,
    links_of_guid,
    too_many,
)


class NoItemsError(ValueError):
    """The document is JSON without a list of items."""


class _Number(str):
    """A number as it is written: some feeds' ids are numbers, and none is calculated with."""

    __slots__ = ()


def read(text: str, limits: Limits) -> RawFeed:
    """Return the feed in `text`; a wrong type in one place costs that place, and an item that is no object that item.

    Raises json.JSONDecodeError, RecursionError for nesting beyond Python's depth, and NoItemsError.
    """
    document = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise NoItemsError("JSON without a list of items")
    items = document["items"]
    entries, problems = [], []
    for number, item in enumerate(items[: limits.entries], 1):
        if isinstance(item, dict):
            entries.append(_entry(item, limits))
        else:
            problems.append(f"item {number}: not an object; left out")
    if len(items) > limits.entries:
        problems.append(too_many(limits))
    title, language, site = _text(document, "title"), _text(document, "language"), _text(document, "home_page_url")
    return RawFeed(title, language, tuple(entries), tuple(problems), site)


def _entry(item: dict[str, Any], limits: Limits) -> RawEntry:
    content = _text(item, "content_html") or html.escape(_text(item, "content_text"), quote=False)
    guid = _text(item, "id")
    return RawEntry(
        guid=guid,
        links=(*_addresses(item, "url"), *links_of_guid(guid)),
        title=RawText(_text(item, "title"), literal=True),
        summary=RawText(_text(item, "summary"), literal=True),
        content=RawText(content[: limits.characters]),
        authors=_authors(item),
        tags=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        language=_text(item, "language"),
        via=_addresses(item, "external_url"),
        enclosures=tuple(_enclosure(file) for file in _list(item, "attachments") if _text(file, "url")),
        image=_text(item, "image") or _text(item, "banner_image"),
    )


def _enclosure(attachment: object) -> Enclosure:
    return Enclosure(_text(attachment, "url"), _text(attachment, "mime_type"))


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Read `authors` (1.1) and `author` (1.0); a bare string is taken as the name."""
    names = []
    for person in (*_list(item, "authors"), item.get("author")):
        names.append(person if isinstance(person, str) else _text(person, "name"))
    return tuple(filter(None, names))


def _text(of: object, name: str) -> str:
    """Return a string or a number as text; anything else, even where the format asks for text, as ""."""
    if isinstance(of, dict) and isinstance(value := of.get(name), str):
        return value
    return ""


def _addresses(of: dict[str, Any], name: str) -> tuple[str, ...]:
    value = of.get(name)
    if isinstance(value, str) and value and not isinstance(value, _Number):
        return (value,)
    return ()


def _list(of: dict[str, Any], name: str) -> list[Any]:
    value = of.get(name)
    return value if isinstance(value, list) else []
