"""What a value says, as bytes that two values share only where they say the same.

Pelican's own objects (posts, tags, paginators), and those of classes that plugins name, are not gone into: they say
which ones they are, and what is asked of them is to be noted besides (`trace`). Of anything else, every part counts.
"""

import enum
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from pathlib import PurePath
from types import MappingProxyType
from typing import Any
from uuid import UUID

from jinja2.runtime import Undefined
from markupsafe import Markup
from pelican.contents import Content
from pelican.paginator import Page, PaginationRule, Paginator
from pelican.urlwrappers import URLWrapper

from .functions import Functions
from .values import UnknownValueError

STOCK = (Content, URLWrapper, Paginator, Page)
"""Pelican's classes whose objects are asked by name."""

Step = tuple[str, Any]
"""A way from a value to a part of it: ("item", a key), ("member", a number in order), or ("field", a name)."""

_DEEPEST = 30
_LONG = 32
"""Parts from which on a list is not gone through again, where it is as it was."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a value says, and the ways to the objects in it, by their `id`. `is_stable`: it cannot change by itself."""

    data: bytes
    ways: Mapping[int, tuple[Step, ...]]
    is_stable: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """A long list or mapping, a copy of it, and what it says."""

    value: Any
    copy: Any
    said: Said


class Consumed:
    """Says what values say, for one build. Long lists of what cannot change are gone through once."""

    def __init__(self, kinds: Iterable[type], functions: Functions) -> None:
        self.kinds = tuple(dict.fromkeys((*STOCK, *kinds)))
        self.functions = functions
        self._kept: dict[int, _Kept] = {}

    def anew(self) -> "Consumed":
        """Return another that has gone through nothing yet."""
        return Consumed(self.kinds, self.functions.anew())

    def of(self, value: Any) -> Said:
        """Return what a value says. Raises UnknownValueError where that cannot be told."""
        plain = _plain(value)
        return Said(plain, {}, True) if plain is not None else self._of(value, 0)

    def _of(self, value: Any, depth: int) -> Said:
        plain = _plain(value)
        if plain is not None:
            return Said(plain, {}, True)
        if isinstance(value, self.kinds):
            return Said(_named(value), {id(value): ()}, True)
        if depth > _DEEPEST:
            raise UnknownValueError("a value that contains itself, or is too deep")
        if isinstance(value, list | tuple | dict | MappingProxyType) and len(value) >= _LONG:
            return self._long(value, depth)
        return self._compound(value, depth)

    def _long(self, value: Any, depth: int) -> Said:
        kept = self._kept.get(id(value))
        # Python compares parts by what they are before it asks whether they are equal.
        if kept is not None and kept.value is value and len(kept.copy) == len(value) and kept.copy == value:
            return kept.said
        said = self._compound(value, depth)
        is_pair = isinstance(value, tuple)
        if said.is_stable or (not is_pair and self._are_stable(value)):
            self._kept[id(value)] = _Kept(value, value if is_pair else value.copy(), said)
        return said

    def _are_stable(self, value: Any) -> bool:
        parts = value.values() if isinstance(value, Mapping) else value
        return all(self._is_stable(part) for part in parts)

    def _is_stable(self, part: Any) -> bool:
        if isinstance(part, self.kinds) or _plain(part) is not None:
            return True
        return (isinstance(part, tuple) or _is_frozen(part)) and self._of(part, 0).is_stable

    def _compound(self, value: Any, depth: int) -> Said:
        if isinstance(value, list | tuple):
            frozen = isinstance(value, tuple)
            return self._joined(value, enumerate(value), "item", depth, is_stable=frozen)
        if isinstance(value, dict | MappingProxyType):
            return self._mapping(value, depth)
        if isinstance(value, set | frozenset):
            parts = sorted(self._without_objects(part, depth) for part in value)
            return Said(_framed(value, parts), {}, isinstance(value, frozenset))
        if is_dataclass(value) and not isinstance(value, type):
            found = [(one.name, getattr(value, one.name)) for one in fields(value)]
            said = self._joined(value, found, "field", depth, is_stable=_is_frozen(value))
            return Said(said.data + _sized(self.functions.state(type(value))), said.ways, said.is_stable)
        if isinstance(value, type) or callable(value):
            return Said(b"f" + _sized(self.functions.state(value)), {}, True)
        return self._reduced(value, depth)

    def _mapping(self, value: Any, depth: int) -> Said:
        keys = [self._without_objects(key, depth) for key in value]
        said = self._joined(value, enumerate(value.values()), "member", depth, is_stable=False)
        return Said(_framed(value, [*keys, said.data]), said.ways, False)

    def _without_objects(self, value: Any, depth: int) -> bytes:
        """Return what a key, or a member of a set, says: there is no way to a part of it."""
        return self._of(value, depth + 1).data

    def _joined(self, value: Any, parts: Iterable[tuple[Any, Any]], step: str, depth: int, *, is_stable: bool) -> Said:
        data: list[bytes] = []
        ways: dict[int, tuple[Step, ...]] = {}
        for name, part in parts:
            said = self._of(part, depth + 1)
            data.append(said.data)
            is_stable = is_stable and said.is_stable
            for number, way in said.ways.items():
                ways.setdefault(number, ((step, name), *way))
        return Said(_framed(value, data), ways, is_stable)

    def _reduced(self, value: Any, depth: int) -> Said:
        """Return what an object of a class of nobody's says: its attributes, and the state of its properties' code."""
        kind = type(value)
        attributes = getattr(value, "__dict__", None)
        if not isinstance(attributes, dict) or _is_of_c(kind):
            raise UnknownValueError(f"a {kind.__qualname__}")
        state = self.functions.state(kind)
        said = self._joined(value, list(attributes.items()), "field", depth, is_stable=False)
        names = [_sized(name) for name in attributes]
        return Said(_framed(value, [_sized(state), *names, said.data]), said.ways, False)


