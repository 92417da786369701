"""Put Pagefind's index in an order of its own, so that the same pages give the same bytes.

Pagefind 1.5 lists filters in an order that changes from run to run. Its list is CBOR
(https://www.rfc-editor.org/rfc/rfc8949), compressed, behind a word of its own; items are moved, none is changed.
"""

import gzip

_WORD = b"pagefind_dcd"
_FILTERS = 3  # version, pages, parts of the index, filters, sorts, names of what is told of a page
_ITEMS = 6
_TEXT, _ARRAY = 3, 4


def ordered(meta: bytes) -> bytes:
    """Return Pagefind's list with its filters in order of name. Raises ValueError where it is of another form."""
    data = gzip.decompress(meta)
    if not data.startswith(_WORD):
        raise ValueError("it begins with another word")
    whole = data[len(_WORD) :]
    items = _items(whole)
    if len(items) != _ITEMS or any(_kind(pair) != _ARRAY or _texts(pair) is None for pair in _items(items[_FILTERS])):
        raise ValueError("its list is of another form")
    filters = items[_FILTERS]
    parts = _items(filters)
    head = filters[: len(filters) - sum(map(len, parts))]
    items[_FILTERS] = head + b"".join(sorted(parts))
    start = whole[: len(whole) - sum(map(len, items))]
    return gzip.compress(_WORD + start + b"".join(items), mtime=0)


def _texts(pair: bytes) -> list[bytes] | None:
    """Return an array's items where all are text."""
    items = _items(pair)
    return items if all(_kind(item) == _TEXT for item in items) else None


def _items(array: bytes) -> list[bytes]:
    """Return the items of a CBOR array, as they stand in it."""
    kind, count, at = _head(array, 0)
    if kind != _ARRAY:
        raise ValueError("a list was expected")
    items = []
    for _ in range(count):
        end = _end(array, at)
        items.append(array[at:end])
        at = end
    return items


def _end(data: bytes, start: int) -> int:
    """Return where the item that starts at `start` ends."""
    kind, value, at = _head(data, start)
    if kind in {2, _TEXT}:
        return at + value
    for _ in range({_ARRAY: value, 5: 2 * value, 6: 1}.get(kind, 0)):
        at = _end(data, at)
    return at


def _kind(item: bytes) -> int:
    return _head(item, 0)[0]


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Return an item's kind, its value or length, and where what belongs to it starts (RFC 8949, section 3)."""
    if at >= len(data) or data[at] & 31 > 27:  # noqa: PLR2004 - lengths of 1, 2, 4 and 8 bytes are 24 to 27
        raise ValueError("its list ends early, or is of another form")
    short = data[at] & 31
    size = 1 << short - 24 if short > 23 else 0  # noqa: PLR2004 - smaller values stand in the byte itself
    value = int.from_bytes(data[at + 1 : at + 1 + size]) if size else short
    return data[at] >> 5, value, at + 1 + size
