"""What the wire keeps from one build to the next: values by names that say what they were made of.

So a name never stands for two values, a value that is found is right, and whatever is lost is made again.
"""

import marshal
from collections.abc import Callable, Collection, Iterable
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

T = TypeVar("T")

_MANY = 1_000
"""Values of a Memo for each of which it keeps one that nobody asked for."""
_FILES = 8
"""Files of a Memo from which on all of it is put into one."""


class WireCache(Protocol):
    """Bytes by name; any of them may be lost at any time."""

    def names(self) -> Collection[str]:
        """Return the names of all that is kept."""

    def get(self, name: str) -> bytes | None:
        """Return what was put; None where there is none, or where it is damaged."""

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes, where there is room for them."""

    def use(self, names: Iterable[str]) -> None:
        """Say that these are still wanted, as what is put is; what is got need not be."""


class MemoryCache:
    """A cache that ends with the process."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def names(self) -> Collection[str]:
        """Return the names of all that is kept."""
        return tuple(self._kept)

    def get(self, name: str) -> bytes | None:
        """Return what was put."""
        return self._kept.get(name)

    def put(self, name: str, data: bytes) -> None:
        """Keep bytes."""
        self._kept[name] = data

    def use(self, names: Iterable[str]) -> None:
        """Do nothing: all is kept."""


class Memo:
    """What a function made of its arguments, by digests of these: many small values, kept together.

    Values are such as `marshal` writes: texts, numbers, None, and tuples, sets and dictionaries of them.
    """

    def __init__(self, cache: WireCache, kind: str) -> None:
        self._cache, self._kind = cache, f"{kind}-"
        self._known: dict[bytes, Any] = {}
        self._asked: dict[bytes, Any] = {}
        self._names = [name for name in cache.names() if name.startswith(self._kind)]
        for name in self._names:
            data = cache.get(name)
            if data is not None:
                self._known |= marshal.loads(data)  # noqa: S302 - what was put, by its digest

    def get(self, key: bytes, make: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it now."""
        value: T = self._known[key] if key in self._known else make()
        self._asked[key] = value
        return value

    def keep(self) -> None:
        """Keep what was asked for in this run, and nothing else; of many values, some that nobody asked for too.

        What is new of many is put beside them: to write 13,000 for one took 0.4 s.
        """
        new = {key: value for key, value in self._asked.items() if key not in self._known}
        unasked = len(self._known) + len(new) - len(self._asked)
        if unasked <= len(self._asked) // _MANY and len(self._names) < _FILES:
            self._cache.use(self._names)
        else:
            new, self._names = self._asked, []
        if new:
            data = marshal.dumps(new)
            self._cache.put(f"{self._kind}{blake2b(data, digest_size=16).hexdigest()}", data)