def follow(value: Any, way: Iterable[Step]) -> Any:
    """Return the part of a value that a way leads to. Raises LookupError or AttributeError where there is none."""
    for kind, name in way:
        if kind == "item":
            value = value[name]
        elif kind == "member":
            value = list(value.values())[name]
        else:
            value = getattr(value, name)
    return value


def _plain(value: Any) -> bytes | None:
    """Return what a value without parts says; None for any other."""
    kind = type(value)
    if kind is str:
        return b"s" + _sized(value)
    if value is None or kind in (bool, int, float):
        return b"n%a;" % value
    for kinds, says in _WITHOUT_PARTS:
        if isinstance(value, kinds):
            return _framed(value, map(_sized, says(value)))
    return None


def _zone(zone: tzinfo | None) -> str:
    return f"{type(zone).__qualname__} {zone}"


_WITHOUT_PARTS: tuple[tuple[Any, Callable[[Any], Iterable[str]]], ...] = (
    (Markup, lambda value: (str(value),)),
    (datetime | time, lambda value: (value.isoformat(), _zone(value.tzinfo), str(value.fold))),
    (date, lambda value: (value.isoformat(),)),
    (tzinfo, lambda value: (_zone(value),)),
    (enum.Enum, lambda value: (value.name,)),
    (PaginationRule, lambda value: map(repr, value)),
    (Undefined, lambda value: (str(value._undefined_name),)),
    (bytes | complex | Decimal | UUID | PurePath | re.Pattern | timedelta | range, lambda value: (repr(value),)),
)


def _named(value: Any) -> bytes:
    """Return which one an object is: a content by its file, a tag by its name and its slug."""
    try:
        known = object.__getattribute__(value, "__dict__")
    except AttributeError:  # it has slots
        known = {}
    parts = [_sized(str(known.get(name))) for name in ("source_path", "_name", "_slug")]
    return b"o" + _framed(value, parts)


def _framed(value: Any, parts: Iterable[bytes]) -> bytes:
    kind = type(value)
    inner = b"".join(parts)
    return b"%s.%s(%d:%s)" % (kind.__module__.encode(), kind.__qualname__.encode(), len(inner), inner)


def _sized(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"%d:%s" % (len(data), data)


def _is_frozen(value: Any) -> bool:
    parameters = getattr(type(value), "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def _is_of_c(kind: type) -> bool:
    """Say whether a class, or one that it stands on, keeps something where no attribute shows it."""
    return any(not base.__flags__ & 1 << 9 for base in kind.__mro__ if base is not object)
