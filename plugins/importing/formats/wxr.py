"""WordPress's export format (WXR: RSS with WordPress's own elements), read item by item; entities are refused.

A file that breaks off, or is not well-formed somewhere, gives the items before that place. feedparser and our own
reader of feeds leave out what only WXR has: post types, states, attachments, meta values.
Source: wp-admin/includes/export.php of WordPress, versions 1.0 to 1.2 of the format.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

_WP = "http://wordpress.org/export/"
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://wordpress.org/export/1.0/excerpt/": "excerpt:",
    "http://wordpress.org/export/1.1/excerpt/": "excerpt:",
    "http://wordpress.org/export/1.2/excerpt/": "excerpt:",
}
_DEEPEST = 30
_MOST_ITEMS = 100_000
_LONGEST_VALUE = 20_000_000
"""Letters of one field: of a text with a large picture in it."""
_AT_ONCE = 2**20
"""Letters that are parsed at once."""


@dataclass(slots=True)
class WxrItem:
    """An item's fields by short name such as `wp:post_id`; terms as (domain, name); meta values by key."""

    line: int
    fields: dict[str, str] = field(default_factory=dict)
    terms: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0

    def get(self, name: str) -> str:
        """Return a field without space around it, "" where there is none."""
        return self.fields.get(name, "").strip()


@dataclass(slots=True)
class Wxr:
    """What files hold: the channel's fields, authors' names by login, items; and what was wrong, with its line."""

    fields: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    items: list[WxrItem] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def of_type(self, kind: str) -> Iterator[WxrItem]:
        """Return the items of one post type."""
        return (item for item in self.items if item.fields.get("wp:post_type", "post") == kind)


class _RefusedError(Exception):
    """Something no export has."""


def read(markup: str) -> Wxr:
    """Return what an export holds, as far as it can be read."""
    reader = _WxrReader()
    try:
        for begin in range(0, len(markup), _AT_ONCE):  # so that the bytes of all of it never stand beside the text
            reader.parser.Parse(markup[begin : begin + _AT_ONCE].encode("utf-8", "replace"), False)
        reader.parser.Parse(b"", True)
    except _RefusedError as refused:
        what = f"{refused}; nothing was read from here on"
        reader.found.faults.append((reader.parser.CurrentLineNumber, what))
    except expat.ExpatError as error:
        what = f"not well-formed XML from here on ({expat.ErrorString(error.code)})"
        reader.found.faults.append((error.lineno, what))
    return reader.found


def is_wxr(head: str) -> bool:
    """Say whether a document's beginning is that of an export of WordPress."""
    return _WP in head or "<wp:wxr_version>" in head


class _WxrReader:
    """Expat's events turned into items."""

    def __init__(self) -> None:
        self.found = Wxr()
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self._path: list[str] = []
        self._value: list[str] = []
        self._letters = 0
        self._item: WxrItem | None = None
        self._inner: dict[str, str] = {}
        self._domain = ""

    def _refuse(self, name: str, *_: object) -> None:
        raise _RefusedError(f"a declaration of an entity ({name[:40]})")

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        short = _short(name)
        self._path.append(short)
        self._value, self._letters = [], 0
        if len(self._path) > _DEEPEST:
            raise _RefusedError(f"elements nested deeper than {_DEEPEST}")
        if short == "item":
            if len(self.found.items) >= _MOST_ITEMS:
                raise _RefusedError(f"more than {_MOST_ITEMS:,} items")
            self._item = WxrItem(self.parser.CurrentLineNumber)
        elif short in {"wp:postmeta", "wp:author"}:
            self._inner = {}
        elif short == "wp:comment" and self._item:
            self._item.comments += 1
        elif short == "category":
            self._domain = attributes.get("domain", "category")

    def _text(self, data: str) -> None:
        self._letters += len(data)
        if self._letters > _LONGEST_VALUE:
            raise _RefusedError(f"a field of more than {_LONGEST_VALUE:,} letters")
        self._value.append(data)

    def _end(self, name: str) -> None:
        short, value = self._path.pop(), "".join(self._value)
        parent = self._path[-1] if self._path else ""
        self._value, self._letters = [], 0
        if short == "item" and self._item:
            self.found.items.append(self._item)
            self._item = None
        elif short == "wp:author" and (login := self._inner.get("wp:author_login")):
            self.found.authors[login] = self._inner.get("wp:author_display_name", "").strip() or login
        elif short == "wp:postmeta" and self._item:
            self._item.meta.setdefault(self._inner.get("wp:meta_key", ""), self._inner.get("wp:meta_value", ""))
        elif parent in {"wp:postmeta", "wp:author"}:
            self._inner[short] = value
        elif parent == "item" and self._item and short == "category":
            self._item.terms.append((self._domain, value))
        elif parent == "item" and self._item:
            self._item.fields.setdefault(short, value)
        elif parent == "channel":
            self.found.fields.setdefault(short, value)


def _short(name: str) -> str:
    """Return expat's `namespace local` with the usual prefix; "?local" in a namespace not known."""
    space, _, local = name.rpartition(" ")
    if not space:
        return local
    if space in _PREFIXES:
        return f"{_PREFIXES[space]}{local}"
    if space.startswith(_WP):  # WordPress's own, of whichever version
        return f"wp:{local}"
    return f"?{local}"
